import type { Kind } from '../facts/type-set.ts';
import { isImpossible } from './analysis.ts';
import { extend } from './conjunction.ts';
import { type Leaf, type Shape, shapeFrom, shapeOf } from './shape.ts';

const decided = new WeakMap<Shape, boolean>();

/**
 * Whether what is built from a shape with nothing left to choose is valid by construction, what lies below it aside:
 * no schema that must fail could hold by chance, and no listed object would have to be judged.
 */
export function isCertain(shape: Shape): boolean {
  const known = decided.get(shape);
  if (known !== undefined) return known;
  const certain = shape.leaf !== undefined && listsOnlyScalars(shape.leaf) && avoidsAll(shape);
  decided.set(shape, certain);
  return certain;
}

function listsOnlyScalars(leaf: Leaf): boolean {
  if (leaf.values === undefined) return true;
  if (leaf.values.some((value) => typeof value === 'object' && value !== null))
    return leaf.parts.length === 1;
  return leaf.parts.every((part) => part.format === undefined);
}

/** What must fail is taken out first: beside it nothing could hold, whatever the rest says. */
function avoidsAll(shape: Shape): boolean {
  const { conjunction } = shape;
  return conjunction.avoid.every((schema) => {
    const rest = conjunction.avoid.filter((other) => other !== schema);
    return isImpossible(shapeFrom(extend({ ...conjunction, avoid: rest }, schema), shape));
  });
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
