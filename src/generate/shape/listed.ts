import { isMultiple } from '../facts/decimal.ts';
import { keepsNumberFacts, type NumberFacts } from '../facts/number-facts.ts';
import { compileTest } from '../facts/pattern-test.ts';
import { kindOf } from '../facts/type-set.ts';
import { lengthOf } from '../text/length.ts';
import type { Leaf } from './shape.ts';

/**
 * Whether a scalar keeps the keywords for its kind (bounds, lengths, patterns; not formats). Lists and objects are taken
 * to keep them: the judge looks at those.
 */
export function holdsForScalar(leaf: Leaf, value: unknown): boolean {
  const kind = kindOf(value);
  if (kind === undefined || !leaf.kinds.includes(kind)) return false;
  if (kind === 'integer' || kind === 'fraction')
    return typeof value === 'number' && holdsForNumber(leaf.number(kind), value);
  return kind !== 'string' || typeof value !== 'string' || holdsForText(leaf, value);
}

function holdsForNumber(facts: NumberFacts, value: number): boolean {
  if (!keepsNumberFacts({ ...facts, multiples: [] }, value)) return false;
  return facts.step === undefined || isMultiple(value, facts.step);
}

function holdsForText(leaf: Leaf, value: string): boolean {
  const { minLength, maxLength, patterns, notPatterns } = leaf.string();
  const length = lengthOf(value);
  if (length < minLength || length > maxLength) return false;
  return (
    patterns.every((pattern) => compileTest(pattern)(value)) &&
    !notPatterns.some((pattern) => compileTest(pattern)(value))
  );
}
