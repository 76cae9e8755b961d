import { describe, expect, it } from 'vitest';
import { compileSchema, createRecursion, type Schema, type SchemaObject } from '../../src/schema/index.ts';

const node: SchemaObject = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    children: { type: 'array', items: createRecursion('#/Node', () => node) },
  },
};

function nested(levels: number): unknown {
  let value: unknown = { name: 1 };
  for (let level = 0; level < levels; level += 1) value = { children: [value] };
  return value;
}

describe('a schema that contains itself', () => {
  it('judges every level', () => {
    expect(compileSchema(node).validate(nested(3))).toMatchObject([
      { keyword: 'type', pointer: '/children/0/children/0/children/0/name' },
    ]);
  });

  it('does not fall over a value of 10,000 levels', () => {
    const validator = compileSchema(node);
    expect(validator.isValid(nested(10_000))).toBe(false);
    const [violation, ...others] = validator.validate(nested(10_000));
    expect(others).toEqual([]);
    expect(['depth', 'type']).toContain(violation?.keyword);
    expect(compileSchema({ uniqueItems: true }).validate([nested(20_000), nested(20_000)])).toHaveLength(1);
    expect(compileSchema({ type: 'string' }).validate(nested(20_000))).toHaveLength(1);
  });

  it.each<[string, (self: () => Schema) => SchemaObject, unknown, unknown]>([
    ['allOf', (self) => ({ allOf: [createRecursion('#', self)], required: ['a'] }), { a: 1 }, {}],
    ['anyOf', (self) => ({ anyOf: [createRecursion('#', self), { required: ['a'] }] }), { a: 1 }, {}],
    ['oneOf', (self) => ({ oneOf: [createRecursion('#', self), { required: ['a'] }] }), { a: 1 }, {}],
  ])('does not run in circles where it is its own %s', (_, make, valid, invalid) => {
    const schema: SchemaObject = make(() => schema);
    expect(compileSchema(schema).isValid(valid)).toBe(true);
    expect(compileSchema(schema).isValid(invalid)).toBe(false);
  });

  it('survives two that are made of each other', () => {
    const left: SchemaObject = { required: ['a'], allOf: [createRecursion('#/right', () => right)] };
    const right: SchemaObject = { required: ['b'], allOf: [createRecursion('#/left', () => left)] };
    expect(compileSchema(left).isValid({ a: 1, b: 1 })).toBe(true);
    expect(compileSchema(left).isValid({ a: 1 })).toBe(false);
    expect(compileSchema(left).isValid({ b: 1 })).toBe(false);
  });
});

describe('a schema that shares its parts', () => {
  it('of which a tree would have a million leaves compiles and judges at once', () => {
    let shared: Schema = { type: 'object', properties: { leaf: { type: 'string' } } };
    for (let level = 0; level < 20; level += 1) {
      shared = { type: 'object', properties: { left: shared, right: shared, a: {}, b: {}, c: {} } };
    }
    const validator = compileSchema(shared);
    expect(validator.validate({ left: { right: { left: {} } } })).toEqual([]);
    expect(validator.validate({ left: { right: 3 } })).toMatchObject([{ pointer: '/left/right' }]);
  });

  it('is compiled once for a direction', () => {
    expect(compileSchema(node)).toBe(compileSchema(node, { direction: 'response' }));
    expect(compileSchema(node)).not.toBe(compileSchema(node, { direction: 'request' }));
  });

  it('keeps two judgements apart that run one inside the other', () => {
    const inner = compileSchema({ type: 'string' });
    const value = {
      get a(): number {
        inner.validate(1);
        return 1;
      },
    };
    expect(compileSchema({ properties: { a: { type: 'string' } } }).validate(value)).toMatchObject([
      { pointer: '/a' },
    ]);
  });
});

describe('a value of many faults', () => {
  it.each<[string, Schema, unknown]>([
    ['items', { items: { type: 'string' } }, Array.from({ length: 200_000 }, () => 1)],
    [
      'properties',
      { additionalProperties: false },
      Object.fromEntries(Array.from({ length: 50_000 }, (_, key) => [`k${key}`, 1])),
    ],
    [
      'lists of items',
      { items: { items: { type: 'string' } } },
      Array.from({ length: 1_000 }, () => Array.from({ length: 1_000 }, () => 1)),
    ],
  ])('of %s is not listed in full', (_, schema, value) => {
    const { length } = compileSchema(schema).validate(value);
    expect(length).toBeGreaterThan(100);
    expect(length).toBeLessThan(5_000);
  });
});
