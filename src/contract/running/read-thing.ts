import { valueAt } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import { type Exchange, type HttpResponse, percentDecode } from '../../http/index.ts';
import {
  correctionOf,
  idPropertyOf,
  mediaSchema,
  nounOf,
  type OperationPlan,
  thingPlaceOf,
} from '../../plan/index.ts';
import { evaluateExpression, type RequestValues } from '../../request/index.ts';
import type { Schema } from '../../schema/index.ts';
import { type PathSources, plainPath } from '../planning/path-sources.ts';
import type { Outcome } from '../sending/outcome.ts';
import { isPlain } from '../values/at-steps.ts';
import { isSuccess, type Run } from './run.ts';

/** A call that was answered. */
export type Answered = Outcome & { kind: 'answered' };
/** Values of a path's variables. */
export type PathValues = Readonly<Record<string, unknown>>;

/** A thing that this run made. */
export interface Thing {
  readonly id: unknown;
  readonly path: PathValues;
  readonly sent: RequestValues;
  readonly response: HttpResponse;
  readonly exchange: Exchange;
  readonly body: unknown;
}

/** A request that made something, with its answer. */
export interface Creating {
  readonly values: RequestValues;
  readonly outcome: Answered;
  /** Where a link says that the id is; absent: where it is by habit. */
  readonly expression?: string | undefined;
}

/** The thing that a request made, by its answer; `undefined` where that has no id. */
export function readThing(
  run: Run,
  plan: OperationPlan,
  { values, outcome, expression }: Creating,
): Thing | undefined {
  const { response } = outcome.exchange;
  const body = bodyOf(plan, response);
  const id =
    expression === undefined
      ? idOf(run, plan, { response, body })
      : evaluateExpression(expression, scopeOf(outcome, values, body));
  if (id === undefined || id === null) return undefined;
  return { id, path: { ...values.path }, sent: values, response, exchange: outcome.exchange, body };
}

/** What the expressions of a link are evaluated in. */
export function scopeOf(
  { exchange }: Answered,
  values: RequestValues,
  responseBody: unknown,
): Parameters<typeof evaluateExpression>[1] {
  const { path = {}, query = {}, header = {}, cookie = {} } = values;
  return {
    ...exchange,
    values: { path, query, header, cookie },
    requestBody: values.body?.value,
    responseBody,
  };
}

/** The decoded body of a response; `undefined` where there is none, or none that can be read. */
export function bodyOf(plan: OperationPlan, response: HttpResponse): unknown {
  const type = response.headers.get('content-type');
  const media = type === undefined ? undefined : plan.responseFor(response.status)?.find(type);
  if (media !== undefined && type !== undefined) return media.codec.decode(response.body, type).value;
  try {
    return JSON.parse(Buffer.from(response.body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * The id in the answer of a create. Where the end of Location is one of the values in the body, that is the one: the server itself
 * says so. Else it is told by the item's schema, and where that tells nothing, by Location alone.
 */
function idOf(
  run: Run,
  plan: OperationPlan,
  { response, body }: { response: HttpResponse; body: unknown },
): unknown {
  const end = endOfLocation(response);
  const named = isPlain(body)
    ? Object.values(body).find((value) => isScalar(value) && String(value) === end)
    : undefined;
  if (named !== undefined) return named;
  const variable = itemVariable(run.paths, plan.operation);
  const schema = responseSchema(plan, response.status);
  const resource = resourceLike(run, plan.operation, variable ?? '');
  const place = thingPlaceOf(resource, schema);
  const property = idPropertyOf(resource, place?.schema);
  const steps = [...(place?.steps ?? []), property ?? ''];
  const id = property === undefined ? undefined : valueAt(body, steps.map((one) => `/${one}`).join(''));
  return id ?? end;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

/** The last segment of Location, decoded where it can be. */
function endOfLocation({ headers }: HttpResponse): string | undefined {
  const [path = ''] = headers.get('location')?.split(/[?#]/) ?? [];
  const segment = path.split('/').findLast((one) => one !== '');
  return segment === undefined ? undefined : (percentDecode(segment) ?? segment);
}

/** The variable of the items in a collection: of the path that goes one step on. */
export function itemVariable(paths: PathSources, collection: ApiOperation): string | undefined {
  for (const suffix of ['/{}', '{}']) {
    const item = paths.at(`${plainPath(collection.path)}${suffix}`)[0];
    if (item !== undefined) return paths.variables(item.path).at(-1);
  }
  return undefined;
}

/** A collection as the search for id properties takes it. */
export function resourceLike(
  run: Run,
  collection: ApiOperation,
  idParameter: string,
): Parameters<typeof idPropertyOf>[0] {
  const { path } = collection;
  const around = [...run.paths.at(path), ...run.paths.at(`${plainPath(path)}/{}`)];
  const [idProperty] = around.flatMap((operation) => correctionOf(operation).id ?? []);
  return {
    name: plainPath(path),
    noun: nounOf(path),
    idParameter,
    parents: [],
    operations: {},
    ...(idProperty === undefined ? {} : { idProperty }),
  };
}

/** The schema of a JSON answer; of a success that is not documented, that of the first one that is. */
export function responseSchema(plan: OperationPlan, status: number): Schema | undefined {
  const like = isSuccess(status) ? plan.responses.find((one) => one.status.startsWith('2')) : undefined;
  const media = (plan.responseFor(status) ?? like)?.mediaTypes[0];
  return media === undefined ? undefined : mediaSchema(media.object);
}
