import type { Clock, Random } from '../core/index.ts';
import type { KeptPart, PathMember } from '../plan/index.ts';
import type { Collection } from './collection.ts';
import type { Kind } from './kind.ts';
import type { Kinds } from './kinds.ts';
import type { StartingData } from './starting-data.ts';
import type { World } from './world.ts';
import type { Worlds } from './worlds.ts';

/** What things are kept with. */
export interface Keeping {
  readonly kinds: Kinds;
  readonly worlds: Worlds;
  readonly clock: Clock;
  /** The stream that all that is made up comes from; the same for every session. */
  readonly random: Random;
  readonly startingData: StartingData;
}

/** Where a request acts: a collection below its parents, and one thing where the path names one. */
export interface Place {
  readonly world: World;
  readonly kind: Kind;
  readonly collection: Collection;
  readonly parents: readonly string[];
  /** Whose things are meant, where things have paths without their owners. */
  readonly owners: readonly string[];
  /** The members that name the owners, where there are any. */
  readonly ownedBy: readonly (PathMember | undefined)[];
  /** The id as the path writes it; empty for the whole collection. */
  readonly id: string;
  /** The same, decoded to its type. */
  readonly idValue: unknown;
}

/** The one entry of what there is only one of. */
export const singleId: string = 'it';

/** What the path of a request names. */
export type Named = Pick<Place, 'parents' | 'owners' | 'id' | 'idValue'>;

/** The values of the variables in a path, by the part of each. */
export function pathValues(
  { resource, parents, id, owners }: KeptPart,
  path: Readonly<Record<string, unknown>>,
): Named {
  const idValue = id === undefined ? undefined : path[id];
  return {
    parents: parents.map((name) => textOf(path[name])),
    owners: owners.map((name) => textOf(path[name])),
    id: resource.isSingle === true ? singleId : idValue === undefined ? '' : textOf(idValue),
    idValue,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
