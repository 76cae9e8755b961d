import type { SchemaObject } from '../../schema/index.ts';
import { type Breach, breach, type Candidates } from './breach.ts';

/** Numbers beyond their bounds, and between the steps. */
export function numberBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const step = owner.multipleOf ?? 1;
  const add = (keyword: keyof SchemaObject, words: string, values: readonly number[]): void => {
    found.push(breach(owner, keyword, { words, candidates: () => values }));
  };
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = owner;
  if (typeof minimum === 'number') add('minimum', `a number below ${minimum}`, [minimum - step, minimum - 1]);
  if (typeof maximum === 'number') add('maximum', `a number above ${maximum}`, [maximum + step, maximum + 1]);
  if (typeof exclusiveMinimum === 'number') {
    add('exclusiveMinimum', `${exclusiveMinimum} itself`, [exclusiveMinimum, exclusiveMinimum - 1]);
  }
  if (typeof exclusiveMaximum === 'number') {
    add('exclusiveMaximum', `${exclusiveMaximum} itself`, [exclusiveMaximum, exclusiveMaximum + 1]);
  }
  if (typeof multipleOf === 'number') {
    const candidates: Candidates = (value) => {
      const base = typeof value === 'number' ? value : multipleOf;
      return multipleOf === 1 ? [base + 0.5] : [base + multipleOf / 2, base + 1, base - multipleOf / 2];
    };
    found.push(breach(owner, 'multipleOf', { words: `no multiple of ${multipleOf}`, candidates }));
  }
  return found;
}
