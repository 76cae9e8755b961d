import { type CharacterSet, characterSet, everyCharacter, overlap } from './character-set.ts';
import { type PatternNode, parsePattern } from './pattern-syntax.ts';

/** A repetition of more than this is looked at as one without end. */
const mostCopies = 8;
/** What is copied out must not be larger than this, or it is looked at as a repetition without end. */
const largestCopy = 64;
/** A loop with more places than this counts as dangerous unseen. */
const mostPositions = 60;

/** From this degree on a pattern is dangerous on texts of any length that matters. */
const dangerousDegree = 4;

/**
 * Whether a pattern can take exponential time, or a high power of the text's length, in a backtracking engine.
 *
 * Never wrong when it says no; where it says yes the pattern may still be harmless.
 */
export function isDangerousPattern(pattern: string): boolean {
  return patternDegree(pattern) >= dangerousDegree;
}

/**
 * The power of the text's length that bounds the time of a failing search; `Infinity` for exponential time, and for what
 * cannot be taken apart.
 *
 * Two things make a backtracking engine slow (Weideman et al., "Analyzing matching time behavior of backtracking regular
 * expression matchers"): a loop that can go over the same text in two ways, and loops one after the other that can share
 * a text between them. The first is exponential, each of the second adds one to the degree.
 */
export function patternDegree(pattern: string): number {
  const node = parsePattern(pattern, isUnicodePattern(pattern));
  if (node === undefined) return Number.POSITIVE_INFINITY;
  // A search tries every place to begin at: a loop over anything before the pattern.
  return degreeOf(node, [{ length: 1, set: everyCharacter }]);
}

/** Whether a pattern compiles with the `u` flag. */
export function isUnicodePattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').unicode;
  } catch {
    return false;
  }
}

/** The end of a chain of loops that can share a text: how many there are, and what the last can go over. */
interface Chain {
  readonly length: number;
  readonly set: CharacterSet;
}

function degreeOf(node: PatternNode, before: readonly Chain[]): number {
  const walk = { degree: Math.max(0, ...before.map((chain) => chain.length)) };
  walkNode(node, before, walk);
  return walk.degree;
}

interface Walk {
  degree: number;
}

/** Goes over a part of the pattern and gives the chains that are alive behind it. */
function walkNode(node: PatternNode, chains: readonly Chain[], walk: Walk): readonly Chain[] {
  switch (node.kind) {
    case 'set':
      return chains.filter((chain) => overlap(chain.set, node.set));
    case 'sequence':
      return node.items.reduce((alive, item) => walkNode(item, alive, walk), chains);
    case 'choice':
      return joined(node.items.flatMap((item) => walkNode(item, chains, walk)));
    case 'edge':
      return node.text === '^' ? [] : chains;
    case 'look':
      // Run anew at each place that the pattern gets to.
      walk.degree = Math.max(walk.degree, longest(chains) + degreeOf(node.item, []));
      return chains;
    case 'back':
      return walkLoop(anything, chains, walk);
    case 'repeat':
      return walkRepeat(node, chains, walk);
  }
}

const anything: PatternNode = { kind: 'set', set: everyCharacter };

function longest(chains: readonly Chain[]): number {
  return Math.max(0, ...chains.map((chain) => chain.length));
}

type Repeat = Extract<PatternNode, { kind: 'repeat' }>;

function walkRepeat(node: Repeat, chains: readonly Chain[], walk: Walk): readonly Chain[] {
  if (node.max === 0) return chains;
  if (!isCopied(node)) {
    const alive = walkLoop(node.item, chains, walk);
    return node.min === 0 ? joined([...chains, ...alive]) : alive;
  }
  let alive = chains;
  for (let copy = 0; copy < node.max; copy += 1) {
    const through = walkNode(node.item, alive, walk);
    alive = copy < node.min ? through : joined([...alive, ...through]);
  }
  return alive;
}

function isCopied({ item, max }: Repeat): boolean {
  return max <= mostCopies && max * sizeOf(item) <= largestCopy;
}

function walkLoop(item: PatternNode, chains: readonly Chain[], walk: Walk): readonly Chain[] {
  const set = alphabet(item);
  const shared = chains.filter((chain) => overlap(chain.set, set));
  const length = longest(shared) + 1;
  const inner = lookDegree(item);
  if (isAmbiguousLoop(item)) walk.degree = Number.POSITIVE_INFINITY;
  walk.degree = Math.max(walk.degree, length + inner);
  return joined([...shared, { length, set }]);
}

/** The longest chain for each set. */
function joined(chains: readonly Chain[]): readonly Chain[] {
  const bySet = new Map<CharacterSet, Chain>();
  for (const chain of chains) {
    const known = bySet.get(chain.set);
    if (known === undefined || known.length < chain.length) bySet.set(chain.set, chain);
  }
  return [...bySet.values()];
}

/** The degree of the look-arounds inside a loop, which are run at each turn. */
function lookDegree(node: PatternNode): number {
  if (node.kind === 'look') return degreeOf(node.item, []);
  return Math.max(0, ...partsOf(node).map(lookDegree));
}

function partsOf(node: PatternNode): readonly PatternNode[] {
  if (node.kind === 'sequence' || node.kind === 'choice') return node.items;
  return node.kind === 'repeat' ? [node.item] : [];
}

function alphabet(node: PatternNode): CharacterSet {
  if (node.kind === 'set') return node.set;
  if (node.kind === 'back') return everyCharacter;
  return characterSet(partsOf(node).flatMap(alphabet));
}

function sizeOf(node: PatternNode): number {
  if (node.kind === 'set' || node.kind === 'back') return 1;
  const size = partsOf(node).reduce((sum, part) => sum + sizeOf(part), 0);
  return node.kind === 'repeat' && isCopied(node) ? size * node.max : size;
}

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

/** Whether a repetition of the item can go over one text in two ways. */
function isAmbiguousLoop(item: PatternNode): boolean {
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
