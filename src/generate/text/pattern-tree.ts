import type { CharSet } from './char-set.ts';

/** A regular expression as far as texts can be made from it. */
export type PatternNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly item: PatternNode; readonly least: number; readonly most: number }
  | { readonly kind: 'group'; readonly item: PatternNode; readonly index: number; readonly name?: string }
  | { readonly kind: 'back'; readonly to: number | string }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  /** Lookaround and word boundaries: made by trying. */
  | { readonly kind: 'condition'; readonly wanted?: PatternNode };

/** The shortest and the longest text that a node makes; back references count as 0 to any length. */
export function lengthsOf(node: PatternNode): readonly [number, number] {
  const known = measured.get(node);
  if (known !== undefined) return known;
  const lengths = measure(node);
  measured.set(node, lengths);
  return lengths;
}

const measured = new WeakMap<PatternNode, readonly [number, number]>();

function measure(node: PatternNode): readonly [number, number] {
  switch (node.kind) {
    case 'set':
      return [1, 1];
    case 'sequence':
      return node.items.map(lengthsOf).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    case 'choice':
      return node.options
        .map(lengthsOf)
        .reduce(([a, b], [c, d]) => [Math.min(a, c), Math.max(b, d)], [Number.POSITIVE_INFINITY, 0]);
    case 'repeat': {
      const [least, most] = lengthsOf(node.item);
      return [least * node.least, most === 0 ? 0 : most * node.most];
    }
    case 'group':
      return lengthsOf(node.item);
    case 'back':
      return [0, Number.POSITIVE_INFINITY];
    default:
      return [0, 0];
  }
}
