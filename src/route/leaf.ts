import type { ApiOperation } from '../document/index.ts';

/** One operation where its template ends. */
export interface Route {
  readonly operation: ApiOperation;
  /** The variables in the order they are written. */
  readonly names: readonly string[];
  /** Pairs of a query that somebody wrote into the path (`/?Action=Create`); the specification has none. */
  readonly queryPairs: readonly string[];
  /** Variables in such a query (`/pic?key={KEY}`), each behind the key that it is the value of. */
  readonly queryVariables: readonly (readonly [key: string, name: string])[];
  /** The next operation with the same method and shape, in document order. */
  next?: Route;
}

type Methods = Map<string, Route>;

/** The end of one or more templates of the same shape: with the slash at the end, and without. */
export interface Leaf {
  slashed: Methods | undefined;
  bare: Methods | undefined;
}

/** Adds a route; one that has the same method and shape as another stands behind it. */
export function addRoute(leaf: Leaf, route: Route, slashed: boolean): void {
  const methods = (slashed ? leaf.slashed : leaf.bare) ?? new Map<string, Route>();
  if (slashed) leaf.slashed = methods;
  else leaf.bare = methods;
  const first = methods.get(route.operation.method);
  if (first === undefined) {
    methods.set(route.operation.method, route);
    return;
  }
  let last = first;
  while (last.next !== undefined) last = last.next;
  last.next = route;
}

/** What a request asks of a leaf. */
export interface LeafQuestion {
  readonly method: string;
  readonly slashed: boolean;
  readonly query: string;
}

/** The route for a method: the template as written first, then the one that differs in the slash. GET answers HEAD. */
export function routeOf(leaf: Leaf, question: LeafQuestion): Route | undefined {
  const asWritten = question.slashed ? leaf.slashed : leaf.bare;
  const forgiven = question.slashed ? leaf.bare : leaf.slashed;
  return pick(asWritten, question) ?? pick(forgiven, question);
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2 */
function pick(methods: Methods | undefined, { method, query }: LeafQuestion): Route | undefined {
  if (methods === undefined) return undefined;
  const route = methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined);
  return route?.next === undefined ? route : pickByQuery(route, query);
}

function pickByQuery(first: Route, query: string): Route {
  const pairs = new Set(query.split('&'));
  let plain: Route | undefined;
  for (let route: Route | undefined = first; route !== undefined; route = route.next) {
    if (route.queryPairs.length === 0) plain ??= route;
    else if (route.queryPairs.every((pair) => pairs.has(pair))) return route;
  }
  return plain ?? first;
}

/** The methods that leaves answer, in document order, with HEAD beside GET, and OPTIONS. */
export function methodsOf(leaves: Iterable<Leaf>): readonly string[] {
  const methods = new Set<string>();
  for (const leaf of leaves) {
    for (const method of [...(leaf.slashed?.keys() ?? []), ...(leaf.bare?.keys() ?? [])]) {
      methods.add(method);
      if (method === 'GET') methods.add('HEAD');
    }
  }
  return [...methods.add('OPTIONS')];
}

/** The template as it is written; of two that differ in the slash, the one with it where that was asked for. */
export function templateOf({ slashed, bare }: Leaf, wantsSlash = true): string {
  const [first] = ((wantsSlash ? (slashed ?? bare) : (bare ?? slashed)) ?? new Map<string, Route>()).values();
  return first?.operation.path ?? '/';
}
