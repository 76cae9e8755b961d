import { percentDecode } from '../http/index.ts';

/** A decoded text, and for each of its places (the end too) the place in the raw one. */
export interface DecodedText {
  readonly text: string;
  readonly offsets: readonly number[];
}

/** Decodes a text that keeps track of where each character came from; `undefined` where it cannot be decoded. */
export function decodeWithOffsets(raw: string): DecodedText | undefined {
  const text = percentDecode(raw);
  if (text === undefined) return undefined;
  const offsets: number[] = [];
  let position = 0;
  for (const character of text) {
    for (let unit = 0; unit < character.length; unit += 1) offsets.push(position);
    position += raw[position] === '%' ? 3 * utf8Length(character) : character.length;
  }
  offsets.push(position);
  return { text, offsets };
}

function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
