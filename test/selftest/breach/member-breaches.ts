import { follow, type Schema, type SchemaObject, typesOf } from '../../../src/schema/index.ts';
import type { Change } from './breach.ts';

/** A change of one place of a body that breaks one keyword of its schema. */
export interface MemberBreach {
  readonly keyword: string;
  /** Keys with `*` for every item. */
  readonly at: string;
  readonly change: Change;
}

const deepest = 4;

/**
 * For each keyword the first place of a body where a change is sure to break it. Places below `oneOf` and `anyOf` are left out,
 * because what breaks one branch may keep another.
 */
export function memberBreaches(schema: Schema): readonly MemberBreach[] {
  const byKeyword = new Map<string, MemberBreach>();
  for (const one of placesOf(schema, [])) if (!byKeyword.has(one.keyword)) byKeyword.set(one.keyword, one);
  return [...byKeyword.values()];
}

function* placesOf(given: Schema, path: readonly string[]): Generator<MemberBreach> {
  const schema = follow(given);
  if (typeof schema === 'boolean' || path.length > deepest) return;
  for (const branch of schema.allOf ?? []) yield* placesOf(branch, path);
  const types = typesOf(schema);
  if (types?.length === 1 && types[0] === 'array' && schema.items !== undefined) {
    yield* placesOf(schema.items, [...path, '*']);
  }
  if (schema.properties === undefined) return;
  yield* ownBreaches(schema, path);
  for (const [name, property] of Object.entries(schema.properties)) {
    // A name with a dot cannot be written as a path of keys.
    if (name.includes('.')) continue;
    yield* valueBreaches(property, [...path, name]);
    if (schema.required?.includes(name)) yield* placesOf(property, [...path, name]);
  }
}

function* ownBreaches(schema: SchemaObject, path: readonly string[]): Generator<MemberBreach> {
  const at = (name: string): string => [...path, name].join('.');
  const name = schema.required?.find((one) => !one.includes('.') && !isSecret(schema.properties?.[one]));
  if (name !== undefined) yield { keyword: 'required', at: at(name), change: { drop: true } };
  const isClosed = schema.additionalProperties === false || schema.unevaluatedProperties === false;
  if (isClosed) yield { keyword: 'additionalProperties', at: at('notInTheDocument'), change: { set: 1 } };
}

function* valueBreaches(given: Schema, path: readonly string[]): Generator<MemberBreach> {
  const schema = follow(given);
  if (typeof schema === 'boolean') return;
  const at = path.join('.');
  if (schema.writeOnly === true) yield { keyword: 'writeOnly', at, change: { set: 'told' } };
  const [type, ...others] = typesOf(schema) ?? [];
  if (type === undefined || others.length > 0 || schema.writeOnly === true) return;
  yield { keyword: 'type', at, change: { set: type === 'object' ? 'text' : { wrong: 'type' } } };
  yield { keyword: 'nullable', at, change: { set: null } };
  for (const [keyword, value] of wrongValues(schema, type)) yield { keyword, at, change: { set: value } };
}

/** Values of the right type that break one keyword, and maybe others with it. */
function* wrongValues(
  schema: SchemaObject,
  type: string,
): Generator<readonly [keyword: string, value: unknown]> {
  const { minimum, maximum, minLength, maxLength, pattern, enum: members, format } = schema;
  if (type === 'integer' || type === 'number') {
    if (minimum !== undefined) yield ['minimum', minimum - 1];
    if (maximum !== undefined) yield ['maximum', maximum + 1];
  }
  if (type === 'integer') yield ['integer', 0.5];
  if (type !== 'string') return;
  if (members !== undefined) yield ['enum', 'no member of the enum'];
  if (minLength !== undefined && minLength > 0) yield ['minLength', ''];
  if (maxLength !== undefined && maxLength < 10_000) yield ['maxLength', 'x'.repeat(maxLength + 1)];
  if (pattern !== undefined && !new RegExp(pattern, 'u').test('\u0001')) yield ['pattern', '\u0001'];
  if (format !== undefined && textFormats.has(format)) yield ['format', `no ${format} at all`];
}

/** Formats with an RFC, by which a sentence is none. */
const textFormats: ReadonlySet<string> = new Set([
  'date-time',
  'date',
  'uuid',
  'uri',
  'email',
  'ipv4',
  'ipv6',
]);

function isSecret(given: Schema | undefined): boolean {
  const schema = given === undefined ? true : follow(given);
  return typeof schema === 'object' && schema.writeOnly === true;
}
