import { ApidoubleError } from '../core/index.ts';
import {
  expandPath,
  HeaderList,
  type HttpRequest,
  isPathTemplateFault,
  noBody,
  parsePathTemplate,
} from '../http/index.ts';
import type { OperationPlan } from '../plan/index.ts';
import type { EncodedBody } from '../wire/index.ts';
import type { ParameterValues } from './request-reading.ts';

/** The values that a request is built from. What is not named is not sent. */
export interface RequestValues extends Partial<ParameterValues> {
  readonly body?: { readonly value: unknown; readonly contentType: string };
}

/** Where a request goes: `http://127.0.0.1:4010` and the base path of a server, `/api/v3`. */
export interface RequestDestination {
  readonly origin: string;
  readonly basePath: string;
}

/** Writes a request from values, in the styles and media types of the document. Throws `ERR_CODEC` for a value that cannot be written. */
export function buildRequest(
  plan: OperationPlan,
  values: RequestValues,
  { origin, basePath }: RequestDestination,
): HttpRequest {
  const texts: Record<'path' | 'query' | 'header' | 'cookie', [string, string][]> = {
    path: [],
    query: [],
    header: [],
    cookie: [],
  };
  for (const { parameter, codec } of plan.parameters) {
    const place = parameter.in === 'querystring' ? 'query' : parameter.in;
    const given = values[place];
    if (given === undefined || !Object.hasOwn(given, parameter.name)) continue;
    const text = codec.encode(given[parameter.name]);
    if (text !== undefined && (text !== '' || place !== 'query')) texts[place].push([parameter.name, text]);
  }
  const query = texts.query.map(([, text]) => text).join('&');
  const body = values.body === undefined ? undefined : encodeBody(plan, values.body);
  const headers = texts.header;
  if (texts.cookie.length > 0) headers.push(['Cookie', texts.cookie.map(([, text]) => text).join('; ')]);
  if (body !== undefined) headers.push(['Content-Type', body.contentType]);
  return {
    method: plan.operation.method,
    target: withQuery(joinPaths(basePath, fillPath(plan.operation.path, new Map(texts.path))), query),
    origin,
    headers: HeaderList.from(headers),
    body: body?.bytes ?? noBody,
  };
}

/** Some documents write a part of the query into the path: `/rest?method=photos.get`. */
function withQuery(path: string, query: string): string {
  if (query === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

function joinPaths(base: string, path: string): string {
  return base.endsWith('/') && path.startsWith('/') ? base.slice(0, -1) + path : base + path;
}

function fillPath(path: string, texts: ReadonlyMap<string, string>): string {
  const template = parsePathTemplate(path);
  return isPathTemplateFault(template) ? path : expandPath(template, (name) => texts.get(name));
}

/** Writes a body alone. Throws `ERR_CODEC` for a media type that the operation does not list. */
export function encodeBody(
  plan: OperationPlan,
  { value, contentType }: NonNullable<RequestValues['body']>,
): EncodedBody {
  const media = plan.body?.find(contentType);
  if (media !== undefined) return media.codec.encode(value, contentType);
  throw new ApidoubleError(
    'ERR_CODEC',
    `Cannot write a body as "${contentType}": ${plan.key} does not list it. Choose one that it does.`,
  );
}
