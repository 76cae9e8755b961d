import type { Schema } from '../../schema/index.ts';
import { idPropertyOf, type Resource } from './infer-resources.ts';
import { allowsType, plainName, propertiesOf, singularOf } from './properties.ts';

/** Where a body has a thing: the body itself (`steps` is empty), or a member that wraps it: `['data']`, `['data', 'budget']`. */
export interface ThingPlace {
  readonly steps: readonly string[];
  readonly schema: Schema;
}

const wrappers = new Set([
  'data',
  'result',
  'item',
  'entity',
  'payload',
  'response',
  'resource',
  'record',
  'value',
]);
const deepest = 2;

/** The place of one thing of a resource in a body's schema; `undefined` where the schema has no object. */
export function thingPlaceOf(
  resource: Resource,
  schema: Schema | undefined,
  depth = 1,
): ThingPlace | undefined {
  if (schema === undefined || !allowsType(schema, 'object')) return undefined;
  const properties = propertiesOf(schema);
  const singular = singularOf(plainName(resource.noun));
  const names = [...properties].flatMap(([name, inner]) =>
    (wrappers.has(plainName(name)) || plainName(name) === singular) && propertiesOf(inner).size > 0
      ? [name]
      : [],
  );
  const whole = { steps: [], schema };
  const [name] = names;
  const inner = name === undefined ? undefined : properties.get(name);
  if (name === undefined || inner === undefined || names.length > 1) return whole;
  if (propertiesOf(inner).size === 0 || !allowsType(inner, 'object')) return whole;
  const own = [...properties.keys()].filter((one) => one !== name && /^(?:id|uuid|pk|_id)$/i.test(one));
  const isWrapped =
    own.length === 0 && (properties.size === 1 || idPropertyOf(resource, inner) !== undefined);
  if (!isWrapped) return whole;
  // A wrapper may hold another: `{ data: { budget: … } }`.
  const deeper = depth < deepest ? thingPlaceOf(resource, inner, depth + 1) : undefined;
  return deeper === undefined
    ? { steps: [name], schema: inner }
    : { steps: [name, ...deeper.steps], schema: deeper.schema };
}
