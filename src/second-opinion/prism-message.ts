import { pointerKeys } from '../core/index.ts';
import type { ApiOperation } from '../document/index.ts';
import {
  formDecode,
  type HeaderList,
  type HttpRequest,
  type HttpResponse,
  isJson,
  parseMediaType,
  parseQuery,
  percentEncode,
  splitTarget,
} from '../http/index.ts';

/** A value to put in place of the one that was sent: in the body at a pointer, or in a parameter or header. */
export interface Replacement {
  readonly body?: { readonly pointer: string; readonly value: unknown };
  readonly query?: { readonly name: string; readonly value: string | readonly string[] };
  readonly path?: { readonly name: string; readonly value: string };
  readonly header?: { readonly name: string; readonly value: string };
}

/** A request as Prism's engine takes it. */
export interface PrismRequest {
  readonly method: 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace';
  readonly url: { readonly path: string; readonly query: Record<string, string | string[]> };
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** A response as Prism's engine takes it. */
export interface PrismResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** Puts a request in Prism's form, the base path taken off: Prism matches the path with the template alone. */
export function toPrismRequest(
  operation: ApiOperation,
  request: HttpRequest,
  replacement: Replacement,
): PrismRequest {
  const { path, query } = splitTarget(request.target);
  const headers = headersOf(request.headers, replacement);
  // Prism looks at the media type of a body only where its length is announced.
  if (request.body.length > 0) headers['content-length'] = String(request.body.length);
  return {
    method: operation.method.toLowerCase() as PrismRequest['method'],
    url: { path: ownPath(operation.path, path, replacement), query: queryOf(query, replacement) },
    headers,
    body: bodyOf(request, replacement),
  };
}

/** Puts a response in Prism's form. */
export function toPrismResponse(response: HttpResponse, replacement: Replacement): PrismResponse {
  return {
    statusCode: response.status,
    headers: headersOf(response.headers, replacement),
    body: bodyOf(response, replacement),
  };
}

function ownPath(template: string, path: string, replacement: Replacement): string {
  const wanted = template.split('/').slice(1);
  const segments = path.split('/').slice(-wanted.length);
  const { name, value } = replacement.path ?? {};
  const replaced = segments.map((segment, index) =>
    name !== undefined && wanted[index] === `{${name}}` ? percentEncode(value ?? '') : segment,
  );
  return `/${replaced.join('/')}`;
}

function queryOf(raw: string, { query }: Replacement): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = Object.create(null);
  for (const [rawName, rawValue] of parseQuery(raw)) {
    const name = formDecode(rawName) ?? rawName;
    const value = formDecode(rawValue) ?? rawValue;
    const known = values[name];
    values[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  if (query !== undefined)
    values[query.name] = typeof query.value === 'string' ? query.value : [...query.value];
  return { ...values };
}

function headersOf(headers: HeaderList, { header }: Replacement): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const [name] of headers) values[name.toLowerCase()] = headers.get(name) ?? '';
  if (header !== undefined) values[header.name.toLowerCase()] = header.value;
  return { ...values };
}

/** The value of a JSON body, `undefined` for none, else the text. */
function bodyOf(message: HttpRequest | HttpResponse, { body: replacement }: Replacement): unknown {
  const value = readBody(message);
  if (replacement === undefined) return value;
  const keys = pointerKeys(replacement.pointer);
  const [field] = keys;
  if (field === undefined || typeof value !== 'string') return replaceAt(value, keys, replacement.value);
  const form = new URLSearchParams(value);
  form.set(field, String(replacement.value));
  return form.toString();
}

/** Reads a body as Prism's server does before its engine sees it. */
export function readBody({ headers, body }: HttpRequest | HttpResponse): unknown {
  if (body.length === 0) return undefined;
  const text = Buffer.from(body).toString('utf8');
  const mediaType = parseMediaType(headers.get('content-type') ?? '');
  if (mediaType === undefined || !isJson(mediaType)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function replaceAt(root: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(root))
    return root.map((item, at) => (String(at) === key ? replaceAt(item, rest, value) : item));
  if (typeof root !== 'object' || root === null) return root;
  const entries = Object.entries(root).map(([name, member]): [string, unknown] => [
    name,
    name === key ? replaceAt(member, rest, value) : member,
  ]);
  return Object.fromEntries(entries);
}
