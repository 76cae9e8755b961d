import { isUtf8 } from 'node:buffer';
import { ApidoubleError } from '../../core/index.ts';
import type { WireFault } from '../codec.ts';
import { quote } from '../fault.ts';
import { parametersOf } from '../media-type.ts';

/** The charset parameter in lower case; `undefined` where there is none. */
export function charsetOf(contentType: string): string | undefined {
  if (!contentType.includes(';')) return undefined;
  return parametersOf(contentType).get('charset')?.toLowerCase();
}

/** Reads bytes as UTF-8 without its byte order mark; what is no UTF-8 becomes replacement characters and a fault. */
export function readUtf8(bytes: Uint8Array, faults: WireFault[]): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (text.includes('\ufffd') && !isUtf8(bytes)) {
    faults.push({
      code: 'body.charset',
      message: 'is not valid UTF-8',
      expected: 'UTF-8',
      seen: 'bytes that are not UTF-8',
    });
  }
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** Reads bytes as the charset says, UTF-8 where it says nothing. An unknown one is a fault, and read as UTF-8. */
export function readText(bytes: Uint8Array, charset: string | undefined, faults: WireFault[]): string {
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8') return readUtf8(bytes, faults);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    faults.push(unknownCharset(charset, 'a charset that the WHATWG Encoding Standard knows'));
    return readUtf8(bytes, []);
  }
}

/** The fault of a charset that is not taken. */
export function unknownCharset(charset: string, expected: string): WireFault {
  return {
    code: 'body.charset',
    message: `is in the charset ${quote(charset)}, which cannot be read`,
    expected,
    seen: charset,
  };
}

const latin = new Set(['iso-8859-1', 'latin1', 'iso8859-1', 'windows-1252', 'cp1252']);
const unicode = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/** Writes text in a charset. Throws `ERR_CODEC` for a charset that is not written here, or that lacks a character. */
export function writeText(text: string, charset: string | undefined): Uint8Array {
  if (halfSurrogate.test(text)) throw notWritten('UTF-8', 'it holds half of a surrogate pair');
  if (charset === undefined || unicode.has(charset)) {
    const isAscii = charset?.endsWith('ascii') === true;
    if (!isAscii || Buffer.byteLength(text) === text.length) return Buffer.from(text, 'utf8');
  } else if (charset === 'utf-16le') {
    return Buffer.from(text, 'utf16le');
  } else if (latin.has(charset)) {
    const bytes = Buffer.from(text, 'latin1');
    if (new TextDecoder(charset).decode(bytes) === text) return bytes;
  }
  throw notWritten(charset, 'it is not known, or lacks a character of the text');
}

const halfSurrogate = /\p{Surrogate}/u;

function notWritten(charset: string, reason: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_CODEC',
    `Cannot write text in charset "${charset}": ${reason}. Use utf-8 and whole characters.`,
  );
}
