import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSchema, type Schema } from '../../src/schema/index.ts';

/** A schema, a value that it allows, one that it refuses, and what is said of that one: keyword, place, message. */
type Row = readonly [
  schema: Schema,
  valid: unknown,
  invalid: unknown,
  keyword: string,
  pointer: string,
  message: string,
];

const rows: readonly Row[] = [
  [{ type: 'string' }, 'a', 3, 'type', '', 'The value must be a string, not a number'],
  [{ type: ['integer', 'null'] }, 1.0, 1.5, 'type', '', 'The value must be an integer or null, not a number'],
  [{ enum: ['a', 1, null] }, null, 'b', 'enum', '', 'The value must be "a", 1 or null'],
  [{ enum: [{ a: [1] }] }, { a: [1] }, { a: [2] }, 'enum', '', 'The value must be {"a":[1]}'],
  [{ const: 'x' }, 'x', 'y', 'const', '', 'The value must be "x"'],
  [{ multipleOf: 0.01 }, 19.99, 19.999, 'multipleOf', '', 'The value must be a multiple of 0.01'],
  [{ maximum: 3 }, 3, 4, 'maximum', '', 'The value must be at most 3'],
  [{ exclusiveMaximum: 3 }, 2, 3, 'exclusiveMaximum', '', 'The value must be less than 3'],
  [{ minimum: 3 }, 3, 2, 'minimum', '', 'The value must be at least 3'],
  [{ exclusiveMinimum: 3 }, 4, 3, 'exclusiveMinimum', '', 'The value must be more than 3'],
  [{ maxLength: 2 }, '😀😀', '😀😀😀', 'maxLength', '', 'The value must have at most 2 characters'],
  [{ minLength: 1 }, 'a', '', 'minLength', '', 'The value must have at least 1 character'],
  [{ pattern: '^a+$' }, 'aa', 'b', 'pattern', '', 'The value must match the pattern ^a+$'],
  [{ items: { type: 'string' } }, ['a'], ['a', 3], 'type', '/1', '[1] must be a string, not a number'],
  [
    { prefixItems: [{ type: 'string' }], items: false },
    ['a'],
    ['a', 3],
    'items',
    '',
    'The value must have at most 1 item',
  ],
  [{ prefixItems: [{ const: 1 }] }, [1, 2], [2], 'const', '/0', '[0] must be 1'],
  [
    { contains: { const: 1 }, minContains: 2 },
    [1, 2, 1],
    [1],
    'contains',
    '',
    'The value must have at least 2 items that match "contains"',
  ],
  [
    { contains: { const: 1 }, maxContains: 1 },
    [1],
    [1, 1],
    'contains',
    '',
    'The value must have at least 1 item and at most 1 that match "contains"',
  ],
  [{ maxItems: 1 }, [1], [1, 2], 'maxItems', '', 'The value must have at most 1 item'],
  [{ minItems: 1 }, [1], [], 'minItems', '', 'The value must have at least 1 item'],
  [
    { uniqueItems: true },
    [1, '1', [1], { a: 1 }],
    [{ a: 1, b: 2 }, 3, { b: 2, a: 1 }],
    'uniqueItems',
    '',
    'The value must not have the same item twice, as items 0 and 2 are',
  ],
  [
    { properties: { a: { properties: { 'b c': { type: 'null' } } } } },
    { a: { 'b c': null } },
    { a: { 'b c': 1 } },
    'type',
    '/a/b c',
    'a["b c"] must be null, not a number',
  ],
  [
    { patternProperties: { '^x-': { type: 'null' } } },
    { 'x-a': null, y: 1 },
    { 'x-a': 1 },
    'type',
    '/x-a',
    'x-a must be null, not a number',
  ],
  [
    { properties: { a: true }, additionalProperties: false },
    { a: 1 },
    { a: 1, 'b/c': 2 },
    'additionalProperties',
    '/b~1c',
    '["b/c"] is a property that the schema does not allow',
  ],
  [
    { additionalProperties: { type: 'null' } },
    { a: null },
    { a: 1 },
    'type',
    '/a',
    'a must be null, not a number',
  ],
  [
    { propertyNames: { maxLength: 1 } },
    { a: 1 },
    { ab: 1 },
    'propertyNames',
    '/ab',
    'ab is a property whose name the schema does not allow',
  ],
  [{ required: ['a'] }, { a: null }, {}, 'required', '', 'The value must have the property "a"'],
  [
    { dependentRequired: { a: ['b'] } },
    { b: 1 },
    { a: 1 },
    'dependentRequired',
    '',
    'The value must have the property "b", because it has "a"',
  ],
  [
    { dependentSchemas: { a: { maxProperties: 1 } } },
    { a: 1 },
    { a: 1, b: 2 },
    'maxProperties',
    '',
    'The value must have at most 1 property',
  ],
  [
    { minProperties: 2 },
    { a: 1, b: 2 },
    {},
    'minProperties',
    '',
    'The value must have at least 2 properties',
  ],
  [{ allOf: [{ minimum: 1 }, { maximum: 3 }] }, 2, 4, 'maximum', '', 'The value must be at most 3'],
  [{ not: { type: 'null' } }, 1, null, 'not', '', 'The value must not match the schema under "not"'],
  [
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
    { if: { type: 'string' }, then: { minLength: 2 }, else: { minimum: 3 } },
    'ab',
    2,
    'minimum',
    '',
    'The value must be at least 3',
  ],
  [
    { allOf: [{ properties: { a: true } }], unevaluatedProperties: false },
    { a: 1 },
    { a: 1, b: 2 },
    'unevaluatedProperties',
    '/b',
    'b is a property that the schema does not allow',
  ],
  [
    { prefixItems: [true], contains: { const: 7 }, unevaluatedItems: false },
    [1, 7],
    [1, 7, 8],
    'unevaluatedItems',
    '/2',
    '[2] is an item that the schema does not allow',
  ],
  [{ properties: { a: false } }, {}, { a: 1 }, 'false', '/a', 'a is not allowed'],
];

describe('each keyword', () => {
  it.each(rows)(
    '%j allows %j, and says of %j: %s at "%s": %s',
    (schema, valid, invalid, keyword, pointer, message) => {
      const validator = compileSchema(schema);
      expect(validator.validate(valid)).toEqual([]);
      expect(validator.isValid(valid)).toBe(true);
      expect(validator.isValid(invalid)).toBe(false);
      const [violation, ...others] = validator.validate(invalid);
      expect(others).toEqual([]);
      expect(violation).toMatchObject({ keyword, pointer, message, severity: 'error' });
    },
  );
});

describe('what is seen', () => {
  it.each<[unknown, string]>([
    ['a'.repeat(500), `"${'a'.repeat(77)}…"`],
    [{ a: { b: [1, 'x', null] } }, '{"a":{"b":[1,"x",null]}}'],
    [JSON.parse('{"__proto__": 1}'), '{"__proto__":1}'],
    [undefined, 'nothing'],
  ])('of %j is cut to a readable length', (value, seen) => {
    expect(compileSchema({ type: 'integer' }).validate(value)[0]?.seen).toBe(seen);
  });

  it('is short, whatever the value is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
        const [violation] = compileSchema({ not: {} }).validate(value);
        expect(violation?.seen.length).toBeLessThanOrEqual(81);
        expect(violation?.message.length).toBeLessThan(200);
      }),
    );
  });
});
