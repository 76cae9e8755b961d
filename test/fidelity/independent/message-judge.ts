import type { RawOperation } from './raw-document.ts';
import { type Json, objectOf, resolve } from './raw-document.ts';
import type { SchemaJudge, Verdict } from './schema-judge.ts';

/** A message in the plainest form, so that the judges depend on no type of ours. */
export interface PlainResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request in the same form. */
export interface PlainRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const valid: Verdict = { kind: 'valid' };

/**
 * The status that a valid request is answered with: the lowest 2xx, else 2XX, else default, else the first that an answer
 * can end with (101 hands the connection over).
 */
export function expectedStatuses(operation: RawOperation): readonly number[] {
  const keys = [...operation.responses.keys()];
  const exact = keys.filter((key) => /^2\d\d$/.test(key)).map(Number);
  if (exact.length > 0) return [Math.min(...exact)];
  if (keys.includes('2XX') || keys.includes('default')) return [200];
  const first = keys.find((key) => !key.startsWith('1')) ?? '200';
  return [Number(first.replaceAll('X', '0'))];
}

/** Judges an answer by the raw document: status, media type, headers, body. */
export function judgeResponse(
  document: Json,
  operation: RawOperation,
  { response, judge }: { readonly response: PlainResponse; readonly judge: SchemaJudge },
): Verdict {
  const { responses } = operation;
  const range = `${Math.floor(response.status / 100)}XX`;
  const declared = responses.get(String(response.status)) ?? responses.get(range) ?? responses.get('default');
  if (declared === undefined) return invalid(`status ${response.status} is not documented`);
  const headers = judgeHeaders(document, declared, { response, judge });
  if (headers.kind === 'invalid') return headers;
  const content = objectOf(declared.content);
  if (Object.keys(content).length === 0) {
    return response.body.length === 0 ? valid : invalid('a body where the document has none');
  }
  if (operation.method === 'HEAD' || response.status === 204 || response.status === 304) return valid;
  return judgeBody(content, { ...response, judge });
}

function judgeBody(content: Json, message: PlainResponse & { readonly judge: SchemaJudge }): Verdict {
  const type = mediaTypeOf(message.headers['content-type']);
  const keys = Object.keys(content).toSorted((left, right) => breadth(left) - breadth(right));
  const declared = keys.find((key) => covers(key, type));
  if (declared === undefined)
    return invalid(`media type "${type}" is not one of ${Object.keys(content).join(', ')}`);
  const { schema } = objectOf(content[declared]);
  if (schema === undefined) return valid;
  const text = Buffer.from(message.body).toString('utf8');
  if (isJson(type)) return judgeJson(schema, text, message.judge);
  if (type.startsWith('text/') && objectOf(schema).type === 'string')
    return message.judge.judge(schema, text);
  return { kind: 'undecided', reason: `ajv has no reading of ${type}` };
}

function judgeJson(schema: unknown, text: string, judge: SchemaJudge): Verdict {
  try {
    return judge.judge(schema, JSON.parse(text));
  } catch {
    return invalid('the body is not JSON');
  }
}

function judgeHeaders(
  document: Json,
  declared: Json,
  { response, judge }: { readonly response: PlainResponse; readonly judge: SchemaJudge },
): Verdict {
  for (const [name, node] of Object.entries(objectOf(declared.headers))) {
    const header = resolve(document, node);
    const value = response.headers[name.toLowerCase()];
    if (name.toLowerCase() === 'content-type') continue;
    if (value === undefined && header.required === true) return invalid(`the header ${name} is missing`);
    if (value === undefined || header.schema === undefined) continue;
    const verdict = judgeText(document, header.schema, { texts: [value], judge });
    if (verdict.kind === 'invalid') return invalid(`header ${name}: ${verdict.reason}`);
  }
  return valid;
}

/** Judges a request by the raw document: required parameters, simple values, the body where it is JSON. */
export function judgeRequest(
  document: Json,
  operation: RawOperation,
  { request, judge }: { readonly request: PlainRequest; readonly judge: SchemaJudge },
): Verdict {
  for (const parameter of operation.parameters) {
    const texts = textsOf(operation, parameter, request);
    const verdict = judgeParameter(document, { operation, parameter }, { texts, judge });
    if (verdict.kind === 'invalid')
      return invalid(`${parameter.in} parameter ${parameter.name}: ${verdict.reason}`);
  }
  return judgeRequestBody(operation, { request, judge });
}

function judgeParameter(
  document: Json,
  { operation, parameter }: { readonly operation: RawOperation; readonly parameter: Json },
  { texts, judge }: { readonly texts: readonly string[] | undefined; readonly judge: SchemaJudge },
): Verdict {
  const named = String(parameter.name).toLowerCase();
  // @see https://spec.openapis.org/oas/v3.1.1.html#parameter-object (these three are ignored)
  if (parameter.in === 'header' && ['accept', 'content-type', 'authorization'].includes(named)) return valid;
  const { style, schema } = parameter;
  if (style !== undefined && style !== 'form' && style !== 'simple') return valid;
  if (schema === undefined || isInQueryOfPath(operation, parameter)) return valid;
  const type = objectOf(resolve(document, schema)).type;
  if (texts === undefined) {
    const mayVanish = type === 'object' || type === 'array' || type === undefined;
    return parameter.required === true && !mayVanish ? invalid('it is missing') : valid;
  }
  const isExploded = parameter.in === 'query' && parameter.explode !== false;
  const items = type === 'array' && !isExploded ? texts.flatMap((text) => text.split(',')) : texts;
  return judgeText(document, schema, { texts: items.map(decodeText), judge });
}

/** Some documents write `/pic?key={KEY}` and call KEY a part of the path. */
function isInQueryOfPath({ path }: RawOperation, parameter: Json): boolean {
  return parameter.in === 'path' && (path.split('?')[1] ?? '').includes(`{${String(parameter.name)}}`);
}

/** Judges a text as the first of the types that it can be read as and that the schema takes. */
function judgeText(
  document: Json,
  schema: unknown,
  { texts, judge }: { readonly texts: readonly string[]; readonly judge: SchemaJudge },
): Verdict {
  const type = objectOf(resolve(document, schema)).type;
  if (type === 'object') return valid;
  // No style has a form for what is nested; JSON is what clients write there.
  const readings =
    type === 'array'
      ? [texts, texts.map(asNumber), texts.map(asLiteral), texts.map(asJson)]
      : [texts[0], asNumber(texts[0]), asLiteral(texts[0])];
  const verdicts = readings.map((value) => judge.judge(schema, value));
  return verdicts.find(({ kind }) => kind !== 'invalid') ?? verdicts[0] ?? valid;
}

function judgeRequestBody(
  operation: RawOperation,
  { request, judge }: { readonly request: PlainRequest; readonly judge: SchemaJudge },
): Verdict {
  const { requestBody } = operation;
  if (requestBody === undefined) return valid;
  const type = request.headers['content-type'];
  if (type === undefined) return requestBody.required === true ? invalid('the body is missing') : valid;
  return judgeBody(objectOf(requestBody.content), { ...request, status: 0, judge });
}

function textsOf(operation: RawOperation, parameter: Json, request: PlainRequest): string[] | undefined {
  const name = String(parameter.name);
  switch (parameter.in) {
    case 'query':
      return queryTexts(request.target, name);
    case 'header': {
      const value = request.headers[name.toLowerCase()];
      return value === undefined ? undefined : [value];
    }
    case 'path': {
      const value = pathText(operation, name, request.target);
      return value === undefined ? undefined : [value];
    }
    default:
      return undefined;
  }
}

function queryTexts(target: string, name: string): string[] | undefined {
  const start = target.indexOf('?');
  if (start === -1) return undefined;
  const texts: string[] = [];
  for (const pair of target.slice(start + 1).split('&')) {
    const [key = '', ...rest] = pair.split('=');
    if (decodeText(key) === name) texts.push(rest.join('='));
  }
  return texts.length === 0 ? undefined : texts;
}

function pathText({ path, basePath }: RawOperation, name: string, target: string): string | undefined {
  const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = path
    .split('?')[0]
    ?.split(/(\{[^{}]+\})/)
    .map((part) => (part === `{${name}}` ? '(.*)' : part.startsWith('{') ? '[^/]*' : literally(part)))
    .join('');
  const own = target.split('?')[0]?.slice(basePath.length) ?? '';
  return new RegExp(`^${pattern}$`).exec(own)?.[1];
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20'));
  } catch {
    return text;
  }
}

function asNumber(text: string | undefined): unknown {
  return text === undefined || text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

function asLiteral(text: string | undefined): unknown {
  return text === 'true' ? true : text === 'false' ? false : text === 'null' || text === '' ? null : text;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function mediaTypeOf(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function covers(declared: string, type: string): boolean {
  const wanted = mediaTypeOf(declared);
  if (wanted === type || wanted === '*/*' || wanted === '*') return true;
  if (wanted.endsWith('/*')) return type.startsWith(wanted.slice(0, -1));
  const [head = '', suffix] = wanted.split('*');
  return suffix !== undefined && type.startsWith(head) && type.endsWith(suffix);
}

/** The more specific media type counts: `text/plain` before `text/*` before `*\/*`. */
function breadth(mediaType: string): number {
  return mediaType.split('*').length - 1;
}

function isJson(type: string): boolean {
  return /[/+]json$/.test(type);
}

function invalid(reason: string): Verdict {
  return { kind: 'invalid', reason };
}
