import type { ArrayFacts, Containing } from '../facts/array-facts.ts';
import type { ObjectFacts } from '../facts/object-facts.ts';
import type { Kind } from '../facts/type-set.ts';
import { meetsWhatItAvoids } from './always-holds.ts';
import { holdsForScalar } from './listed.ts';
import { type Leaf, type Shape, shapeOf } from './shape.ts';

/** How much one question may visit, in shapes and (an eighth each) the schemas in them; past that the answer is "perhaps". */
const visitLimit = 5_000;

interface Visit {
  left: number;
  readonly open: Set<Shape>;
  /** Whether the answer so far rests on a shape that is still being looked at. */
  leaned: boolean;
}

/**
 * How many levels the shallowest value has below it: 0 for a scalar, `Infinity` where it is certain that no value (or only
 * an endless one) exists. Decides where a recursive value stops.
 */
export function depthOf(shape: Shape): number {
  if (shape.depth !== undefined) return shape.depth;
  return visitShape(shape, { left: visitLimit, open: new Set(), leaned: false });
}

/** How much is looked at to know a shape's depth: the same whether that was done before or not. */
export function costOf(shape: Shape): number {
  depthOf(shape);
  return shape.depth === undefined ? visitLimit : shape.cost;
}

/** Whether it is certain that no value satisfies the shape. */
export function isImpossible(shape: Shape): boolean {
  return depthOf(shape) === Number.POSITIVE_INFINITY;
}

/** Whether it is certain that a shape with nothing left to choose has no value of a kind. */
export function isKindImpossible(shape: Shape, leaf: Leaf, kind: Kind): boolean {
  const visit = { left: visitLimit, open: new Set<Shape>(), leaned: false };
  return depthOfKind(shape, leaf, kind, visit) === Number.POSITIVE_INFINITY;
}

function visitShape(shape: Shape, visit: Visit): number {
  if (shape.depth !== undefined) return recall(shape, shape.depth, visit);
  if (visit.open.has(shape)) {
    visit.leaned = true;
    return Number.POSITIVE_INFINITY;
  }
  const leftBefore = visit.left;
  visit.left -= 1 + ((shape.conjunction.parts.length + shape.conjunction.avoid.length) >> 3);
  if (visit.left <= 0) return 1;
  const leanedBefore = visit.leaned;
  visit.leaned = false;
  visit.open.add(shape);
  const depth = shape.leaf === undefined ? visitBranches(shape, visit) : visitLeaf(shape, shape.leaf, visit);
  visit.open.delete(shape);
  const isFinal = !visit.leaned || visit.open.size === 0;
  if (isFinal && visit.left > 0) {
    shape.depth = depth;
    shape.cost = leftBefore - visit.left;
  }
  visit.leaned ||= leanedBefore;
  return depth;
}

function recall(shape: Shape, depth: number, visit: Visit): number {
  visit.left -= shape.cost;
  return visit.left <= 0 ? 1 : depth;
}

function visitBranches(shape: Shape, visit: Visit): number {
  let least = Number.POSITIVE_INFINITY;
  for (const branch of shape.branches) {
    least = Math.min(least, visitShape(branch(), visit));
    if (least <= 1) return least;
  }
  return least;
}

function visitLeaf(shape: Shape, leaf: Leaf, visit: Visit): number {
  if (meetsWhatItAvoids(shape)) return Number.POSITIVE_INFINITY;
  if (leaf.values !== undefined)
    return leaf.values.some((value) => holdsForScalar(leaf, value)) ? 0 : Infinity;
  let least = Number.POSITIVE_INFINITY;
  for (const kind of [...leaf.kinds].sort((one, other) => cost(one) - cost(other))) {
    least = Math.min(least, depthOfKind(shape, leaf, kind, visit));
    if (least === 0) return 0;
  }
  return least;
}

function cost(kind: Kind): number {
  if (kind === 'object') return 2;
  return kind === 'array' ? 1 : 0;
}

function depthOfKind(shape: Shape, leaf: Leaf, kind: Kind, visit: Visit): number {
  switch (kind) {
    case 'null':
      return leaf.barred.includes(null) ? Number.POSITIVE_INFINITY : 0;
    case 'boolean':
      return leaf.barred.includes(true) && leaf.barred.includes(false) ? Number.POSITIVE_INFINITY : 0;
    case 'integer':
    case 'fraction':
      return depthOfNumber(leaf, kind);
    case 'string':
      return leaf.string().impossible === undefined ? 0 : Number.POSITIVE_INFINITY;
    case 'array':
      return depthOfArray(shape, leaf.array(), visit);
    case 'object':
      return depthOfObject(shape, leaf.object(), visit);
  }
}

function depthOfNumber(leaf: Leaf, kind: 'integer' | 'fraction'): number {
  return leaf.number(kind).impossible === undefined ? 0 : Number.POSITIVE_INFINITY;
}

function depthOfArray(shape: Shape, facts: ArrayFacts, visit: Visit): number {
  if (facts.impossible !== undefined) return Number.POSITIVE_INFINITY;
  if (!hasEnoughDifferent(shape, facts)) return Number.POSITIVE_INFINITY;
  const needed = Math.min(facts.minItems, facts.rest + 1);
  let deepest = 0;
  for (let index = 0; index < needed; index += 1) {
    const item = shapeOf(facts.schemasAt(index), shape.direction);
    const own = visitShape(item, visit);
    if (own === Number.POSITIVE_INFINITY && !couldBeMatched(facts)) return own;
    deepest = Math.max(deepest, own === Number.POSITIVE_INFINITY ? 1 : own + 1);
  }
  for (const contained of facts.contains) {
    if (contained.least > 0) deepest = Math.max(deepest, depthOfContained(shape, facts, contained, visit));
  }
  return deepest;
}

/** Whether as many different items exist as `minItems` and `uniqueItems` together want. */
function hasEnoughDifferent(shape: Shape, facts: ArrayFacts): boolean {
  if (!facts.uniqueItems || facts.minItems < 2 || facts.rest > 0 || facts.contains.length > 0) return true;
  return countValues(shapeOf(facts.schemasAt(0), shape.direction), 3) >= facts.minItems;
}

/** How many values a shape has at most. */
function countValues(shape: Shape, depth: number): number {
  const { leaf } = shape;
  if (depth === 0) return Number.POSITIVE_INFINITY;
  if (leaf?.values !== undefined) return leaf.values.length;
  if (leaf !== undefined) return leaf.kinds.reduce((sum, kind) => sum + countOfKind(leaf, kind), 0);
  return shape.branches.reduce((sum, branch) => sum + countValues(branch(), depth - 1), 0);
}

function countOfKind(leaf: Leaf, kind: Kind): number {
  if (kind === 'null') return 1;
  if (kind === 'boolean') return 2;
  if (kind !== 'integer') return Number.POSITIVE_INFINITY;
  const { minimum, maximum } = leaf.number(kind);
  return Math.floor(maximum) - Math.ceil(minimum) + 1;
}

function depthOfContained(shape: Shape, facts: ArrayFacts, contained: Containing, visit: Visit): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = facts.rest; index >= 0; index -= 1) {
    if (index >= facts.maxItems) continue;
    const item = shapeOf(facts.schemasAt(index, contained), shape.direction);
    least = Math.min(least, visitShape(item, visit) + 1);
    if (least <= 1) break;
  }
  return least;
}

/** Items made for a `contains` escape `unevaluatedItems`. */
function couldBeMatched(facts: ArrayFacts): boolean {
  return facts.contains.length > 0;
}

function depthOfObject(shape: Shape, facts: ObjectFacts, visit: Visit): number {
  if (facts.impossible !== undefined) return Number.POSITIVE_INFINITY;
  let deepest = 0;
  for (const member of facts.members) {
    if (!member.required) continue;
    deepest = Math.max(deepest, visitShape(shapeOf(member.schemas, shape.direction), visit) + 1);
    if (deepest === Number.POSITIVE_INFINITY) return deepest;
  }
  return holdsEnough(shape, facts, visit) ? deepest : Number.POSITIVE_INFINITY;
}

/** Whether as many properties as `minProperties` wants can be there at all. */
function holdsEnough(shape: Shape, facts: ObjectFacts, visit: Visit): boolean {
  if (facts.minProperties === 0 || facts.patterns.length > 0) return true;
  let count = 0;
  for (const member of facts.members) {
    const isPossible =
      facts.allowsName(member.name) && canBe(shapeOf(member.schemas, shape.direction), visit);
    if (isPossible) count += 1;
    if (count >= facts.minProperties) return true;
  }
  return canBe(shapeOf(facts.schemasFor('~any other'), shape.direction), visit);
}

/** A member that is still being looked at may turn out to be possible. */
function canBe(shape: Shape, visit: Visit): boolean {
  return visit.open.has(shape) || visitShape(shape, visit) !== Number.POSITIVE_INFINITY;
}
