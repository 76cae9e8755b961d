import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGenerator, provenUnsatisfiable } from '../../src/generate/index.ts';
import { compileSchema, type Schema, type SchemaObject } from '../../src/schema/index.ts';
import { arbitrarySchema } from './arbitrary-schema.ts';
import { independentErrors } from './independent.ts';
import { make } from './make.ts';

/** Why no value of one schema breaks another, where that is proven: `oneOf` of all and the other leaves what breaks it. */
function whyNeverBroken(schema: Schema, other: Schema): string | undefined {
  return provenUnsatisfiable({ allOf: [schema, { oneOf: [true, other] }] }, 'response');
}

const object = (properties: Readonly<Record<string, Schema>>, more: SchemaObject = {}): SchemaObject => ({
  type: 'object',
  properties,
  ...more,
});

const text: Schema = { type: 'string' };
const link: Schema = object({ href: text });

const implied: readonly (readonly [string, Schema, Schema])[] = [
  ['fewer members', object({ a: text, b: text }), object({ a: text })],
  ['more that is required', object({}, { required: ['a', 'b'] }), object({}, { required: ['a'] })],
  ['fewer values', { enum: ['a', 'b'] }, { type: 'string', enum: ['c', 'b', 'a'] }],
  ['narrower bounds', { type: 'integer', minimum: 5, maximum: 6 }, { type: 'number', minimum: 5 }],
  ['narrower lengths', { type: 'string', maxLength: 3 }, { maxLength: 4 }],
  [
    'a map that names its members, and one that does not',
    object({ a: link }, { additionalProperties: link }),
    object({ b: link }, { additionalProperties: object({ href: text }, { title: 'alike' }) }),
  ],
  [
    'a closed object in which nothing is left',
    object({}, { additionalProperties: false, allOf: [object({ a: text })] }),
    object({}, { additionalProperties: false, allOf: [object({ b: { type: 'integer' } })] }),
  ],
  ['items', { type: 'array', items: { const: 1 } }, { items: { type: 'integer' } }],
  ['each of two branches', { anyOf: [{ const: 1 }, { const: 2 }] }, { type: 'integer' }],
  ['one of two branches', { const: 1 }, { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
  [
    'members that an answer never shows',
    object({}),
    object({ secret: { type: 'integer', writeOnly: true } }),
  ],
];

const open: readonly (readonly [string, Schema, Schema])[] = [
  ['a member of another type', object({ a: text }), object({ a: { type: 'integer' } })],
  ['a member that is not named', object({}), object({ a: text })],
  ['another member is required', object({}, { required: ['a'] }), object({}, { required: ['b'] })],
  ['a value more', { enum: ['a', 'b'] }, { enum: ['a'] }],
  ['wider bounds', { type: 'integer', minimum: 4 }, { minimum: 5 }],
  [
    'an open object beside a closed one',
    object({ a: text }),
    object({ a: text }, { additionalProperties: false }),
  ],
  [
    'first items',
    { type: 'array', prefixItems: [{ const: 'a' }], items: { const: 1 } },
    { type: 'array', items: { const: 1 } },
  ],
  [
    'a member that no one judges in an answer',
    object({ secret: { type: 'integer', writeOnly: true } }),
    object({ secret: text }),
  ],
];

describe('a schema that must not hold beside another', () => {
  it.each(implied)('holds wherever the other does, which is proven: %s', (_, schema, other) => {
    expect(whyNeverBroken(schema, other)).toMatch(/whatever satisfies it/);
    expect(() => make({ allOf: [schema, { oneOf: [true, other] }] })).toThrow(/This is proven/);
  });

  it.each(open)('can be broken: %s', (_, schema, other) => {
    expect(whyNeverBroken(schema, other)).toBeUndefined();
  });

  it('is never said to hold where a value of the other breaks it', () => {
    const pair = fc.tuple(arbitrarySchema, arbitrarySchema, fc.nat()).map(weakened);
    let told = 0;
    fc.assert(
      fc.property(pair, fc.string(), ([schema, other], seed) => {
        if (whyNeverBroken(schema, other) === undefined) return;
        if (provenUnsatisfiable(schema, 'response') !== undefined) return;
        told += 1;
        for (let index = 0; index < 3; index += 1) {
          const value = tryMake(schema, `${seed}${index}`);
          if (value !== undefined) expect(compileSchema(other).validate(value)).toEqual([]);
        }
      }),
      { numRuns: Number(process.env.APIDOUBLE_RUNS ?? 300), seed: 4 },
    );
    expect(told).toBeGreaterThan(40);
  });
});

/** Half of the second schemas are the first with keywords left out, so that many pairs imply one another. */
function weakened([schema, other, chance]: readonly [Schema, Schema, number]): readonly [Schema, Schema] {
  if (chance % 2 === 0 || typeof schema === 'boolean') return [schema, other];
  const kept = Object.entries(schema).filter((_, index) => ((chance >> (index + 1)) & 1) === 1);
  return [schema, Object.fromEntries(kept)];
}

function tryMake(schema: Schema, seed: string): unknown {
  try {
    return make(schema, seed);
  } catch {
    return undefined;
  }
}

describe('branches that differ only in what they leave open', () => {
  const amount = { type: 'integer' } as const;
  const branches: readonly Schema[] = [
    object({ status: text, note: text }, { required: ['status'] }),
    object({ status: text, note: text, amount }, { required: ['status'] }),
    object({ status: { enum: ['done'] }, links: link }, { required: ['status', 'links'] }),
  ];

  it('are told apart by a value that suits one alone', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const value = make({ oneOf: branches }, seed);
      expect(independentErrors({ oneOf: branches }, value)).toBe('');
    }
  });
});

describe('branches that a discriminator tells apart by name', () => {
  const ping = object({ kind: text, note: text }, { required: ['kind'] });
  const pong = object({ kind: text }, { required: ['kind'] });
  const alike = object({ kind: text, note: text }, { required: ['kind'], title: 'pong' });

  it.each([
    ['overlap', ping, pong],
    ['are alike', ping, alike],
  ])('are all made, and proven, though they %s', (_, first, second) => {
    const schema: Schema = {
      oneOf: [first, second],
      discriminator: {
        propertyName: 'kind',
        branches: new Map([
          ['ping', first],
          ['pong', second],
        ]),
      },
    };
    const kinds = new Set<unknown>();
    for (let seed = 0; seed < 20; seed += 1) kinds.add((make(schema, seed) as { kind: string }).kind);
    expect([...kinds].sort()).toEqual(['ping', 'pong']);
    expect(compileGenerator(schema, { direction: 'response', source: 'faker' }).proven).toBe(true);
  });
});
