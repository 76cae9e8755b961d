import type { ApiOperation } from '../document/index.ts';
import { idPropertyOf, type Resource, thingPlaceOf } from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import { isRecord } from '../wire/index.ts';

/** The id that a body says of its thing, wherever the schema has the thing. */
export function idIn(body: unknown, schema: Schema | undefined, resource: Resource): unknown {
  const place = thingPlaceOf(resource, schema);
  const property = idPropertyOf(resource, place?.schema);
  return place === undefined || property === undefined
    ? undefined
    : memberAt(body, [...place.steps, property]);
}

/** The member that a path leads to; `undefined` where there is none. */
export function memberAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) found = isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
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
