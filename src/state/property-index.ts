import { type PropertyPath, readProperty } from '../plan/index.ts';
import type { Entry } from './collection.ts';

/** The entries of a collection by what one property of theirs holds. */
export interface PropertyIndex {
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** Every value that some entry has, with the entries that have it. A list counts by each of its members. */
  values(): Iterable<readonly [value: unknown, entries: readonly Entry[]]>;
  /** The entries with exactly this text, number or truth value; `undefined` where there is none. */
  get(value: unknown): readonly Entry[] | undefined;
}

/** Most values are had by one thing, or by very many: in the order of their creation, where what is new comes last. */
type Holders = Entry | Entry[];

/** Makes the index of one property, empty. */
export function createPropertyIndex(path: PropertyPath): PropertyIndex {
  const byValue = new Map<unknown, Holders>();

  function add(value: unknown, entry: Entry): void {
    const there = byValue.get(value);
    if (there === undefined) byValue.set(value, entry);
    else if (!Array.isArray(there)) byValue.set(value, inOrder(there, entry));
    else if ((there.at(-1)?.sequence ?? 0) < entry.sequence) there.push(entry);
    else there.splice(placeOf(there, entry), 0, entry);
  }

  function remove(value: unknown, entry: Entry): void {
    const there = byValue.get(value);
    if (there === entry) byValue.delete(value);
    else if (Array.isArray(there)) {
      const place = placeOf(there, entry);
      if (there[place] === entry) there.splice(place, 1);
      if (there.length === 0) byValue.delete(value);
    }
  }

  return {
    add(entry) {
      for (const value of keysOf(readProperty(entry.thing, path))) add(value, entry);
    },
    remove(entry) {
      for (const value of keysOf(readProperty(entry.thing, path))) remove(value, entry);
    },
    *values() {
      for (const [value, holders] of byValue) yield [value, listed(holders)];
    },
    get(value) {
      const there = byValue.get(value);
      return there === undefined ? undefined : listed(there);
    },
  };
}

function listed(holders: Holders): readonly Entry[] {
  return Array.isArray(holders) ? holders : [holders];
}

function inOrder(one: Entry, other: Entry): Entry[] {
  return one.sequence < other.sequence ? [one, other] : [other, one];
}

function placeOf(entries: readonly Entry[], { sequence }: Entry): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.sequence ?? sequence) < sequence) low = middle + 1;
    else high = middle;
  }
  return low;
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
