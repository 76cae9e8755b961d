import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

/** A request as it came in on a bare socket. */
export interface RawRequest {
  /** Request line and fields, latin1, without the empty line. */
  readonly head: string;
  /** The bytes of the body with the chunked framing undone. */
  readonly body: Buffer;
  readonly trailers: readonly string[];
  readonly socket: Socket;
}

/** A server on bare sockets. */
export interface RawUpstream {
  readonly url: string;
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  close(): Promise<void>;
}

/** Serves with bytes: `answer` is told of each whole request and writes what it likes to the socket. */
export async function rawUpstream(answer: (request: RawRequest) => void): Promise<RawUpstream> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    let bytes = Buffer.alloc(0);
    socket.on('data', (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      for (let whole = takeRequest(bytes); whole !== undefined; whole = takeRequest(bytes)) {
        bytes = bytes.subarray(whole.length);
        answer({ head: whole.head, body: whole.body, trailers: whole.trailers, socket });
      }
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get connections() {
      return sockets.size;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function takeRequest(bytes: Buffer): (Omit<RawRequest, 'socket'> & { length: number }) | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end).toString('latin1');
  const start = end + 4;
  if (/^transfer-encoding: *chunked/im.test(head)) {
    const chunked = unchunk(bytes.subarray(start));
    return chunked === undefined ? undefined : { head, ...chunked, length: start + chunked.length };
  }
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  if (bytes.length < start + length) return undefined;
  return { head, body: bytes.subarray(start, start + length), trailers: [], length: start + length };
}

/** Undoes chunks up to the last; `undefined` where it has not come. */
export function unchunk(bytes: Buffer): { body: Buffer; length: number; trailers: string[] } | undefined {
  const pieces: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    at = lineEnd + 2;
    if (size === 0) break;
    if (bytes.length < at + size + 2) return undefined;
    pieces.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
  const trailers: string[] = [];
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const line = bytes.subarray(at, lineEnd).toString('latin1');
    at = lineEnd + 2;
    if (line === '') return { body: Buffer.concat(pieces), length: at, trailers };
    trailers.push(line);
  }
}
