import { follow, type Schema, type SchemaObject, typesOf } from '../../schema/index.ts';

/** A set of JSON's types, one bit each; `number` alone means a number that is not an integer. */
export const bits = {
  null: 1,
  boolean: 2,
  object: 4,
  array: 8,
  number: 16,
  integer: 32,
  string: 64,
} as const;

/** Every type. */
export const anything: number = 127;

/** Which values a schema may accept, as far as text has to know. */
export interface Domain {
  readonly types: number;
  /** Whether a text that is also a JSON literal (`5`, `true`, `null`) may be meant as a string. */
  acceptsText(text: string): boolean;
}

const wide: Domain = { types: anything, acceptsText: () => true };
const empty: Domain = { types: 0, acceptsText: () => false };

/** Formats that no JSON number, boolean or null, written as text, can have. */
const worded: ReadonlySet<string> = new Set([
  'date',
  'date-time',
  'time',
  'duration',
  'uuid',
  'email',
  'idn-email',
  'uri',
  'iri',
  'ipv4',
  'ipv6',
]);

/**
 * The types that a schema leaves open, seen through allOf, anyOf, oneOf, if and recursion. It may be wider than the
 * truth (`not` and the conditions of `if` are not weighed), never narrower.
 */
export function domainOf(schema: Schema): Domain {
  const real = follow(schema);
  if (real === true) return wide;
  if (real === false) return empty;
  const known = domains.get(real);
  if (known !== undefined) return known;
  domains.set(real, wide);
  const domain = findDomain(real);
  domains.set(real, domain);
  return domain;
}

/** Also stops recursion: a schema that is asked for while it is being looked at takes anything. */
const domains = new WeakMap<SchemaObject, Domain>();

function findDomain(schema: SchemaObject): Domain {
  let domain = ownDomain(schema);
  for (const part of schema.allOf ?? []) domain = both(domain, domainOf(part));
  for (const branches of alternativesOf(schema)) {
    domain = both(domain, branches.map(domainOf).reduce(either, empty));
  }
  return domain;
}

/** Lists of branches of which (at least) one holds: anyOf, oneOf, and the two ways of an `if`. */
export function alternativesOf(schema: SchemaObject): (readonly Schema[])[] {
  const lists: (readonly Schema[])[] = [];
  if (schema.anyOf !== undefined) lists.push(schema.anyOf);
  if (schema.oneOf !== undefined) lists.push(schema.oneOf);
  if (schema.if !== undefined) lists.push([schema.then ?? true, schema.else ?? true]);
  return lists;
}

function ownDomain(schema: SchemaObject): Domain {
  const declared = typesOf(schema);
  let types = anything;
  if (declared !== undefined) {
    types = 0;
    for (const name of declared) types |= name === 'number' ? bits.number | bits.integer : bits[name];
  }
  const values = Object.hasOwn(schema, 'const') ? [schema.const] : schema.enum;
  if (values !== undefined) return listed(values, types);
  if (types === anything && schema.format === undefined) return wide;
  const texts = schema.format === undefined || !worded.has(schema.format);
  return { types, acceptsText: () => texts };
}

function listed(values: readonly unknown[], types: number): Domain {
  const texts = new Set<string>();
  let found = 0;
  for (const value of values) {
    found |= typeBit(value);
    if (typeof value === 'string') texts.add(value);
  }
  return { types: types & found, acceptsText: (text) => texts.has(text) };
}

function typeBit(value: unknown): number {
  if (value === null) return bits.null;
  if (Array.isArray(value)) return bits.array;
  if (typeof value === 'number') return Number.isInteger(value) ? bits.integer : bits.number;
  if (typeof value === 'boolean') return bits.boolean;
  return typeof value === 'string' ? bits.string : bits.object;
}

function both(left: Domain, right: Domain): Domain {
  if (left === wide) return right;
  if (right === wide) return left;
  return {
    types: left.types & right.types,
    acceptsText: (text) => left.acceptsText(text) && right.acceptsText(text),
  };
}

function either(left: Domain, right: Domain): Domain {
  return {
    types: left.types | right.types,
    acceptsText: (text) => acceptsString(left, text) || acceptsString(right, text),
  };
}

function acceptsString(domain: Domain, text: string): boolean {
  return (domain.types & bits.string) !== 0 && domain.acceptsText(text);
}
