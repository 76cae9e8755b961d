import { describe, expect, it } from 'vitest';
import { setOrigin } from '../../src/core/index.ts';
import {
  compileSchema,
  createRecursion,
  type Schema,
  type SchemaObject,
  schemaFaults,
} from '../../src/schema/index.ts';

const uri = 'file:///api.yaml';

function origins(schema: Schema, value: unknown): (string | undefined)[] {
  return compileSchema(schema, { direction: 'request' })
    .validate(value)
    .map(({ origin }) => (origin === undefined ? undefined : `${origin.uri}#${origin.pointer}`));
}

function at<Node extends SchemaObject>(pointer: string, node: Node): Node {
  return setOrigin(node, { uri, pointer });
}

const leaf = at('/components/schemas/Leaf', { type: 'string', maxLength: 1 } as const);
const heavy = at('/components/schemas/Heavy', {
  properties: Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`p${index}`, { type: 'integer' }]),
  ) as Record<string, Schema>,
});

describe('the origin of a violation', () => {
  it.each<[string, Schema, unknown, string]>([
    ['its own schema', leaf, 'ab', '/components/schemas/Leaf/maxLength'],
    ['a shared schema', at('/a', { items: leaf }), ['ab'], '/components/schemas/Leaf/maxLength'],
    [
      'the nearest schema above',
      at('/a', { items: { properties: { 'x/y': { const: 1 } } } }),
      [{ 'x/y': 2 }],
      '/a/items/properties/x~1y/const',
    ],
    ['a boolean', at('/a', { properties: { b: false } }), { b: 1 }, '/a/properties/b'],
    [
      'a rest that is forbidden',
      at('/a', { additionalProperties: false }),
      { b: 1 },
      '/a/additionalProperties',
    ],
    [
      'a schema on its own',
      at('/a', { allOf: [heavy] }),
      { p7: 'x' },
      '/components/schemas/Heavy/properties/p7/type',
    ],
    [
      'a schema on its own that has none',
      at('/a', { prefixItems: [{ properties: { ...heavy.properties } }] }),
      [{ p7: 'x' }],
      '/a/prefixItems/0/properties/p7/type',
    ],
    ['a branch', at('/a', { if: true, else: true, allOf: [{ anyOf: [leaf] }] }), 'ab', '/a/allOf/0/anyOf'],
    [
      '__proto__',
      at('/a', JSON.parse('{"properties": {"__proto__": {"type": "null"}}}')),
      JSON.parse('{"__proto__": 1}'),
      '/a/properties/__proto__/type',
    ],
    [
      'a member that is not wanted',
      at('/a', { properties: { id: { readOnly: true } } }),
      { id: 1 },
      '/a/properties/id/readOnly',
    ],
    ['a missing member', at('/a', { required: ['x'] }), {}, '/a/required'],
    [
      'a discriminator',
      at('/a', { oneOf: [leaf], discriminator: { propertyName: 'x', branches: new Map([['leaf', leaf]]) } }),
      { x: 'y' },
      '/a/discriminator',
    ],
  ])('of %s', (_, schema, value, pointer) => {
    expect(origins(schema, value)[0]).toBe(`${uri}#${pointer}`);
  });

  it('of the branch that was closest', () => {
    expect(origins(at('/a', { oneOf: [{ type: 'null' }, { maxLength: 1 }] }), 'ab')).toEqual([
      `${uri}#/a/oneOf`,
      `${uri}#/a/oneOf/1/maxLength`,
    ]);
  });

  it('of a recursion is where its target stands', () => {
    const node: SchemaObject = at('/components/schemas/Node', {
      properties: {
        next: createRecursion('#/components/schemas/Node', () => node),
        value: { type: 'integer' },
      },
    });
    expect(origins(node, { next: { next: { value: 'x' } } })).toEqual([
      `${uri}#/components/schemas/Node/properties/value/type`,
    ]);
  });

  it('is left out where nothing was written anywhere', () => {
    expect(origins({ type: 'string' }, 1)).toEqual([undefined]);
  });

  it('of a fault, and the name in the error of a schema that cannot be compiled', () => {
    const faulty = at('/a', { items: { required: true } } as unknown as SchemaObject);
    expect(schemaFaults(faulty)[0]?.origin).toEqual({ uri, pointer: '/a/items/required' });
  });
});
