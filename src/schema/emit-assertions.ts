import { isUnwanted } from './direction.ts';
import type { Emitted, Link } from './emitted.ts';
import { hasRightShape, isRecord, typeList } from './keyword-shapes.ts';
import { patternFault } from './pattern.ts';
import type { Place } from './place.ts';
import type { Schema, SchemaObject } from './schema.ts';
import type { Direction } from './validator.ts';

/**
 * How much of a schema is emitted: all of it; its oneOf and anyOf alone (a discriminator's fallback); or, at the inner
 * place of a loop, all but what leads back.
 */
export type Form = 'full' | 'choices' | 'base';

/** What a schema is emitted for. */
export interface Variant {
  readonly direction: Direction;
  readonly form: Form;
  /** Members that the direction does not want, as other schemas of the same value declare. */
  readonly unwanted: ReadonlySet<string>;
}

/** Gives the schema that is compiled on its own. */
export type Linker = (place: Place, variant: Variant) => Link;

/** A schema on its way to be emitted. */
export interface Work {
  readonly place: Place;
  readonly node: SchemaObject;
  readonly form: Form;
  readonly linkTo: Linker;
  readonly out: Emitted;
  readonly direction: Direction;
  readonly unwanted: ReadonlySet<string>;
}

/** The way from a schema to one that it holds. */
export type Keys = readonly (string | number)[];

/** Tells a schema from what cannot be one. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || isRecord(value);
}

const plainKeywords: readonly (keyof SchemaObject)[] = [
  'enum',
  'const',
  'multipleOf',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'format',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxProperties',
  'minProperties',
];

/** The value of a keyword, or `undefined` where it is absent or has the wrong shape. */
export function usable<Keyword extends keyof SchemaObject>(
  { node }: Pick<Work, 'node'>,
  keyword: Keyword,
): SchemaObject[Keyword] | undefined {
  if (!Object.hasOwn(node, keyword)) return undefined;
  const value = node[keyword];
  return hasRightShape(String(keyword), value) ? value : undefined;
}

/** Writes the keywords that hold no schema. */
export function emitAssertions(work: Work): void {
  const { node, out } = work;
  for (const keyword of plainKeywords) {
    const value = usable(work, keyword);
    if (value !== undefined) out[keyword] = value;
  }
  const types = typeList(node.type);
  if (types.length > 0) out.type = types.length === 1 ? types[0] : types;
  const pattern = usable(work, 'pattern');
  if (pattern !== undefined && patternFault(pattern) === undefined) out.pattern = pattern;
}

function wantedNames(work: Work, names: unknown): string[] {
  if (!Array.isArray(names)) return [];
  return [...new Set(names)].filter((name) => typeof name === 'string' && !work.unwanted.has(name));
}

/** Writes the keywords that name properties, without those that the direction does not want. */
export function emitRequired(work: Work): void {
  const { node, out } = work;
  const required = wantedNames(work, node.required);
  if (required.length > 0) out.required = required;
  if (!isRecord(node.dependentRequired)) return;
  const dependent: Emitted = Object.create(null);
  for (const [name, names] of Object.entries(node.dependentRequired))
    dependent[name] = wantedNames(work, names);
  out.dependentRequired = dependent;
}

/** Writes which members the direction does not want. */
export function emitUnwanted({ node, out, direction }: Work): void {
  if (!isRecord(node.properties)) return;
  const names = Object.entries(node.properties)
    .filter(([, schema]) => isUnwanted(schema, direction))
    .map(([name]) => name);
  if (names.length > 0) out.unwantedMembers = names;
}
