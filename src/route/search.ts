import type { ServerObject } from '../document/index.ts';
import { percentDecode } from '../http/index.ts';
import { decodeSegment } from './decoded-segment.ts';
import { type Leaf, type LeafQuestion, type Route, routeOf } from './leaf.ts';
import { type Mount, type Node, partialsOf } from './node.ts';
import { matchPartial } from './partial-segment.ts';
import type { PartialTable } from './partial-table.ts';

/** One walk through the tree: what is asked, and what was met on the way. */
export interface Walk extends LeafQuestion {
  readonly path: string;
  /** Whether there is a percent sign in the path. */
  readonly encoded: boolean;
  /** Raw values of the variables so far. */
  readonly values: string[];
  /** How many of them belong to the base path. */
  baseValues: number;
  server: ServerObject | undefined;
  route: Route | undefined;
  /** Leaves that fit but lack the method, the best first. */
  readonly lacking: Leaf[];
}

const slash = 0x2f;

/**
 * Looks for the best route from a place in the path on: the literal first, then partial segments, then the variable, back from
 * each where it leads nowhere. Slashes that repeat count as one, so no variable is ever empty.
 */
export function search(node: Node, start: number, walk: Walk): boolean {
  const { path } = walk;
  let from = start;
  while (path.charCodeAt(from) === slash) from += 1;
  if (from < path.length) {
    const next = path.indexOf('/', from);
    const end = next < 0 ? path.length : next;
    if (searchChildren(node, { raw: path.slice(from, end), end }, walk)) return true;
  } else if (node.leaf !== undefined && accept(node.leaf, walk)) return true;
  return node.mount !== undefined && enter(node.mount, start, walk);
}

interface Step {
  readonly raw: string;
  readonly end: number;
}

function searchChildren(node: Node, { raw, end }: Step, walk: Walk): boolean {
  if (node.literals !== undefined) {
    const literal = node.literals.get(walk.encoded ? (percentDecode(raw) ?? raw) : raw);
    if (literal !== undefined && search(literal, end, walk)) return true;
  }
  const partials = partialsOf(node);
  if (partials !== undefined && searchPartials(partials, { raw, end }, walk)) return true;
  if (node.variable === undefined) return false;
  walk.values.push(raw);
  if (search(node.variable, end, walk)) return true;
  walk.values.pop();
  return false;
}

function searchPartials(partials: PartialTable<Node>, { raw, end }: Step, walk: Walk): boolean {
  const segment = decodeSegment(raw);
  for (const { partial, node: child } of partials.candidates(segment.text)) {
    const values = matchPartial(partial, segment);
    if (values === undefined) continue;
    const depth = walk.values.length;
    walk.values.push(...values);
    if (search(child, end, walk)) return true;
    walk.values.length = depth;
  }
  return false;
}

/** Goes on in the tree below a base path; its own variables are no path parameters. */
function enter(mount: Mount, start: number, walk: Walk): boolean {
  const outer = walk.baseValues;
  walk.baseValues = walk.values.length;
  if (search(mount.root, start, walk)) {
    walk.server = mount.server;
    return true;
  }
  walk.baseValues = outer;
  return false;
}

function accept(leaf: Leaf, walk: Walk): boolean {
  walk.route = routeOf(leaf, walk);
  if (walk.route === undefined) walk.lacking.push(leaf);
  return walk.route !== undefined;
}
