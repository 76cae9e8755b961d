import { percentDecode } from '../http/index.ts';

/** A raw segment and what it says. All texts have the same length; `offsets` tells where each place stands in the raw one. */
export interface DecodedSegment {
  readonly raw: string;
  readonly text: string;
  /** The text with every ASCII character that was sent encoded put out of reach, so that it is no delimiter. */
  readonly masked: string;
  /** `undefined` where nothing was encoded: places are the same. */
  readonly offsets: readonly number[] | undefined;
}

/** The start of a block of characters that no document uses: 128 of them stand for encoded ASCII. */
const mask = 0xe000;

/** Decodes a segment once; one that cannot be decoded says what it is. */
export function decodeSegment(raw: string): DecodedSegment {
  const text = raw.includes('%') ? percentDecode(raw) : raw;
  if (text === undefined || text === raw) return { raw, text: raw, masked: raw, offsets: undefined };
  const offsets: number[] = [];
  let masked = '';
  let position = 0;
  for (const character of text) {
    const encoded = raw[position] === '%';
    const code = character.codePointAt(0) ?? 0;
    for (let unit = 0; unit < character.length; unit += 1) offsets.push(position);
    masked += encoded && code < 0x80 ? String.fromCharCode(mask + code) : character;
    position += encoded ? 3 * utf8Length(code) : character.length;
  }
  offsets.push(position);
  return { raw, text, masked, offsets };
}

/** The raw characters between two places of the text. */
export function rawBetween({ raw, offsets }: DecodedSegment, start: number, end: number): string {
  return offsets === undefined ? raw.slice(start, end) : raw.slice(offsets[start], offsets[end]);
}

function utf8Length(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
