import { isApidoubleError, type Random } from '../core/index.ts';
import { compileGenerator, type Generator } from '../generate/index.ts';
import type { HttpRequest } from '../http/index.ts';
import { type MediaTypePlan, mediaSchema, type OperationPlan, type ParameterPlan } from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import { type EncodedBody, setOwn } from '../wire/index.ts';
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
  for (const one of plan.parameters) {
    const { name, in: place, required } = one.parameter;
    if (!required && context.optional !== true) continue;
    const sample = firstThatWorks(
      parameterDraws(one, context),
      (value) => writeParameter(one, value),
      required,
    );
    if (sample !== undefined) setOwn(values[place === 'querystring' ? 'query' : place], name, sample.value);
  }
  const body = sampleContent(plan, context);
  return body === undefined ? values : { ...values, body };
}

/** An empty text in a path would be another path. */
function writeParameter({ parameter, codec }: ParameterPlan, value: unknown): boolean {
  return codec.encode(value) !== '' || parameter.in !== 'path';
}

function sampleContent(plan: OperationPlan, context: SampleContext): RequestValues['body'] {
  if (plan.body === undefined) return undefined;
  const { object, mediaTypes } = plan.body;
  if (!object.required && context.optional !== true && context.body === undefined) return undefined;
  const [first] = mediaTypes;
  const media = mediaTypes.find(({ mediaType }) => !mediaType.includes('*')) ?? first;
  if (media === undefined) return undefined;
  const contentType = concreteType(media.mediaType);
  if (context.body !== undefined) return { value: context.body, contentType };
  const isWritable = (value: unknown): boolean => {
    media.codec.encode(value, contentType);
    return true;
  };
  const sample = firstThatWorks(bodyDraws(media, context), isWritable, object.required);
  return sample === undefined ? undefined : { value: sample.value, contentType };
}

/** The first draw that can be made and written; where there is none, `undefined` or (where one is needed) the last fault. */
function firstThatWorks(
  draws: Iterable<() => unknown>,
  isWritable: (value: unknown) => boolean,
  isNeeded: boolean,
): { readonly value: unknown } | undefined {
  let fault: unknown;
  for (const draw of draws) {
    try {
      const value = draw();
      if (isWritable(value)) return { value };
    } catch (error) {
      fault = error;
      if (!isApidoubleError(error) || error.code !== 'ERR_CODEC') break;
    }
  }
  if (fault !== undefined && (isNeeded || !isApidoubleError(fault))) throw fault;
  return undefined;
}

function* parameterDraws(plan: ParameterPlan, context: SampleContext): Draws {
  const { parameter, validator } = plan;
  for (const example of parameter.examples.values()) {
    if (example.hasValue && validator.isValid(example.value)) yield () => example.value;
  }
  const schema = parameter.content?.schema ?? parameter.schema;
  const fork = context.random.fork(`${parameter.in} ${parameter.name}`);
  yield* madeUp(plan, schema, { context, random: fork, names: [parameter.name] });
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

/** A concrete type for a declared one that may be a range. */
function concreteType(mediaType: string): string {
  return mediaType
    .replace(/^\*\/\*/, 'application/json')
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
