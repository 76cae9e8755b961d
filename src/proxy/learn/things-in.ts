import {
  idPropertyOf,
  knownListOf,
  type MediaTypePlan,
  type ResourcePart,
  thingPlaceOf,
} from '../../plan/index.ts';
import type { Schema } from '../../schema/index.ts';
import { memberAt } from '../../wire/index.ts';

/** A thing that an answer showed, and the text that paths name it by. */
export interface SeenThing {
  readonly id: string;
  readonly thing: unknown;
}

/** The things in the answer of an operation: the items of a list, or the one thing that was read, made or changed. */
export function thingsIn(
  { resource, role }: ResourcePart,
  value: unknown,
  { object }: MediaTypePlan,
  lastSegment: string,
): SeenThing[] {
  if (role === 'delete') return [];
  const seen = (thing: unknown, schema: Schema | undefined, fallback?: string): SeenThing[] => {
    const property = schema === undefined ? undefined : idPropertyOf(resource, schema);
    const id = property === undefined ? undefined : memberAt(thing, [property]);
    const text = typeof id === 'string' || typeof id === 'number' ? String(id) : fallback;
    return text === undefined || typeof thing !== 'object' || thing === null ? [] : [{ id: text, thing }];
  };
  if (role === 'list') {
    const shape = knownListOf(object.schema, [resource.noun]);
    const items = shape === undefined ? undefined : memberAt(value, shape.items);
    return Array.isArray(items) ? items.flatMap((item) => seen(item, shape?.itemSchema)) : [];
  }
  const place = thingPlaceOf(resource, object.schema);
  if (place === undefined) return [];
  return seen(memberAt(value, place.steps), place.schema, role === 'create' ? undefined : lastSegment);
}
