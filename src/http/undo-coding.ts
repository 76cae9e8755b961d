import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { HeaderList } from './header-list.ts';

const largestDecoded = 67_108_864;

const decoders: Readonly<Record<string, (bytes: Uint8Array, limit: number) => Uint8Array>> = {
  gzip: (bytes, limit) => gunzipSync(bytes, { maxOutputLength: limit }),
  'x-gzip': (bytes, limit) => gunzipSync(bytes, { maxOutputLength: limit }),
  deflate: inflateEither,
  br: (bytes, limit) => brotliDecompressSync(bytes, { maxOutputLength: limit }),
};

/** A message with its content coding undone, or why that cannot be. */
export type Uncoded<Message> = { readonly message: Message } | { readonly fault: string };

/**
 * Undoes the Content-Encoding of a whole message. One whose coding is not known stays as it is; bytes that are not what the
 * header says, or that swell beyond `limit`, are a fault.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 */
export function undoCoding<Message extends { readonly headers: HeaderList; readonly body: Uint8Array }>(
  message: Message,
  limit: number = largestDecoded,
): Uncoded<Message> {
  const coding = message.headers.get('content-encoding')?.trim().toLowerCase();
  if (coding === undefined || coding === 'identity' || message.body.length === 0) return { message };
  const decode = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
  if (decode === undefined) return { message };
  try {
    const headers = message.headers.without('content-length');
    return { message: { ...message, headers, body: decode(message.body, limit) } };
  } catch {
    return { fault: `the body is not what Content-Encoding "${coding}" says` };
  }
}

// Some servers send deflate without the zlib wrapper that the RFC asks for.
// https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2
function inflateEither(bytes: Uint8Array, limit: number): Uint8Array {
  const [first = 0, second = 0] = bytes;
  const wrapped = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  return (wrapped ? inflateSync : inflateRawSync)(bytes, { maxOutputLength: limit });
}
