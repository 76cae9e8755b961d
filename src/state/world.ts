import { isRecord } from '../wire/index.ts';
import { type Collection, createCollection, type Entry, type Thing } from './collection.ts';

/** Everything that one session has: a collection per resource and parents. */
export interface World {
  /** Whether the starting data of a resource is there already. */
  readonly seeded: Set<string>;
  /** The collection of a resource below some parents. Where there are too many already, one that nobody keeps. */
  collection(resource: string, parents: readonly string[]): Collection;
  /** Whether what is added to that collection stays. */
  keeps(resource: string, parents: readonly string[]): boolean;
  /** Removes the collections that stand below a thing that is gone. */
  forget(resource: string, parents: readonly string[]): void;
  /** A number that was not given before in this world. */
  turn(): number;
  /** The time of a change: now, but always after the change before it. */
  tick(now: number): number;
  /** How many things there are in all. */
  readonly size: number;
  snapshot(): WorldSnapshot;
}

/** A world as plain JSON. */
export interface WorldSnapshot {
  readonly turns: number;
  /** The time of the last change, in milliseconds since 1970. */
  readonly changedAt: number;
  readonly seeded: readonly string[];
  readonly collections: readonly {
    readonly resource: string;
    readonly parents: readonly string[];
    readonly things: readonly {
      readonly id: string;
      readonly thing: Thing;
      readonly owners?: readonly string[];
    }[];
  }[];
}

/** Any text may stand in a path: not each may cost memory for good. */
const mostCollections = 10_000;

interface Placed {
  readonly parents: readonly string[];
  readonly collection: Collection;
}

/** Makes a world: empty, or with all that a snapshot has. */
export function createWorld(from?: WorldSnapshot): World {
  const byResource = new Map<string, Map<string, Placed>>();
  const seeded = new Set(from?.seeded);
  const tally = { things: 0 };
  let turns = from?.turns ?? 0;
  let changedAt = from?.changedAt ?? 0;

  const collection: World['collection'] = (resource, parents) => {
    let placed = byResource.get(resource);
    if (placed === undefined) {
      placed = new Map();
      byResource.set(resource, placed);
    }
    const key = keyOf(parents);
    const found = placed.get(key);
    if (found !== undefined) return found.collection;
    const isKept = placed.size < mostCollections;
    const made = { parents, collection: createCollection(isKept ? tally : undefined) };
    if (isKept) placed.set(key, made);
    return made.collection;
  };
  for (const { resource, parents, things } of from?.collections ?? []) {
    const filled = collection(resource, parents);
    for (const { id, thing, owners } of things) filled.add(id, thing, owners);
  }

  return {
    seeded,
    collection,
    keeps: (resource, parents) => byResource.get(resource)?.has(keyOf(parents)) === true,
    forget(resource, parents) {
      for (const [name, placed] of byResource) {
        if (!name.startsWith(`${resource}/`)) continue;
        for (const [key, one] of placed) {
          if (!parents.every((parent, index) => one.parents[index] === parent)) continue;
          placed.delete(key);
          tally.things -= one.collection.size;
        }
      }
    },
    turn() {
      turns += 1;
      return turns;
    },
    tick(now) {
      changedAt = Math.max(now, changedAt + 1);
      return changedAt;
    },
    get size() {
      return tally.things;
    },
    snapshot() {
      const collections = [...byResource].flatMap(([resource, placed]) =>
        [...placed.values()].map((one) => ({
          resource,
          parents: one.parents,
          things: one.collection.entries().map(kept),
        })),
      );
      return {
        turns,
        changedAt,
        seeded: [...seeded],
        collections,
      };
    },
  };
}

/** Most collections stand below nothing. */
function keyOf(parents: readonly string[]): string {
  return parents.length === 0 ? '' : JSON.stringify(parents);
}

function kept({ id, thing, owners }: Entry): WorldSnapshot['collections'][number]['things'][number] {
  return { id, thing, ...(owners === undefined ? {} : { owners }) };
}

/** Whether a value, from a file or a request, is a snapshot. */
export function isWorldSnapshot(value: unknown): value is WorldSnapshot {
  if (!isRecord(value) || !Array.isArray(value.collections)) return false;
  if (!isCount(value.turns) || !isCount(value.changedAt) || !isTexts(value.seeded)) return false;
  return value.collections.every(isCollectionSnapshot);
}

function isCollectionSnapshot(value: unknown): boolean {
  if (!isRecord(value) || typeof value.resource !== 'string' || !isTexts(value.parents)) return false;
  if (!Array.isArray(value.things)) return false;
  const ids = new Set(value.things.map((one) => (isRecord(one) ? one.id : undefined)));
  const areThings = value.things.every(
    (one) => isRecord(one) && typeof one.id === 'string' && isRecord(one.thing),
  );
  return areThings && ids.size === value.things.length;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
