import { type PropertyPath, readProperty } from '../plan/index.ts';
import type { Entry } from './collection.ts';

/** The entries of a collection by what one property of theirs holds. */
export interface PropertyIndex {
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** Every value that some entry has, with the entries that have it. A list counts by each of its members. */
  values(): Iterable<readonly [value: unknown, entries: ReadonlySet<Entry>]>;
  /** The entries with exactly this text, number or truth value. */
  get(value: unknown): ReadonlySet<Entry>;
}

const nobody: ReadonlySet<Entry> = new Set();

export function createPropertyIndex(path: PropertyPath): PropertyIndex {
  const byValue = new Map<unknown, Set<Entry>>();
  return {
    add(entry) {
      for (const value of keysOf(readProperty(entry.thing, path))) {
        const there = byValue.get(value);
        if (there === undefined) byValue.set(value, new Set([entry]));
        else there.add(entry);
      }
    },
    remove(entry) {
      for (const value of keysOf(readProperty(entry.thing, path))) {
        const there = byValue.get(value);
        there?.delete(entry);
        if (there?.size === 0) byValue.delete(value);
      }
    },
    values: () => byValue,
    get: (value) => byValue.get(value) ?? nobody,
  };
}

const identities = ['id', 'pk', 'uuid', 'key', 'slug', 'name', 'login', 'username'];

/** What a property is found by: the value itself, each member of a list, and of a thing what names it. Nothing counts as null. */
export function keysOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [null];
  if (Array.isArray(value)) return [...new Set(value.flatMap(keysOf))];
  if (typeof value !== 'object' || value === null) return [value];
  const keys: unknown[] = [];
  for (const name of identities) {
    const one = Object.hasOwn(value, name) ? (value as Thing)[name] : undefined;
    if (typeof one === 'string' || typeof one === 'number') keys.push(one);
  }
  return keys;
}

type Thing = Readonly<Record<string, unknown>>;
