import { type CharacterSet, everyCharacter, overlap } from './character-set.ts';
import { isCopied, type Repeat, sizeOf } from './pattern-copies.ts';
import type { PatternNode } from './pattern-syntax.ts';

/** A loop with more places than this counts as ambiguous unseen. */
const mostPositions = 60;

/** How many ways lead to a position, up to "several": 2. */
type Ways = ReadonlyMap<number, number>;

/** A part of a loop as an automaton without empty moves: its positions, and the ways from one to the next. */
interface Automaton {
  readonly first: Ways;
  readonly last: Ways;
  /** How many ways there are to match nothing. */
  readonly empty: number;
}

interface Positions {
  readonly sets: CharacterSet[];
  readonly follow: Map<number, number>[];
}

const noWays: Ways = new Map();
const several = 2;

/** Whether a repetition of the item, without end, can go over one text in two ways. Never wrong when it says no. */
export function isAmbiguousLoop(item: PatternNode): boolean {
  if (sizeOf(item) > mostPositions) return true;
  const positions: Positions = { sets: [], follow: [] };
  const body = automaton(item, positions);
  connect(body.last, body.first, positions);
  return hasTwoWays(positions);
}

function connect(from: Ways, to: Ways, { follow }: Positions): void {
  for (const [left, leftWays] of from) {
    for (const [right, rightWays] of to) {
      const ways = (follow[left]?.get(right) ?? 0) + leftWays * rightWays;
      follow[left]?.set(right, Math.min(several, ways));
    }
  }
}

function plus(left: Ways, right: Ways, times = 1): Ways {
  if (times === 0) return left;
  const sum = new Map(left);
  for (const [position, ways] of right) {
    sum.set(position, Math.min(several, (sum.get(position) ?? 0) + ways * times));
  }
  return sum;
}

function automaton(node: PatternNode, positions: Positions): Automaton {
  switch (node.kind) {
    case 'set':
      return position(node.set, positions);
    case 'back':
      return loop(position(everyCharacter, positions), 0, positions);
    case 'edge':
    case 'look':
      return { first: noWays, last: noWays, empty: 1 };
    case 'sequence':
      return node.items
        .map((item) => automaton(item, positions))
        .reduce((left, right) => inRow(left, right, positions), { first: noWays, last: noWays, empty: 1 });
    case 'choice':
      return node.items.map((item) => automaton(item, positions)).reduce(either);
    case 'repeat':
      return repeated(node, positions);
  }
}

function position(set: CharacterSet, positions: Positions): Automaton {
  const index = positions.sets.push(set) - 1;
  positions.follow.push(new Map());
  const ways: Ways = new Map([[index, 1]]);
  return { first: ways, last: ways, empty: 0 };
}

function inRow(left: Automaton, right: Automaton, positions: Positions): Automaton {
  connect(left.last, right.first, positions);
  return {
    first: plus(left.first, right.first, left.empty),
    last: plus(right.last, left.last, right.empty),
    empty: Math.min(several, left.empty * right.empty),
  };
}

function either(left: Automaton, right: Automaton): Automaton {
  return {
    first: plus(left.first, right.first),
    last: plus(left.last, right.last),
    empty: Math.min(several, left.empty + right.empty),
  };
}

function loop(body: Automaton, min: number, positions: Positions): Automaton {
  connect(body.last, body.first, positions);
  return { ...body, empty: min === 0 ? 1 : body.empty };
}

function repeated(node: Repeat, positions: Positions): Automaton {
  let result: Automaton = { first: noWays, last: noWays, empty: 1 };
  if (node.max === 0) return result;
  if (!isCopied(node)) return loop(automaton(node.item, positions), node.min, positions);
  for (let copy = 0; copy < node.max; copy += 1) {
    const one = automaton(node.item, positions);
    // A turn that is optional and matches nothing is not taken.
    result = inRow(result, copy < node.min ? one : { ...one, empty: 1 }, positions);
  }
  return result;
}

/**
 * Whether two different ways of one text lead from a position back to one: two walkers that start together, part and meet.
 * All positions of a loop lead to each other, so any start and any end will do.
 */
function hasTwoWays({ sets, follow }: Positions): boolean {
  if (follow.some((next) => [...next.values()].some((ways) => ways >= several))) return true;
  const count = sets.length;
  const successors = pairMoves({ sets, follow });
  const parted = reach(
    Array.from({ length: count }, (_, index) => index * count + index),
    (pair) => successors.get(pair) ?? [],
  );
  const predecessors = reversed(successors);
  const meeting = reach(
    Array.from({ length: count }, (_, index) => index * count + index),
    (pair) => predecessors.get(pair) ?? [],
  );
  for (const pair of parted) {
    if (Math.floor(pair / count) !== pair % count && meeting.has(pair)) return true;
  }
  return false;
}

/** From each pair of positions the pairs that one character leads to. */
function pairMoves({ sets, follow }: Positions): Map<number, number[]> {
  const count = sets.length;
  const moves = new Map<number, number[]>();
  for (let left = 0; left < count; left += 1) {
    for (let right = 0; right < count; right += 1) {
      const next: number[] = [];
      for (const one of follow[left]?.keys() ?? []) {
        for (const other of follow[right]?.keys() ?? []) {
          if (overlap(sets[one] ?? [], sets[other] ?? [])) next.push(one * count + other);
        }
      }
      moves.set(left * count + right, next);
    }
  }
  return moves;
}

function reversed(moves: ReadonlyMap<number, readonly number[]>): Map<number, number[]> {
  const result = new Map<number, number[]>();
  for (const [from, next] of moves) {
    for (const to of next) {
      const sources = result.get(to);
      if (sources === undefined) result.set(to, [from]);
      else sources.push(from);
    }
  }
  return result;
}

function reach(starts: readonly number[], next: (pair: number) => readonly number[]): Set<number> {
  const seen = new Set(starts);
  const waiting = [...starts];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    for (const to of next(pair)) {
      if (seen.has(to)) continue;
      seen.add(to);
      waiting.push(to);
    }
  }
  return seen;
}
