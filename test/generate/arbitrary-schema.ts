import fc from 'fast-check';
import type { Schema, SchemaObject } from '../../src/schema/index.ts';

/** Drops `undefined` members, which fast-check's optional records would otherwise not make. */
const some = <Fields extends Record<string, fc.Arbitrary<unknown>>>(
  fields: Fields,
): fc.Arbitrary<SchemaObject> => fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<SchemaObject>;

const names = fc.constantFrom('a', 'b', 'name', 'created', 'constructor', 'x-1');
const scalar = fc.constantFrom<unknown>(0, 1, 2, -3, 1.5, 'a', 'b', 'abc', '', true, false, null);

const patterns = fc.constantFrom(
  '^[a-z]{2,5}$',
  '^[A-Z][a-z]+(-[0-9]{2})?$',
  'foo|bar',
  '^\\d+(\\.\\d{1,2})?$',
  '^(?=.*[A-Z])(?=.*\\d).{4,12}$',
  '[\\w.]+@[a-z]+',
  '^\\p{L}{3}$',
  '^(ab)*$',
);

const formats = fc.constantFrom(
  'date-time',
  'date',
  'time',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'uuid',
  'json-pointer',
  'duration',
  'unknown-format',
);

const strings = some({
  type: fc.constant('string'),
  minLength: fc.nat(12),
  maxLength: fc.integer({ min: 6, max: 40 }),
  pattern: fc.oneof({ weight: 1, arbitrary: patterns }),
});

const formatted = fc.record({ type: fc.constant('string' as const), format: formats });

const bound = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(0.5, -0.25, 1e6, 0.001));

const numbers = some({
  type: fc.constantFrom('number', 'integer'),
  minimum: bound,
  maximum: bound.map((value) => value + 20),
  exclusiveMinimum: bound,
  exclusiveMaximum: bound.map((value) => value + 30),
  multipleOf: fc.constantFrom(1, 2, 3, 5, 0.5, 0.01, 0.1, 7),
});

const values = fc.oneof(
  fc.record({ const: scalar }),
  fc.record({ enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 5 }) }),
  fc.record({ type: fc.constantFrom('boolean' as const, 'null' as const) }),
  fc.record({ type: fc.constant(['string', 'null'] as const) }),
);

const leaf: fc.Arbitrary<Schema> = fc.oneof(strings, formatted, numbers, values, fc.constant(true));

function lists(inner: fc.Arbitrary<Schema>): fc.Arbitrary<SchemaObject> {
  return some({
    type: fc.constant('array'),
    items: inner,
    prefixItems: fc.array(inner, { minLength: 1, maxLength: 3 }),
    contains: inner,
    minContains: fc.nat(2),
    maxContains: fc.integer({ min: 1, max: 4 }),
    minItems: fc.nat(3),
    maxItems: fc.integer({ min: 1, max: 6 }),
    uniqueItems: fc.boolean(),
    unevaluatedItems: fc.oneof(fc.constant(false), inner),
  });
}

function objects(inner: fc.Arbitrary<Schema>): fc.Arbitrary<SchemaObject> {
  return some({
    type: fc.constant('object'),
    properties: fc.dictionary(names, inner, { maxKeys: 4, noNullPrototype: true }),
    required: fc.uniqueArray(names, { maxLength: 2 }),
    additionalProperties: fc.oneof(fc.constant(false), inner),
    patternProperties: fc.dictionary(fc.constantFrom('^a', '^x-', '\\d$'), inner, {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    propertyNames: fc.constantFrom({ maxLength: 11 }, { pattern: '^[a-z_]+$' }, { minLength: 1 }),
    minProperties: fc.nat(3),
    maxProperties: fc.integer({ min: 2, max: 6 }),
    dependentRequired: fc.dictionary(names, fc.uniqueArray(names, { maxLength: 2 }), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    dependentSchemas: fc.dictionary(names, inner, { maxKeys: 1, noNullPrototype: true }),
    unevaluatedProperties: fc.oneof(fc.constant(false), inner),
  });
}

function combined(inner: fc.Arbitrary<Schema>): fc.Arbitrary<SchemaObject> {
  const several = fc.array(inner, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.record({ allOf: several }),
    fc.record({ anyOf: several }),
    fc.record({ oneOf: several }),
    fc.record({ not: inner }),
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
    fc.record({ if: inner, then: inner, else: inner }),
    fc.tuple(inner, several).map(([base, anyOf]) => ({ ...(typeof base === 'object' ? base : {}), anyOf })),
  );
}

function level(inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 3, arbitrary: objects(inner) },
    { weight: 2, arbitrary: lists(inner) },
    { weight: 3, arbitrary: combined(inner) },
  );
}

/** Schemas with every keyword of 2020-12 but references, up to three levels deep; many, not all, can be satisfied. */
export const arbitrarySchema: fc.Arbitrary<Schema> = level(level(leaf));
