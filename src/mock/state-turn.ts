import type { ApiOperation } from '../document/index.ts';
import { HeaderList, type HttpResponse, noBody, splitTarget } from '../http/index.ts';
import { inferParts, type KeptPart, type OperationPlan, plainPath } from '../plan/index.ts';
import { type Answer, chooseRefusal, noWish, type Question } from '../response/index.ts';
import type { Keeper, Outcome } from '../state/index.ts';
import { isRecord } from '../wire/index.ts';
import { type Call, giveReason, planOf, readingOf } from './call.ts';
import { createChooseOnce } from './choose-once.ts';
import type { EngineParts } from './engine-parts.ts';
import { pageHeaders } from './page-headers.ts';
import { mockProblem } from './problems.ts';

/** Answers from what is kept; `undefined` where the operation has to do with nothing of it, or the request asks for a special answer. */
export type StateTurn = (call: Call) => HttpResponse | undefined;

/** Puts a keeper's outcomes into the words of the document. */
export function createStateTurn(engine: EngineParts, keeper: Keeper): StateTurn {
  const chooseOnce = createChooseOnce();
  const resources = inferParts(engine.document);
  return (call) => {
    const { operation, wish } = call;
    if (operation === undefined || !resources.has(operation)) return undefined;
    if (wish.status !== undefined || wish.example !== undefined) return undefined;
    const plan = planOf(call, engine.plan);
    const choice = chooseOnce(plan, questionOf(engine, call));
    if (choice.kind === 'problem' || choice.status >= 300) return undefined;
    const { values, body } = readingOf(call, plan);
    const outcome = keeper.act({
      plan,
      media: choice.media?.plan,
      session: call.session,
      path: values.path,
      query: values.query,
      headers: values.header,
      header: (name) => call.request.headers.get(name),
      body: { value: body.value, ...(body.plan === undefined ? {} : { plan: body.plan }) },
    });
    return outcome === undefined ? undefined : say({ engine, call, plan, answer: choice }, outcome);
  };
}

const reasons = new WeakMap<Answer, readonly string[]>();

/** Why an answer was chosen; its body is never the one that was chosen, but what is kept. */
function reasonOf(answer: Answer): readonly string[] {
  const found = reasons.get(answer) ?? [...answer.reason.slice(0, -1), 'body: what is kept'];
  reasons.set(answer, found);
  return found;
}

/** What is kept is never an example of the document. */
function questionOf(engine: EngineParts, call: Call): Question {
  return { ...engine.questionOf(call), source: 'dynamic' };
}

interface Saying {
  readonly engine: EngineParts;
  readonly call: Call;
  readonly plan: OperationPlan;
  readonly answer: Answer;
}

function say(saying: Saying, outcome: Outcome): HttpResponse {
  switch (outcome.kind) {
    case 'shown':
      return sayShown(saying, outcome);
    case 'listed':
      return sayListed(saying, outcome);
    case 'missing':
      return refuse(saying, { statuses: [404], code: 'state.missing', detail: outcome.detail });
    case 'conflict':
      return refuse(saying, { statuses: [409, 400, 422], code: 'state.conflict', detail: outcome.detail });
    case 'refused':
      return refuse(saying, { statuses: [422, 400], code: 'request.refused', detail: outcome.detail });
    case 'stale':
      return refuse(saying, { statuses: [412], code: 'state.stale', detail: outcome.detail });
    case 'full':
      return refuse(saying, { statuses: [507], code: 'state.full', detail: outcome.detail });
    case 'unchanged':
      giveReason(saying.call, ['status 304: the client has this version']);
      return { status: 304, headers: HeaderList.from({ ETag: outcome.tag }), body: noBody };
    default:
      return outcome satisfies never;
  }
}

function sayShown(
  { engine, call, plan, answer }: Saying,
  outcome: Outcome & { kind: 'shown' },
): HttpResponse {
  giveReason(call, reasonOf(answer));
  const { producer } = engine;
  const status = outcome.isNew === true && plan.operation.responses.has('201') ? 201 : answer.status;
  const response = status === answer.status ? undefined : plan.responseFor(status);
  const media = response?.negotiate(call.request.headers.get('accept'));
  const said: Answer =
    response === undefined || media === undefined ? answer : { ...answer, status, response, media };
  const context = engine.contextOf(call, plan);
  const { response: written } =
    outcome.body === undefined
      ? producer.produce(plan, said, context)
      : producer.write(plan, said, {
          value: producer.linked(plan, said, { value: outcome.body, context }),
          context,
        });
  const headers: [string, string][] = [];
  if (outcome.tag !== undefined) headers.push(['ETag', outcome.tag]);
  const isWanted = written.headers.has('location') || (written.status === 201 && !tells(outcome));
  const location =
    outcome.isNew === true && outcome.id !== undefined && isWanted
      ? locationOf({ engine, call, plan, answer: said }, outcome.id)
      : undefined;
  if (location !== undefined) headers.push(['Location', location]);
  return withHeaders(written, headers);
}

/**
 * Whether the body tells the id of the thing. Where it does not, only Location can say what was made.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2
 */
function tells({ body, id }: Outcome & { kind: 'shown' }): boolean {
  const isIn = (value: unknown, depth: number): boolean =>
    isRecord(value)
      ? depth < 3 && Object.values(value).some((one) => isIn(one, depth + 1))
      : String(value) === id;
  return isIn(body, 0);
}

/** Where a thing that was just made can be read: the collection's path with its id. */
function locationOf({ engine, call, plan: { operation } }: Saying, id: string): string | undefined {
  const find = locators.get(operation) ?? locatorOf(operation, inferParts(engine.document).get(operation));
  locators.set(operation, find);
  return find(splitTarget(call.request.target).path, encodeURIComponent(id));
}

/** Tells where a thing is by the path that it was created at. */
type Locator = (path: string, id: string) => string | undefined;

const locators = new WeakMap<ApiOperation, Locator>();

function locatorOf({ path }: ApiOperation, part: KeptPart | undefined): Locator {
  const { read, delete: remove } = part?.resource.operations ?? {};
  const item = (read ?? remove)?.path;
  if (item === undefined) return () => undefined;
  const isItem = plainPath(item) === plainPath(path);
  const end = item.endsWith('/') ? '/' : '';
  // Things have a path of their own, without what they were created below.
  if (item.split('{').length === 2 && path.includes('{') && !isItem) {
    const start = path.split('{', 1)[0] ?? '';
    return (at, id) =>
      `${at.slice(0, Math.max(0, at.lastIndexOf(start)))}${item.replace(/\{[^{}]*\}/, () => id)}`;
  }
  return (at, id) => {
    const collection = at.replace(/\/+$/, '');
    return isItem ? `${collection}${end}` : `${collection}/${id}${end}`;
  };
}

function sayListed(
  { engine, call, plan, answer }: Saying,
  { rows, page }: Outcome & { kind: 'listed' },
): HttpResponse {
  giveReason(call, reasonOf(answer));
  const kept = inferParts(engine.document).get(plan.operation);
  const part = kept === undefined ? undefined : ({ resource: kept.resource, role: 'list' } as const);
  const context = { ...engine.contextOf(call, plan), part, stored: { rows, page } };
  const { response } = engine.producer.produce(plan, answer, context);
  return withHeaders(response, pageHeaders(plan, page, { response, url: context.url }));
}

interface Refusal {
  readonly statuses: readonly number[];
  readonly code: string;
  readonly detail: string;
}

/** By the first status that the document has, else by a problem with the first of all. */
function refuse({ engine, call, plan }: Saying, { statuses, code, detail }: Refusal): HttpResponse {
  const question = { ...engine.questionOf(call), wish: noWish };
  const choice = chooseRefusal(plan, statuses, question);
  giveReason(call, choice.reason);
  if (choice.kind === 'problem' || choice.status >= 500)
    return mockProblem(statuses[0] ?? 404, { code, detail });
  const context = { ...engine.contextOf(call, plan), sent: undefined, troubles: [{ message: detail }] };
  return engine.producer.produce(plan, choice, context).response;
}

/** The response with headers in place of its own; one without a value is left out. */
function withHeaders(response: HttpResponse, headers: readonly (readonly [string, string])[]): HttpResponse {
  if (headers.length === 0) return response;
  let kept = response.headers;
  for (const [name] of headers) if (kept.has(name)) kept = kept.without(name);
  const flat = [...kept.flat];
  for (const [name, value] of headers) if (value !== '') flat.push(name, value);
  return { ...response, headers: new HeaderList(flat) };
}
