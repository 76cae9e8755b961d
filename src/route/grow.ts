import type { ApiOperation, ServerObject } from '../document/index.ts';
import { isPathTemplateFault, type PathSegment, parsePathTemplate } from '../http/index.ts';
import { type BasePath, basePathsOf } from './base-paths.ts';
import { addRoute, type Route } from './leaf.ts';
import { createNode, growTo, type Node } from './node.ts';

/** The trees that a request is looked for in, in this order. */
export interface Trees {
  /** Below the base paths that have no variable. */
  readonly bases: Node;
  /** Every operation, without a base path. */
  readonly all: Node;
  /** The server whose base path is the root, where all operations have it. */
  readonly rootServer: ServerObject | undefined;
  /** Below the base paths with variables that may take any value. */
  readonly shapes: Node;
}

/** An operation whose path cannot be routed to, with half a sentence that says why. */
export interface UnroutableOperation {
  readonly operation: ApiOperation;
  readonly reason: string;
}

/** Segments that a path may have. */
const longestPath = 500;

interface Entry {
  /** Among all operations. */
  readonly position: number;
  readonly operation: ApiOperation;
  readonly segments: readonly PathSegment[];
  readonly names: readonly string[];
  readonly queryPairs: readonly string[];
  readonly queryVariables: Route['queryVariables'];
  readonly slashed: boolean;
}

interface BaseGroup {
  readonly base: BasePath;
  readonly server: ServerObject;
  readonly entries: Entry[];
}

/** Compiles operations (in document order) to trees. Those that cannot be routed to are left out and listed. */
export function growTrees(
  operations: readonly ApiOperation[],
): Trees & { readonly unroutable: readonly UnroutableOperation[] } {
  const unroutable: UnroutableOperation[] = [];
  const entries: Entry[] = [];
  for (const [position, operation] of operations.entries()) {
    const entry = readEntry(operation, position);
    if (typeof entry === 'string') unroutable.push({ operation, reason: entry });
    else entries.push(entry);
  }
  const all = growTree(entries);
  const groups = groupByBase(entries);
  const trees = { bases: createNode(), all, shapes: createNode() };
  const known = new Map([[keyOf(entries), all]]);
  let rootServer: ServerObject | undefined;
  for (const group of groups) {
    const key = keyOf(group.entries);
    const root = known.get(key) ?? growTree(group.entries);
    known.set(key, root);
    if (group.base.text === '' && root === all) rootServer = group.server;
    else {
      const node = growTo(group.base.isShape ? trees.shapes : trees.bases, group.base.segments);
      node.mount = { root, server: group.server };
    }
  }
  return { ...trees, rootServer, unroutable };
}

function readEntry(operation: ApiOperation, position: number): Entry | string {
  const [path = '', query = ''] = splitOnce(operation.path, '?');
  const template = parsePathTemplate(path);
  if (isPathTemplateFault(template)) return template.fault;
  if (template.segments.length > longestPath) return `it has more than ${longestPath} segments`;
  const { segments, names } = template;
  const queryPairs =
    query === '' ? [] : query.split('&').filter((pair) => pair !== '' && !pair.includes('{'));
  const queryVariables = variablesOf(query);
  return { position, operation, segments, names, queryPairs, queryVariables, slashed: path.endsWith('/') };
}

const noVariables: Route['queryVariables'] = [];

function variablesOf(query: string): Route['queryVariables'] {
  if (query === '') return noVariables;
  return [...query.matchAll(/(?:^|&)([^=&{}]+)=\{([^{}&]+)\}(?=&|$)/g)].map(([, key = '', name = '']) => [
    key,
    name,
  ]);
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function growTree(entries: readonly Entry[]): Node {
  const root = createNode();
  for (const { segments, slashed, operation, names, queryPairs, queryVariables } of entries) {
    const node = growTo(root, segments);
    node.leaf ??= { slashed: undefined, bare: undefined };
    addRoute(node.leaf, { operation, names, queryPairs, queryVariables }, slashed);
  }
  return root;
}

/** Operations share their lists of servers, so each list is read once. */
function groupByBase(entries: readonly Entry[]): readonly BaseGroup[] {
  const groups = new Map<string, BaseGroup>();
  const read = new Map<readonly ServerObject[], readonly (readonly [BasePath, ServerObject])[]>();
  for (const entry of entries) {
    const { servers } = entry.operation;
    const bases = read.get(servers) ?? uniqueBases(servers);
    read.set(servers, bases);
    for (const [base, server] of bases) {
      const group = groups.get(base.text) ?? { base, server, entries: [] };
      groups.set(base.text, group);
      group.entries.push(entry);
    }
  }
  return [...groups.values()];
}

function uniqueBases(servers: readonly ServerObject[]): readonly (readonly [BasePath, ServerObject])[] {
  const found = new Map<string, readonly [BasePath, ServerObject]>();
  for (const server of servers) {
    for (const base of basePathsOf(server)) {
      if (!found.has(base.text)) found.set(base.text, [base, server]);
    }
  }
  return [...found.values()];
}

/** Equal for equal lists of entries. */
function keyOf(entries: readonly Entry[]): string {
  return entries.map((entry) => entry.position).join();
}
