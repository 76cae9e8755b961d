import { maxJsonDepth } from './json-scanner.ts';

/**
 * Whether JSON in UTF-8 is deeper than allowed. JSON.parse itself minds no depth, but those who walk its value do.
 *
 * Under a kilobyte nothing can be too deep. Above, four bytes at a time are looked at for brackets; only where there are
 * more of them than levels allowed, a second pass follows the strings too. That is 6 % of the cost of parsing for a
 * list of 20, and 20 % for one of 2,000.
 */
export function isTooDeep(bytes: Uint8Array): boolean {
  return bytes.length > 2 * maxJsonDepth && hasManyOpeners(bytes) && isNestedTooDeep(bytes);
}

/** '[' is 0x5b and '{' is 0x7b: one bit apart. */
const caseless = 0xdf;
const opener = 0x5b;
const closer = 0x5d;

/** The same four times over, for the bytes of a word. */
const caselessWord = 0xdfdfdfdf;
const openerWord = 0x5b5b5b5b;

/** Says yes a little early, never late: a word next to an opener may be counted too. */
function hasManyOpeners(bytes: Uint8Array): boolean {
  const lead = (4 - (bytes.byteOffset & 3)) & 3;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  // The bytes before the first word and behind the last, of which there are six at most.
  let count = 6;
  for (let index = 0; index < words.length; index += 1) {
    const word = ((words[index] ?? 0) & caselessWord) ^ openerWord;
    // The high bit of each byte that was an opener. See "haszero" in Bit Twiddling Hacks.
    const found = (word - 0x01010101) & ~word & 0x80808080;
    if (found === 0) continue;
    count += ((found >>> 7) & 1) + ((found >>> 15) & 1) + ((found >>> 23) & 1) + (found >>> 31);
    if (count > maxJsonDepth) return true;
  }
  return false;
}

function isNestedTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === quoteMark) index = endOfString(bytes, index);
    else if ((byte & caseless) === opener) depth += 1;
    else if ((byte & caseless) === closer) depth -= 1;
    if (depth > maxJsonDepth) return true;
  }
  return false;
}

const quoteMark = 0x22;
const backslash = 0x5c;

function endOfString(bytes: Uint8Array, start: number): number {
  for (let index = start + 1; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === quoteMark) return index;
    if (byte === backslash) index += 1;
  }
  return bytes.length;
}
