import { type CharacterSet, characterSet, everyCharacter, overlap } from './character-set.ts';
import { isAmbiguousLoop } from './loop-ambiguity.ts';
import { isCopied, partsOf, type Repeat } from './pattern-copies.ts';
import { type PatternNode, parsePattern } from './pattern-syntax.ts';

/** A longer pattern counts as dangerous unseen. */
const longestPattern = 10_000;

/** From this degree on a pattern is dangerous on texts of any length that matters. */
export const dangerousDegree: number = 4;

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
  const node = pattern.length > longestPattern ? undefined : parsePattern(pattern, isUnicodePattern(pattern));
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
  // Worse than dangerous makes no difference.
  if (walk.degree >= dangerousDegree) return [];
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

function alphabet(node: PatternNode): CharacterSet {
  if (node.kind === 'set') return node.set;
  if (node.kind === 'back') return everyCharacter;
  return characterSet(partsOf(node).flatMap(alphabet));
}
