import { type Arrangements, createArrangements } from './arrangements.ts';

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
  /** Who shows the thing just as it is: most are shown so, again and again. */
  plainTo: unknown;
  /** What it was created below, where its own path does not tell. */
  readonly owners?: readonly string[];
}

/** The things of one resource below the same parents, in the order of their creation. */
export interface Collection extends Pick<Arrangements, 'index' | 'sorted' | 'expect'> {
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
}

const mostFormer = 1000;

/** `tally` counts the things of several collections. */
export function createCollection(tally: { things: number } = { things: 0 }): Collection {
  const byId = new Map<string, Entry>();
  // A client that has just changed a slug still knows the thing by the old one.
  const formerly = new Map<string, Entry>();
  let sequence = 0;
  // An entry with a new id stands last in the map.
  let isInOrder = true;

  const all = (): Entry[] => {
    const entries = [...byId.values()];
    return isInOrder ? entries : entries.sort((left, right) => left.sequence - right.sequence);
  };

  const { note, unnote, index, sorted, expect } = createArrangements(byId);

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
      tally.things += 1;
      const plain = { id, sequence, version: 1, thing, plainTo: undefined };
      const entry: Entry = owners.length === 0 ? plain : { ...plain, owners };
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
      entry.plainTo = undefined;
      entry.version += 1;
      note(entry);
    },
    remove(id) {
      const entry = byId.get(id);
      if (entry === undefined) return false;
      byId.delete(id);
      tally.things -= 1;
      for (const [former, one] of formerly) if (one === entry) formerly.delete(former);
      unnote(entry);
      return true;
    },
    entries: all,
    index,
    sorted,
    expect,
  };
}
