/** A request target's two halves. */
export interface TargetParts {
  readonly path: string;
  /** Without its `?`; `''` where there is none. */
  readonly query: string;
}

/** Splits a target in origin form; a fragment, which has no place there, is dropped. */
export function splitTarget(target: string): TargetParts {
  const hash = target.indexOf('#');
  const text = hash < 0 ? target : target.slice(0, hash);
  const mark = text.indexOf('?');
  return mark < 0 ? { path: text, query: '' } : { path: text.slice(0, mark), query: text.slice(mark + 1) };
}

/** A name and its value as they stand on the wire, nothing decoded. */
export type RawPair = readonly [name: string, value: string];

/**
 * Splits a query (without `?`), or a form, into its pairs. A name without `=` has the value `''`; empty pieces are skipped.
 *
 * @see https://url.spec.whatwg.org/#concept-urlencoded-parser
 */
export function parseQuery(raw: string): readonly RawPair[] {
  const pairs: RawPair[] = [];
  let start = 0;
  while (start < raw.length) {
    const ampersand = raw.indexOf('&', start);
    const end = ampersand < 0 ? raw.length : ampersand;
    if (end > start) pairs.push(pairAt(raw.slice(start, end)));
    start = end + 1;
  }
  return pairs;
}

function pairAt(piece: string): RawPair {
  const equals = piece.indexOf('=');
  return equals < 0 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
}

/**
 * Splits a Cookie header into its pairs, quotes around a value undone, nothing else decoded. Pieces without `=` are skipped.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-4.2.1
 */
export function parseCookies(header: string): readonly RawPair[] {
  const pairs: RawPair[] = [];
  for (const piece of header.split(';')) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, Math.max(equals, 0)).trim();
    if (name === '') continue;
    const value = piece.slice(equals + 1).trim();
    const quoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
    pairs.push([name, quoted ? value.slice(1, -1) : value]);
  }
  return pairs;
}
