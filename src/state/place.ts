import type { Clock, Random } from '../core/index.ts';
import type { ApiOperation } from '../document/index.ts';
import type { Resource, ResourceRole } from '../plan/index.ts';
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
  /** The id as the path writes it; empty for the whole collection. */
  readonly id: string;
  /** The same, decoded to its type. */
  readonly idValue: unknown;
}

const atCollection: ReadonlySet<ResourceRole> = new Set(['list', 'create']);

/** The values of the variables in a path, by their places: operations of one resource may name them differently. */
export function pathValues(
  operation: ApiOperation,
  { role, resource }: { readonly role: ResourceRole; readonly resource: Resource },
  path: Readonly<Record<string, unknown>>,
): Pick<Place, 'parents' | 'id' | 'idValue'> {
  const values = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map((match) => path[match[1] ?? '']);
  const before = atCollection.has(role) ? values : values.slice(0, -1);
  const parents = before.slice(0, resource.parents.length).map(textOf);
  const idValue = atCollection.has(role) ? undefined : values.at(-1);
  return { parents, id: idValue === undefined ? '' : textOf(idValue), idValue };
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
