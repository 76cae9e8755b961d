import { connect } from 'node:net';
import { unchunk } from './raw-upstream.ts';

/** An answer as it stood on the wire, its framing undone. */
export interface RawAnswer {
  readonly status: number;
  readonly reason: string;
  /** Each field as it was written, in order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly trailers: readonly string[];
  /** Whether the answer came to its end, by the rules of HTTP. */
  readonly isWhole: boolean;
  readonly raw: string;
}

/** Sends bytes (pieces, a moment apart, where there are several) and gives the answer once the connection has closed. */
export async function ask(
  port: number,
  pieces: string | readonly (string | Uint8Array)[],
  method = 'GET',
): Promise<RawAnswer> {
  return parseAnswer(await exchange(port, typeof pieces === 'string' ? [pieces] : pieces), method);
}

function exchange(port: number, pieces: readonly (string | Uint8Array)[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const came: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, async () => {
      for (const [index, piece] of pieces.entries()) {
        if (index > 0) await new Promise((next) => setTimeout(next, 2));
        if (!socket.destroyed) socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
      }
    });
    const timer = setTimeout(() => socket.destroy(new Error('no end after 10 s')), 10_000);
    socket.on('data', (piece) => came.push(piece));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? undefined : reject(error),
    );
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(came));
    });
  });
}

/** Reads one answer; what is sent after a 1xx counts. */
export function parseAnswer(bytes: Buffer, method: string): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const [line = '', ...lines] = bytes.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const [, code = '0', reason = ''] = /^HTTP\/1\.1 (\d+) ?(.*)$/.exec(line) ?? [];
  const status = Number(code);
  if (status >= 100 && status < 200 && status !== 101) {
    return { ...parseAnswer(bytes.subarray(end + 4), method), raw: bytes.toString('latin1') };
  }
  const fields = lines.map((field): [string, string] => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon), field.slice(colon + 1).trim()];
  });
  const rest = bytes.subarray(end + 4);
  const raw = bytes.toString('latin1');
  const base = { status, reason, fields, raw, trailers: [] };
  const field = (name: string): string | undefined => fields.find(([one]) => one.toLowerCase() === name)?.[1];
  if (end < 0) return { ...base, body: Buffer.alloc(0), isWhole: false };
  if (method === 'HEAD' || status === 204 || status === 304) return { ...base, body: rest, isWhole: true };
  if (field('transfer-encoding') === 'chunked') {
    const chunked = unchunk(rest);
    if (chunked === undefined) return { ...base, body: rest, isWhole: false };
    return { ...base, body: chunked.body, trailers: chunked.trailers, isWhole: true };
  }
  const length = field('content-length');
  return { ...base, body: rest, isWhole: length === undefined || Number(length) === rest.length };
}
