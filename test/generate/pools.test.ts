import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/index.ts';
import { compileGenerator, createPools, type Pools, roomForItems } from '../../src/generate/index.ts';
import type { Schema, SchemaObject } from '../../src/schema/index.ts';
import { arbitrarySchema } from './arbitrary-schema.ts';
import { independentErrors } from './independent.ts';
import { now } from './make.ts';

const poolsOf = (seed: string | number, room?: number): Pools =>
  createPools(createRandom(seed).fork('pools'), now, room);

/** What a generator makes and writes from one stream and the same pools. */
function both(schema: Schema, seed: string | number, pools: Pools, given = {}) {
  const generator = compileGenerator(schema, { direction: 'response', source: 'faker' });
  const context = { random: createRandom(seed), now, pools };
  return { made: () => generator.generate(context), text: generator.write(context, given) };
}

const person: SchemaObject = {
  type: 'object',
  required: ['pk'],
  properties: {
    pk: { type: 'string', format: 'uuid' },
    username: { type: 'string' },
    email: { type: 'string', format: 'email' },
    name: { type: 'string' },
    created: { type: 'string', format: 'date-time' },
    updated: { type: 'string', format: 'date-time' },
    client_ip: { type: ['string', 'null'] },
    context: {},
    brand: { type: 'object', properties: { domain: { type: 'string' }, default: { type: 'boolean' } } },
    roles: { type: 'array', items: { enum: ['owner', 'editor', 'reader'] } },
    score: { type: 'number', minimum: 0, maximum: 1 },
  },
};

const row = (seed: string | number, pools: Pools): Record<string, unknown> =>
  JSON.parse(both(person, seed, pools).text ?? 'null') as Record<string, unknown>;

const seeds = Array.from({ length: 60 }, (_, index) => `row ${index}`);

describe('objects that are written member by member', () => {
  const member = fc.tuple(fc.constantFrom('id', 'name', 'created', 'note', 'ip', 'x'), arbitrarySchema);
  const object = fc
    .record({
      members: fc.array(member, { maxLength: 5 }),
      required: fc.subarray(['id', 'name', 'x']),
      additionalProperties: fc.constantFrom<Schema | undefined>(undefined, false, { type: 'string' }),
      minProperties: fc.constantFrom(undefined, 1, 2),
      maxProperties: fc.constantFrom(undefined, 4),
      parts: fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.tuple(arbitrarySchema) },
      ),
    })
    .map(
      ({ members, parts, ...rest }): SchemaObject =>
        JSON.parse(
          JSON.stringify({
            type: 'object',
            properties: Object.fromEntries(members),
            ...rest,
            ...(parts.length === 0 ? {} : { allOf: parts }),
          }),
        ) as SchemaObject,
    );

  it('are valid, and what is made otherwise', { timeout: 60_000 }, () => {
    const pools = poolsOf('pools');
    let written = 0;
    fc.assert(
      fc.property(object, fc.string(), (schema, seed) => {
        const { made, text } = both(schema, seed, pools);
        if (text === undefined) return;
        written += 1;
        const value = JSON.parse(text) as unknown;
        expect(independentErrors(schema, value)).toBe('');
        expect(value).toEqual(JSON.parse(JSON.stringify(made())));
      }),
      { numRuns: 100, seed: 2 },
    );
    expect(written).toBeGreaterThan(30);
  });

  it('have what is given, where their schema takes it', () => {
    const id = '9e3779b1-2f37-4a16-8471-4e8e40c30000';
    const { text } = both(person, 1, poolsOf(1), { pk: id, client_ip: null });
    expect(JSON.parse(text ?? '')).toMatchObject({ pk: id, client_ip: null });
    expect(both(person, 1, poolsOf(1), { pk: 'no uuid' }).text).toBeUndefined();
    expect(both(person, 1, poolsOf(1), { unknown: 1 }).text).toBeUndefined();
  });

  it('are left to a judge of the whole where members depend on one another', () => {
    const wholes: readonly SchemaObject[] = [
      { dependentRequired: { pk: ['name'] } },
      { if: { required: ['pk'] }, else: { required: ['name'] } },
      { not: { required: ['name'] } },
      { propertyNames: { maxLength: 9 } },
      { anyOf: [{ required: ['pk'] }, { required: ['name'] }] },
    ];
    for (const whole of wholes) expect(both({ ...person, ...whole }, 1, poolsOf(1)).text).toBeUndefined();
  });
});

describe('pools', () => {
  it('give the same to the same seed, whatever was asked before, and however little is kept', () => {
    const shared = poolsOf('seed');
    const forwards = seeds.map((seed) => row(seed, shared));
    const small = poolsOf('seed', 5_000);
    const backwards = seeds.toReversed().map((seed) => row(seed, small));
    expect(backwards.toReversed()).toEqual(forwards);
    expect(row('row 0', poolsOf('another seed'))).not.toEqual(forwards[0]);
  });

  it('hold only what may repeat: ids and names are told apart, persons and moments are the object’s own', () => {
    const pools = poolsOf('many');
    const rows = Array.from({ length: 6_000 }, (_, index) => row(index, pools));
    const different = (name: string): number => new Set(rows.map((one) => JSON.stringify(one[name]))).size;
    expect(different('pk')).toBe(rows.length);
    expect(different('name')).toBeGreaterThan(5_900);
    expect(different('created')).toBeGreaterThan(5_900);
    expect(different('score')).toBeLessThanOrEqual(512);
    expect(new Set(rows.map((one) => JSON.stringify(one))).size).toBe(rows.length);
    for (const { username, email, created, updated } of rows) {
      expect(String(email).split('@')[0]).toBe(username);
      expect(String(created) <= String(updated)).toBe(true);
    }
  });

  it('leave lists to those who say how they are made', () => {
    const schema: Schema = {
      type: 'object',
      properties: { rows: { type: 'array', items: { type: 'integer' } } },
    };
    const generator = compileGenerator(schema, { direction: 'response', source: 'faker' });
    for (const length of [0, 7, 9]) {
      const context = { random: createRandom(1), now, pools: poolsOf(1), lists: { rows: { length } } };
      expect((generator.generate(context) as { rows: unknown[] }).rows).toHaveLength(length);
      expect(JSON.parse(generator.write(context, {}) ?? '')).toEqual(generator.generate(context));
    }
  });

  it('let nobody change what others are given', () => {
    const pools = poolsOf('frozen');
    const first = both(person, 1, pools).made() as { brand: Record<string, unknown>; roles: unknown[] };
    const before = structuredClone(first);
    first.brand.domain = 'spoiled';
    first.roles.push('spoiled');
    expect(both(person, 1, pools).made()).toEqual(before);
  });
});

describe('the room for the items of a list', () => {
  const envelope = (list: SchemaObject): SchemaObject => ({
    type: 'object',
    required: ['results'],
    properties: { results: { type: 'array', items: person, ...list }, count: { type: 'integer' } },
  });
  const roomIn = (body: Schema): number | undefined =>
    roomForItems(body, { path: ['results'], itemSchema: person });

  it('is what the schemas of the list say', () => {
    expect(roomIn(envelope({}))).toBe(Number.POSITIVE_INFINITY);
    expect(roomIn(envelope({ maxItems: 7 }))).toBe(7);
    expect(roomIn({ allOf: [envelope({ maxItems: 7 }), envelope({ maxItems: 5 })] })).toBe(5);
    expect(roomForItems({ type: 'array', items: person }, { path: [], itemSchema: person })).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it('is not known where items are judged together, or by more than the schema of one', () => {
    expect(roomIn(envelope({ uniqueItems: true }))).toBeUndefined();
    expect(roomIn(envelope({ contains: { required: ['name'] } }))).toBeUndefined();
    expect(roomIn(envelope({ prefixItems: [true] }))).toBeUndefined();
    expect(roomIn({ ...envelope({}), if: { required: ['count'] } })).toBeUndefined();
    const narrower: SchemaObject = {
      type: 'object',
      properties: { results: { items: { required: ['name'] } } },
    };
    expect(roomIn({ allOf: [envelope({}), narrower] })).toBeUndefined();
  });
});
