import { hasRightShape, isRecord } from './keyword-shapes.ts';
import { compilePattern, patternFault } from './pattern.ts';
import { follow, type Schema, type SchemaObject } from './schema.ts';

/** Whether a schema holds for a value. */
type Holds = (schema: Schema, value: unknown) => boolean;

/** Gathers what was evaluated; `undefined` once that is everything. */
type Gathered<Place> = Set<Place> | undefined;

/**
 * The schemas that stand in for a schema at the same value, where they hold: those of allOf whether they hold or not
 * (where one does not, the whole is invalid anyway, and a second complaint would not help).
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-11
 */
function companions(node: SchemaObject, value: unknown, holds: Holds): Schema[] {
  const found: Schema[] = [...list(node.allOf)];
  if (node.discriminator !== undefined) found.push(...chosen(node, value));
  found.push(...list(node.anyOf).filter((one) => holds(one, value)));
  found.push(...list(node.oneOf).filter((one) => holds(one, value)));
  if (node.if !== undefined) {
    const applies = holds(node.if, value);
    const next = applies ? node.then : node.else;
    if (applies) found.push(node.if);
    if (next !== undefined) found.push(next);
  }
  if (isRecord(node.dependentSchemas) && isRecord(value)) {
    for (const [name, schema] of Object.entries(node.dependentSchemas)) {
      if (Object.hasOwn(value, name)) found.push(schema);
    }
  }
  return found;
}

function list(schemas: unknown): readonly Schema[] {
  return Array.isArray(schemas) ? schemas : [];
}

function chosen({ discriminator }: SchemaObject, value: unknown): Schema[] {
  if (discriminator === undefined || !isRecord(value)) return [];
  const tag = Object.hasOwn(value, discriminator.propertyName)
    ? value[discriminator.propertyName]
    : undefined;
  const known = typeof tag === 'string' ? discriminator.branches.get(tag) : undefined;
  const branch = known ?? discriminator.defaultBranch;
  return branch === undefined ? [] : [branch];
}

/**
 * The properties that a schema's keywords evaluate, those of `unevaluatedProperties` itself left out; `undefined` where
 * they evaluate all.
 */
export function evaluatedProperties(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  holds: Holds,
): Gathered<string> {
  const names = new Set<string>();
  const seen = new Set<SchemaObject>();
  const waiting: Schema[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = follow(next);
    if (!isRecord(node) || seen.has(node)) continue;
    if (
      node.additionalProperties !== undefined &&
      hasRightShape('additionalProperties', node.additionalProperties)
    )
      return undefined;
    if (seen.size > 0 && node.unevaluatedProperties !== undefined) return undefined;
    seen.add(node);
    addDeclared(node, value, names);
    waiting.push(...companions(node, value, holds));
  }
  return names;
}

function addDeclared(node: SchemaObject, value: Readonly<Record<string, unknown>>, names: Set<string>): void {
  if (isRecord(node.properties)) for (const name of Object.keys(node.properties)) names.add(name);
  if (!isRecord(node.patternProperties)) return;
  for (const source of Object.keys(node.patternProperties)) {
    if (patternFault(source) !== undefined) continue;
    const pattern = compilePattern(source);
    for (const name of Object.keys(value)) if (pattern.test(name)) names.add(name);
  }
}

/**
 * The indices of the items that a schema's keywords evaluate, those of `unevaluatedItems` itself left out; `undefined`
 * where they evaluate all.
 */
export function evaluatedItems(schema: Schema, value: readonly unknown[], holds: Holds): Gathered<number> {
  const indices = new Set<number>();
  const seen = new Set<SchemaObject>();
  const waiting: Schema[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = follow(next);
    if (!isRecord(node) || seen.has(node)) continue;
    if (node.items !== undefined && hasRightShape('items', node.items)) return undefined;
    if (seen.size > 0 && node.unevaluatedItems !== undefined) return undefined;
    seen.add(node);
    for (const index of list(node.prefixItems).keys()) indices.add(index);
    addContained(node, value, { indices, holds });
    waiting.push(...companions(node, value, holds));
  }
  return indices;
}

// https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.1.3: what `contains` matched is evaluated.
function addContained(
  node: SchemaObject,
  value: readonly unknown[],
  { indices, holds }: { readonly indices: Set<number>; readonly holds: Holds },
): void {
  const { contains } = node;
  if (contains === undefined || !hasRightShape('contains', contains)) return;
  for (const [index, item] of value.entries()) if (holds(contains, item)) indices.add(index);
}
