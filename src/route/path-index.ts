import { BareRecord } from '../core/index.ts';
import type { ApiOperation } from '../document/index.ts';
import { memoizeByText } from '../http/index.ts';
import { growTrees, type Trees, type UnroutableOperation } from './grow.ts';
import { methodsOf, type Route, templateOf } from './leaf.ts';
import { createNearest } from './nearest-path.ts';
import type { RawPathParameters, RouteMatch } from './route-match.ts';
import { search, type Walk } from './search.ts';

/** Finds the operation of a request. */
export interface PathIndex {
  /**
   * The operation that a method and a request target lead to, or what else is to be said. Never throws. The target may be in
   * origin form, absolute form or `*`; its base path may be left out.
   *
   * @example index.match('GET', '/api/v3/events/events/?page=2')
   */
  match(method: string, target: string): RouteMatch;
  /** Operations that no request can reach, because their path is no template. */
  readonly unroutable: readonly UnroutableOperation[];
}

/** What `createPathIndex` can be told. */
export interface PathIndexOptions {
  /** Whether a miss names the nearest path. Default `true`. */
  readonly nearest?: boolean;
}

/** Compiles operations, in document order, to an index whose cost does not depend on how many there are. */
export function createPathIndex(
  operations: readonly ApiOperation[],
  options: PathIndexOptions = {},
): PathIndex {
  const trees = growTrees(operations);
  // A target has no fragment, but documents have paths with a `#`, and clients send them as they stand.
  const cutsFragment = !operations.some((operation) => operation.path.includes('#'));
  const nearest = options.nearest === false ? undefined : memoizeByText(createNearest(trees, operations));

  function match(method: string, target: string): RouteMatch {
    if (target === '*') return matchServer(method, operations);
    const walk = startWalk(method, target, cutsFragment);
    if (walk === undefined) return { kind: 'not-found' };
    const route = findRoute(trees, walk);
    if (route !== undefined) return found(route, walk);
    if (walk.lacking.length > 0) return lacking(walk);
    const near = nearest?.(walk.path);
    return near === undefined ? { kind: 'not-found' } : { kind: 'not-found', nearest: near };
  }

  return { match, unroutable: trees.unroutable };
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-3.2.4 */
function matchServer(method: string, operations: readonly ApiOperation[]): RouteMatch {
  if (method !== 'OPTIONS') return { kind: 'not-found' };
  const methods = operations.flatMap((one) => (one.method === 'GET' ? ['GET', 'HEAD'] : one.method));
  return { kind: 'options', allow: [...new Set([...methods, 'OPTIONS'])], path: '*' };
}

/** `undefined` for a target that is no path, such as the authority of CONNECT. */
function startWalk(method: string, target: string, cutsFragment: boolean): Walk | undefined {
  const text = target.charCodeAt(0) === 0x2f ? target : pathOfAbsolute(target);
  if (text === undefined) return undefined;
  const whole = cutsFragment ? before(text, '#') : text;
  const mark = whole.indexOf('?');
  const path = mark < 0 ? whole : whole.slice(0, mark);
  return {
    method,
    path,
    query: mark < 0 ? '' : whole.slice(mark + 1),
    slashed: path.charCodeAt(path.length - 1) === 0x2f,
    encoded: path.includes('%'),
    values: [],
    baseValues: 0,
    server: undefined,
    route: undefined,
    lacking: [],
  };
}

function before(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
function pathOfAbsolute(target: string): string | undefined {
  if (target === '' || target.startsWith('?')) return `/${target}`;
  const colon = target.indexOf('://');
  if (colon <= 0) return undefined;
  const end = target.slice(colon + 3).search(/[/?#]/);
  const rest = end < 0 ? '' : target.slice(colon + 3 + end);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** A base path that is written out wins over none, and none over a base path that a variable makes of anything. */
function findRoute(trees: Trees, walk: Walk): Route | undefined {
  if (search(trees.bases, 0, walk)) return walk.route;
  if (search(trees.all, 0, walk)) {
    walk.server = trees.rootServer;
    return walk.route;
  }
  return search(trees.shapes, 0, walk) ? walk.route : undefined;
}

function found({ operation, names, queryVariables }: Route, walk: Walk): RouteMatch {
  const isPlain = names.length === 0 && queryVariables.length === 0;
  return {
    kind: 'found',
    operation,
    rawPathParameters: isPlain ? noParameters : nameValues(names, queryVariables, walk),
    query: walk.query,
    server: walk.server,
    head: walk.method === 'HEAD' && operation.method !== 'HEAD',
  };
}

const noParameters: RawPathParameters = Object.freeze(new BareRecord<string>());

function nameValues(
  names: readonly string[],
  queryVariables: Route['queryVariables'],
  { values, baseValues, query }: Walk,
): RawPathParameters {
  const parameters = new BareRecord<string>();
  for (let index = 0; index < names.length; index += 1) {
    parameters[names[index] as string] = values[baseValues + index] as string;
  }
  for (const [key, name] of queryVariables) {
    const pair = query.split('&').find((one) => one.startsWith(`${key}=`));
    if (pair !== undefined) parameters[name] = pair.slice(key.length + 1);
  }
  return parameters;
}

function lacking({ method, lacking: leaves, slashed }: Walk): RouteMatch {
  const allow = methodsOf(leaves);
  const [best] = leaves;
  const path = best === undefined ? '/' : templateOf(best, slashed);
  return { kind: method === 'OPTIONS' ? 'options' : 'method-not-allowed', allow, path };
}
