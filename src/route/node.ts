import type { ServerObject } from '../document/index.ts';
import type { PathSegment } from '../http/index.ts';
import type { Leaf } from './leaf.ts';
import { compilePartial, isPartial, literalText } from './partial-segment.ts';
import { createPartialTable, type PartialBranch, type PartialTable } from './partial-table.ts';

/** A place in the tree of templates: what may come next, and what ends here. */
export interface Node {
  /** By decoded text. */
  literals: Map<string, Node> | undefined;
  /** By shape, in document order: `report.{}`. */
  partialShapes: Map<string, PartialBranch<Node>> | undefined;
  /** Made of `partialShapes` on first use. */
  partials: PartialTable<Node> | undefined;
  variable: Node | undefined;
  leaf: Leaf | undefined;
  /** In the tree of base paths: the tree that begins here. */
  mount: Mount | undefined;
}

/** A tree of templates below a base path. */
export interface Mount {
  readonly root: Node;
  readonly server: ServerObject | undefined;
}

/** Most nodes have few children: what is not needed is not made, and a big document stays in the processor's cache. */
export function createNode(): Node {
  return {
    literals: undefined,
    partialShapes: undefined,
    partials: undefined,
    variable: undefined,
    leaf: undefined,
    mount: undefined,
  };
}

/** The node that segments lead to; what is missing of the way is made. Empty segments count for nothing. */
export function growTo(root: Node, segments: readonly PathSegment[]): Node {
  let node = root;
  for (const segment of segments) if (segment.length > 0) node = growChild(node, segment);
  return node;
}

function growChild(node: Node, segment: PathSegment): Node {
  if (isPartial(segment)) return growPartial(node, segment);
  const [part] = segment;
  if (part?.kind === 'literal') return growLiteral(node, literalText(part.text));
  node.variable ??= createNode();
  return node.variable;
}

function growLiteral(node: Node, text: string): Node {
  node.literals ??= new Map();
  const known = node.literals.get(text);
  if (known !== undefined) return known;
  const child = createNode();
  node.literals.set(text, child);
  return child;
}

function growPartial(node: Node, segment: PathSegment): Node {
  const partial = compilePartial(segment);
  const shape = partial.texts.join('{}');
  node.partialShapes ??= new Map();
  const known = node.partialShapes.get(shape);
  if (known !== undefined) return known.node;
  const branch = { partial, node: createNode() };
  node.partialShapes.set(shape, branch);
  node.partials = undefined;
  return branch.node;
}

/** The partial segments that may come next, if any. */
export function partialsOf(node: Node): PartialTable<Node> | undefined {
  if (node.partialShapes === undefined) return undefined;
  node.partials ??= createPartialTable([...node.partialShapes.values()]);
  return node.partials;
}
