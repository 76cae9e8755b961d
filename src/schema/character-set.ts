/** Code points from the first to the last, both inclusive. */
export type Range = readonly [first: number, last: number];

/** A set of code points: ranges in order, none touching another. */
export type CharacterSet = readonly Range[];

/** The last code point of Unicode. */
const lastCodePoint: number = 0x10ffff;

/** Every code point, lone surrogates among them. */
export const everyCharacter: CharacterSet = [[0, lastCodePoint]];

/** The set of the ranges, whatever their order. */
export function characterSet(ranges: readonly Range[]): CharacterSet {
  const sorted = [...ranges].sort((left, right) => left[0] - right[0]);
  const merged: [number, number][] = [];
  for (const [first, last] of sorted) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** All that is not in the set. */
export function complement(set: CharacterSet): CharacterSet {
  const result: Range[] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) result.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCodePoint) result.push([next, lastCodePoint]);
  return result;
}

/** Whether two sets share a character. */
export function overlap(left: CharacterSet, right: CharacterSet): boolean {
  let at = 0;
  for (const [first, last] of left) {
    while (at < right.length && (right[at]?.[1] ?? 0) < first) at += 1;
    const other = right[at];
    if (other === undefined) return false;
    if (other[0] <= last) return true;
  }
  return false;
}

/** What `\d` stands for. */
export const digits: CharacterSet = [[48, 57]];

/** What `\w` stands for. */
export const wordCharacters: CharacterSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

/** https://tc39.es/ecma262/#prod-WhiteSpace and LineTerminator */
export const whiteSpace: CharacterSet = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** What `.` stands for: all but the line terminators. */
export const notLineEnd: CharacterSet = complement([
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
]);
