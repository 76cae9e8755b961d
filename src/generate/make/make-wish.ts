import { compileFaker } from '../faker/x-faker.ts';
import type { Make } from '../run.ts';
import type { Leaf } from '../shape/shape.ts';
import { setOwn } from './set-own.ts';

/**
 * Lets `x-faker` make a whole object or array, or anything where no type is asked for. What it makes is judged; where it does not
 * hold, the place is made as if there were no wish. Texts, numbers and booleans see to their wishes themselves.
 */
export function compileWish(leaf: Leaf, otherwise: Make): Make {
  const wish = leaf.parts.find((part) => part['x-faker'] !== undefined)?.['x-faker'];
  const isOpen = leaf.parts.every((part) => part.type === undefined);
  const mayNest = leaf.kinds.includes('object') || leaf.kinds.includes('array');
  if (wish === undefined || leaf.values !== undefined || !(isOpen || mayNest)) return otherwise;
  const call = compileFaker(wish);
  return (run, random, owner) => {
    const made = run.attempt === 0 ? call(run, random) : undefined;
    const isNested = typeof made === 'object' && made !== null;
    if (made === undefined || !(isOpen || isNested)) return otherwise(run, random, owner);
    run.uncertain = true;
    return isNested ? plainCopy(made) : made;
  };
}

/** A copy in JSON's own types, because the list that faker picks from is the document's own. */
function plainCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plainCopy);
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) setOwn(copy, key, plainCopy(member));
  return copy;
}
