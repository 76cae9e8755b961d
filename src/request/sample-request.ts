import { isApidoubleError, type Random } from '../core/index.ts';
import { compileGenerator, type Generator } from '../generate/index.ts';
import type { HttpRequest } from '../http/index.ts';
import { type MediaTypePlan, mediaSchema, type OperationPlan, type ParameterPlan } from '../plan/index.ts';
import type { Direction, Schema, SchemaObject } from '../schema/index.ts';
import { type EncodedBody, isBinarySchema, setOwn } from '../wire/index.ts';
import { buildRequest, encodeBody, type RequestDestination, type RequestValues } from './build-request.ts';

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

/** How often a value is made for a place: not every valid one can be written in its style (null in a path). */
const mostDraws = 30;

/**
 * Values that the document accepts and that can be written as it says: documented examples where they are valid, else
 * made up. An optional one that cannot be made or written is left out.
 * Throws `ERR_SCHEMA_UNSATISFIABLE` or `ERR_CODEC` where a required one has no such value.
 */
export function sampleValues(plan: OperationPlan, context: SampleContext): RequestValues {
  const values: Record<'path' | 'query' | 'header' | 'cookie', Record<string, unknown>> = {
    path: {},
    query: {},
    header: {},
    cookie: {},
  };
  const taken = new Set<string>();
  // Required ones first: where names meet, it is an optional one that is left out.
  for (const one of plan.parameters.toSorted(requiredFirst)) {
    const { name, in: place, required } = one.parameter;
    if (!required && context.optional !== true) continue;
    const sample = firstThatWorks(
      parameterDraws(one, context),
      (value) => fitOf(one, value, taken),
      required,
    );
    if (sample === undefined) continue;
    if (place === 'query') for (const used of queryNames(one, sample.value)) taken.add(used);
    setOwn(values[place === 'querystring' ? 'query' : place], name, sample.value);
  }
  const body = sampleContent(plan, context);
  return body === undefined ? values : { ...values, body };
}

function requiredFirst({ parameter: left }: ParameterPlan, { parameter: right }: ParameterPlan): number {
  return Number(right.required) - Number(left.required);
}

/** How well a value suits its place: `poor` is sent where nothing better is found. */
type Fit = 'good' | 'poor' | 'none';

/**
 * An empty text in a path would be another path. A null has no form of its own in any style, and is sent only where
 * nothing else is allowed. Exploded objects that let in any name must not meet under one.
 */
function fitOf(plan: ParameterPlan, value: unknown, taken: ReadonlySet<string>): Fit {
  const { parameter, codec } = plan;
  const text = codec.encode(value);
  if (text === '' && parameter.in === 'path') return 'none';
  if (parameter.in === 'query' && queryNames(plan, value).some((name) => taken.has(name))) return 'none';
  return value === null ? 'poor' : 'good';
}

/** The names that a value is sent under. */
function queryNames({ codec }: ParameterPlan, value: unknown): string[] {
  return [...new URLSearchParams(codec.encode(value) ?? '').keys()];
}

function sampleContent(plan: OperationPlan, context: SampleContext): RequestValues['body'] {
  if (plan.body === undefined) return undefined;
  const { object, mediaTypes } = plan.body;
  if (!object.required && context.optional !== true && context.body === undefined) return undefined;
  const [first] = mediaTypes;
  const media = mediaTypes.find(({ mediaType }) => !mediaType.includes('*')) ?? first;
  if (media === undefined) return undefined;
  const contentType = concreteType(media);
  if (context.body !== undefined) return { value: context.body, contentType };
  const fit = (value: unknown): Fit => {
    media.codec.encode(value, contentType);
    return 'good';
  };
  const sample = firstThatWorks(bodyDraws(media, context), fit, object.required);
  return sample === undefined ? undefined : { value: sample.value, contentType };
}

/**
 * The first draw that can be made and written well, else one that can be written at all; where there is none,
 * `undefined` or (where one is needed) the first fault.
 */
function firstThatWorks(
  draws: Iterable<() => unknown>,
  fitOfValue: (value: unknown) => Fit,
  isNeeded: boolean,
): { readonly value: unknown } | undefined {
  let fault: unknown;
  let poor: { readonly value: unknown } | undefined;
  for (const draw of draws) {
    try {
      const value = draw();
      const fit = fitOfValue(value);
      if (fit === 'good') return { value };
      if (fit === 'poor') poor ??= { value };
    } catch (error) {
      fault ??= error;
      if (!isApidoubleError(error) || error.code !== 'ERR_CODEC') break;
    }
  }
  if (poor !== undefined && isNeeded) return poor;
  if (fault !== undefined && (isNeeded || !isApidoubleError(fault))) throw fault;
  return undefined;
}

function* parameterDraws(plan: ParameterPlan, context: SampleContext): Draws {
  const { parameter, validator } = plan;
  for (const example of parameter.examples.values()) {
    if (example.hasValue && validator.isValid(example.value)) yield () => example.value;
  }
  const schema = parameter.content?.schema ?? parameter.schema;
  const random = context.random.fork(`${parameter.in} ${parameter.name}`);
  yield* madeUp(plan, schema, { context, random, names: [parameter.name] });
  if (parameter.content !== undefined) return;
  const flat = flatOf(schema);
  yield* madeUp(flat, flat, { context, random: random.fork('flat'), names: [parameter.name] });
  // What only the server may set is better in a path than nothing, which would be another path.
  if (parameter.in !== 'path') return;
  const whole = generatorFor(flat, schema, {
    names: [parameter.name],
    optional: true,
    direction: 'response',
  });
  yield () => whole.generate({ random: random.fork('whole'), now: context.now });
}

const flatSchemas = new WeakMap<object, SchemaObject>();
const scalar: Schema = { type: ['string', 'number', 'boolean'] };

/** The same schema without what no style has a form for: items and members that are lists or objects. */
function flatOf(schema: Schema): SchemaObject {
  const known = typeof schema === 'object' ? flatSchemas.get(schema) : undefined;
  const flat = known ?? { allOf: [schema, { items: scalar, additionalProperties: scalar }] };
  if (typeof schema === 'object') flatSchemas.set(schema, flat);
  return flat;
}

function* bodyDraws(media: MediaTypePlan, context: SampleContext): Draws {
  for (const example of media.object.examples.values()) {
    if (example.hasValue && media.validator.isValid(example.value)) yield () => example.value;
  }
  const schema = mediaSchema(media.object) ?? true;
  yield* madeUp(media, schema, { context, random: context.random.fork('body'), names: [] });
}

type Draws = Iterable<() => unknown>;

function* madeUp(
  owner: object,
  schema: Schema,
  of: { readonly context: SampleContext; readonly random: Random; readonly names: readonly string[] },
): Draws {
  const { context, names, random } = of;
  const optional = context.optional ?? false;
  for (let draw = 0; draw < mostDraws; draw += 1) {
    // What cannot be written with its optional members may be without them (nested ones), and the other way round (none in a path).
    const generator = generatorFor(owner, schema, { names, optional: optional !== (draw % 2 === 1) });
    const stream = draw === 0 ? random : random.fork(`~draw${draw}`);
    yield () => generator.generate({ random: stream, now: context.now });
  }
}

const generators = new WeakMap<object, Map<string, Generator>>();

function generatorFor(
  owner: object,
  schema: Schema,
  options: { names: readonly string[]; optional: boolean; direction?: Direction },
): Generator {
  const known = generators.get(owner) ?? new Map<string, Generator>();
  generators.set(owner, known);
  const { names, optional, direction = 'request' } = options;
  const key = `${optional} ${direction}`;
  const found =
    known.get(key) ??
    compileGenerator(schema, { direction, source: 'faker', names, fillProperties: optional });
  known.set(key, found);
  return found;
}

/** A concrete type for a declared one that may be a range; under `*\/*` bytes are sent as bytes. */
function concreteType({ mediaType, object }: MediaTypePlan): string {
  return mediaType
    .replace(/^\*\/\*/, isBinarySchema(mediaSchema(object)) ? 'application/octet-stream' : 'application/json')
    .replace(/\/\*\+/, '/vnd.api+')
    .replace(/\/\*/, '/plain');
}

/** A request that the document accepts. Throws as `sampleValues` does. */
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
