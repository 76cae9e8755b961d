import type { Random } from '../../core/index.ts';
import { type CharSet, pointAt, printablePart, readable, sizeOf } from './char-set.ts';
import { lengthsOf, type PatternNode } from './pattern-tree.ts';

/** Makes a text from a pattern, as far as its lengths allow. The caller tests it where the pattern has conditions. */
export type MakeText = (random: Random, attempt: number) => string | undefined;

interface Work {
  readonly random: Random;
  /** Sets that lookaheads ask for; mixed in from the second attempt on. */
  readonly wanted: readonly CharSet[];
  readonly captured: Map<number | string, string>;
  left: number;
}

/** How many characters and choices one text may take; a pattern whose shortest match is longer is not tried. */
export const maximumSteps = 200_000;

/**
 * Compiles a pattern into a maker of matching texts with `least` to `most` characters. The match is the whole text,
 * but where it is too short and not anchored: then letters are put around it.
 */
export function compileMakeText(tree: PatternNode, least: number, most: number): MakeText {
  const wanted = wantedSets(tree).map(printablePart);
  return (random, attempt) => {
    const work: Work = {
      random,
      wanted: attempt === 0 ? [] : wanted,
      captured: new Map(),
      left: maximumSteps,
    };
    const points: number[] = [];
    if (!produce(tree, work, points, [least, most])) return undefined;
    return pad(textOf(points), points.length, { random, least, tree, attempt });
  };
}

/** `fromCodePoint` takes its characters as arguments, of which there can be only so many. */
function textOf(points: readonly number[]): string {
  if (points.length <= 10_000) return String.fromCodePoint(...points);
  let text = '';
  for (let index = 0; index < points.length; index += 10_000)
    text += String.fromCodePoint(...points.slice(index, index + 10_000));
  return text;
}

function pad(
  text: string,
  length: number,
  to: { random: Random; least: number; tree: PatternNode; attempt: number },
): string {
  const lacking = to.least - length;
  if (lacking <= 0) return text;
  let filler = '';
  for (let index = 0; index < lacking; index += 1)
    filler += String.fromCharCode(97 + to.random.integer(0, 25));
  return to.attempt % 2 === (startsAnchored(to.tree) ? 1 : 0) ? filler + text : text + filler;
}

function startsAnchored(node: PatternNode): boolean {
  if (node.kind === 'sequence') return node.items[0]?.kind === 'start';
  return node.kind === 'choice' && node.options.every(startsAnchored);
}

function wantedSets(node: PatternNode): CharSet[] {
  switch (node.kind) {
    case 'sequence':
      return node.items.flatMap(wantedSets);
    case 'choice':
      return node.options.flatMap(wantedSets);
    case 'repeat':
    case 'group':
      return wantedSets(node.item);
    case 'condition':
      return node.wanted === undefined ? [] : setsIn(node.wanted);
    default:
      return [];
  }
}

function setsIn(node: PatternNode): CharSet[] {
  switch (node.kind) {
    case 'set':
      return [node.set];
    case 'sequence':
      return node.items.flatMap(setsIn);
    case 'choice':
      return node.options.flatMap(setsIn);
    case 'repeat':
    case 'group':
      return setsIn(node.item);
    default:
      return [];
  }
}

type Window = readonly [number, number];

/** Appends a text of the node, with a length in the window if that can be, to `points`. */
function produce(node: PatternNode, work: Work, points: number[], window: Window): boolean {
  work.left -= 1;
  if (work.left < 0) return false;
  switch (node.kind) {
    case 'set':
      return produceSet(node.set, work, points);
    case 'sequence':
      return produceSequence(node.items, work, points, window);
    case 'choice':
      return produceChoice(node.options, work, points, window);
    case 'repeat':
      return produceRepeat(node, work, points, window);
    case 'group':
      return produceGroup(node, work, points, window);
    case 'back':
      points.push(...Array.from(work.captured.get(node.to) ?? '', (char) => char.codePointAt(0) ?? 32));
      return true;
    default:
      return true;
  }
}

const readableSets = new WeakMap<CharSet, { readonly set: CharSet; readonly size: number }>();

function produceSet(set: CharSet, { random, wanted }: Work, points: number[]): boolean {
  const from = wanted.length > 0 && random.chance(0.4) ? random.pick(wanted) : undefined;
  if (from !== undefined && sizeOf(from) > 0) {
    const point = pointAt(from, random.integer(0, sizeOf(from) - 1));
    if (set.some(([low, high]) => point >= low && point <= high)) {
      points.push(point);
      return true;
    }
  }
  let prepared = readableSets.get(set);
  if (prepared === undefined) {
    const part = readable(set);
    prepared = { set: part, size: sizeOf(part) };
    readableSets.set(set, prepared);
  }
  if (prepared.size === 0) return false;
  points.push(pointAt(prepared.set, random.integer(0, prepared.size - 1)));
  return true;
}

function produceSequence(
  items: readonly PatternNode[],
  work: Work,
  points: number[],
  [least, most]: Window,
): boolean {
  let restLeast = 0;
  let restMost = 0;
  for (const item of items) {
    const [low, high] = lengthsOf(item);
    restLeast += low;
    restMost += high;
  }
  const start = points.length;
  for (const item of items) {
    const [low, high] = lengthsOf(item);
    restLeast -= low;
    restMost = high === Number.POSITIVE_INFINITY ? laterMost(items, item) : restMost - high;
    const done = points.length - start;
    const window: Window = [Math.max(low, least - done - restMost), Math.min(high, most - done - restLeast)];
    if (!produce(item, work, points, window)) return false;
  }
  return true;
}

function laterMost(items: readonly PatternNode[], item: PatternNode): number {
  let sum = 0;
  for (const later of items.slice(items.indexOf(item) + 1)) sum += lengthsOf(later)[1];
  return sum;
}

function produceChoice(
  options: readonly PatternNode[],
  work: Work,
  points: number[],
  window: Window,
): boolean {
  const fitting = options.filter((option) => {
    const [low, high] = lengthsOf(option);
    return low <= window[1] && high >= window[0];
  });
  return produce(work.random.pick(fitting.length > 0 ? fitting : options), work, points, window);
}

function produceGroup(
  node: Extract<PatternNode, { kind: 'group' }>,
  work: Work,
  points: number[],
  window: Window,
): boolean {
  const start = points.length;
  if (!produce(node.item, work, points, window)) return false;
  const text = textOf(points.slice(start));
  work.captured.set(node.index, text);
  if (node.name !== undefined) work.captured.set(node.name, text);
  return true;
}

function produceRepeat(
  node: Extract<PatternNode, { kind: 'repeat' }>,
  work: Work,
  points: number[],
  [least, most]: Window,
): boolean {
  const [low, high] = lengthsOf(node.item);
  if (high === 0) return true;
  const count = chooseCount(node, work.random, {
    fewest: high === Number.POSITIVE_INFINITY ? (least > 0 ? 1 : 0) : Math.ceil(least / high),
    most: low === 0 ? Number.POSITIVE_INFINITY : Math.floor(most / low),
  });
  const start = points.length;
  for (let index = 0; index < count; index += 1) {
    const later = count - index - 1;
    const done = points.length - start;
    const laterLongest = later === 0 ? 0 : later * high;
    const window: Window = [
      Math.max(low, least - done - laterLongest),
      Math.min(high, most - done - later * low),
    ];
    if (!produce(node.item, work, points, window)) return false;
  }
  return true;
}

/** A few of what may be repeated without end; as many as the length needs. */
function chooseCount(
  node: Extract<PatternNode, { kind: 'repeat' }>,
  random: Random,
  fits: { readonly fewest: number; readonly most: number },
): number {
  const least = Math.max(node.least, fits.fewest);
  const most = Math.max(least, Math.min(node.most, fits.most));
  const [few, many] = usualCounts(node);
  const low = Math.min(most, Math.max(least, few));
  return random.integer(low, Math.min(most, Math.max(low, many)));
}

function usualCounts(node: Extract<PatternNode, { kind: 'repeat' }>): readonly [number, number] {
  if (node.most === 1) return [0, 1];
  if (node.least > 1) return [node.least, node.least + 4];
  return node.item.kind === 'set' ? [3, 8] : [1, 2];
}
