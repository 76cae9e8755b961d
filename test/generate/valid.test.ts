import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, isApidoubleError } from '../../src/core/index.ts';
import { compileGenerator } from '../../src/generate/index.ts';
import { compileSchema, type Schema } from '../../src/schema/index.ts';
import { arbitrarySchema } from './arbitrary-schema.ts';
import { independentErrors } from './independent.ts';

const now = Date.parse('2024-01-01T00:00:00Z');

function tryGenerate(schema: Schema, seed: string): { value: unknown } | undefined {
  const generator = compileGenerator(schema, { direction: 'response', source: 'faker' });
  try {
    return { value: generator.generate({ random: createRandom(seed), now }) };
  } catch (error) {
    if (isApidoubleError(error) && error.code === 'ERR_SCHEMA_UNSATISFIABLE') return undefined;
    throw error;
  }
}

describe('every generated value', () => {
  it('is valid for an engine that is not ours, whatever the schema', () => {
    let made = 0;
    fc.assert(
      fc.property(arbitrarySchema, fc.string(), (schema, seed) => {
        const result = tryGenerate(schema, seed);
        if (result === undefined) return;
        made += 1;
        expect(independentErrors(schema, result.value)).toBe('');
        expect(compileSchema(schema).validate(result.value)).toEqual([]);
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(made).toBeGreaterThan(100);
  });
});

describe('a schema with hundreds of dependent schemas', () => {
  const names = Array.from({ length: 300 }, (_, index) => `p${index}`);
  const schema: Schema = {
    type: 'object',
    required: ['p3', 'p244'],
    dependentSchemas: Object.fromEntries(
      names.map((name) => [name, { required: [`${name}-too`], properties: { [name]: { const: 1 } } }]),
    ),
  };

  it.each(['a', 'b', 'c'])(
    'has a value with what it requires, and with what that brings along (%s)',
    (seed) => {
      const { value } = tryGenerate(schema, seed) ?? {};
      expect(value).toMatchObject({ p3: 1, 'p3-too': expect.anything(), p244: 1 });
      expect(independentErrors(schema, value)).toBe('');
    },
  );
});
