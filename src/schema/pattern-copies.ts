import type { PatternNode } from './pattern-syntax.ts';

/** A repetition of more than this is looked at as one without end. */
const mostCopies = 8;
/** What is copied out must not be larger than this, or it is looked at as a repetition without end. */
const largestCopy = 64;

/** A part of a pattern that is repeated. */
export type Repeat = Extract<PatternNode, { kind: 'repeat' }>;

/** The parts that a part of a pattern is made of, look-arounds left out. */
export function partsOf(node: PatternNode): readonly PatternNode[] {
  if (node.kind === 'sequence' || node.kind === 'choice') return node.items;
  return node.kind === 'repeat' ? [node.item] : [];
}

/** Whether a repetition is looked at as so many copies; else it is looked at as one without end, which is never safer. */
export function isCopied({ item, max }: Repeat): boolean {
  return max <= mostCopies && max * sizeOf(item) <= largestCopy;
}

const sizes = new WeakMap<PatternNode, number>();

/** How many characters a part has when its repetitions are copied out. */
export function sizeOf(node: PatternNode): number {
  let size = sizes.get(node);
  if (size === undefined) {
    size = measure(node);
    sizes.set(node, size);
  }
  return size;
}

function measure(node: PatternNode): number {
  if (node.kind === 'set' || node.kind === 'back') return 1;
  if (node.kind === 'look') return 1 + sizeOf(node.item);
  const size = partsOf(node).reduce((sum, part) => sum + sizeOf(part), 0);
  return node.kind === 'repeat' && isCopied(node) ? size * node.max : size;
}
