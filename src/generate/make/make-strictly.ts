import type { Random } from '../../core/index.ts';
import type { Schema } from '../../schema/index.ts';
import { fail, type Make, type Run } from '../run.ts';
import { costOf, isImpossible } from '../shape/analysis.ts';
import { type Alternative, type Conjunction, decide, extend, followed } from '../shape/conjunction.ts';
import { negate } from '../shape/negate.ts';
import { type Shape, shapeFrom } from '../shape/shape.ts';

/** How many opposites are looked at for one branch that must fail. */
const looks = 24;

/**
 * The maker of a place whose branches overlap: it takes one and breaks each of the others in a way that the rest allows.
 * Nothing of it is kept, because there are too many ways. `undefined` where nothing must fail.
 */
export function compileStrictly(shape: Shape, compile: (branch: Shape) => Make): Make | undefined {
  const alternatives = shape.choice?.alternatives ?? [];
  if (alternatives.every(({ avoid }) => avoid.length === 0)) return undefined;
  return (run, random, owner) => {
    const alternative = random.fork(`~strict${run.attempt}`).pick(alternatives);
    const conjunction = breakAll({ run, shape }, alternative, random);
    // The judge overlooks some members by direction, which opposites know nothing of.
    run.uncertain = true;
    if (conjunction === undefined)
      return fail(run, 'no value was found that breaks the other branches', false);
    const value = compile(shapeFrom(conjunction, shape))(run, random, owner);
    run.uncertain = true;
    return value;
  };
}

interface Place {
  readonly run: Run;
  readonly shape: Shape;
}

function breakAll(place: Place, { add, avoid }: Alternative, random: Random): Conjunction | undefined {
  const { shape } = place;
  let conjunction = decide(shape.conjunction, { add, avoid: [] });
  for (const [index, schema] of avoid.entries()) {
    const next = breakOne(place, conjunction, schema, random.fork(`~break${index}`));
    if (next === undefined) return undefined;
    conjunction = next;
  }
  return conjunction;
}

function breakOne(
  { run, shape }: Place,
  conjunction: Conjunction,
  schema: Schema,
  random: Random,
): Conjunction | undefined {
  const target = followed(schema);
  if (typeof target === 'boolean') return target ? undefined : conjunction;
  const isHopeless = (next: Conjunction): boolean => {
    const made = shapeFrom(next, shape);
    run.looks += costOf(made);
    return isImpossible(made);
  };
  if (isHopeless(extend(conjunction, target))) return conjunction;
  const { terms, complete } = negate(target, shape.direction);
  const first = terms.length === 0 ? 0 : random.integer(0, terms.length - 1);
  for (let offset = 0; offset < Math.min(terms.length, looks); offset += 1) {
    const term = terms[(first + offset) % terms.length];
    if (term === undefined) continue;
    const next = extend(conjunction, term);
    if (!isHopeless(next)) return next;
  }
  return complete ? undefined : conjunction;
}
