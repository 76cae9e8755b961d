import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/index.ts';
import type { Schema, SchemaObject } from '../../src/schema/index.ts';
import { make } from './make.ts';

const user: SchemaObject = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    username: { type: 'string' },
    email: { type: 'string', format: 'email' },
    created_at: { type: 'string', format: 'date-time' },
    tags: { type: 'array', items: { type: 'string' } },
    address: { type: 'object', properties: { city: { type: 'string' }, country: { type: 'string' } } },
    choice: { oneOf: [{ type: 'string', minLength: 3 }, { type: 'integer' }] },
  },
};

describe('streams', () => {
  it('give the same value to the same seed, whoever compiled and whatever was made before', () => {
    const first = make(user, 'seed');
    make({ type: 'array', items: user }, 'other');
    expect(make(structuredClone(user), 'seed')).toEqual(first);
    expect(make(user, 'another seed')).not.toEqual(first);
  });

  it('keep a property the same whatever stands beside it', () => {
    const whole = make(user, 5) as Record<string, unknown>;
    for (const [name, schema] of Object.entries(user.properties ?? {})) {
      const alone = make({ type: 'object', properties: { [name]: schema } }, 5) as Record<string, unknown>;
      expect(alone[name]).toEqual(whole[name]);
    }
  });

  it('keep an item the same whatever the length of its list', () => {
    const list = (length: number): Schema => ({
      type: 'array',
      items: user,
      minItems: length,
      maxItems: length,
    });
    const long = make(list(8), 3) as unknown[];
    expect(make(list(3), 3)).toEqual(long.slice(0, 3));
  });

  it('give a planned row the value that it has by itself, at the root and in an envelope', () => {
    const rowStream = (index: number) => createRandom('rows').fork(index);
    const plan = { length: 4, stream: rowStream };
    const envelope: Schema = {
      type: 'object',
      properties: { count: { type: 'integer' }, results: { type: 'array', items: user } },
    };
    const { results } = make(envelope, 1, { lists: { results: plan } }) as { results: unknown[] };
    expect(results).toHaveLength(4);
    const alone = [0, 1, 2, 3].map((index) => make(user, 0, { random: rowStream(index) }));
    expect(results).toEqual(alone);
    expect(make({ type: 'array', items: user }, 9, { lists: { '': plan } })).toEqual(alone);
  });

  it('bring a planned length inside the bounds of the list', () => {
    const schema: Schema = { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 3 };
    expect(make(schema, 1, { lists: { '': { length: 0 } } })).toHaveLength(2);
    expect(make(schema, 1, { lists: { '': { length: 50 } } })).toHaveLength(3);
  });
});

describe('wanted values', () => {
  it('are taken over where the schema allows them, and nowhere else', () => {
    const wanted = { username: 'ada', email: 'not an address', unknown: 1, id: 7 };
    const plain = make(user, 2) as Record<string, unknown>;
    const made = make(user, 2, { wanted }) as Record<string, unknown>;
    expect(made).toEqual({ ...plain, username: 'ada' });
  });

  it('choose the branch that takes most of them', () => {
    const branch = (kind: string, name: string): Schema => ({
      type: 'object',
      required: ['kind', name],
      properties: { kind: { const: kind }, [name]: { type: 'integer' } },
    });
    const schema: Schema = { oneOf: [branch('cat', 'lives'), branch('dog', 'walks')] };
    for (const seed of [1, 2, 3, 4]) {
      expect(make(schema, seed, { wanted: { kind: 'dog', walks: 3 } })).toEqual({ kind: 'dog', walks: 3 });
      expect(make(schema, seed, { wanted: { kind: 'cat' } })).toMatchObject({ kind: 'cat' });
    }
  });

  it('do not reach into rows', () => {
    const schema: Schema = {
      type: 'object',
      properties: { username: { type: 'string' }, results: { type: 'array', items: user } },
    };
    const lists = { results: { length: 2, stream: (index: number) => createRandom(index) } };
    const made = make(schema, 1, { wanted: { username: 'ada' }, lists }) as {
      username: string;
      results: { username: string }[];
    };
    expect(made.username).toBe('ada');
    expect(made.results.map((row) => row.username)).not.toContain('ada');
  });
});

describe('directions', () => {
  const account: Schema = {
    type: 'object',
    required: ['id', 'name', 'password'],
    properties: {
      id: { type: 'integer', readOnly: true },
      name: { type: 'string' },
      password: { type: 'string', writeOnly: true },
    },
  };

  it('leave out what the other direction alone has, also where it is required', () => {
    expect(Object.keys(make(account, 1, { direction: 'response' }) as object)).toEqual(['id', 'name']);
    expect(Object.keys(make(account, 1, { direction: 'request' }) as object)).toEqual(['name', 'password']);
  });
});

describe('optional properties', () => {
  const schema: Schema = { type: 'object', properties: { a: true, b: true, c: true, d: true } };

  it('are all there in responses, and there by chance in requests', () => {
    expect(Object.keys(make(schema, 1) as object)).toHaveLength(4);
    const sizes = [1, 2, 3, 4, 5, 6, 7, 8].map(
      (seed) => Object.keys(make(schema, seed, { direction: 'request' }) as object).length,
    );
    expect(new Set(sizes).size).toBeGreaterThan(1);
  });
});
