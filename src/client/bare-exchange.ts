import type { Duplex } from 'node:stream';
import { HeaderList, type HttpRequest, type HttpResponse } from '../http/index.ts';
import { type OpenSocketOptions, openSocket } from './open-socket.ts';
import { WireFailure, wireFailureOf } from './wire-failure.ts';

const longestAnswer = 65_536;
/** Milliseconds for what may come behind a head on a connection that is left open. */
const patience = 300;
const endOfHead = '\r\n\r\n';

/**
 * Sends a request over a connection of its own, and gives as the body all that comes behind the head of the answer, up to 64 KiB:
 * also where HTTP says that there is none, which a client drops unseen. Rejects with a `WireFailure` where no head comes.
 */
export async function exchangeBare(
  request: HttpRequest,
  options: OpenSocketOptions = {},
): Promise<HttpResponse> {
  const socket = await openSocket(request.origin, options);
  try {
    const answered = readAnswer(socket, options.timeout ?? 10_000);
    socket.write(Buffer.concat([Buffer.from(headOf(request), 'latin1'), request.body]));
    return responseIn(await answered);
  } finally {
    socket.destroy();
  }
}

const ownFields = /^(?:host|connection|content-length|transfer-encoding)$/i;

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-2.1 */
function headOf({ method, target, origin, headers, body }: HttpRequest): string {
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${new URL(origin).host}`];
  for (const [name, value] of headers) if (!ownFields.test(name)) lines.push(`${name}: ${value}`);
  if (body.length > 0) lines.push(`Content-Length: ${body.length}`);
  lines.push('Connection: close');
  // A line break would begin a field, or a request, that nobody asked for.
  if (lines.some((line) => /[\r\n\0]/.test(line)))
    throw new WireFailure('malformed', 'a line of the request holds a line break');
  return `${lines.join('\r\n')}${endOfHead}`;
}

/** All bytes until the connection ends, is silent behind the head of the answer, or has sent enough. */
function readAnswer(socket: Duplex, timeout: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    let silence: NodeJS.Timeout | undefined;
    const stop = (end: () => void): void => {
      clearTimeout(timer);
      clearTimeout(silence);
      end();
    };
    const done = (): void => stop(() => resolve(bytes));
    const late = (): void => {
      if (hasHead(bytes)) done();
      else stop(() => reject(new WireFailure('timeout', `no answer within ${timeout} ms`)));
    };
    const timer = setTimeout(late, timeout);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      clearTimeout(silence);
      if (bytes.length >= longestAnswer) done();
      else if (hasHead(bytes)) silence = setTimeout(done, patience);
    });
    socket.once('end', done).once('close', done);
    socket.once('error', (error) => stop(() => reject(wireFailureOf(error))));
  });
}

/** Whether the head of the answer is whole: behind hints (103) a server may take its time. */
function hasHead(bytes: Buffer): boolean {
  return splitHead(bytes) !== undefined;
}

interface Split {
  readonly head: string;
  readonly rest: Buffer;
}

/** The head of the answer, without those of hints before it, and what came behind it; `undefined` where it is not whole. */
function splitHead(bytes: Buffer): Split | undefined {
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(endOfHead, start);
    if (end === -1) return undefined;
    const head = bytes.subarray(start, end).toString('latin1');
    start = end + endOfHead.length;
    if (!(statusOf(head) < 200)) return { head, rest: bytes.subarray(start) };
  }
}

function statusOf(head: string): number {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]);
}

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-4 */
function responseIn(bytes: Buffer): HttpResponse {
  const { head, rest: body } = splitHead(bytes) ?? noHead();
  const [first = '', ...lines] = head.split('\r\n');
  const status = statusOf(first);
  if (Number.isNaN(status)) noHead();
  const fields = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { status, headers: HeaderList.from(fields), body };
}

function noHead(): never {
  throw new WireFailure('malformed', 'no head came');
}
