import { isRecord } from '../wire/index.ts';
import type { Entry } from './collection.ts';

const deepest = 8;

/** The entries that have every word of a text somewhere in their values, whatever their case. */
export function search(entries: readonly Entry[], text: string): readonly Entry[] {
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 20);
  if (words.length === 0) return entries;
  const patterns = words.map((word) => new RegExp(word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i'));
  return entries.filter(({ thing }) => patterns.every((pattern) => has(thing, pattern, 0)));
}

function has(value: unknown, pattern: RegExp, depth: number): boolean {
  if (typeof value === 'string') return pattern.test(value);
  if (typeof value === 'number') return pattern.test(String(value));
  if (depth > deepest) return false;
  if (Array.isArray(value)) return value.some((one) => has(one, pattern, depth + 1));
  if (!isRecord(value)) return false;
  for (const name in value) if (has(value[name], pattern, depth + 1)) return true;
  return false;
}
