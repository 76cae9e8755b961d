import type { HeaderList } from './header-list.ts';

const largestDecoded = 67_108_864;

/** Loaded with the first body that needs it: few do. */
const zlib = (): typeof import('node:zlib') => process.getBuiltinModule('node:zlib');

const decoders: Readonly<Record<string, (bytes: Uint8Array, limit: number) => Uint8Array>> = {
  gzip: (bytes, limit) => zlib().gunzipSync(bytes, { maxOutputLength: limit }),
  'x-gzip': (bytes, limit) => zlib().gunzipSync(bytes, { maxOutputLength: limit }),
  deflate: inflateEither,
  br: (bytes, limit) => zlib().brotliDecompressSync(bytes, { maxOutputLength: limit }),
};

/**
 * A message with its content coding undone; or `fault`, what is wrong with it; or `unread`, why nobody here can tell: the coding is
 * not known, or what it unfolds to is too much.
 */
export type Uncoded<Message> =
  | { readonly message: Message }
  | { readonly fault: string }
  | { readonly unread: string };

/**
 * Undoes the Content-Encoding of a whole message, the last coding first. No more than `limit` bytes are unfolded.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 */
export function undoCoding<Message extends { readonly headers: HeaderList; readonly body: Uint8Array }>(
  message: Message,
  limit: number = largestDecoded,
): Uncoded<Message> {
  const codings = codingsOf(message.headers);
  if (codings.length === 0 || message.body.length === 0) return { message };
  let { body } = message;
  for (const coding of codings.reverse()) {
    const decode = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
    if (decode === undefined) return { unread: `the content coding "${coding}" is not known here` };
    try {
      body = decode(body, limit);
    } catch (error) {
      return isTooLarge(error)
        ? { unread: `the body unfolds to more than ${limit} bytes` }
        : { fault: `the body is not what Content-Encoding "${coding}" says` };
    }
  }
  return { message: { ...message, headers: message.headers.without('content-length'), body } };
}

const mostCodings = 5;

function codingsOf(headers: HeaderList): string[] {
  const field = headers.get('content-encoding');
  if (field === undefined) return [];
  const names = field.split(',', mostCodings);
  const codings = names.map((name) => name.trim().toLowerCase());
  return codings.filter((name) => name !== '' && name !== 'identity');
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

// Some servers send deflate without the zlib wrapper that the RFC asks for.
// https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2
function inflateEither(bytes: Uint8Array, limit: number): Uint8Array {
  const [first = 0, second = 0] = bytes;
  const wrapped = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  const { inflateSync, inflateRawSync } = zlib();
  return (wrapped ? inflateSync : inflateRawSync)(bytes, { maxOutputLength: limit });
}
