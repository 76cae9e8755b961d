import { isUtf8 } from 'node:buffer';

/**
 * The text of a file: UTF-8, or UTF-16 where the first bytes say or show so; bytes that are neither are taken for
 * Windows-1252. A byte order mark is left out.
 *
 * @see https://yaml.org/spec/1.2.2/#52-character-encodings
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (second === 0 && first !== 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}
