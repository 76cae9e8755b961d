import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, isApidoubleError } from '../../src/core/index.ts';
import { compileGenerator } from '../../src/generate/index.ts';
import { createMock } from '../../src/mock/index.ts';
import { compileSchema, type Schema, type SchemaObject } from '../../src/schema/index.ts';
import { independentErrors } from './independent.ts';
import { make, now } from './make.ts';

const text: SchemaObject = { type: 'string' };

function object(required: readonly string[], properties: Readonly<Record<string, Schema>>): SchemaObject {
  return { type: 'object', required: [...required], properties };
}

const person = object(['id'], { id: { type: 'integer' }, name: text });
const named = object(['name'], { id: { type: 'integer' }, name: text });

/** Values that are only valid by luck, or by being judged. */
const doubtful: readonly (readonly [string, Schema])[] = [
  ['branches that say the same', { oneOf: [person, named, { ...named, title: 'too' }] }],
  ['negations that say the same', { oneOf: [{}, { not: { type: 'number' } }, { not: { type: 'number' } }] }],
  ['texts', { oneOf: [text, { type: 'string', minLength: 3 }, { type: 'string', minLength: 3 }] }],
  ['a listed list that another branch allows', { oneOf: [{ enum: [[]] }, { type: 'array', items: text }] }],
  [
    'a listed object that another branch allows',
    { oneOf: [{ const: {} }, { ...object([], { a: text }), additionalProperties: false }] },
  ],
  ['a list that must not be', { type: ['array', 'boolean'], maxItems: 0, not: { const: [] } }],
  ['listed lists beside a length', { type: 'array', enum: [[], [1]], minItems: 1 }],
  ['listed objects beside what is required', { enum: [{}, { a: 1 }], required: ['a'] }],
];

describe('what is valid only if it is judged', () => {
  it.each(doubtful)('is judged: %s', (_, schema) => {
    for (let seed = 0; seed < 40; seed += 1) expect(independentErrors(schema, make(schema, seed))).toBe('');
    expect(compileGenerator(schema, { direction: 'response', source: 'faker' }).proven).toBe(false);
  });

  it('is an answer of the mock, not its failure', async () => {
    const $ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
    const schema = { oneOf: [$ref('Person'), $ref('Named'), $ref('NamedToo')] };
    const answer = { description: 'ok', content: { 'application/json': { schema } } };
    const mock = await createMock({
      seed: '1',
      document: {
        openapi: '3.1.0',
        info: { title: 'Overlapping', version: '1' },
        paths: { '/a': { get: { responses: { 200: answer } } } },
        components: { schemas: { Person: person, Named: named, NamedToo: { ...named } } },
      },
    });
    const response = await mock.fetch(new Request('http://mock/a'));
    expect([response.status, await response.json()]).toEqual([200, { id: expect.any(Number) }]);
  });
});

describe('what must fail, with a member that one direction does not judge', () => {
  const flags = ['readOnly', 'writeOnly'] as const;
  const rows = flags.flatMap((flag) => [[flag, 'request'] as const, [flag, 'response'] as const]);

  it.each(rows)('that is %s fails in the %s', (flag, direction) => {
    const avoided: Schema = object([], { a: { type: 'integer', [flag]: true }, b: { type: 'integer' } });
    const schema: Schema = { ...object([], { a: text, b: { type: ['string', 'integer'] } }), not: avoided };
    for (let seed = 0; seed < 40; seed += 1) {
      const value = make(schema, seed, { direction });
      expect(compileSchema(schema, { direction }).validate(value)).toEqual([]);
    }
  });
});

describe('listed lists and objects', () => {
  it('are proven where no keyword but those that list them has a say', () => {
    const schema: Schema = { type: ['array', 'object'], enum: [[], { a: 1 }] };
    expect(compileGenerator(schema, { direction: 'response', source: 'faker' }).proven).toBe(true);
  });
});

const memberSchema = fc.constantFrom<Schema>(
  { type: 'integer' },
  text,
  { const: 'a' },
  { enum: ['a', 'b'] },
  { type: 'array', maxItems: 1, items: { type: 'boolean' } },
);

const branch = fc
  .record(
    {
      required: fc.subarray(['a', 'b', 'c']),
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), memberSchema, { noNullPrototype: true }),
      additionalProperties: fc.boolean(),
    },
    { requiredKeys: ['required', 'properties'] },
  )
  .map((keywords): SchemaObject => ({ type: 'object', ...keywords }));

/** Two to four branches out of three at most, so that many are equal without being the same. */
const overlapping = fc
  .array(branch, { minLength: 1, maxLength: 3 })
  .chain((pool) => fc.array(fc.constantFrom(...pool), { minLength: 2, maxLength: 4 }))
  .map((branches): Schema => ({ oneOf: branches.map((one) => structuredClone(one)) }));

describe('a value of branches that overlap', () => {
  it('is valid, above all where that is said to be proven', () => {
    const told = { proven: 0, judged: 0 };
    fc.assert(
      fc.property(overlapping, fc.nat(), (schema, seed) => {
        const generator = compileGenerator(schema, { direction: 'response', source: 'faker' });
        const made = attempt(() => generator.generate({ random: createRandom(seed), now }));
        if (made === undefined) return;
        told[generator.proven ? 'proven' : 'judged'] += 1;
        expect(independentErrors(schema, made.value)).toBe('');
        expect(compileSchema(schema).validate(made.value)).toEqual([]);
      }),
      { numRuns: Number(process.env.APIDOUBLE_RUNS ?? 200), seed: 7 },
    );
    expect(told.proven).toBeGreaterThan(10);
    expect(told.judged).toBeGreaterThan(10);
  });
});

function attempt(generate: () => unknown): { readonly value: unknown } | undefined {
  try {
    return { value: generate() };
  } catch (error) {
    if (isApidoubleError(error) && error.code === 'ERR_SCHEMA_UNSATISFIABLE') return undefined;
    throw error;
  }
}
