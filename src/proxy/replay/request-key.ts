import { type HttpRequest, parseMediaType, parseQuery, splitTarget } from '../../http/index.ts';

/** What two requests have in common when they count as the same one. */
export interface RequestKey {
  readonly method: string;
  readonly path: string;
  /** Pairs in the order of their names; of one name in the order they came. */
  readonly query: string;
  /** JSON without regard to the order of keys and to spaces; other bodies byte for byte. */
  readonly body: string;
}

/** The key of a request: method, path, query and body. Header fields make no difference. */
export function requestKey(request: HttpRequest): RequestKey {
  const { path, query } = splitTarget(request.target);
  return { method: request.method, path, query: sortedQuery(query), body: bodyKey(request) };
}

/** The key as one text. */
export function keyText({ method, path, query, body }: RequestKey): string {
  return JSON.stringify([method, path, query, body]);
}

function sortedQuery(query: string): string {
  const pairs = parseQuery(query).map(([name, value], index) => ({ name, value, index }));
  pairs.sort((left, right) =>
    left.name < right.name ? -1 : left.name > right.name ? 1 : left.index - right.index,
  );
  return pairs.map(({ name, value }) => `${name}=${value}`).join('&');
}

function bodyKey({ headers, body }: HttpRequest): string {
  if (body.length === 0) return '';
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const type = parseMediaType(headers.get('content-type') ?? '');
  const isJson = type === undefined || type.subtype === 'json' || type.suffix === 'json';
  if (!isJson) return bytes.toString('latin1');
  try {
    return JSON.stringify(sorted(JSON.parse(bytes.toString('utf8'))));
  } catch {
    return bytes.toString('latin1');
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
