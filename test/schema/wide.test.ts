import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSchema, type Schema, type SchemaObject } from '../../src/schema/index.ts';
import { compileRefusal } from '../../src/schema/refusal.ts';
import { arbitrarySchema } from '../generate/arbitrary-schema.ts';
import { anyValue } from './json-arbitraries.ts';

const nobody: ReadonlySet<string> = new Set();

function refuses(schema: Schema, value: unknown): boolean {
  return compileRefusal(schema, { direction: 'request', form: 'full', unwanted: nobody })(value);
}

describe('what is refused at a glance', () => {
  it('is never valid, whatever the schema', () => {
    let refused = 0;
    fc.assert(
      fc.property(arbitrarySchema, anyValue, (schema, value) => {
        if (!refuses(schema, value)) return;
        refused += 1;
        expect(compileSchema(schema, { direction: 'request' }).isValid(value)).toBe(false);
      }),
      { numRuns: Number(process.env.APIDOUBLE_RUNS ?? 400), seed: 6 },
    );
    expect(refused).toBeGreaterThan(40);
  });

  const card: SchemaObject = {
    type: 'object',
    required: ['kind', 'id'],
    properties: { kind: { enum: ['a', 'b'] }, id: { type: 'string', readOnly: true } },
  };

  it.each<[string, Schema, unknown, boolean]>([
    ['a required property that is missing', card, {}, true],
    ['another tag', card, { kind: 'c' }, true],
    ['a tag of an allOf', { allOf: [card] }, { kind: 'c' }, true],
    ['a value that is no object', card, 'a', true],
    ['one of the listed tags, whatever the rest', card, { kind: 'a', id: 1 }, false],
    ['a property that a request need not have', card, { kind: 'b' }, false],
    ['no object where any type will do', { required: ['a'] }, 'a', false],
    ['a tag with members', { required: ['a'], properties: { a: { const: {} } } }, { a: {} }, false],
  ])('%s', (_, schema, value, want) => {
    expect(refuses(schema, value)).toBe(want);
  });
});

/** As many branches as no one writes by hand: each with its own tag. */
const count = 2_000;
const branches: readonly Schema[] = Array.from({ length: count }, (_, index) => ({
  type: 'object',
  required: ['kind'],
  properties: { kind: { const: `k${index}` }, [`a${index}`]: { type: 'string' } },
}));

describe.each(['oneOf', 'anyOf'] as const)('a very wide %s', (keyword) => {
  const validator = compileSchema({ [keyword]: branches });

  it.each<[string, unknown, boolean]>([
    ['the last branch', { kind: 'k1999', a1999: 'x' }, true],
    ['a branch that the rest of the value breaks', { kind: 'k7', a7: 1 }, false],
    ['no branch', { kind: 'other' }, false],
    ['no object', 'k7', false],
  ])('judges a value for %s', (_, value, want) => {
    expect(validator.isValid(value)).toBe(want);
    expect(validator.validate(value).length > 0).toBe(!want);
  });

  it('names the branch that was meant, though it stands far behind', () => {
    const [, second] = validator.validate({ kind: 'k1500', a1500: 5 });
    expect(second?.message).toBe('a1500 must be a string, not a number');
  });
});

describe('a schema with thousands of parts', () => {
  const names = Array.from({ length: 3_000 }, (_, index) => `p${index}`);
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  const valid = Object.fromEntries(names.map((name) => [name, 'x']));

  it.each<[string, Schema]>([
    ['properties', { type: 'object', required: names, properties }],
    [
      'an allOf',
      { allOf: names.map((name) => ({ required: [name], properties: { [name]: { type: 'string' } } })) },
    ],
  ])('%s: is judged', (_, schema) => {
    const validator = compileSchema(schema);
    expect(validator.isValid(valid)).toBe(true);
    expect(validator.isValid({ ...valid, p2999: 1 })).toBe(false);
    expect(validator.validate({ ...valid, p2999: 1 }).map(({ pointer }) => pointer)).toEqual(['/p2999']);
  });

  it('dependentSchemas: is judged', () => {
    const dependentSchemas = Object.fromEntries(
      names.map((name) => [name, { properties: { also: { const: name } } }]),
    );
    const validator = compileSchema({ type: 'object', dependentSchemas });
    expect(validator.isValid({ p2999: 1, also: 'p2999' })).toBe(true);
    expect(validator.isValid({ p2999: 1, also: 'p1' })).toBe(false);
  });
});
