import type { ApiOperation } from '../../document/index.ts';
import { mediaSchema, type Resource, type ThingPlace, thingPlaceOf } from '../../plan/index.ts';
import type { Schema } from '../../schema/index.ts';
import type { Life } from '../planning/life.ts';
import { mediaPlanOf } from '../running/media-plan.ts';
import { resourceLike, responseSchema } from '../running/read-thing.ts';
import type { Run } from '../running/run.ts';
import { isPlain } from '../values/at-steps.ts';
import { declaredProperties } from './same-value.ts';

/**
 * The things of a life apart from what is around them: `{ data: { name } }` may be read where `{ name }` was written. Where the
 * document shows nothing around them, a body is the thing.
 */
export interface Forms {
  /** The schema of the thing in an operation's request. */
  sentSchema(operation: ApiOperation): Schema | undefined;
  /** The thing in the body of an operation's request. */
  sent(operation: ApiOperation, body: unknown): unknown;
  /** A request's body with another thing in it. */
  withThing(operation: ApiOperation, body: unknown, thing: unknown): unknown;
  /** The schema of the thing in an operation's answer. */
  shownSchema(operation: ApiOperation): Schema | undefined;
  /** The thing in the body of an operation's answer. */
  shown(operation: ApiOperation, body: unknown): unknown;
}

/** Sees where the bodies of a life have its things. */
export function formsOf(run: Run, life: Life): Forms {
  const resource = resourceLike(run, life.create, life.variable);
  const readWhole = successSchema(run, life.read);
  const created = requestSchema(run, life.create);
  const read = closest(resource, readWhole, formsIn(resource, created));
  const requests = new Map<ApiOperation, ThingPlace | undefined>();
  const answers = new Map<ApiOperation, ThingPlace | undefined>([[life.read, read]]);

  function requestPlace(operation: ApiOperation): ThingPlace | undefined {
    if (!requests.has(operation))
      requests.set(
        operation,
        closest(resource, requestSchema(run, operation), read === undefined ? [] : [read]),
      );
    return requests.get(operation);
  }

  function answerPlace(operation: ApiOperation): ThingPlace | undefined {
    if (!answers.has(operation)) {
      const whole = successSchema(run, operation);
      answers.set(operation, closest(resource, whole, read === undefined ? [] : [read]));
    }
    return answers.get(operation);
  }

  return {
    sentSchema: (operation) => requestPlace(operation)?.schema,
    sent: (operation, body) => inside(body, requestPlace(operation)?.steps ?? []),
    withThing: (operation, body, thing) => around(body, requestPlace(operation)?.steps ?? [], thing),
    shownSchema: (operation) => answerPlace(operation)?.schema,
    shown: (operation, body) => inside(body, answerPlace(operation)?.steps ?? []),
  };
}

function requestSchema(run: Run, operation: ApiOperation): Schema | undefined {
  const media = mediaPlanOf(run.api.compile(operation));
  return media === undefined ? undefined : mediaSchema(media.object);
}

/** By the first success that the document has. */
function successSchema(run: Run, operation: ApiOperation): Schema | undefined {
  const plan = run.api.compile(operation);
  const success = plan.responses.find(({ status }) => /^2\d\d$/.test(status));
  return responseSchema(plan, Number(success?.status ?? 200));
}

/** A body's schema as it is, and what it wraps if it seems to wrap a thing. */
function formsIn(resource: Resource, schema: Schema | undefined): readonly ThingPlace[] {
  if (schema === undefined) return [];
  const place = thingPlaceOf(resource, schema);
  const whole = { steps: [], schema };
  return place === undefined || place.steps.length === 0 ? [whole] : [whole, place];
}

/** The form that shares the most properties with any of the others; where that is no matter, one that is wrapped as they are, or as it is. */
function closest(
  resource: Resource,
  schema: Schema | undefined,
  others: readonly ThingPlace[],
): ThingPlace | undefined {
  const [whole, wrapped] = formsIn(resource, schema);
  if (whole === undefined || wrapped === undefined) return whole;
  const shared = (form: ThingPlace): number => {
    const names = declaredProperties(form.schema);
    const counts = others.map(
      (other) => [...declaredProperties(other.schema).keys()].filter((name) => names.has(name)).length,
    );
    return Math.max(0, ...counts);
  };
  const isAlike = others.some(({ steps }) => steps.join() === wrapped.steps.join());
  const gain = shared(wrapped) - shared(whole);
  return gain > 0 || (gain === 0 && isAlike) ? wrapped : whole;
}

function inside(body: unknown, steps: readonly string[]): unknown {
  let value = body;
  for (const step of steps) {
    if (!isPlain(value) || !Object.hasOwn(value, step)) return body;
    value = value[step];
  }
  return value;
}

function around(body: unknown, steps: readonly string[], thing: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return thing;
  const outer = isPlain(body) ? body : {};
  const inner = Object.hasOwn(outer, step) ? outer[step] : undefined;
  return Object.fromEntries([
    ...Object.entries(outer).filter(([name]) => name !== step),
    [step, around(inner, rest, thing)],
  ]);
}
