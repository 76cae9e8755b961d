import type { WireFault } from '../codec.ts';
import { quote } from '../fault.ts';
import { parametersOf } from '../media-type.ts';
import { readUtf8 } from './charset.ts';

/** One part of a multipart body, as it came. */
export interface Part {
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/**
 * Splits a multipart body into its parts. Text before the first boundary and after the last is passed over; a body that
 * stops before its last boundary is a fault, and its last part is what is there.
 *
 * Written here, because of the small libraries of today busboy streams and `@remix-run/multipart-parser` 0.16 throws
 * where a body is cut short, and we want the parts that could be read.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1
 */
export function splitMultipart(bytes: Uint8Array, contentType: string, faults: WireFault[]): Part[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boundary = boundaryOf(buffer, contentType, faults);
  if (boundary === undefined) return [];
  const delimiter = Buffer.from(`--${boundary}`, 'utf8');
  const parts: Part[] = [];
  let place = findDelimiter(buffer, delimiter, 0);
  if (place === undefined) faults.push(malformed(`the boundary "${boundary}"`, 'no boundary'));
  while (place !== undefined && !place.isLast) {
    const next = findDelimiter(buffer, delimiter, place.end);
    if (next === undefined)
      faults.push(malformed(`the last boundary "--${boundary}--"`, 'the end of the body'));
    parts.push(readPart(buffer.subarray(place.end, next?.start ?? buffer.length), faults));
    place = next;
  }
  return parts;
}

/** Where the header names no boundary, the first line that looks like one is taken. */
function boundaryOf(buffer: Buffer, contentType: string, faults: WireFault[]): string | undefined {
  const named = parametersOf(contentType).get('boundary');
  if (named !== undefined && named !== '') return named;
  faults.push({
    code: 'body.boundary',
    message: 'is multipart, but its Content-Type names no boundary',
    expected: 'a boundary parameter',
    seen: quote(contentType),
  });
  return /^--([^\r\n]{1,70})\r?\n/.exec(buffer.toString('latin1', 0, 100))?.[1]?.trimEnd();
}

interface Delimiter {
  /** Where the part before it ends, its line break not included. */
  readonly start: number;
  readonly end: number;
  readonly isLast: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dash = 0x2d;

function findDelimiter(buffer: Buffer, delimiter: Buffer, from: number): Delimiter | undefined {
  for (let at = buffer.indexOf(delimiter, from); at !== -1; at = buffer.indexOf(delimiter, at + 1)) {
    // The line break that ends a part's headers may be the one that starts the next boundary.
    if (at !== 0 && buffer[at - 1] !== lineFeed) continue;
    const after = at + delimiter.length;
    const start = Math.max(from, beforeLineBreak(buffer, at));
    if (buffer[after] === dash && buffer[after + 1] === dash) return { start, end: after + 2, isLast: true };
    const end = endOfLine(buffer, after);
    if (end !== undefined) return { start, end, isLast: false };
  }
  return undefined;
}

function beforeLineBreak(buffer: Buffer, at: number): number {
  if (at === 0) return 0;
  return buffer[at - 2] === carriageReturn ? at - 2 : at - 1;
}

/** Behind the spaces and the line break that may follow a boundary; `undefined` where something else follows. */
function endOfLine(buffer: Buffer, from: number): number | undefined {
  let at = from;
  while (buffer[at] === 0x20 || buffer[at] === 0x09) at += 1;
  if (buffer[at] === carriageReturn) at += 1;
  return buffer[at] === lineFeed ? at + 1 : undefined;
}

function readPart(bytes: Buffer, faults: WireFault[]): Part {
  if (bytes.length === 0) return { headers: new Map(), body: bytes };
  if (bytes[0] === lineFeed) return { headers: new Map(), body: bytes.subarray(1) };
  if (bytes[0] === carriageReturn && bytes[1] === lineFeed) {
    return { headers: new Map(), body: bytes.subarray(2) };
  }
  const { end, body } = endOfHeaders(bytes);
  if (end === -1 && bytes.at(-1) === lineFeed) {
    return {
      headers: readHeaders(readUtf8(bytes, faults).trimEnd(), faults),
      body: bytes.subarray(bytes.length),
    };
  }
  if (end === -1) {
    faults.push(malformed('an empty line after the headers of a part', quote(bytes.toString('utf8', 0, 60))));
    return { headers: new Map(), body: bytes };
  }
  return {
    headers: readHeaders(readUtf8(bytes.subarray(0, end), faults), faults),
    body: bytes.subarray(body),
  };
}

function endOfHeaders(bytes: Buffer): { end: number; body: number } {
  const strict = bytes.indexOf('\r\n\r\n');
  const lenient = bytes.indexOf('\n\n');
  if (strict !== -1 && (lenient === -1 || strict < lenient)) return { end: strict, body: strict + 4 };
  return { end: lenient, body: lenient + 2 };
}

/** Folded lines are joined. @see https://www.rfc-editor.org/rfc/rfc5322#section-2.2.3 */
function readHeaders(text: string, faults: WireFault[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const at = line.indexOf(':');
    if (at < 1) faults.push(malformed('a header of a part', quote(line)));
    else headers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  return headers;
}

function malformed(expected: string, seen: string): WireFault {
  return {
    code: 'body.malformed',
    message: `is not valid multipart: expected ${expected}, saw ${seen}`,
    expected,
    seen,
  };
}

/**
 * The name and file name of a part. Browsers write `"` and line breaks as `%22`, `%0D` and `%0A` and leave a backslash
 * alone; others put a backslash before `"`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7578#section-4.2
 * @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
 */
export function dispositionOf(part: Part): { name?: string; filename?: string } {
  const header = part.headers.get('content-disposition');
  if (header === undefined) return {};
  const parameters = parametersOf(header.replace(/\\(?!")/g, '\\\\'));
  const name = parameters.get('name');
  const filename = parameters.get('filename') ?? parameters.get('filename*');
  return {
    ...(name === undefined ? {} : { name: unescapeName(name) }),
    ...(filename === undefined ? {} : { filename: unescapeName(filename) }),
  };
}

const escapes: Readonly<Record<string, string>> = { '%22': '"', '%0D': '\r', '%0A': '\n' };

function unescapeName(name: string): string {
  return name.replace(/%22|%0D|%0A/g, (one) => escapes[one] ?? one);
}

/** Writes a name between quotes, as browsers do. */
export function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Undoes a part's Content-Transfer-Encoding. @see https://www.rfc-editor.org/rfc/rfc2045#section-6 */
export function decodeTransfer(part: Part, faults: WireFault[]): Uint8Array {
  const encoding = part.headers.get('content-transfer-encoding')?.toLowerCase() ?? 'binary';
  switch (encoding) {
    case '7bit':
    case '8bit':
    case 'binary':
      return part.body;
    case 'base64':
      return decodeBase64(part.body, faults);
    case 'quoted-printable':
      return decodeQuotedPrintable(part.body);
    default:
      faults.push({
        code: 'body.transfer-encoding',
        message: `has a part in the transfer encoding ${quote(encoding)}, which cannot be read`,
        expected: '7bit, 8bit, binary, base64 or quoted-printable',
        seen: quote(encoding),
      });
      return part.body;
  }
}

function decodeBase64(body: Uint8Array, faults: WireFault[]): Uint8Array {
  const text = Buffer.from(body).toString('latin1').replace(/\s+/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    faults.push(malformed('base64', quote(text)));
  }
  return Buffer.from(text, 'base64');
}

function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body)
    .toString('latin1')
    .replace(/=[ \t]*\r?\n/g, '');
  const decoded = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}
