import { isRecord } from './keyword-shapes.ts';
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
export function subSchemas(node: SchemaObject): Schema[] {
  const found: unknown[] = [];
  for (const keyword of single) found.push(node[keyword]);
  for (const keyword of lists) if (Array.isArray(node[keyword])) found.push(...(node[keyword] as unknown[]));
  for (const keyword of maps) {
    const map = node[keyword];
    if (isRecord(map)) found.push(...Object.values(map));
  }
  return found.filter((one): one is Schema => isRecord(one) || typeof one === 'boolean');
}

const weights = new WeakMap<SchemaObject, number>();

function weightOf(schema: Schema): number {
  if (typeof schema === 'boolean') return 1;
  if (schema.$ref !== undefined) return 1;
  const known = weights.get(schema);
  if (known !== undefined) return known;
  // A schema that holds itself without a Recursion in between has no end.
  weights.set(schema, Number.POSITIVE_INFINITY);
  let weight = 1;
  for (const one of subSchemas(schema)) weight += isHeavy(one) ? 1 : weightOf(one);
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
