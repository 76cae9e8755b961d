import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf, isMultiple, leastCommonMultiple, multiply } from '../../src/generate/facts/decimal.ts';
import { independentErrors } from './independent.ts';
import { make } from './make.ts';

describe('exact decimals', () => {
  it('print as the double that they were read from', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(multiply(1n, decimalOf(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it.each([
    [0.1, 0.3, true],
    [0.01, 19.99, true],
    [0.01, 19.995, false],
    [1e-7, 0.0000003, true],
    [3, 1e21, false],
  ])('know the multiples of %d: %d %s', (step, value, want) => {
    expect(isMultiple(value, decimalOf(step))).toBe(want);
  });

  it('have a least common multiple', () => {
    expect(multiply(1n, leastCommonMultiple(decimalOf(0.4), decimalOf(0.6)))).toBe(1.2);
  });
});

describe('numbers', () => {
  it.each([
    { type: 'integer', format: 'int32', minimum: 2_147_483_640 },
    { type: 'integer', format: 'int64' },
    { type: 'integer', minimum: Number.MAX_SAFE_INTEGER },
    { type: 'integer', minimum: 1e300 },
    { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1e-9 },
    { type: 'number', minimum: 0.1, maximum: 0.1 },
    { type: 'number', multipleOf: 0.01, minimum: 0.015, maximum: 0.025 },
    { type: 'number', multipleOf: 0.1, minimum: 1000, maximum: 1001 },
    { type: 'number', minimum: -1e308, maximum: 1e308 },
    { type: 'number', maximum: -1e15 },
    { allOf: [{ multipleOf: 4 }, { multipleOf: 6 }], type: 'integer', minimum: 1, maximum: 12 },
    { type: 'number', not: { type: 'integer' } },
    { type: 'integer', minimum: 1, maximum: 3, not: { enum: [1, 3] } },
    { type: 'integer', minimum: 1, maximum: 4, not: { multipleOf: 2 } },
    { type: 'integer', multipleOf: 1e12 },
    { type: 'number', multipleOf: 1e-10, minimum: 5 },
  ] as const)('%j', (schema) => {
    for (let seed = 0; seed < 40; seed += 1) expect(independentErrors(schema, make(schema, seed))).toBe('');
  });
});
