import type { PartialSegment } from './partial-segment.ts';

/** A partial segment of a node, and what follows it. */
export interface PartialBranch<Node> {
  readonly partial: PartialSegment;
  readonly node: Node;
}

/** The partial segments of one node, best first, found by their prefix or suffix where there are many. */
export interface PartialTable<Node> {
  readonly branches: readonly PartialBranch<Node>[];
  /** The branches that may fit a text, best first. */
  candidates(text: string): readonly PartialBranch<Node>[];
}

/** Up to here, trying each costs no more than looking them up. */
const few = 8;

/** Sorts branches (given in document order) and indexes them. */
export function createPartialTable<Node>(inOrder: readonly PartialBranch<Node>[]): PartialTable<Node> {
  const branches = inOrder.toSorted(byLiteralLength);
  if (branches.length <= few) return { branches, candidates: () => branches };
  const ranks = new Map(branches.map((branch, rank) => [branch, rank]));
  const prefixes = new Buckets<PartialBranch<Node>>((text, length) => text.slice(0, length));
  const suffixes = new Buckets<PartialBranch<Node>>((text, length) => text.slice(text.length - length));
  const rest: PartialBranch<Node>[] = [];
  for (const branch of branches) {
    const { texts } = branch.partial;
    const prefix = texts[0] as string;
    const suffix = texts[texts.length - 1] as string;
    if (suffix !== '' && suffix.length >= prefix.length) suffixes.add(suffix, branch);
    else if (prefix !== '') prefixes.add(prefix, branch);
    else rest.push(branch);
  }
  const rankOf = (branch: PartialBranch<Node>): number => ranks.get(branch) ?? 0;
  const candidates = (text: string): readonly PartialBranch<Node>[] => {
    const found = [...prefixes.find(text), ...suffixes.find(text), ...rest];
    return found.length < 2 ? found : found.sort((left, right) => rankOf(left) - rankOf(right));
  };
  return { branches, candidates };
}

/** The more that is fixed the better; then the longer prefix; the sort keeps document order. */
function byLiteralLength(left: PartialBranch<unknown>, right: PartialBranch<unknown>): number {
  const byAll = right.partial.literalLength - left.partial.literalLength;
  return byAll === 0 ? prefixLength(right) - prefixLength(left) : byAll;
}

function prefixLength({ partial }: PartialBranch<unknown>): number {
  return (partial.texts[0] as string).length;
}

/** Items by a piece of text, looked up once per length that occurs. */
class Buckets<Item> {
  readonly #cut: (text: string, length: number) => string;
  readonly #items = new Map<string, Item[]>();
  readonly #lengths = new Set<number>();

  constructor(cut: (text: string, length: number) => string) {
    this.#cut = cut;
  }

  add(piece: string, item: Item): void {
    const bucket = this.#items.get(piece);
    if (bucket === undefined) this.#items.set(piece, [item]);
    else bucket.push(item);
    this.#lengths.add(piece.length);
  }

  find(text: string): readonly Item[] {
    const found: Item[] = [];
    for (const length of this.#lengths) {
      if (length < text.length) found.push(...(this.#items.get(this.#cut(text, length)) ?? []));
    }
    return found;
  }
}
