import type { ApiOperation } from '../../document/index.ts';
import { isRange, parseMediaType } from '../../http/index.ts';
import { mediaSchema, type OperationPlan, type ParameterPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import { isBound } from '../planning/plan-values.ts';
import { isSafe } from '../sending/is-safe.ts';
import type { Outcome } from '../sending/outcome.ts';
import { leastOf, makeValue, saysNoValue } from '../values/make-values.ts';
import { givenParameter, valuesFor, withGivenBody, withUnique } from './example-values.ts';
import { fitting, type Linked } from './linked.ts';
import { marked } from './markers.ts';
import { mediaPlanOf } from './media-plan.ts';
import { isChanging, isCreating } from './removal.ts';
import type { Run } from './run.ts';

/** How much of a request is filled: what is required, everything, or the values that the document or the user gives. */
export type Fill = 'required' | 'everything' | 'example';

/** What a base is wanted for. */
export interface Wish {
  readonly fill: Fill;
  /** Names the stream of chance. */
  readonly name: string;
  /** A thing of its own for the path, that nobody else uses. */
  readonly fresh?: boolean;
  /** Nothing is added to what is required, not even the mark of the run. */
  readonly isBare?: boolean;
  /** Values are made up for path variables of which nothing is known. */
  readonly guess?: boolean;
  /** Path values that are known. */
  readonly path?: Readonly<Record<string, unknown>>;
}

/** Values of a request that ought to be accepted, or why there are none. */
export type Base = { readonly values: RequestValues } | { readonly reason: string };

/** What came of a positive case. */
export type BasicResult = 'accepted' | Outcome | { readonly kind: 'none'; readonly reason: string };

/** Which fills an operation has accepted so far, and why it refused the others. */
export interface Bases {
  note(operation: ApiOperation, fill: Fill, result: BasicResult): void;
  /** `undefined` where it was not tried. */
  result(operation: ApiOperation, fill: Fill): BasicResult | undefined;
  refuse(operation: ApiOperation, reason: string): void;
  /** The fullest that was accepted; `undefined` where none was. */
  accepted(operation: ApiOperation): Fill | undefined;
  all(operation: ApiOperation): readonly Fill[];
  why(operation: ApiOperation): string;
}

/** The stream of chance of the positive case with a fill. */
export function basicName(fill: Fill): string {
  return `basic ${fill}`;
}

const fullestFirst: readonly Fill[] = ['everything', 'example', 'required'];

/** Begins with nothing tried. */
export function createBases(): Bases {
  const results = new Map<string, Map<Fill, BasicResult>>();
  const reasons = new Map<string, string>();
  const has = ({ key }: ApiOperation, fill: Fill): boolean => results.get(key)?.get(fill) === 'accepted';
  return {
    note({ key }, fill, result) {
      results.set(key, (results.get(key) ?? new Map<Fill, BasicResult>()).set(fill, result));
    },
    result: ({ key }, fill) => results.get(key)?.get(fill),
    refuse: ({ key }, reason) => void reasons.set(key, reason),
    accepted: (operation) => fullestFirst.find((fill) => has(operation, fill)),
    all: (operation) => fullestFirst.toReversed().filter((fill) => has(operation, fill)),
    why: ({ key }) => reasons.get(key) ?? 'the positive case was not tried',
  };
}

/** Values for a positive case. Things that the path names are looked for, or created. */
export async function makeBase(run: Run, plan: OperationPlan, wish: Wish): Promise<Base> {
  const { operation } = plan;
  const path = await run.things.pathFor(plan, wish);
  if ('reason' in path) return path;
  const values: Record<'path' | 'query' | 'header' | 'cookie', Record<string, unknown>> = {
    path: { ...path.values },
    query: {},
    header: {},
    cookie: {},
  };
  const random = run.random.fork(operation.key).fork(wish.name);
  const linked = await run.linked.of(plan);
  try {
    for (const one of plan.parameters) {
      const place = one.parameter.in === 'querystring' ? 'query' : one.parameter.in;
      const { name } = one.parameter;
      if (Object.hasOwn(values[place], name)) continue;
      const value = parameterValue(run, plan, { one, fill: wish.fill, random, linked });
      if (value !== undefined) values[place][name] = value;
    }
    const body = bodyValue(run, plan, { fill: wish.fill, random, linked, isBare: wish.isBare === true });
    return { values: body === undefined ? values : { ...values, body } };
  } catch (error) {
    if (!saysNoValue(error)) throw error;
    return { reason: `no valid request can be made: ${error.message}` };
  }
}

interface Making {
  readonly fill: Fill;
  readonly random: Run['random'];
  readonly linked: Linked;
}

function parameterValue(
  run: Run,
  plan: OperationPlan,
  { one, fill, random, linked }: Making & { one: ParameterPlan },
): unknown {
  const { parameter, validator } = one;
  const given = givenParameter(run.options.exampleData, plan, one);
  if (given !== undefined && (parameter.required || fill !== 'required'))
    return withUnique(given.value, random);
  if (!parameter.required && (fill !== 'everything' || isBound(plan.operation, parameter, run.paths)))
    return undefined;
  const brought = fitting(linked.parameters.get(`${parameter.in}.${parameter.name}`), validator);
  if (brought !== undefined) return brought.value;
  for (const example of parameter.examples.values()) {
    if (example.hasValue && validator.isValid(example.value)) return example.value;
  }
  const schema = parameter.content?.schema ?? parameter.schema;
  const stream = random.fork(`${parameter.in} ${parameter.name}`);
  return makeValue(schema, { random: stream, now: run.now, names: [parameter.name] });
}

function bodyValue(
  run: Run,
  plan: OperationPlan,
  { fill, random, linked, isBare }: Making & { isBare: boolean },
): RequestValues['body'] {
  const media = mediaPlanOf(plan);
  if (media === undefined || plan.body === undefined) return undefined;
  if (fill === 'required' && !plan.body.object.required) return undefined;
  const contentType = concreteType(media.mediaType);
  const { exampleData: data } = run.options;
  const given = valuesFor(data, plan).body;
  if (given !== undefined && fill === 'example') return { value: withUnique(given, random), contentType };
  if (fill === 'example') {
    const brought = fitting(linked.body?.value, media.validator);
    if (brought !== undefined) return { ...brought, contentType };
    for (const example of media.object.examples.values()) {
      if (example.hasValue && media.validator.isValid(example.value))
        return { value: example.value, contentType };
    }
  }
  const made = makeValue(mediaSchema(media.object) ?? true, { random: random.fork('body'), now: run.now });
  const filled = fill === 'required' ? leastOf(made, media.validator) : made;
  const wanted = withGivenBody(plan, filled, { data, media, mayAdd: fill !== 'required' });
  const value = withUnique(wanted, random);
  if (!isCreating(run, plan.operation) && !isChanging(run, plan.operation)) return { value, contentType };
  // What is made carries the run's mark; a change keeps it where it writes that text at all.
  const mayAdd = isCreating(run, plan.operation) && !isBare;
  return { value: marked(value, { mark: run.mark, plan, media, mayAdd, made: filled }), contentType };
}

function concreteType(mediaType: string): string {
  const parsed = parseMediaType(mediaType);
  if (parsed === undefined || !isRange(parsed)) return mediaType;
  return parsed.type === '*' ? 'application/json' : `${parsed.type}/plain`;
}

/** Whether an operation's requests may be sent on this run. */
export function maySend(run: Run, operation: ApiOperation): boolean {
  return run.options.writes === true || isSafe(operation.method);
}
