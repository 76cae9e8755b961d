import type { PropertyPath } from '../plan/index.ts';
import type { Entry } from './collection.ts';
import type { OrderKey } from './order.ts';
import { createPropertyIndex, type PropertyIndex } from './property-index.ts';
import { createSortedEntries, type Entries, type SortedEntries } from './sorted-entries.ts';

/**
 * The entries of a collection as lists ask for them: by a property's value, and in an order. What comes is noted at once and
 * arranged when a list needs it, or when nothing has come for a moment: who only creates pays for no list.
 */
export interface Arrangements {
  /** An entry that has come. */
  note(entry: Entry): void;
  /** An entry that is to go, or to change, and still has its thing. */
  unnote(entry: Entry): void;
  /** The index of a property: made on first use, then kept up to date. */
  index(path: PropertyPath): PropertyIndex;
  /** Every entry in an order: sorted on first use, then kept in order. */
  sorted(keys: readonly OrderKey[]): Entries;
  /** Properties whose index is made when nothing has come for a moment, before a list asks for it. */
  expect(paths: readonly PropertyPath[]): void;
}

const mostIndexes = 24;
const mostOrders = 3;

/** How long nothing has to come before what waits is arranged, in milliseconds, and how much of it then in one go. */
const quietTime = 20;
const stepSize = 1000;

/** Makes the arrangements of the entries that a map has, and will have. Nothing is arranged yet. */
export function createArrangements(byId: ReadonlyMap<string, Entry>): Arrangements {
  const indexes = new Map<string, Late<PropertyIndex>>();
  const orders = new Map<string, Late<SortedEntries>>();
  let expected: readonly PropertyPath[] = [];
  let timer: NodeJS.Timeout | undefined;

  function indexOf(path: PropertyPath): Late<PropertyIndex> {
    const name = nameOf(path);
    const index = indexes.get(name) ?? createLate(createPropertyIndex(path), byId.values());
    if (indexes.size < mostIndexes) indexes.set(name, index);
    return index;
  }

  function wait(): void {
    if (expected.length === 0) return;
    timer = timer?.refresh() ?? setTimeout(arrangeSome, quietTime).unref();
  }

  function arrangeSome(): void {
    timer = undefined;
    const missing =
      indexes.size < mostIndexes ? expected.find((path) => !indexes.has(nameOf(path))) : undefined;
    const isBehind = [...orders.values(), ...indexes.values()].some((one) => one.catchUp(stepSize));
    if (!isBehind && missing !== undefined) indexOf(missing);
    if (isBehind || missing !== undefined) setImmediate(arrangeSome);
  }

  return {
    note(entry) {
      for (const index of indexes.values()) index.add(entry);
      for (const order of orders.values()) order.add(entry);
      wait();
    },
    unnote(entry) {
      for (const index of indexes.values()) index.upToDate().remove(entry);
      for (const order of orders.values()) order.upToDate().remove(entry);
    },
    index: (path) => indexOf(path).upToDate(),
    sorted(keys) {
      const name = JSON.stringify(keys.map(({ path, descending }) => [nameOf(path), descending]));
      const known = orders.get(name);
      if (known !== undefined) return known.upToDate();
      const sorted = createLate(createSortedEntries(byId.values(), keys), []);
      if (orders.size >= mostOrders) orders.delete(orders.keys().next().value ?? '');
      orders.set(name, sorted);
      return sorted.upToDate();
    },
    expect(paths) {
      if (expected === paths) return;
      expected = paths;
      wait();
    },
  };
}

/** An arrangement that entries wait to come into. */
interface Late<One> {
  add(entry: Entry): void;
  /** With everything in it. */
  upToDate(): One;
  /** Takes so many of those that wait; false where none was waiting. */
  catchUp(count: number): boolean;
}

function createLate<One extends { add(entry: Entry): void }>(one: One, entries: Iterable<Entry>): Late<One> {
  let waiting = [...entries];
  let start = 0;

  function catchUp(count: number): boolean {
    if (waiting.length === 0) return false;
    const end = Math.min(start + count, waiting.length);
    for (const entry of waiting.slice(start, end)) one.add(entry);
    start = end;
    if (start === waiting.length) [waiting, start] = [[], 0];
    return true;
  }

  return {
    add: (entry) => void waiting.push(entry),
    upToDate() {
      catchUp(Infinity);
      return one;
    },
    catchUp,
  };
}

const names = new WeakMap<PropertyPath, string>();

/** Several filters may look at one property, each with a path of its own. */
function nameOf(path: PropertyPath): string {
  const found = names.get(path) ?? JSON.stringify([path.steps, path.loose]);
  names.set(path, found);
  return found;
}
