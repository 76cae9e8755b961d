import { ApidoubleError, type Finding, isApidoubleError } from '../core/index.ts';
import type { ExampleObject } from '../document/index.ts';
import { compileGenerator } from '../generate/index.ts';
import { HeaderList, type HttpResponse, isToken, memoizeByText, noBody } from '../http/index.ts';
import {
  idPropertyOf,
  type MediaTypePlan,
  mediaSchema,
  type OperationPlan,
  type ParameterPlan,
  type ResourcePart,
} from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import type { EncodedBody } from '../wire/index.ts';
import { isRecord } from '../wire/index.ts';
import { type BodyMaker, compileBodyMaker, type ProducerSettings } from './body-maker.ts';
import type { Answer, BodySource } from './choose.ts';
import { exampleBytes } from './examples.ts';
import { type BodyContext, makeBody, writeBody } from './make-body.ts';
import type { Trouble } from './tell-refusal.ts';

/** What an answer is produced from. */
export interface ProduceContext extends BodyContext {
  readonly part: ResourcePart | undefined;
  /** What is wrong, where the answer is a refusal. */
  readonly troubles: readonly Trouble[];
}

/** An answer as bytes, with the values it was written from. */
export interface Produced {
  readonly response: HttpResponse;
  /** The body before it was encoded; `undefined` where there is none. Of an example that stands as bytes it is these. */
  readonly value: () => unknown;
}

/** Turns choices into answers; makers are compiled on first use and kept. */
export interface Producer {
  /** Throws `ERR_SCHEMA_UNSATISFIABLE` where no valid body can be made. */
  produce(plan: OperationPlan, answer: Answer, context: ProduceContext): Produced;
  /** An answer with a body that is given, encoded as the document says; headers generated where none are given. */
  write(
    plan: OperationPlan,
    answer: Answer,
    given: { readonly value: unknown; readonly context: ProduceContext },
  ): Produced;
}

/** Makes the producer of an engine. */
export function createProducer(settings: ProducerSettings): Producer {
  const makers = new WeakMap<MediaTypePlan, Map<BodySource['kind'], BodyMaker>>();

  function makerFor(
    plan: OperationPlan,
    answer: Answer,
    part: ResourcePart | undefined,
  ): BodyMaker | undefined {
    const { media, source } = answer;
    if (media === undefined) return undefined;
    const known = makers.get(media.plan) ?? new Map<BodySource['kind'], BodyMaker>();
    makers.set(media.plan, known);
    const compiled = known.get(source.kind);
    if (compiled !== undefined) return compiled;
    const success = answer.status >= 200 && answer.status < 300;
    const made = compileBodyMaker(media.plan, success, {
      plan,
      part,
      source: source.kind === 'static' ? 'static' : 'faker',
      settings,
    });
    known.set(source.kind, made);
    return made;
  }

  function bodyOf(plan: OperationPlan, answer: Answer, context: ProduceContext): unknown {
    const { source, media } = answer;
    if (source.kind === 'none' || media === undefined) return undefined;
    if (source.kind === 'example' && source.example.hasValue) return source.example.value;
    if (source.kind === 'example') return exampleBytes(source.example) ?? refuseEmpty(source.example);
    const maker = makerFor(plan, answer, context.part);
    if (maker === undefined) return undefined;
    return makeBody(maker, media.plan, withRefusal(answer, context));
  }

  function respond(
    plan: OperationPlan,
    answer: Answer,
    { contentType, bytes: body }: EncodedBody,
    made: Body,
  ): HttpResponse {
    const { status, media, response } = answer;
    if (response.headers.length === 0 && !plan.operation.deprecated)
      return { status, headers: typeAlone(contentType), body };
    const flat = [...typeAlone(contentType).flat];
    const schema = media === undefined ? undefined : mediaSchema(media.plan.object);
    for (const header of response.headers) pushHeader(flat, header, { made, schema, settings });
    if (plan.operation.deprecated) flat.push('deprecation', 'true');
    return { status, headers: new HeaderList(flat), body };
  }

  /** The answer with a body that was written as text at once, where that can be vouched for. */
  function writeAtOnce(plan: OperationPlan, answer: Answer, context: ProduceContext): Produced | undefined {
    const { media, source } = answer;
    const encodeJson = media?.plan.codec.encodeJson;
    if (media === undefined || encodeJson === undefined || source.kind !== 'faker') return undefined;
    const maker = makerFor(plan, answer, context.part);
    const text = maker === undefined ? undefined : writeBody(maker, media.plan, withRefusal(answer, context));
    if (text === undefined) return undefined;
    const value = (): unknown => JSON.parse(text);
    const encoded = encodeJson(text, media.mediaType);
    return { response: respond(plan, answer, encoded, { value, context }), value };
  }

  function write(
    plan: OperationPlan,
    answer: Answer,
    { value: given, context }: { readonly value: unknown; readonly context: ProduceContext },
  ): Produced {
    const value = (): unknown => given;
    return { response: respond(plan, answer, encodeBody(answer, given), { value, context }), value };
  }

  return {
    produce: (plan, answer, context) =>
      writeAtOnce(plan, answer, context) ??
      write(plan, answer, { value: bodyOf(plan, answer, context), context }),
    write,
  };
}

/** What a body is and was made from. Where it was written as text, its value is read when somebody asks. */
interface Body {
  readonly value: () => unknown;
  readonly context: ProduceContext;
}

/** With what is told by the body of an answer that is no success. Static values are Prism's, unless something is wrong. */
function withRefusal({ status, source }: Answer, context: ProduceContext): ProduceContext {
  const { troubles, url } = context;
  if (status < 400 || (troubles.length === 0 && source.kind === 'static')) return context;
  return { ...context, refusal: { status, troubles, path: new URL(url).pathname } };
}

/** An example that was asked for by name and has nothing to show. */
function refuseEmpty({ externalValue }: ExampleObject): never {
  if (externalValue === undefined) {
    throw new ApidoubleError(
      'ERR_OPERATION_DISABLED',
      'Cannot serve the example: the document gives it no value. Add one, or ask for another example.',
    );
  }
  throw new ApidoubleError(
    'ERR_REFERENCE',
    `Cannot serve the example at "${externalValue}": it could not be read. Correct its "externalValue", or ask for another example.`,
  );
}

const empty: EncodedBody = { bytes: noBody, contentType: '' };

function encodeBody({ media, source }: Answer, value: unknown): EncodedBody {
  if (media === undefined || source.kind === 'none') return empty;
  if (source.kind === 'example' && !source.example.hasValue && value instanceof Uint8Array)
    return { bytes: value, contentType: media.mediaType };
  return encodeAs(media, value);
}

/** The header fields of most answers: one list for all of a content type, none where there is no body. */
const typeAlone = memoizeByText((contentType) =>
  contentType === '' ? new HeaderList() : new HeaderList(['content-type', contentType]),
);

const holdsAnything = /json|xml|x-www-form-urlencoded|^multipart\//i;

/**
 * Under a range (`*\/*`) a client may ask for what cannot hold the value, as a browser does with `text/html`: it gets JSON.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
function encodeAs({ plan, mediaType }: NonNullable<Answer['media']>, value: unknown): EncodedBody {
  if (plan.mediaType !== '*/*' && plan.mediaType !== 'application/*')
    return plan.codec.encode(value, mediaType);
  const isPlain = typeof value === 'string' || value instanceof Uint8Array;
  if (!isPlain && !holdsAnything.test(mediaType)) return plan.codec.encode(value, 'application/json');
  try {
    return plan.codec.encode(value, mediaType);
  } catch (fault) {
    if (!isApidoubleError(fault)) throw fault;
    return plan.codec.encode(value, 'application/json');
  }
}

interface HeaderContext {
  readonly made: Body;
  readonly schema: Schema | undefined;
  readonly settings: ProducerSettings;
}

const own: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'transfer-encoding',
  'connection',
]);

function pushHeader(flat: string[], plan: ParameterPlan, around: HeaderContext): void {
  const { parameter, codec } = plan;
  if (own.has(parameter.name.toLowerCase()) || !isToken(parameter.name)) return;
  let fault: unknown;
  for (let draw = 0; draw < mostDraws; draw += 1) {
    try {
      const text = codec.encode(headerValue(plan, around, draw));
      if (text !== undefined) flat.push(parameter.name, text);
      return;
    } catch (error) {
      if (!isApidoubleError(error) || error.code !== 'ERR_CODEC') throw error;
      fault = error;
    }
  }
  if (parameter.required) throw fault;
}

/** How often a header is drawn: not every valid text can stand in one (`Ω`). One that is not required is then left out. */
const mostDraws = 10;

const headerGenerators = new WeakMap<ParameterPlan, ReturnType<typeof compileGenerator>>();

function headerValue(plan: ParameterPlan, around: HeaderContext, draw: number): unknown {
  const { parameter } = plan;
  const { settings } = around;
  const { context } = around.made;
  const meaning = meaningOf(parameter.name.toLowerCase(), around);
  if (meaning !== undefined && plan.validator.isValid(meaning)) return meaning;
  for (const example of parameter.examples.values()) {
    if (example.hasValue && plan.validator.isValid(example.value)) return example.value;
  }
  const generator =
    headerGenerators.get(plan) ??
    compileGenerator(parameter.schema, {
      direction: 'response',
      source: 'faker',
      names: [parameter.name],
      ...(settings.locale === undefined ? {} : { locale: settings.locale }),
    });
  headerGenerators.set(plan, generator);
  const random = context.own().fork(`header ${parameter.name}${draw === 0 ? '' : ` ${draw}`}`);
  return generator.generate({ random, now: context.now });
}

/** What a header with a meaning of its own has to say. */
function meaningOf(name: string, { made, schema }: HeaderContext): unknown {
  const { context } = made;
  if (name === 'location') return locationOf(made, schema) ?? laterPlace(made);
  if (name === 'date' || name === 'last-modified') return new Date(context.now).toUTCString();
  if (name === 'etag')
    return `"${context
      .own()
      .fork('etag')
      .integer(0, 2 ** 32 - 1)
      .toString(16)
      .padStart(8, '0')}"`;
  if (name === 'retry-after') return 30;
  return undefined;
}

/** The place of a thing that was created: its collection's path and its id. */
function locationOf({ value: read, context }: Body, schema: Schema | undefined): string | undefined {
  const { url, part } = context;
  if (part?.role !== 'create') return undefined;
  const value = read();
  if (!isRecord(value)) return undefined;
  const item = part.resource.operations.read ?? part.resource.operations.delete;
  const property = idPropertyOf(part.resource, schema);
  const id = property === undefined ? undefined : value[property];
  if (item === undefined || (typeof id !== 'string' && typeof id !== 'number')) return undefined;
  const collection = new URL(url).pathname.replace(/\/+$/, '');
  return `${collection}/${encodeURIComponent(String(id))}${item.path.endsWith('/') ? '/' : ''}`;
}

/** Where the outcome of what was accepted will be: below the request's path, by the id that the body tells, else by one that is made up. */
function laterPlace({ value: read, context }: Body): string {
  const value = read();
  const told = Object.entries(isRecord(value) ? value : {}).find(
    ([name, one]) => /(?:^|_)id$|Id$/.test(name) && (typeof one === 'string' || typeof one === 'number'),
  );
  const id = told?.[1] ?? context.own().fork('location').integer(1, 1e9);
  return `${new URL(context.url).pathname.replace(/\/+$/, '')}/${encodeURIComponent(String(id))}`;
}

/** Findings that one answer tells; a body can break its schema in thousands of places. */
export const mostTold = 100;

/** What a refusal tells of the findings; where there are too many, how many more there are. */
export function troublesOf(findings: readonly Finding[]): Trouble[] {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const troubles: Trouble[] = errors
    .slice(0, mostTold)
    .map((finding) => ({ message: finding.message, finding }));
  if (errors.length > mostTold) troubles.push({ message: `And ${errors.length - mostTold} more.` });
  return troubles;
}
