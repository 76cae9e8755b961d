import { ApidoubleError, type Random } from '../core/index.ts';
import { compileGenerator, type Generator } from '../generate/index.ts';
import {
  expandPath,
  HeaderList,
  type HttpRequest,
  isPathTemplateFault,
  noBody,
  parsePathTemplate,
} from '../http/index.ts';
import { type MediaTypePlan, mediaSchema, type OperationPlan, type ParameterPlan } from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import { type EncodedBody, setOwn } from '../wire/index.ts';
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
    target:
      joinPaths(basePath, fillPath(plan.operation.path, new Map(texts.path))) +
      (query === '' ? '' : `?${query}`),
    origin,
    headers: HeaderList.from(headers),
    body: body?.bytes ?? noBody,
  };
}

function joinPaths(base: string, path: string): string {
  return base.endsWith('/') && path.startsWith('/') ? base.slice(0, -1) + path : base + path;
}

function fillPath(path: string, texts: ReadonlyMap<string, string>): string {
  const template = parsePathTemplate(path);
  return isPathTemplateFault(template) ? path : expandPath(template, (name) => texts.get(name));
}

function encodeBody(
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

/** What a sample is drawn from. */
export interface SampleContext {
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether optional parameters and properties are filled too. Default: only what is required. */
  readonly optional?: boolean;
  /** A body to send in place of a made-up one. */
  readonly body?: unknown;
}

const generators = new WeakMap<object, Map<string, Generator>>();

function generatorFor(
  owner: object,
  schema: Schema,
  options: { names: readonly string[]; optional: boolean },
): Generator {
  const known = generators.get(owner) ?? new Map<string, Generator>();
  generators.set(owner, known);
  const key = String(options.optional);
  const found =
    known.get(key) ??
    compileGenerator(schema, {
      direction: 'request',
      source: 'faker',
      names: options.names,
      fillProperties: options.optional,
    });
  known.set(key, found);
  return found;
}

/** Values that the document accepts: documented examples where they are valid, else made up. */
export function sampleValues(plan: OperationPlan, context: SampleContext): RequestValues {
  const values: Record<'path' | 'query' | 'header' | 'cookie', Record<string, unknown>> = {
    path: {},
    query: {},
    header: {},
    cookie: {},
  };
  for (const one of plan.parameters) {
    if (!one.parameter.required && context.optional !== true) continue;
    const place = one.parameter.in === 'querystring' ? 'query' : one.parameter.in;
    setOwn(values[place], one.parameter.name, sampleParameter(one, context));
  }
  const media = plan.body?.mediaTypes[0];
  const wanted =
    plan.body !== undefined &&
    (plan.body.object.required || context.optional === true || context.body !== undefined);
  if (media === undefined || !wanted) return values;
  return {
    ...values,
    body: { value: context.body ?? sampleOf(media, context), contentType: concreteType(media.mediaType) },
  };
}

function sampleParameter(plan: ParameterPlan, { random, now, optional = false }: SampleContext): unknown {
  for (const example of plan.parameter.examples.values()) {
    if (example.hasValue && plan.validator.isValid(example.value)) return example.value;
  }
  const schema = plan.parameter.content?.schema ?? plan.parameter.schema;
  const generator = generatorFor(plan, schema, { names: [plan.parameter.name], optional });
  return generator.generate({ random: random.fork(`${plan.parameter.in} ${plan.parameter.name}`), now });
}

function sampleOf(media: MediaTypePlan, { random, now, optional = false }: SampleContext): unknown {
  for (const example of media.object.examples.values()) {
    if (example.hasValue && media.validator.isValid(example.value)) return example.value;
  }
  return generatorFor(media, mediaSchema(media.object) ?? true, { names: [], optional }).generate({
    random: random.fork('body'),
    now,
  });
}

/** A concrete type for a declared one that may be a range. */
function concreteType(mediaType: string): string {
  return mediaType.replace(/^\*\/\*/, 'application/json').replace(/\/\*/, '/plain');
}

/** A request that the document accepts. */
export function sampleRequest(
  plan: OperationPlan,
  context: SampleContext,
  destination: RequestDestination = { origin: 'http://localhost', basePath: '' },
): HttpRequest {
  return buildRequest(plan, sampleValues(plan, context), destination);
}

/** The body of such a request alone, as bytes; `undefined` where the operation takes none. */
export function sampleBody(plan: OperationPlan, context: SampleContext): EncodedBody | undefined {
  const { body } = sampleValues(plan, { ...context, optional: true });
  return body === undefined ? undefined : encodeBody(plan, body);
}
