import type { ApiOperation } from '../document/index.ts';
import { idPropertyOf, type Resource, thingPlaceOf } from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import { memberAt } from '../wire/index.ts';

const known = new WeakMap<Resource, WeakMap<object, readonly string[]>>();

/** The id that a body says of its thing, wherever the schema has the thing. Where that is, is read once. */
export function idIn(body: unknown, schema: Schema | undefined, resource: Resource): unknown {
  if (typeof schema !== 'object') return undefined;
  const paths = known.get(resource) ?? new WeakMap<object, readonly string[]>();
  known.set(resource, paths);
  const path = paths.get(schema) ?? idPath(schema, resource);
  paths.set(schema, path);
  return path.length === 0 ? undefined : memberAt(body, path);
}

/** The keys that lead to the id; none where the schema has no place for one. */
function idPath(schema: Schema, resource: Resource): readonly string[] {
  const place = thingPlaceOf(resource, schema);
  const property = idPropertyOf(resource, place?.schema);
  return place === undefined || property === undefined ? [] : [...place.steps, property];
}

/** A URL or a path, as far as its query. */
export function pathAlone(url: string): string {
  return url.split('?', 1)[0] ?? url;
}

/** Where a thing with an id can be read, below its collection; `undefined` where it has none. */
export function placeBelow(collection: string, id: unknown, item: ApiOperation): string | undefined {
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const path = pathAlone(collection).replace(/\/+$/, '');
  return `${path}/${encodeURIComponent(String(id))}${item.path.endsWith('/') ? '/' : ''}`;
}
