import type { PropertyPath } from '../plan/index.ts';
import { createPropertyIndex, type PropertyIndex } from './property-index.ts';

/** What is kept of a thing, as plain JSON. Never changed: a change puts another in its place. */
export type Thing = Readonly<Record<string, unknown>>;

/** A thing in its collection. */
export interface Entry {
  id: string;
  /** Counts up in the order of creation. */
  readonly sequence: number;
  /** Counts the changes, from 1. */
  version: number;
  thing: Thing;
  /** What it was created below, where its own path does not tell. */
  readonly owners?: readonly string[];
}

/** The things of one resource below the same parents, in the order of their creation. */
export interface Collection {
  readonly size: number;
  /** The sequence of the next thing. */
  readonly next: number;
  /** Changes whenever anything does. */
  readonly revision: number;
  get(id: string): Entry | undefined;
  /** Adds a thing under an id that nothing has yet. */
  add(id: string, thing: Thing, owners?: readonly string[]): Entry;
  /** Puts another thing in an entry's place, under another id perhaps. */
  replace(entry: Entry, thing: Thing, id?: string): void;
  remove(id: string): boolean;
  /** In the order of creation. */
  entries(): readonly Entry[];
  /** The index of a property: made on first use, then kept up to date. */
  index(path: PropertyPath): PropertyIndex;
  /** Every entry in an order that is remembered until something changes. */
  sorted(key: string, sort: (entries: readonly Entry[]) => readonly Entry[]): readonly Entry[];
}

const mostIndexes = 24;
const mostOrders = 4;

export function createCollection(): Collection {
  const byId = new Map<string, Entry>();
  const indexes = new Map<PropertyPath, PropertyIndex>();
  const orders = new Map<string, { readonly revision: number; readonly entries: readonly Entry[] }>();
  let sequence = 0;
  let revision = 0;
  // An entry with a new id stands last in the map.
  let isInOrder = true;

  const all = (): Entry[] => {
    const entries = [...byId.values()];
    return isInOrder ? entries : entries.sort((left, right) => left.sequence - right.sequence);
  };

  return {
    get size() {
      return byId.size;
    },
    get next() {
      return sequence + 1;
    },
    get revision() {
      return revision;
    },
    get: (id) => byId.get(id),
    add(id, thing, owners = []) {
      sequence += 1;
      revision += 1;
      const entry: Entry = { id, sequence, version: 1, thing, ...(owners.length === 0 ? {} : { owners }) };
      byId.set(id, entry);
      for (const index of indexes.values()) index.add(entry);
      return entry;
    },
    replace(entry, thing, id = entry.id) {
      revision += 1;
      for (const index of indexes.values()) index.remove(entry);
      if (id !== entry.id) {
        byId.delete(entry.id);
        byId.set(id, entry);
        entry.id = id;
        isInOrder = false;
      }
      entry.thing = thing;
      entry.version += 1;
      for (const index of indexes.values()) index.add(entry);
    },
    remove(id) {
      const entry = byId.get(id);
      if (entry === undefined) return false;
      revision += 1;
      byId.delete(id);
      for (const index of indexes.values()) index.remove(entry);
      return true;
    },
    entries: all,
    index(path) {
      const known = indexes.get(path);
      if (known !== undefined) return known;
      const index = createPropertyIndex(path);
      for (const entry of byId.values()) index.add(entry);
      if (indexes.size < mostIndexes) indexes.set(path, index);
      return index;
    },
    sorted(key, sort) {
      const known = orders.get(key);
      if (known?.revision === revision) return known.entries;
      const entries = sort(all());
      orders.delete(key);
      if (orders.size >= mostOrders) orders.delete(orders.keys().next().value ?? '');
      orders.set(key, { revision, entries });
      return entries;
    },
  };
}
