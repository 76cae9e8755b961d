import type { ApiOperation } from '../document/index.ts';
import { basePathsOf } from './base-paths.ts';
import type { Trees } from './grow.ts';
import { methodsOf, templateOf } from './leaf.ts';
import type { Node } from './node.ts';
import type { NearestPath } from './route-match.ts';
import { textDistance } from './text-distance.ts';

/** Segments of a request that are looked at. */
const longestPath = 40;

/** Comparisons of segments that one answer may cost. */
const mostComparisons = 5000;

/** A value where the document has a variable: a little worse than the very text. */
const variableCost = 0.05;

/** A template in the making, with how far it is from the path. */
interface Guess {
  readonly node: Node;
  /** Segments of the path that are used up. */
  readonly used: number;
  readonly cost: number;
  readonly reason: string;
}

interface Best {
  cost: number;
  node: Node | undefined;
  reason: string;
  comparisons: number;
}

/**
 * Makes the function that names the path of the document which is nearest to one that was not found: the fewest segments
 * added, left out or written otherwise. It looks at a bounded number of them, so in a huge document it may miss the nearest.
 */
export function createNearest(
  trees: Trees,
  operations: readonly ApiOperation[],
): (path: string) => NearestPath | undefined {
  const server = operations[0]?.servers[0];
  const base = server === undefined ? '' : (basePathsOf(server)[0]?.text ?? '');
  const baseSegments = segmentsOf(base);
  return (path) => {
    const segments = segmentsOf(path);
    const best: Best = { cost: Number.POSITIVE_INFINITY, node: undefined, reason: '', comparisons: 0 };
    const skipped = skipBase(segments, baseSegments);
    explore(
      { node: trees.all, used: skipped.used, cost: skipped.cost, reason: skipped.reason },
      segments,
      best,
    );
    if (skipped.used > 0 && best.cost > 1)
      explore({ node: trees.all, used: 0, cost: 0, reason: '' }, segments, best);
    const leaf = best.node?.leaf;
    if (leaf === undefined) return undefined;
    return { path: base + templateOf(leaf), methods: methodsOf([leaf]), reason: best.reason };
  };
}

function segmentsOf(path: string): readonly string[] {
  return path
    .split('/', 2 * longestPath)
    .filter((segment) => segment !== '')
    .slice(0, longestPath);
}

/** As many segments as the base path has are held against it, where the first of them is like its first. */
function skipBase(
  segments: readonly string[],
  base: readonly string[],
): { readonly used: number; readonly cost: number; readonly reason: string } {
  let cost = 0;
  let reason = '';
  for (const [index, wanted] of base.entries()) {
    const segment = segments[index];
    const distance = segment === undefined ? 1 : textDistance(segment, wanted);
    if (segment === undefined || (index === 0 && distance > 0.5)) return { used: 0, cost: 0, reason: '' };
    cost += distance;
    if (distance > 0 && reason === '') reason = `"${segment}" is written "${wanted}"`;
  }
  return { used: base.length, cost, reason };
}

/** Goes down the tree, the likeliest way first, and turns back where nothing better can come. */
function explore(guess: Guess, segments: readonly string[], best: Best): void {
  if (guess.cost >= best.cost || best.comparisons > mostComparisons) return;
  const left = segments.length - guess.used;
  if (guess.node.leaf !== undefined && guess.cost + left < best.cost) {
    const extra = segments[guess.used];
    best.cost = guess.cost + left;
    best.node = guess.node;
    best.reason = guess.reason || (extra === undefined ? '' : `"${extra}" is one segment too many`);
  }
  for (const next of nextGuesses(guess, segments, best)) explore(next, segments, best);
}

function nextGuesses(guess: Guess, segments: readonly string[], best: Best): readonly Guess[] {
  const { used, cost } = guess;
  const segment = segments[used];
  const next: Guess[] = [];
  for (const { node, text } of childrenOf(guess.node)) {
    best.comparisons += 1;
    if (best.comparisons > mostComparisons) break;
    if (segment !== undefined) {
      const distance = text === undefined ? variableCost : textDistance(segment, text);
      const differs = text !== undefined && distance > 0;
      const reason = guess.reason || (differs ? `"${segment}" is written "${text}"` : '');
      next.push({ node, used: used + 1, cost: cost + distance, reason });
    }
    const reason = guess.reason || (text === undefined ? 'a value is missing' : `"${text}" is missing`);
    next.push({ node, used, cost: cost + 1, reason });
  }
  return next.sort((left, right) => left.cost - right.cost);
}

/** What may come next, with its text; a variable has none. */
function* childrenOf(node: Node): Iterable<{ readonly node: Node; readonly text: string | undefined }> {
  for (const [text, child] of node.literals ?? []) yield { node: child, text };
  for (const [shape, { node: child }] of node.partialShapes ?? []) yield { node: child, text: shape };
  if (node.variable !== undefined) yield { node: node.variable, text: undefined };
}
