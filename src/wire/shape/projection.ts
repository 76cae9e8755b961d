import { follow, type Schema, type SchemaObject } from '../../schema/index.ts';
import { alternativesOf, bits, domainOf } from './domain.ts';

/** Picks the schema of a child out of one schema object's own keywords; `true` where they say nothing. */
type Pick = (schema: SchemaObject) => Schema;

/** The schema that the item at a position has to meet, gathered from all the parts of an array's schema. */
export function itemSchema(schema: Schema, index: number): Schema {
  return project(schema, bits.array, (own) => own.prefixItems?.[index] ?? own.items ?? true);
}

/** The schema that a declared property has to meet, gathered from all the parts of an object's schema. */
export function propertySchema(schema: Schema, name: string): Schema {
  return project(schema, bits.object, (own) => {
    if (own.properties !== undefined && Object.hasOwn(own.properties, name)) {
      return own.properties[name] ?? true;
    }
    return restOf(own);
  });
}

/**
 * The schema of properties that no `properties` names. Which pattern a name meets is not asked (patterns are run by the
 * schema room only): it is any of them, or what is additional.
 */
export function restSchema(schema: Schema): Schema {
  return project(schema, bits.object, restOf);
}

function restOf(own: SchemaObject): Schema {
  const additional = own.additionalProperties ?? true;
  if (own.patternProperties === undefined) return additional;
  return { anyOf: [...Object.values(own.patternProperties), additional] };
}

/** The names of all declared properties, in document order. */
export function propertyNames(schema: Schema): string[] {
  const names = new Set<string>();
  collectNames(schema, names, new Set());
  return [...names];
}

function collectNames(schema: Schema, names: Set<string>, seen: Set<Schema>): void {
  const real = follow(schema);
  if (typeof real === 'boolean' || seen.has(real)) return;
  seen.add(real);
  for (const name of Object.keys(real.properties ?? {})) names.add(name);
  for (const part of real.allOf ?? []) collectNames(part, names, seen);
  for (const branches of alternativesOf(real)) {
    for (const branch of branches) collectNames(branch, names, seen);
  }
}

/** Whether the schema lets an object have properties that none of its parts declares. */
export function isOpen(schema: Schema, known: Map<Schema, boolean> = new Map()): boolean {
  const real = follow(schema);
  if (typeof real === 'boolean') return real;
  const before = known.get(real);
  if (before !== undefined) return before;
  known.set(real, true);
  const open =
    restOf(real) !== false &&
    real.unevaluatedProperties !== false &&
    (real.allOf ?? []).every((part) => isOpen(part, known)) &&
    alternativesOf(real).every((branches) => branches.some((branch) => isOpen(branch, known)));
  known.set(real, open);
  return open;
}

/**
 * Keeps the logic of a schema and moves it to a child: what all parts say together, and of each list of alternatives
 * those that take the parent's type at all. `known` keeps shared parts shared, and stops recursion.
 */
function project(schema: Schema, parent: number, pick: Pick, known: Map<Schema, Schema> = new Map()): Schema {
  const real = follow(schema);
  if (typeof real === 'boolean') return real;
  const before = known.get(real);
  if (before !== undefined) return before;
  known.set(real, true);
  const parts: Schema[] = [pick(real)];
  for (const part of real.allOf ?? []) parts.push(project(part, parent, pick, known));
  for (const branches of alternativesOf(real)) {
    const taking = branches.filter((branch) => (domainOf(branch).types & parent) !== 0);
    if (taking.length > 0) parts.push({ anyOf: taking.map((one) => project(one, parent, pick, known)) });
  }
  const saying = parts.filter((part) => part !== true);
  const projected = saying.length <= 1 ? (saying[0] ?? true) : { allOf: saying };
  known.set(real, projected);
  return projected;
}
