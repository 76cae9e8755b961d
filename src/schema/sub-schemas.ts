import { isRecord } from './keyword-shapes.ts';
import type { Place } from './place.ts';
import { follow, type Schema, type SchemaObject } from './schema.ts';

/** A schema of more than so many keywords and sub-schemas is compiled on its own, and then shared. */
const heaviestInline = 24;

const single: readonly (keyof SchemaObject)[] = [
  'items',
  'contains',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
];
const lists: readonly (keyof SchemaObject)[] = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const maps: readonly (keyof SchemaObject)[] = ['properties', 'patternProperties', 'dependentSchemas'];

/** Every sub-schema that stands directly in a schema, of whatever keyword. Values of a wrong shape are left out. */
export function placedSubSchemas(node: SchemaObject, above: Place): Place[] {
  const found: Place[] = [];
  const add = (schema: unknown, ...keys: (string | number)[]): void => {
    if (isRecord(schema) || typeof schema === 'boolean') found.push({ node: schema, above, keys });
  };
  for (const keyword of single) add(node[keyword], keyword);
  for (const keyword of lists) {
    const list: unknown = node[keyword];
    if (Array.isArray(list)) for (const [index, schema] of list.entries()) add(schema, keyword, index);
  }
  for (const keyword of maps) {
    const map: unknown = node[keyword];
    if (isRecord(map)) for (const [name, schema] of Object.entries(map)) add(schema, keyword, name);
  }
  return found;
}

const weights = new WeakMap<SchemaObject, number>();

const nowhere: Place = { node: true, keys: [] };

function weightOf(schema: Schema): number {
  if (typeof schema === 'boolean') return 1;
  if (schema.$ref !== undefined) return 1;
  const known = weights.get(schema);
  if (known !== undefined) return known;
  // A schema that holds itself without a Recursion in between has no end.
  weights.set(schema, Number.POSITIVE_INFINITY);
  let weight = 1;
  for (const { node: one } of placedSubSchemas(schema, nowhere)) weight += isHeavy(one) ? 1 : weightOf(one);
  weights.set(schema, weight);
  return weight;
}

/**
 * Whether a schema is compiled on its own. That follows from the schema alone, so that all who hold it share one
 * function, and so that what is generated for one stays small however many schemas it leads to.
 */
export function isHeavy(schema: Schema): boolean {
  if (typeof schema === 'boolean') return false;
  return follow(schema) !== schema || weightOf(schema) > heaviestInline;
}
