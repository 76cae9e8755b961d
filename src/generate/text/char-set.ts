/** Code points as sorted ranges without overlap, both ends inclusive. */
export type CharSet = readonly (readonly [number, number])[];

const last = 0x10ffff;

/** What `\d` stands for. */
export const digits: CharSet = [[48, 57]];

/** What `\w` stands for. */
export const wordCharacters: CharSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

/** What `\s` stands for: https://tc39.es/ecma262/#prod-WhiteSpace and LineTerminator. */
export const spaces: CharSet = [
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** What `.` does not stand for. */
export const lineEnds: CharSet = [
  [10, 10],
  [13, 13],
  [0x2028, 0x2029],
];
const printable: CharSet = [[32, 126]];
const letters: CharSet = [
  [48, 57],
  [65, 90],
  [97, 122],
];
const surrogates: CharSet = [[0xd800, 0xdfff]];

/** Sorts ranges and joins those that touch. */
export function normalise(ranges: CharSet): CharSet {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
    const before = result.at(-1);
    if (before !== undefined && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** All code points that a set does not have. */
export function complement(set: CharSet): CharSet {
  const result: [number, number][] = [];
  let next = 0;
  for (const [from, to] of normalise(set)) {
    if (from > next) result.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) result.push([next, last]);
  return result;
}

/** The code points that both sets have. */
function intersect(one: CharSet, other: CharSet): CharSet {
  const result: [number, number][] = [];
  for (const [from, to] of one) {
    for (const [start, end] of other) {
      const low = Math.max(from, start);
      const high = Math.min(to, end);
      if (low <= high) result.push([low, high]);
    }
  }
  return normalise(result);
}

/** How many code points a set has. */
export function sizeOf(set: CharSet): number {
  let size = 0;
  for (const [from, to] of set) size += to - from + 1;
  return size;
}

/** The code point at an index of the set, counted through its ranges. */
export function pointAt(set: CharSet, index: number): number {
  let left = index;
  for (const [from, to] of set) {
    const size = to - from + 1;
    if (left < size) return from + left;
    left -= size;
  }
  return set[0]?.[0] ?? 32;
}

/** The part of a wide set that reads well: letters and digits, else what can be printed, else all but surrogates. */
export function readable(set: CharSet): CharSet {
  const whole = intersect(set, complement(surrogates));
  if (sizeOf(set) <= 100) return whole;
  for (const preferred of [letters, printable]) {
    const part = intersect(set, preferred);
    if (part.length > 0) return part;
  }
  return whole;
}

/** What a set adds to the readable part: for patterns that ask for a special character in a lookahead. */
export function printablePart(set: CharSet): CharSet {
  const part = intersect(set, printable);
  return part.length > 0 ? part : readable(set);
}

const others = '\t\n ¡§©«²½¿ÀÉßàéøÿŁłŒœΑΩαωЖжЯяאבابकखกขあいアイ一丁한글ᵃⅧ٣३€¥£√∞™☺😀🚀\u0301\u200d\u2028';

/** Characters that stand for their kind where `\p{…}` is asked for; a fixed pool keeps answers equal between versions. */
const pool: readonly number[] = [
  ...Array.from({ length: 95 }, (_, index) => index + 32),
  ...Array.from(others, (char) => char.codePointAt(0) ?? 32),
];

/** The characters of the pool that a Unicode property escape (`\p{L}`) matches. */
export function propertySet(property: string): CharSet {
  let expression: RegExp;
  try {
    expression = new RegExp(`^${property}$`, 'u');
  } catch {
    return [];
  }
  const found = pool.filter((point) => expression.test(String.fromCodePoint(point)));
  return normalise(found.map((point) => [point, point] as const));
}
