import type { ZlibOptions } from 'node:zlib';
import { type HttpResponse, problem } from '../http/index.ts';

type Decompress = (
  bytes: Uint8Array,
  options: ZlibOptions,
  done: (error: Error | null, result: Buffer) => void,
) => void;

/** Loaded with the first body that needs it: few do. */
const zlib = (): typeof import('node:zlib') => process.getBuiltinModule('node:zlib');

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 */
const decoders: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', (bytes, options, done) => zlib().gunzip(bytes, options, done)],
  ['x-gzip', (bytes, options, done) => zlib().gunzip(bytes, options, done)],
  ['br', (bytes, options, done) => zlib().brotliDecompress(bytes, options, done)],
  ['deflate', inflateEither],
]);

const mostCodings = 4;

/**
 * Undoes a Content-Encoding and hands the bytes to `done`; a refusal instead where a coding is unknown (415), the bytes
 * break it (400), or more than `limit` bytes would come out (413).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 */
export function decodeBody(
  bytes: Uint8Array,
  contentEncoding: string,
  { limit, done }: { limit: number; done: (result: Uint8Array | HttpResponse) => void },
): void {
  const codings = contentEncoding.toLowerCase().split(',');
  const names = codings.map((coding) => coding.trim()).filter((name) => name !== '' && name !== 'identity');
  if (names.length > mostCodings || names.some((name) => !decoders.has(name))) {
    done(unknownCoding(contentEncoding));
    return;
  }
  undo(bytes, names, { limit, done });
}

function undo(
  bytes: Uint8Array,
  names: readonly string[],
  to: { limit: number; done: (result: Uint8Array | HttpResponse) => void },
): void {
  const name = names.at(-1);
  const decoder = name === undefined ? undefined : decoders.get(name);
  if (name === undefined || decoder === undefined) {
    to.done(bytes);
    return;
  }
  decoder(bytes, { maxOutputLength: to.limit }, (error, result) => {
    if (error === null) undo(result, names.slice(0, -1), to);
    else to.done(isTooLarge(error) ? tooLarge(to.limit) : broken(name, error));
  });
}

// Some clients send deflate without the zlib wrapper that the RFC asks for.
// https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2
function inflateEither(
  bytes: Uint8Array,
  options: ZlibOptions,
  done: (error: Error | null, result: Buffer) => void,
): void {
  const wrapped = ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
  if (wrapped) zlib().inflate(bytes, options, done);
  else zlib().inflateRaw(bytes, options, done);
}

function isTooLarge(error: Error & { code?: string }): boolean {
  return error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** The refusal of a body that is longer than the limit. */
export function tooLarge(limit: number): HttpResponse {
  const detail = `Cannot take the request body: it is longer than ${limit} bytes. Send less, or raise the server's limit.`;
  return problem(413, { detail });
}

function broken(name: string, error: Error): HttpResponse {
  const detail = `Cannot undo the Content-Encoding "${name}": ${error.message}. Send the body as its header says.`;
  return problem(400, { detail });
}

function unknownCoding(contentEncoding: string): HttpResponse {
  const detail = `Cannot undo the Content-Encoding "${contentEncoding}": it is not known. Send gzip, deflate, br or none.`;
  return problem(415, { detail }, [['Accept-Encoding', 'gzip, deflate, br']]);
}
