import { hashText, type Random } from '../core/index.ts';
import { heldBy, type PathMember } from '../plan/index.ts';
import { compileSchema } from '../schema/index.ts';
import type { Collection, Thing } from './collection.ts';
import type { Kind } from './kind.ts';
import type { Kinds } from './kinds.ts';
import { makeThing } from './make-thing.ts';
import { type Place, singleId } from './place.ts';
import { isReference, referencesOf } from './references.ts';
import type { World } from './world.ts';

/** What the things of a resource begin with, by the resource's name. */
export type GivenThings = ReadonlyMap<string, readonly Thing[]>;

/** What is there before anybody has written anything. */
export interface StartingSettings {
  /** Things that are made up per collection; default: some where clients cannot make any, else none. */
  readonly count?: number;
  /** Things of fixtures and of the document's examples. */
  readonly given: (kind: Kind) => readonly Thing[];
  readonly random: Random;
  /** Milliseconds since 1970: the time that made-up dates stand around. */
  readonly now: number;
}

/** Whose things are meant, and the members that say so. */
export type Owned = Pick<Place, 'owners' | 'ownedBy'>;

const nobodys: Owned = { owners: [], ownedBy: [] };

/** Fills collections on their first use. */
export interface StartingData {
  /** The collection with what it begins with in it. */
  begin(world: World, kind: Kind, parents: readonly string[], owned?: Owned): Collection;
  /** Whether the things exist that what is at a path stands below. */
  hasParents(world: World, path: string, values: readonly string[]): boolean;
  /** Members that name things of other resources, with ids of things that exist. */
  references(world: World, kind: Kind, random: Random): Thing;
}

const usualCount = 12;
const mostSeeded = 100_000;

/** Makes the starting data of a document's kinds. */
export function createStartingData(kinds: Kinds, settings: StartingSettings): StartingData {
  const data: StartingData = {
    begin(world, kind, parents, owned = nobodys) {
      // Things that name their owners themselves are there from the beginning, each with an owner that exists.
      const named = owned.ownedBy.some((one) => one !== undefined && isReference(kind, kinds, one.property));
      const { owners, ownedBy } = named ? nobodys : owned;
      const collection = world.collection(kind.resource.name, parents);
      const { name } = kind.resource;
      const isTop = parents.length === 0 && owners.length === 0;
      const key = isTop ? `${name} []` : `${name} ${JSON.stringify([...parents, ...owners])}`;
      if (world.seeded.has(key) || world.size >= mostSeeded) return collection;
      if (owners.length > 0 && countFor(kind, 0) === 0) return collection;
      // Before it is filled: things may name one another in a circle.
      if (world.keeps(kind.resource.name, parents)) world.seeded.add(key);
      fill(world, kind, { parents, owners, ownedBy, collection });
      return collection;
    },
    hasParents(world, path, values) {
      const last = values.at(-1);
      const parent = last === undefined ? undefined : kinds.parentOf(path);
      if (parent === undefined || last === undefined) return true;
      const above = values.slice(0, -1);
      if (!data.hasParents(world, parent.resource.name, above)) return false;
      return (
        data.begin(world, parent, above.slice(0, parent.resource.parents.length)).get(last) !== undefined
      );
    },
    references: (world, kind, random) =>
      referencesOf(kind, kinds, (other) => {
        const ids = data.begin(world, other, []).entries();
        const entry = ids.length === 0 ? undefined : random.fork(other.resource.name).pick(ids);
        return entry === undefined ? undefined : (entry.thing[other.idProperty ?? ''] ?? entry.id);
      }),
  };

  function fill(world: World, kind: Kind, filling: Filling): void {
    const { parents, owners, collection } = filling;
    const given = parents.length === 0 && owners.length === 0 ? settings.given(kind) : [];
    for (const thing of given) {
      const id = kind.resource.isSingle === true ? singleId : thing[kind.idProperty ?? ''];
      const key = String(id ?? collection.next);
      if (collection.get(key) === undefined) collection.add(key, thing);
    }
    let random = settings.random.fork(kind.resource.name);
    for (const one of [...parents, ...owners]) random = random.fork(hashText(one));
    const count = countFor(kind, given.length);
    for (let index = 0; index < count; index += 1)
      addOne(world, kind, { ...filling, random: random.fork(index) });
  }

  function countFor({ resource, creates }: Kind, given: number): number {
    if (resource.isSingle === true) return given > 0 ? 0 : 1;
    return settings.count ?? (given > 0 || creates ? 0 : usualCount);
  }

  function addOne(world: World, kind: Kind, filling: Filling & { readonly random: Random }): void {
    const { parents, owners, ownedBy, collection, random } = filling;
    const isSingle = kind.resource.isSingle === true;
    const id = isSingle ? singleId : freshId(kind, collection, { random, now: settings.now });
    if (id === undefined) return;
    const known = {
      ...membersAbove(kind.above, parents),
      ...membersAbove(ownedBy, owners),
      ...idMember(kind, id),
    };
    const made = data.references(world, kind, random);
    collection.add(String(id), makeThing(kind, { random, now: settings.now, made, known }).thing, owners);
  }

  return data;
}

interface Filling extends Owned {
  readonly parents: readonly string[];
  readonly collection: Collection;
}

const mostTries = 50;

/** An id that nothing in the collection has: a number that counts up, else one that is made up. `undefined` where there is none left. */
export function freshId(
  kind: Kind,
  collection: Collection,
  { random, now }: { readonly random: Random; readonly now: number },
): unknown {
  const schema = kind.properties.get(kind.idProperty ?? '');
  if (kind.counts) {
    for (let number = collection.next; number < collection.next + mostTries; number += 1) {
      const isTaken = collection.get(String(number)) !== undefined;
      if (!isTaken && (schema === undefined || compileSchema(schema).isValid(number))) return number;
    }
  }
  for (let tries = 0; tries < mostTries; tries += 1) {
    const id = kind.makeId(random.fork('id').fork(tries), now);
    if (collection.get(String(id)) === undefined) return id;
  }
  return undefined;
}

/** The id as a member of the thing, where its schema has a place for it. */
export function idMember({ idProperty }: Kind, id: unknown): Thing {
  return idProperty === undefined || id === undefined ? {} : { [idProperty]: id };
}

/** What a path says of the things below it, as far as they can hold it: `user_id` of the path is `userId` of the thing. */
export function membersAbove(above: readonly (PathMember | undefined)[], values: readonly string[]): Thing {
  const members: Record<string, unknown> = {};
  for (const [index, member] of above.entries()) {
    const [text, schema] = [values[index], member?.schema];
    const value = text === undefined || schema === undefined ? undefined : heldBy(schema, text);
    if (member !== undefined && value !== undefined) members[member.property] = value;
  }
  return members;
}
