import { cut } from '../../core/index.ts';
import type { RequestKey } from './request-key.ts';

/** The recorded request that is most like one that was not found, with what differs. */
export interface NearestRequest {
  readonly key: RequestKey;
  /** Half a sentence: `the query is "page=1"`. */
  readonly difference: string;
}

/** How many recorded requests are looked at. */
const mostCompared = 5000;

/** Finds the nearest: method, path, query and body count, in this order. */
export function nearestRequest(
  wanted: RequestKey,
  recorded: Iterable<RequestKey>,
): NearestRequest | undefined {
  let best: RequestKey | undefined;
  let bestScore = -1;
  let compared = 0;
  for (const key of recorded) {
    const score = likeness(wanted, key);
    if (score > bestScore) [best, bestScore] = [key, score];
    compared += 1;
    if (compared >= mostCompared) break;
  }
  return best === undefined ? undefined : { key: best, difference: differenceOf(wanted, best) };
}

function likeness(wanted: RequestKey, key: RequestKey): number {
  const path = wanted.path === key.path ? 1 : 0.9 * sharedSegments(wanted.path, key.path);
  return (
    16 * path +
    (wanted.method === key.method ? 4 : 0) +
    (wanted.query === key.query ? 2 : sharedPairs(wanted.query, key.query)) +
    (wanted.body === key.body ? 1 : 0)
  );
}

function sharedSegments(left: string, right: string): number {
  const [a, b] = [left.split('/', 40), right.split('/', 40)];
  const same = a.filter((segment, index) => segment === b[index]).length;
  return same / Math.max(a.length, b.length);
}

function sharedPairs(left: string, right: string): number {
  const [a, b] = [left.split('&', 40), right.split('&', 40)];
  return a.filter((pair) => b.includes(pair)).length / Math.max(a.length, b.length);
}

const shown = 200;

function differenceOf(wanted: RequestKey, key: RequestKey): string {
  if (wanted.path !== key.path) return `its path is ${cut(key.path, shown)}`;
  if (wanted.method !== key.method) return `its method is ${key.method}`;
  if (wanted.query !== key.query)
    return key.query === '' ? 'it has no query' : `its query is "${cut(key.query, shown)}"`;
  return key.body === '' ? 'it has no body' : `its body is ${cut(key.body, shown)}`;
}
