import type { PropertyPath } from '../plan/index.ts';
import { type OrderKey, placeOf, type Row, rowOf, sortBy } from './order.ts';
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
  /** By its id, or by one that it had before and that nothing else has taken. */
  get(id: string): Entry | undefined;
  /** Whether a thing has this id now. */
  has(id: string): boolean;
  /** Adds a thing under an id that nothing has yet. */
  add(id: string, thing: Thing, owners?: readonly string[]): Entry;
  /** Puts another thing in an entry's place, under another id perhaps. */
  replace(entry: Entry, thing: Thing, id?: string): void;
  remove(id: string): boolean;
  /** In the order of creation. */
  entries(): readonly Entry[];
  /** The index of a property: made on first use, then kept up to date. */
  index(path: PropertyPath): PropertyIndex;
  /** Every entry in an order: sorted on first use, then kept in order. */
  sorted(keys: readonly OrderKey[]): readonly Row[];
}

const mostIndexes = 24;
const mostOrders = 3;
const mostFormer = 1000;

export function createCollection(): Collection {
  const byId = new Map<string, Entry>();
  // A client that has just changed a slug still knows the thing by the old one.
  const formerly = new Map<string, Entry>();
  const indexes = new Map<PropertyPath, PropertyIndex>();
  const orders = new Map<string, { readonly keys: readonly OrderKey[]; readonly rows: Row[] }>();
  let sequence = 0;
  // An entry with a new id stands last in the map.
  let isInOrder = true;

  const all = (): Entry[] => {
    const entries = [...byId.values()];
    return isInOrder ? entries : entries.sort((left, right) => left.sequence - right.sequence);
  };

  function note(entry: Entry): void {
    for (const index of indexes.values()) index.add(entry);
    for (const { keys, rows } of orders.values()) {
      const row = rowOf(entry, keys);
      rows.splice(placeOf(rows, row, keys), 0, row);
    }
  }

  function unnote(entry: Entry): void {
    for (const index of indexes.values()) index.remove(entry);
    for (const { keys, rows } of orders.values()) rows.splice(placeOf(rows, rowOf(entry, keys), keys), 1);
  }

  return {
    get size() {
      return byId.size;
    },
    get next() {
      return sequence + 1;
    },
    get: (id) => byId.get(id) ?? formerly.get(id),
    has: (id) => byId.has(id),
    add(id, thing, owners = []) {
      sequence += 1;
      const entry: Entry = { id, sequence, version: 1, thing, ...(owners.length === 0 ? {} : { owners }) };
      byId.set(id, entry);
      note(entry);
      return entry;
    },
    replace(entry, thing, id = entry.id) {
      unnote(entry);
      if (id !== entry.id) {
        byId.delete(entry.id);
        formerly.set(entry.id, entry);
        if (formerly.size > mostFormer) formerly.delete(formerly.keys().next().value ?? '');
        byId.set(id, entry);
        entry.id = id;
        isInOrder = false;
      }
      entry.thing = thing;
      entry.version += 1;
      note(entry);
    },
    remove(id) {
      const entry = byId.get(id);
      if (entry === undefined) return false;
      byId.delete(id);
      for (const [former, one] of formerly) if (one === entry) formerly.delete(former);
      unnote(entry);
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
    sorted(keys) {
      const name = JSON.stringify(keys.map(({ path, descending }) => [path.steps, path.loose, descending]));
      const known = orders.get(name);
      if (known !== undefined) return known.rows;
      const rows = [...sortBy(byId.values(), keys)];
      if (orders.size >= mostOrders) orders.delete(orders.keys().next().value ?? '');
      orders.set(name, { keys, rows });
      return rows;
    },
  };
}
