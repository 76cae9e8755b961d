import {
  compileSchema,
  type Direction,
  type Schema,
  type SchemaObject,
  unwantedMembers,
} from '../../schema/index.ts';
import type { Part } from '../shape/conjunction.ts';
import { isInside } from './array-facts.ts';
import { compileTest } from './pattern-test.ts';

/** A property that a schema names. */
export interface Member {
  readonly name: string;
  readonly schemas: readonly Schema[];
  readonly required: boolean;
}

/** What all the schemas of one place together say about an object. */
export interface ObjectFacts {
  /** In the order in which they are written. Those that the direction does not want are left out. */
  readonly members: readonly Member[];
  readonly minProperties: number;
  readonly maxProperties: number;
  /** Properties that must be there where the key is. */
  readonly dependent: ReadonlyMap<string, readonly string[]>;
  readonly propertyNames: readonly Schema[];
  /** Patterns of `patternProperties`, from which further names can be made. */
  readonly patterns: readonly string[];
  /** Whether any property is declared: if not, the object is free-form or a map. */
  readonly isFreeForm: boolean;
  /** The schemas for a property that `members` does not have. */
  schemasFor(name: string): readonly Schema[];
  /** Whether the direction wants a property of this name, and `propertyNames` allows it. */
  allowsName(name: string): boolean;
  /** Why no object satisfies them, where that is certain. */
  readonly impossible?: string;
}

interface ReadPart extends Part {
  readonly index: number;
  readonly patterns: readonly { readonly matches: (name: string) => boolean; readonly schema: Schema }[];
}

/** Gathers the object keywords of several schemas. */
export function readObjectFacts(parts: readonly Part[], direction: Direction): ObjectFacts {
  const schemasFor = compileSchemasFor(parts.map(readPart));
  const dropped = droppedNames(parts, direction);
  const dependent = readDependent(parts);
  const required = requiredNames(parts, dependent);
  const members: Member[] = [];
  for (const name of namesIn(parts, required, dependent)) {
    if (dropped.has(name)) continue;
    members.push({ name, schemas: schemasFor(name), required: required.has(name) });
  }
  const bounds = readBounds(parts);
  const propertyNames = parts.flatMap(({ schema }) => schema.propertyNames ?? []);
  const nameTests = propertyNames.map((schema) => compileSchema(schema, { direction }));
  const facts = {
    ...bounds,
    members,
    dependent,
    propertyNames,
    patterns: parts.flatMap(({ schema }) => Object.keys(schema.patternProperties ?? {})),
    isFreeForm: parts.every(({ schema }) => Object.keys(schema.properties ?? {}).length === 0),
    schemasFor,
    allowsName: (name: string) => !dropped.has(name) && nameTests.every((test) => test.isValid(name)),
  };
  const needed = members.filter((member) => member.required).map((member) => member.name);
  const refused = needed.find((name) => !facts.allowsName(name));
  const impossible =
    refused === undefined
      ? contradiction(bounds, needed.length)
      : `the required property "${refused}" is not allowed by propertyNames`;
  return impossible === undefined ? facts : { ...facts, impossible };
}

function readBounds(parts: readonly Part[]): { minProperties: number; maxProperties: number } {
  let minProperties = 0;
  let maxProperties = Infinity;
  for (const { schema } of parts) {
    minProperties = Math.max(minProperties, schema.minProperties ?? 0);
    maxProperties = Math.min(maxProperties, schema.maxProperties ?? Infinity);
  }
  return { minProperties, maxProperties };
}

function contradiction(
  { minProperties, maxProperties }: { minProperties: number; maxProperties: number },
  needed: number,
): string | undefined {
  if (minProperties > maxProperties)
    return `minProperties ${minProperties} is above maxProperties ${maxProperties}`;
  if (needed > maxProperties) return `${needed} properties are required and ${maxProperties} allowed`;
  return undefined;
}

/** Where branches overlap, hundreds of parts are read again for each way to break one. */
function readPart({ schema, within }: Part, index: number): ReadPart {
  return { schema, within, index, patterns: patternsOf(schema) };
}

const patternsRead = new WeakMap<SchemaObject, ReadPart['patterns']>();

function patternsOf(schema: SchemaObject): ReadPart['patterns'] {
  if (schema.patternProperties === undefined) return noPatterns;
  const known = patternsRead.get(schema);
  if (known !== undefined) return known;
  const patterns = Object.entries(schema.patternProperties).map(([pattern, matched]) => ({
    matches: compileTest(pattern),
    schema: matched,
  }));
  patternsRead.set(schema, patterns);
  return patterns;
}

const noPatterns: ReadPart['patterns'] = [];

function readDependent(parts: readonly Part[]): Map<string, readonly string[]> {
  const dependent = new Map<string, readonly string[]>();
  for (const { schema } of parts) {
    if (schema.dependentRequired === undefined) continue;
    for (const [name, wanted] of Object.entries(schema.dependentRequired))
      dependent.set(name, [...(dependent.get(name) ?? []), ...wanted]);
  }
  return dependent;
}

/** The required properties with those that they bring along. */
function requiredNames(
  parts: readonly Part[],
  dependent: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const required = new Set(parts.flatMap(({ schema }) => schema.required ?? []));
  for (const name of required) for (const other of dependent.get(name) ?? []) required.add(other);
  return required;
}

function namesIn(
  parts: readonly Part[],
  required: ReadonlySet<string>,
  dependent: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const names = new Set<string>();
  for (const { schema } of parts) {
    if (schema.properties === undefined) continue;
    for (const name of Object.keys(schema.properties)) names.add(name);
  }
  for (const name of required) names.add(name);
  for (const wanted of dependent.values()) for (const name of wanted) names.add(name);
  return names;
}

/**
 * The members that the direction does not want; but one that is required by a part that does not know of that stays: the
 * judge asks for it too.
 */
function droppedNames(parts: readonly Part[], direction: Direction): Set<string> {
  const dropped = new Set<string>();
  for (const { schema } of parts) for (const name of unwantedMembers(schema, direction)) dropped.add(name);
  if (dropped.size === 0) return dropped;
  for (const { schema, within } of parts) {
    for (const name of schema.required ?? []) {
      if (!dropped.has(name)) continue;
      if (![schema, ...within].some((scope) => unwantedMembers(scope, direction).has(name)))
        dropped.delete(name);
    }
  }
  return dropped;
}

/**
 * Compiles what gives the schemas for a property. The parts that have a word for a name are found by it, or by their saying
 * something of names that they do not list: an allOf may have thousands of parts with a few properties each.
 */
function compileSchemasFor(parts: readonly ReadPart[]): (name: string) => readonly Schema[] {
  const open: ReadPart[] = [];
  const naming = new Map<string, ReadPart[]>();
  for (const part of parts) {
    const { properties } = part.schema;
    if (saysMore(part.schema)) {
      open.push(part);
      continue;
    }
    if (properties === undefined) continue;
    for (const name of Object.keys(properties)) {
      const known = naming.get(name);
      if (known === undefined) naming.set(name, [part]);
      else known.push(part);
    }
  }
  return (name) => {
    const named = naming.get(name) ?? [];
    if (open.length === 0) return schemasOf(named, name);
    // In the order in which they are written: the first that names a type decides which is tried first.
    const all = [...named, ...open].sort((one, other) => one.index - other.index);
    return schemasOf(all, name);
  };
}

function saysMore({ patternProperties, additionalProperties, unevaluatedProperties }: SchemaObject): boolean {
  return (
    patternProperties !== undefined ||
    additionalProperties !== undefined ||
    unevaluatedProperties !== undefined
  );
}

/** Of the parts that have a word for the name. */
function schemasOf(parts: readonly ReadPart[], name: string): Schema[] {
  const schemas: Schema[] = [];
  for (const part of parts) {
    const own = ownSchemas(part, name);
    schemas.push(...own);
    const { additionalProperties, unevaluatedProperties } = part.schema;
    if (own.length === 0 && additionalProperties !== undefined) schemas.push(additionalProperties);
    if (unevaluatedProperties === undefined) continue;
    if (!parts.some((other) => isInside(other, part) && evaluates(other, part, name)))
      schemas.push(unevaluatedProperties);
  }
  return schemas;
}

function ownSchemas({ schema, patterns }: ReadPart, name: string): Schema[] {
  const found: Schema[] = [];
  const own = propertyOf(schema, name);
  if (own !== undefined) found.push(own);
  for (const { matches, schema: matched } of patterns) if (matches(name)) found.push(matched);
  return found;
}

function propertyOf({ properties }: SchemaObject, name: string): Schema | undefined {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** @see https://json-schema.org/draft/2020-12/json-schema-core#section-11.3 */
function evaluates(part: ReadPart, scope: Part, name: string): boolean {
  if (part !== scope && part.schema.unevaluatedProperties !== undefined) return true;
  return part.schema.additionalProperties !== undefined || ownSchemas(part, name).length > 0;
}
