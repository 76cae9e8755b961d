import { ApidoubleError, type Finding, isApidoubleError } from '../core/index.ts';
import type { ExampleObject } from '../document/index.ts';
import { HeaderList, type HttpResponse, memoizeByText, noBody } from '../http/index.ts';
import { type MediaTypePlan, mediaSchema, type OperationPlan, type ResourcePart } from '../plan/index.ts';
import type { EncodedBody } from '../wire/index.ts';
import { type BodyMaker, compileBodyMaker, type ProducerSettings } from './body-maker.ts';
import type { Answer, BodySource } from './choose.ts';
import { exampleBytes } from './examples.ts';
import { type Body, pushHeader } from './headers.ts';
import { makeBody, type ProduceContext, writeBody } from './make-body.ts';
import { type SelfLinks, selfLinksOf } from './self-links.ts';
import type { Trouble } from './tell-refusal.ts';

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
  write(plan: OperationPlan, answer: Answer, given: Given): Produced;
  /** A body that somebody keeps, with the links to itself that are an answer's to say. */
  linked(plan: OperationPlan, answer: Answer, given: Given): unknown;
}

/** A body that is there already. */
export interface Given {
  readonly value: unknown;
  readonly context: ProduceContext;
}

interface Made {
  readonly maker: BodyMaker;
  readonly links: SelfLinks | undefined;
}

function linked({ links }: Made, value: unknown, { url }: ProduceContext): unknown {
  return links === undefined ? value : links(value, url);
}

/** Makes the producer of an engine. */
export function createProducer(settings: ProducerSettings): Producer {
  const makers = new WeakMap<MediaTypePlan, Map<BodySource['kind'], Made>>();

  function makerFor(plan: OperationPlan, answer: Answer, part: ResourcePart | undefined): Made | undefined {
    const { media, source } = answer;
    if (media === undefined) return undefined;
    const known = makers.get(media.plan) ?? new Map<BodySource['kind'], Made>();
    makers.set(media.plan, known);
    const compiled = known.get(source.kind);
    if (compiled !== undefined) return compiled;
    const success = answer.status >= 200 && answer.status < 300;
    const isStatic = source.kind === 'static';
    const maker = compileBodyMaker(media.plan, success, {
      plan,
      part,
      source: isStatic ? 'static' : 'faker',
      settings,
    });
    const schema = mediaSchema(media.plan.object);
    const links =
      success && !isStatic ? selfLinksOf(schema, maker, { operation: plan.operation, part }) : undefined;
    const made = { maker, links };
    known.set(source.kind, made);
    return made;
  }

  function bodyOf(plan: OperationPlan, answer: Answer, context: ProduceContext): unknown {
    const { source, media } = answer;
    if (source.kind === 'none' || media === undefined) return undefined;
    if (source.kind === 'example' && source.example.hasValue) return source.example.value;
    if (source.kind === 'example') return exampleBytes(source.example) ?? refuseEmpty(source.example);
    const made = makerFor(plan, answer, context.part);
    return made === undefined
      ? undefined
      : linked(made, makeBody(made.maker, media.plan, withRefusal(answer, context)), context);
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
    const made = makerFor(plan, answer, context.part);
    if (made === undefined || made.links !== undefined) return undefined;
    const text = writeBody(made.maker, media.plan, withRefusal(answer, context));
    if (text === undefined) return undefined;
    const value = (): unknown => JSON.parse(text);
    const encoded = encodeJson(text, media.mediaType);
    return { response: respond(plan, answer, encoded, { value, context }), value };
  }

  function write(plan: OperationPlan, answer: Answer, { value: given, context }: Given): Produced {
    const value = (): unknown => given;
    return { response: respond(plan, answer, encodeBody(answer, given), { value, context }), value };
  }

  return {
    linked(plan, answer, { value, context }) {
      const made = answer.source.kind === 'faker' ? makerFor(plan, answer, context.part) : undefined;
      return made === undefined ? value : linked(made, value, context);
    },
    produce: (plan, answer, context) =>
      writeAtOnce(plan, answer, context) ??
      write(plan, answer, { value: bodyOf(plan, answer, context), context }),
    write,
  };
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
