import { ApidoubleError } from '../../core/index.ts';
import type { BodyCodec, Decoded, EncodedBody, WireFault } from '../codec.ts';
import { absent, present, quote } from '../fault.ts';
import { charsetOf, readUtf8, unknownCharset } from './charset.ts';
import { isTooDeep } from './json-depth.ts';
import { findJsonFlaw, type JsonFlaw, maxJsonDepth } from './json-scanner.ts';

/**
 * JSON and `+json`. With `strict`, a key that an object has twice is a fault (JSON.parse takes the last).
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function createJsonCodec(strict: boolean): BodyCodec {
  const encodeJson = (text: string, contentType: string): EncodedBody => {
    const charset = charsetOf(contentType);
    if (charset !== undefined && !asUtf8.has(charset)) throw notUtf8(charset);
    return { bytes: Buffer.from(text, 'utf8'), contentType };
  };
  return {
    decode: (bytes, contentType) => {
      if (bytes.byteLength === 0) return absent;
      const faults: WireFault[] = [];
      const wide = wideEncoding(bytes);
      const text = wide === undefined ? readNarrow(bytes, contentType, faults) : readWide(bytes, wide);
      return parseJson(text, wide === undefined ? { strict, faults, bytes } : { strict, faults });
    },
    encode: (value, contentType) => encodeJson(stringifyJson(value), contentType),
    encodeJson,
  };
}

/** Charsets that are UTF-8, or that UTF-8 contains. */
const asUtf8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);
const otherUnicode: ReadonlySet<string> = new Set([
  'utf-16',
  'utf-16le',
  'utf-16be',
  'utf-32',
  'utf-32le',
  'utf-32be',
]);

interface JsonReading {
  readonly strict: boolean;
  readonly faults: WireFault[];
  /** The same text in UTF-8, where it is at hand. */
  readonly bytes?: Uint8Array;
}

/** Parses a text; on failure it says where and what was expected there. */
export function parseJson(text: string, { strict, faults, bytes }: JsonReading): Decoded {
  let value: unknown;
  try {
    if (text.length > 2 * maxJsonDepth && isTooDeep(bytes ?? Buffer.from(text, 'utf8')))
      throw new SyntaxError('too deep');
    value = JSON.parse(text);
  } catch {
    const flaw = findJsonFlaw(text, false);
    return present(undefined, [...faults, jsonFault(text, flaw)]);
  }
  const flaw = strict ? findJsonFlaw(text, true) : undefined;
  return present(value, flaw === undefined ? faults : [...faults, jsonFault(text, flaw)]);
}

const endOfBody = 'the end of the body';

function jsonFault(text: string, flaw: JsonFlaw | undefined): WireFault {
  const offset = flaw?.offset ?? 0;
  const place = placeOf(text, offset);
  if (flaw?.kind === 'depth') {
    return {
      code: 'body.depth',
      message: `is nested deeper than ${maxJsonDepth} levels at ${place}`,
      expected: `at most ${maxJsonDepth} levels`,
      seen: 'a deeper value',
    };
  }
  if (flaw?.kind === 'duplicate-key') {
    return {
      code: 'body.duplicate-key',
      message: `has the key ${quote(flaw.key ?? '')} twice in one object at ${place}`,
      expected: flaw.expected,
      seen: quote(flaw.key ?? ''),
    };
  }
  const seen = offset < text.length ? quote(text.slice(offset, offset + 20)) : endOfBody;
  return {
    code: 'body.malformed',
    message: `is not valid JSON at ${place}: expected ${flaw?.expected ?? 'JSON'}, saw ${seen}`,
    expected: flaw?.expected ?? 'JSON',
    seen,
  };
}

/** Names a place for a person: `line 3, column 7 (offset 41)`. */
export function placeOf(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    start = at + 1;
  }
  return `line ${line}, column ${offset - start + 1} (offset ${offset})`;
}

/** Writes JSON text. Throws `ERR_CODEC` for what JSON has no form for: undefined, big integers, cycles, bytes. */
export function stringifyJson(value: unknown): string {
  let text: string | undefined;
  let cause: unknown;
  try {
    if (!(value instanceof Uint8Array)) text = JSON.stringify(value);
  } catch (error) {
    cause = error;
  }
  if (text !== undefined) return text;
  throw new ApidoubleError(
    'ERR_CODEC',
    `Cannot write JSON "${typeof value}": JSON has no form for it. Use plain data.`,
    { cause },
  );
}

function notUtf8(charset: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_CODEC',
    `Cannot write JSON in charset "${charset}": JSON between systems is UTF-8. Use utf-8.`,
  );
}

function readNarrow(bytes: Uint8Array, contentType: string, faults: WireFault[]): string {
  const charset = charsetOf(contentType);
  if (charset === undefined || asUtf8.has(charset) || otherUnicode.has(charset))
    return readUtf8(bytes, faults);
  faults.push(unknownCharset(charset, 'UTF-8'));
  return charset === 'iso-8859-1' ? Buffer.from(bytes).toString('latin1') : readUtf8(bytes, []);
}

type Wide = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/**
 * UTF-8 is what RFC 8259 asks for; UTF-16 and UTF-32, which RFC 7159 still let in, are found by their zero bytes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-8.1
 * @see https://www.rfc-editor.org/rfc/rfc4627#section-3
 */
function wideEncoding(bytes: Uint8Array): Wide | undefined {
  const first = bytes[0];
  const second = bytes[1];
  if (first !== 0 && second !== 0 && (first ?? 0) < 0xfe) return undefined;
  if (first === 0 && second === 0) return 'utf-32be';
  if ((first === 0xff && second === 0xfe) || second === 0) {
    return bytes[2] === 0 && bytes[3] === 0 ? 'utf-32le' : 'utf-16le';
  }
  return first === 0 || (first === 0xfe && second === 0xff) ? 'utf-16be' : undefined;
}

function readWide(bytes: Uint8Array, wide: Wide): string {
  const text = wide.startsWith('utf-16') ? new TextDecoder(wide).decode(bytes) : readUtf32(bytes, wide);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function readUtf32(bytes: Uint8Array, encoding: Wide): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let offset = 0; offset + 4 <= bytes.byteLength; offset += 4) {
    const point = view.getUint32(offset, encoding === 'utf-32le');
    pieces.push(point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd');
  }
  return pieces.join('');
}
