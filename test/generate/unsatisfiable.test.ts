import { describe, expect, it } from 'vitest';
import { compileGenerator, provenUnsatisfiable } from '../../src/generate/index.ts';
import { createRecursion, type Schema } from '../../src/schema/index.ts';
import { make } from './make.ts';

const endless: { type: 'object'; required: string[]; properties: Record<string, Schema> } = {
  type: 'object',
  required: ['next'],
  properties: {},
};
endless.properties.next = createRecursion('#/endless', () => endless);

const proven: readonly (readonly [string, Schema, RegExp])[] = [
  ['false', false, /nothing is allowed/],
  ['bounds', { type: 'integer', minimum: 5, maximum: 3 }, /minimum 5 is above the maximum 3/],
  ['no whole number', { type: 'integer', exclusiveMinimum: 1, exclusiveMaximum: 2 }, /no whole number/],
  ['no multiple', { type: 'number', multipleOf: 10, minimum: 11, maximum: 19 }, /no multiple of 10/],
  ['no common type', { allOf: [{ type: 'string' }, { type: 'integer' }] }, /no type in common/],
  ['no common value', { allOf: [{ enum: ['a', 'b'] }, { enum: ['c'] }] }, /"enum"/],
  ['a value of a wrong type', { type: 'integer', enum: ['a'] }, /"enum"/],
  ['lengths', { type: 'string', minLength: 3, maxLength: 2 }, /minLength 3/],
  ['a format too long', { type: 'string', format: 'uuid', maxLength: 10 }, /format "uuid"/],
  ['a pattern in the wrong order', { type: 'string', pattern: '/^a$/' }, /no text can match/],
  ['a pattern too long', { type: 'string', pattern: '^.{5}$', maxLength: 4 }, /longer than 4/],
  ['a pattern too short', { type: 'string', pattern: '^a?$', minLength: 2 }, /shorter than 2/],
  ['items', { type: 'array', minItems: 3, maxItems: 1 }, /3 items/],
  [
    'different items',
    { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'boolean' } },
    /not 3 different/,
  ],
  ['an item', { type: 'array', minItems: 1, items: false }, /nothing is allowed/],
  ['properties', { type: 'object', minProperties: 2, maxProperties: 1 }, /minProperties 2/],
  ['a required member', { type: 'object', required: ['a'], properties: { a: false } }, /nothing is allowed/],
  ['a closed object', { type: 'object', required: ['a'], additionalProperties: false }, /nothing is allowed/],
  ['a name', { type: 'object', required: ['A'], propertyNames: { pattern: '^[a-z]+$' } }, /"A"/],
  ['a negation', { allOf: [{ type: 'string' }, { not: { type: 'string' } }] }, /no type in common/],
  ['all branches', { type: 'string', anyOf: [{ type: 'integer' }, { minLength: 2, maxLength: 1 }] }, /anyOf/],
  ['equal branches', { oneOf: [{ type: 'string' }, { type: 'string', title: 'the same' }] }, /oneOf/],
  ['endless recursion', endless, /without end/],
];

describe('what nothing satisfies', () => {
  it.each(proven)('is proven: %s', (_, schema, reason) => {
    expect(provenUnsatisfiable(schema, 'response')).toMatch(reason);
    expect(() => make(schema)).toThrow(/This is proven/);
    expect(compileGenerator(schema, { direction: 'response', source: 'faker' }).proven).toBe(false);
  });

  it.each<[string, Schema, RegExp]>([
    [
      'patterns without a common text',
      { type: 'string', allOf: [{ pattern: '^a+$' }, { pattern: '^b+$' }] },
      /"\^a\+\$"/,
    ],
    ['a list beyond all limits', { type: 'array', minItems: 1_000_000_000, items: {} }, /limit of 50000/],
    ['a text beyond all limits', { type: 'string', minLength: 1_000_000_000 }, /limit of 1000000/],
    ['members beyond all limits', { type: 'object', minProperties: 1_000_000_000 }, /limit of 10000/],
  ])('is only not found: %s', (_, schema, reason) => {
    expect(provenUnsatisfiable(schema, 'response')).toBeUndefined();
    expect(() => make(schema)).toThrow(/not proven: no value was found in 1,000 tries/);
    expect(() => make(schema)).toThrow(reason);
  });

  it('names the place', () => {
    const schema: Schema = {
      type: 'object',
      required: ['list'],
      properties: {
        list: { type: 'array', minItems: 1, items: { type: 'integer', minimum: 2, maximum: 1 } },
      },
    };
    expect(() => make(schema)).toThrow(/"list\[0\]"/);
  });

  it('is left out where it need not be there', () => {
    const schema: Schema = {
      type: 'object',
      properties: { a: false, b: { minimum: 2, maximum: 1, type: 'integer' }, c: { const: 1 } },
    };
    expect(make(schema)).toEqual({ c: 1 });
  });
});

describe('what could grow without end', () => {
  const node: { type: 'object'; required: string[]; properties: Record<string, Schema> } = {
    type: 'object',
    required: ['value', 'children'],
    properties: { value: { type: 'string' } },
  };
  const inner = createRecursion('#/node', () => node);
  node.properties.children = { type: 'array', items: inner };
  for (let index = 0; index < 20; index += 1) node.properties[`also${index}`] = inner;

  it('ends: a tree in which each node may have many', () => {
    for (let seed = 0; seed < 5; seed += 1) {
      const text = JSON.stringify(make(node, seed));
      expect(text.length).toBeLessThan(200_000);
    }
  });

  it('ends: a list that must hold itself or nothing', () => {
    const list: { type: 'array'; minItems: number; items: Schema } = {
      type: 'array',
      minItems: 2,
      items: {},
    };
    list.items = { anyOf: [createRecursion('#/list', () => list), { type: 'null' }] };
    for (let seed = 0; seed < 5; seed += 1) expect(make(list, seed)).toBeInstanceOf(Array);
  });

  it('is refused where what is required doubles with each level', () => {
    let schema: Schema = { type: 'string' };
    for (let level = 0; level < 24; level += 1)
      schema = { type: 'object', required: ['a', 'b'], properties: { a: schema, b: schema } };
    expect(() => make(schema)).toThrow(/more than 200000 values/);
  });
});

/** As many choices of three as `groups`, and a member beside them that nothing can be, which no proof sees. */
function hopeless(groups: number): Schema {
  const names = Array.from({ length: groups }, (_, index) => `p${index}`);
  const either: Schema = { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  const choices = names.map((name, index): Schema => {
    const branch = (first: number): Schema => ({
      properties: {
        [name]: { enum: [first, first + 1, first + 2] },
        [`q${(index + first) % groups}`]: either,
      },
    });
    return { oneOf: [branch(0), branch(1), branch(2)] };
  });
  const properties = { x: { type: 'string' as const, pattern: '^a', format: 'ipv4' } };
  return { type: 'object', required: ['x', ...names], properties, allOf: choices };
}

describe('what cannot be made in very many ways', () => {
  it('names its place once', () => {
    expect(() => make(hopeless(2))).toThrow('for the schema of "x":');
  });

  it('is given up before all ways were tried', () => {
    expect(() => make(hopeless(12))).toThrow('for the schema of "x":');
  });
});

describe('proven', () => {
  it.each<[string, Schema, boolean]>([
    [
      'plain members',
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer', minimum: 1 } } },
      true,
    ],
    ['branches of different types', { oneOf: [{ type: 'string' }, { type: 'integer' }] }, true],
    [
      'branches told apart by a constant',
      {
        oneOf: ['a', 'b'].map((kind) => ({
          type: 'object' as const,
          required: ['kind'],
          properties: { kind: { const: kind } },
        })),
      },
      true,
    ],
    [
      'branches that overlap',
      {
        oneOf: [
          { type: 'object', properties: { a: { type: 'string' } } },
          { type: 'object', properties: { b: { type: 'integer' } } },
        ],
      },
      false,
    ],
    ['a format and a pattern', { type: 'string', format: 'email', pattern: 'x' }, false],
    [
      'at most so many that match',
      { type: 'array', items: { type: 'integer' }, contains: { minimum: 3 }, maxContains: 1 },
      false,
    ],
  ])('%s', (_, schema, want) => {
    expect(compileGenerator(schema, { direction: 'response', source: 'faker' }).proven).toBe(want);
  });
});
