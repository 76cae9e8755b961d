import { parsePattern } from './parse-pattern.ts';
import { lengthsOf, type PatternNode } from './pattern-tree.ts';

/** What is certain of the texts that match a pattern. */
export interface MatchLimits {
  /** No text matches: something must stand before the beginning, or after the end. */
  readonly never: boolean;
  readonly least: number;
  readonly most: number;
}

/** The lengths of the texts that match a pattern somewhere; `undefined` for a pattern that cannot be read. */
export function matchLimits(pattern: string): MatchLimits | undefined {
  const tree = parsePattern(pattern);
  if (tree === undefined) return undefined;
  const [least, most] = lengthsOf(tree);
  const isWhole = isHeld(tree, 'start') && isHeld(tree, 'end');
  return { never: isNever(tree), least, most: isWhole ? most : Number.POSITIVE_INFINITY };
}

/** Whether every match touches the beginning (or the end) of the text. */
function isHeld(node: PatternNode, side: 'start' | 'end'): boolean {
  switch (node.kind) {
    case 'start':
    case 'end':
      return node.kind === side;
    case 'sequence': {
      const outer = side === 'start' ? node.items[0] : node.items.at(-1);
      return outer !== undefined && isHeld(outer, side);
    }
    case 'choice':
      return node.options.every((option) => isHeld(option, side));
    case 'group':
      return isHeld(node.item, side);
    default:
      return false;
  }
}

function isNever(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.items.some(isNever) || isOutOfOrder(node.items);
    case 'choice':
      return node.options.every(isNever);
    case 'group':
      return isNever(node.item);
    case 'repeat':
      return node.least > 0 && isNever(node.item);
    default:
      return false;
  }
}

/** `a^` and `$a`: something that has a length stands outside of the text. */
function isOutOfOrder(items: readonly PatternNode[]): boolean {
  const isFilled = (part: readonly PatternNode[]) => part.some((item) => lengthsOf(item)[0] > 0);
  return items.some((item, index) => {
    if (item.kind === 'start') return isFilled(items.slice(0, index));
    return item.kind === 'end' && isFilled(items.slice(index + 1));
  });
}
