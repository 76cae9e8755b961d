import type { SchemaObject } from '../../schema/index.ts';
import { type Kind, kindOf } from '../facts/type-set.ts';
import { isImpossible } from './analysis.ts';
import { extend } from './conjunction.ts';
import { assertions } from './negate.ts';
import { type Leaf, type Shape, shapeFrom, shapeOf } from './shape.ts';

const decided = new WeakMap<Shape, boolean>();

/**
 * Whether what is built from a shape with nothing left to choose is valid by construction, what lies below it aside:
 * no schema that must fail could hold by chance, and no object or list would have to be compared or judged as a whole.
 */
export function isCertain(shape: Shape): boolean {
  const known = decided.get(shape);
  if (known !== undefined) return known;
  const certain = shape.leaf !== undefined && isSettled(shape.leaf) && avoidsAll(shape);
  decided.set(shape, certain);
  return certain;
}

/** What is listed, and what is barred, is looked after where scalars are drawn; of objects and lists only the kind is. */
function isSettled(leaf: Leaf): boolean {
  const { values, barred, kinds, parts } = leaf;
  if (values === undefined)
    return !barred.some((value) => isObjectOrList(value) && kinds.some((kind) => kind === kindOf(value)));
  if (values.some(isObjectOrList)) return parts.every(saysNoMoreThanItLists);
  return parts.every((part) => part.format === undefined);
}

function isObjectOrList(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

const listing: ReadonlySet<string> = new Set(['type', 'enum', 'const']);

function saysNoMoreThanItLists(part: SchemaObject): boolean {
  return assertions(part).every((keyword) => listing.has(keyword));
}

/**
 * What must fail is taken out first: beside it nothing could hold, whatever the rest says. All of it is taken out, as two
 * schemas that say the same would each be impossible only because the other must fail, though one value meets both.
 */
function avoidsAll(shape: Shape): boolean {
  const alone = { ...shape.conjunction, avoid: [] };
  return shape.conjunction.avoid.every((schema) => isImpossible(shapeFrom(extend(alone, schema), shape)));
}

const visitLimit = 20_000;

/** Shapes from which nothing can be reached that is not proven. */
const proven = new WeakSet<Shape>();

/** Whether everything that a generator of this shape could build, at any depth, is valid by construction. */
export function isProven(shape: Shape): boolean {
  const seen = new Set<Shape>();
  const waiting = [shape];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next) || proven.has(next) || isImpossible(next)) continue;
    seen.add(next);
    if (seen.size > visitLimit) return false;
    const below = next.leaf === undefined ? usualBranches(next) : provenBelow(next, next.leaf);
    if (below === undefined) return false;
    waiting.push(...below);
  }
  for (const one of seen) proven.add(one);
  return true;
}

/** The shapes below one that is itself proven; `undefined` for one that is not. */
function provenBelow(shape: Shape, leaf: Leaf): readonly Shape[] | undefined {
  return isCertain(shape) && isCertainByKind(leaf) ? shapesBelow(shape, leaf) : undefined;
}

function usualBranches(shape: Shape): Shape[] | undefined {
  const alternatives = shape.choice?.alternatives ?? [];
  const usual = shape.branches.filter((_, index) => {
    return alternatives[index]?.spare !== true;
  });
  const possible = usual.map((branch) => branch()).filter((branch) => !isImpossible(branch));
  // No judge looks at the names of a family, so what is made without them is as certain.
  if (shape.choice?.keyword === 'family')
    possible.push(...shape.branches.slice(-1).map((branch) => branch()));
  return possible.length === 0 ? undefined : possible;
}

function isCertainByKind(leaf: Leaf): boolean {
  if (leaf.values !== undefined) return true;
  return leaf.kinds.every((kind) => isCertainKind(leaf, kind));
}

function isCertainKind(leaf: Leaf, kind: Kind): boolean {
  switch (kind) {
    case 'string': {
      const { formats, patterns } = leaf.string();
      const hasWish = leaf.parts.some((part) => part['x-faker'] !== undefined);
      return formats.length === 0 || (formats.length === 1 && patterns.length === 0 && !hasWish);
    }
    case 'integer':
    case 'fraction':
      return leaf.number(kind).notMultiples.length === 0;
    case 'array':
      return leaf.array().contains.every(({ most }) => most === Number.POSITIVE_INFINITY);
    default:
      return true;
  }
}

function shapesBelow(shape: Shape, leaf: Leaf): Shape[] {
  const below: Shape[] = [];
  if (leaf.values !== undefined) return below;
  if (leaf.kinds.includes('array')) {
    const facts = leaf.array();
    for (let index = 0; index <= Math.min(facts.rest, 1_000); index += 1)
      below.push(shapeOf(facts.schemasAt(index), shape.direction));
    for (const contained of facts.contains)
      below.push(shapeOf(facts.schemasAt(facts.rest, contained), shape.direction));
  }
  if (leaf.kinds.includes('object')) {
    const facts = leaf.object();
    for (const member of facts.members) below.push(shapeOf(member.schemas, shape.direction));
    below.push(shapeOf(facts.schemasFor('~any other'), shape.direction));
  }
  return below;
}
