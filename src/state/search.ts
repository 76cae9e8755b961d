import type { Entries } from './sorted-entries.ts';

const deepest = 8;
const mostWords = 20;

/** A word that is looked for. */
interface Word {
  readonly length: number;
  readonly pattern: RegExp;
  /** Whether a number could hold it. */
  readonly isNumeric: boolean;
}

/** The entries whose things have every word of a text somewhere in their values, whatever their case. */
export function search(entries: Entries, text: string): Entries {
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, mostWords)
    .map(wordOf);
  if (words.length === 0) return entries;
  return [...entries].filter(({ thing }) => words.every((word) => has(thing, word, 0)));
}

function wordOf(word: string): Word {
  return {
    length: word.length,
    pattern: new RegExp(word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i'),
    isNumeric: /^[\d.e+-]+$/i.test(word),
  };
}

/** Plain loops: this runs over every value of every thing. */
function has(value: unknown, word: Word, depth: number): boolean {
  if (typeof value === 'string') return value.length >= word.length && word.pattern.test(value);
  if (typeof value === 'number') return word.isNumeric && word.pattern.test(String(value));
  if (typeof value !== 'object' || value === null || depth > deepest) return false;
  if (Array.isArray(value)) {
    for (const one of value) if (has(one, word, depth + 1)) return true;
    return false;
  }
  for (const name in value)
    if (has((value as Readonly<Record<string, unknown>>)[name], word, depth + 1)) return true;
  return false;
}
