import { compileCopy, plainCopy } from '../faker/plain-copy.ts';
import { type CallFaker, compileFaker, listOfWish } from '../faker/x-faker.ts';
import type { Make } from '../run.ts';
import type { Leaf } from '../shape/shape.ts';

/**
 * Lets `x-faker` make a whole object or array, or anything where no type is asked for. What it makes is judged; where it does not
 * hold, the place is made as if there were no wish. Texts, numbers and booleans see to their wishes themselves.
 */
export function compileWish(leaf: Leaf, otherwise: Make): Make {
  const wish = leaf.parts.find((part) => part['x-faker'] !== undefined)?.['x-faker'];
  const isOpen = leaf.parts.every((part) => part.type === undefined);
  const mayNest = leaf.kinds.includes('object') || leaf.kinds.includes('array');
  if (wish === undefined || leaf.values !== undefined || !(isOpen || mayNest)) return otherwise;
  const call = compilePlain(wish);
  return (run, random, owner) => {
    const made = run.attempt === 0 ? call(run, random) : undefined;
    const isNested = typeof made === 'object' && made !== null;
    if (made === undefined || !(isOpen || isNested)) return otherwise(run, random, owner);
    run.uncertain = true;
    return made;
  };
}

/** What faker makes, as a copy of our own: the list that it picks from is the document's. */
function compilePlain(wish: unknown): CallFaker {
  const list = listOfWish(wish);
  if (list === undefined) {
    const call = compileFaker(wish);
    return (run, random) => plainCopy(call(run, random));
  }
  const copies = list.map(compileCopy);
  return (_, random) => random.pick(copies)();
}
