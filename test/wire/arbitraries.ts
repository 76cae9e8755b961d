import fc from 'fast-check';
import type { Schema } from '../../src/schema/index.ts';

/** Plain words as often as anything: a style that carries few characters must be seen carrying some. */
const words: fc.Arbitrary<string> = fc.stringMatching(/^[a-z]{1,8}$/);
const texts: fc.Arbitrary<string> = fc.oneof(words, fc.string({ unit: 'binary' }));

/** Schemas of one type of scalar, each with the values that it takes. */
export const scalars: Readonly<Record<string, { schema: Schema; values: fc.Arbitrary<unknown> }>> = {
  string: { schema: { type: 'string' }, values: texts },
  integer: { schema: { type: 'integer' }, values: fc.maxSafeInteger() },
  number: { schema: { type: 'number' }, values: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  boolean: { schema: { type: 'boolean' }, values: fc.boolean() },
  'integer or null': {
    schema: { type: ['integer', 'null'] },
    values: fc.option(fc.integer()),
  },
};

/** Names of members, the dangerous ones among them. */
export const names: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: words, weight: 4 },
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'a b', 'a.b', 'a,b', 'a=b', 'a&b', 'a[b]', 'ä'),
);

/** An object with own members, `__proto__` among them. */
export function record(
  values: fc.Arbitrary<unknown>,
  keys: fc.Arbitrary<string> = names,
): fc.Arbitrary<object> {
  const plain = fc.dictionary(words, values, { minKeys: 1, maxKeys: 2 }).map((made) => ({ ...made }));
  const any = fc
    .uniqueArray(fc.tuple(keys, values), { minLength: 1, maxLength: 5, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries));
  return fc.oneof(plain, any);
}
