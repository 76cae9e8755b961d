import { ApidoubleError, originOf } from '../core/index.ts';
import { type MediaTypePlan, mediaSchema, type ResourcePart } from '../plan/index.ts';
import { memberAt } from '../wire/index.ts';
import { type BodyMaker, resourceStream } from './body-maker.ts';
import { echo, echoEach, fromPath, takenOver, withMembers } from './echo.ts';
import {
  keptRows,
  type ListContext,
  makeList,
  makeThing,
  setAt,
  sourceOf,
  writeList,
  writeThing,
} from './make-list.ts';
import { type Refusal, type Trouble, tellRefusal } from './tell-refusal.ts';

/** What a body is made from. */
export interface BodyContext extends ListContext {
  /** The decoded body of the request, where the answer is a success. */
  readonly sent: unknown;
  /** What an answer that is no success tells. */
  readonly refusal?: Refusal;
}

/** What an answer is produced from. */
export interface ProduceContext extends BodyContext {
  readonly part: ResourcePart | undefined;
  /** What is wrong, where the answer is a refusal. */
  readonly troubles: readonly Trouble[];
}

/** Makes a body and judges it. Throws `ERR_SCHEMA_UNSATISFIABLE` where none that is valid can be made. */
export function makeBody(maker: BodyMaker, media: MediaTypePlan, context: BodyContext): unknown {
  const isValid = (value: unknown): boolean => media.validator.isValid(value);
  switch (maker.kind) {
    case 'empty':
      return emptyBody(media.mediaType);
    case 'list': {
      const list = makeList(maker, context);
      if (isValid(list)) return list;
      const rows = keptRows(maker, context);
      return rows !== undefined && isValid(rows)
        ? rows
        : judged(maker.envelope.generate(sourceOf(context.own(), context)), media);
    }
    case 'thing':
      return makeWithEcho(thingOf(maker, context), { media, context, isValid });
    case 'plain': {
      const value = maker.generator.generate(sourceOf(context.own(), context));
      const { refusal } = context;
      const wanted =
        refusal === undefined
          ? fromPath(context.path, maker.pathMembers)
          : tellRefusal(value, mediaSchema(media.object), refusal);
      return makeWithEcho({ value, wanted }, { media, context, isValid });
    }
    default:
      return maker satisfies never;
  }
}

/**
 * Writes a body as JSON text, of parts that are each proven or were judged. `undefined` where it has to be made and judged as a whole:
 * where the schema wants that, or the request sent what the answer takes over.
 */
export function writeBody(maker: BodyMaker, media: MediaTypePlan, context: BodyContext): string | undefined {
  if (context.sent !== undefined || context.refusal !== undefined) return undefined;
  switch (maker.kind) {
    case 'empty':
      return undefined;
    case 'list':
      return writeList(maker, context, (value) => media.validator.isValid(value));
    case 'thing':
      return writeOne(maker, context);
    case 'plain':
      return maker.generator.write(
        sourceOf(context.own(), context),
        fromPath(context.path, maker.pathMembers),
      );
    default:
      return maker satisfies never;
  }
}

type ThingBody = BodyMaker & { readonly kind: 'thing' };

function writeOne(maker: ThingBody, context: BodyContext): string | undefined {
  const { thing, part, wrapper } = maker;
  const id = context.path[part.resource.idParameter];
  if (id === undefined || wrapper !== undefined) return undefined;
  const collection = resourceStream(context.root, part, context.path);
  return writeThing(thing, id, { collection, context, given: fromPath(context.path, thing.pathMembers) });
}

interface Wanted {
  readonly value: unknown;
  readonly wanted: Record<string, unknown>;
  /** The value as it is made where the id in the path is none that the body can hold (a name beside numbers). */
  readonly plain?: () => unknown;
}

interface Judging {
  readonly media: MediaTypePlan;
  readonly context: BodyContext;
  readonly isValid: (value: unknown) => boolean;
}

/** The request's own values win over made-up ones, as far as the result stays valid. */
function makeWithEcho({ value, wanted, plain }: Wanted, { media, context, isValid }: Judging): unknown {
  const schema = mediaSchema(media.object);
  const echoed = withMembers(echo(value, context.sent, schema), wanted);
  if (isValid(echoed)) return echoed;
  const base = plain === undefined || isValid(value) ? value : plain();
  return echoEach(judged(base, media), [context.sent, wanted], { schema, isValid });
}

function thingOf(maker: ThingBody, context: BodyContext): Wanted {
  const { thing, part, wrapper } = maker;
  const collection = resourceStream(context.root, part, context.path);
  const given = context.path[part.resource.idParameter];
  const id =
    given ?? thing.id?.generator.generate(sourceOf(context.own(), context)) ?? context.own().integer(1, 1e9);
  const sent = memberAt(context.sent, wrapper?.steps ?? []);
  const value = makeThing(thing, id, { collection, context, wanted: takenOver(sent, thing.schema) });
  const wanted = fromPath(context.path, thing.pathMembers);
  const whole = wrapper?.generator ?? thing.generator;
  const plain = (): unknown => whole.generate(sourceOf(context.own(), context));
  if (wrapper === undefined) return { value, wanted, plain };
  const body = plain();
  setAt(body, wrapper.steps, withMembers(value, wanted));
  return { value: body, wanted: {}, plain };
}

function judged(value: unknown, media: MediaTypePlan): unknown {
  const [first] = media.validator.validate(value).filter((violation) => violation.severity === 'error');
  if (first === undefined) return value;
  const place = (first.origin ?? originOf(mediaSchema(media.object)) ?? media.object.origin).pointer;
  throw new ApidoubleError(
    'ERR_SCHEMA_UNSATISFIABLE',
    `Cannot make a body for the schema "${place}": ${first.message}. Correct the schema, or give a valid example.`,
  );
}

/** Without a schema everything is valid; the least that the media type can hold is sent. */
function emptyBody(mediaType: string): unknown {
  if (/json/i.test(mediaType)) return {};
  return /^text\/|xml/i.test(mediaType) ? '' : new Uint8Array(0);
}
