import { registerSchema, unregisterSchema, validate } from '@hyperjump/json-schema/draft-2020-12';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSchema } from '../../src/schema/index.ts';
import { toGraph } from './graph.ts';
import { anySchema, anyValue, type Json } from './json-arbitraries.ts';

const runs = Number(process.env.APIDOUBLE_RUNS ?? 1_000);
const dialect = 'https://json-schema.org/draft/2020-12/schema';
const uri = 'https://example.com/schema';

/** The verdict of the reference engine on each value. */
async function reference(schema: { [key: string]: Json }, values: readonly Json[]): Promise<boolean[]> {
  registerSchema(schema, uri, dialect);
  try {
    const judge = await validate(uri);
    return values.map((value) => judge(value).valid);
  } finally {
    unregisterSchema(uri);
  }
}

/** Where the two differ on purpose, with the reason. The generated cases keep clear of these. */
const differences: readonly {
  reason: string;
  schema: { [key: string]: Json };
  value: Json;
  ours: boolean;
}[] = [
  {
    reason: 'the reference asserts no format; OpenAPI users mean them',
    schema: { format: 'uuid' },
    value: 'x',
    ours: false,
  },
  {
    reason: 'the reference divides doubles and forgives small remainders; we reckon in decimals',
    schema: { multipleOf: 0.01 },
    value: 2 ** 53,
    ours: true,
  },
  {
    reason: 'the same, of a negative number',
    schema: { multipleOf: 0.01 },
    value: -1,
    ours: true,
  },
  {
    reason: 'the same: 1e-8 is not a multiple of 1',
    schema: { multipleOf: 1 },
    value: 1e-8,
    ours: false,
  },
];

describe('our verdict and that of an independent engine', () => {
  it.each(differences)('differ on $schema and $value: $reason', async ({ schema, value, ours }) => {
    expect(compileSchema(toGraph(schema)).isValid(value)).toBe(ours);
    expect(await reference(schema, [value])).toEqual([!ours]);
  });

  it('are the same for every schema and value', async () => {
    let valid = 0;
    let judged = 0;
    await fc.assert(
      fc.asyncProperty(
        anySchema,
        fc.array(anyValue, { minLength: 4, maxLength: 8 }),
        async (schema, values) => {
          const expected = await reference(schema, values);
          const validator = compileSchema(toGraph(schema));
          const verdicts = values.map((value) => validator.isValid(value));
          const reported = values.map((value) => validator.validate(value).length === 0);
          judged += values.length;
          valid += expected.filter(Boolean).length;
          expect({ verdicts, reported }).toEqual({ verdicts: expected, reported: expected });
        },
      ),
      { numRuns: runs },
    );
    // A test of one kind of value would prove little.
    expect(valid / judged).toBeGreaterThan(0.1);
    expect(valid / judged).toBeLessThan(0.9);
  }, 600_000);
});
