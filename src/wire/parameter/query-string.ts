import { decodeForm } from '../percent.ts';

/** One `name=value` of a query, cookie header or form, in the order it came; the value is still encoded. */
export interface RawPair {
  readonly name: string;
  readonly value: string;
}

/** A query split into its pairs, once for all the parameters that read it. */
export interface RawPairs {
  readonly all: readonly RawPair[];
  /** The encoded values of each decoded name. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

const nothing: RawPairs = { all: [], byName: new Map() };

/** The last query is kept, because all the parameters of a request ask for the same. */
let lastQuery = '';
let lastPairs = nothing;

/** Splits a query at `&`; names are decoded, values are not. */
export function splitQuery(query: string): RawPairs {
  if (query === '') return nothing;
  if (query === lastQuery) return lastPairs;
  lastPairs = splitForm(query);
  lastQuery = query;
  return lastPairs;
}

/** The same for a form body, of which nothing is kept. */
export function splitForm(text: string): RawPairs {
  return collect(text.split('&'), (name) => decodeForm(name, []));
}

let lastCookie = '';
let lastCookiePairs = nothing;

/**
 * Splits a Cookie header at `;`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.2
 */
export function splitCookies(cookie: string): RawPairs {
  if (cookie === '') return nothing;
  if (cookie === lastCookie) return lastCookiePairs;
  const pieces = cookie.split(';').map((piece) => piece.trim());
  lastCookiePairs = collect(pieces, (name) => name.trimEnd());
  lastCookie = cookie;
  return lastCookiePairs;
}

function collect(pieces: readonly string[], readName: (name: string) => string): RawPairs {
  const all: RawPair[] = [];
  const byName = new Map<string, string[]>();
  for (const piece of pieces) {
    if (piece === '') continue;
    const at = piece.indexOf('=');
    const name = readName(at === -1 ? piece : piece.slice(0, at));
    const value = at === -1 ? '' : piece.slice(at + 1);
    all.push({ name, value });
    const values = byName.get(name);
    if (values === undefined) byName.set(name, [value]);
    else values.push(value);
  }
  return { all, byName };
}
