import { checkResponse } from '../check/index.ts';
import { type HeaderList, type HttpResponse, problem } from '../http/index.ts';
import type { OperationPlan } from '../plan/index.ts';
import { choose, noWish, type Wish } from '../response/index.ts';
import {
  bothFates,
  type CompiledReply,
  type CompiledRule,
  type Decision,
  type Facts,
  type Fate,
  type Stage,
} from '../scenario/index.ts';
import { type Call, giveReason, planOf, readingOf } from './call.ts';
import type { EngineParts } from './engine-parts.ts';
import { mockProblem } from './problems.ts';
import { encodeAnswer, sendable } from './respond.ts';
import { withFate } from './with-fate.ts';

/** Answers a call by the scenarios; what they leave to the next one, it answers. */
export interface Play {
  answer(call: Call, next: Next): HttpResponse | Promise<HttpResponse>;
  /** The same of a call that `next` refuses: no rule sees it, but networks and gateways fail whatever is sent. */
  refuse(call: Call, next: Next): HttpResponse | Promise<HttpResponse>;
}

/** Who answers where no scenario does. */
export type Next = () => HttpResponse | Promise<HttpResponse>;

/** Makes what plays the scenarios of a stage. */
export function createPlay(engine: EngineParts, stage: Stage): Play {
  const play = (call: Call, next: Next, isRefused: boolean): HttpResponse | Promise<HttpResponse> => {
    const plan = planOf(call, engine.plan);
    // What one request asks for itself counts more than what was arranged for all.
    if (isAskedFor(call.wish) || !stage.touches(plan.key)) return next();
    const decision = stage.decide(plan.key, factsOf(call, plan), { session: call.session, isRefused });
    if (decision.near !== undefined) call.played = { near: decision.near };
    if (decision.taken === undefined && decision.fate === undefined) return next();
    return act(engine, { call, plan, decision, next });
  };
  return {
    answer: (call, next) => play(call, next, false),
    refuse: (call, next) => play(call, next, true),
  };
}

function isAskedFor({ status, example }: Wish): boolean {
  return status !== undefined || example !== undefined;
}

function factsOf(call: Call, plan: OperationPlan): Facts {
  const { values, body } = readingOf(call, plan);
  return { request: call.request, values, body: body.present ? body.value : undefined };
}

interface Scene {
  readonly call: Call;
  readonly plan: OperationPlan;
  readonly decision: Decision;
  readonly next: Next;
}

async function act(engine: EngineParts, { call, plan, decision, next }: Scene): Promise<HttpResponse> {
  const { taken, fate } = decision;
  if (fate?.refusal !== undefined) {
    giveReason(call, [`status ${fate.refusal.status}: a fault`]);
    return withFate(refuse(engine, call, fate.refusal), fate);
  }
  if (taken === undefined) return withFate(await next(), fate ?? {});
  const { rule, reply, scope } = taken;
  call.played = { scenario: rule.label };
  giveReason(call, [`answered by ${rule.label}`]);
  const effect = reply.effect?.(scope.random.fork('effect')) ?? {};
  const delay = reply.delay?.(scope.random.fork('delay'));
  const whole = bothFates(bothFates(fate, effect), delay === undefined ? {} : { delay });
  if (effect.refusal !== undefined) return withFate(refuse(engine, call, effect.refusal), whole);
  const answered = await answerOf(engine, { call, plan, taken, next });
  return withFate(judged(engine, { call, plan, rule, reply, ...answered }), whole);
}

interface Taken {
  readonly call: Call;
  readonly plan: OperationPlan;
  readonly taken: NonNullable<Decision['taken']>;
  readonly next: Next;
}

/** An answer, and the one of somebody else that it was made of. */
interface Answered {
  readonly response: HttpResponse;
  readonly original?: HttpResponse;
}

async function answerOf(engine: EngineParts, { call, plan, taken, next }: Taken): Promise<Answered> {
  const { reply, scope } = taken;
  if (!reply.isPassthrough) {
    const response = patched(engine, { call, plan, reply, scope, response: madeOf(engine, call, taken) });
    return { response: sendable(withHeaders(response, taken)) };
  }
  const original = await next();
  const response = patched(engine, { call, plan, reply, scope, response: original });
  return { response: sendable(withHeaders(response, taken)), original };
}

interface Patched extends Part {
  readonly call: Call;
  readonly plan: OperationPlan;
  readonly response: HttpResponse;
}

function patched(engine: EngineParts, { call, plan, reply, scope, response }: Patched): HttpResponse {
  if (reply.patch === undefined) return response;
  const { status, headers } = response;
  const body = reply.patch(decoded(plan, response), scope);
  return encodeAnswer(engine, call, { status, headers: recordOf(headers), body });
}

/** The answer with the header fields of a reply in place of its own. */
function withHeaders(response: HttpResponse, { reply, scope }: Part): HttpResponse {
  let { headers } = response;
  for (const [name, value] of reply.headers) {
    headers =
      value === undefined ? headers.without(name) : headers.with(name, String(value.fill(scope) ?? ''));
  }
  return { ...response, headers };
}

/** A reply and what its templates are filled from. */
type Part = Pick<NonNullable<Decision['taken']>, 'reply' | 'scope'>;

/** The answer that a reply describes by status, example, body and header fields, and by nothing else. */
export function makeReply(engine: EngineParts, call: Call, part: Part): HttpResponse {
  return sendable(withHeaders(madeOf(engine, call, part), part));
}

/** The answer that a reply describes by status, example and body. */
function madeOf(engine: EngineParts, call: Call, { reply, scope }: Part): HttpResponse {
  const plan = planOf(call, engine.plan);
  if (reply.body !== undefined) {
    const body = reply.body.fill(scope);
    return encodeAnswer(engine, call, { status: reply.status ?? usualStatus(engine, call), body });
  }
  return generated(engine, { call, plan, status: reply.status, example: reply.example });
}

function usualStatus(engine: EngineParts, call: Call): number {
  const choice = choose(planOf(call, engine.plan), { ...engine.questionOf(call), wish: noWish });
  return choice.kind === 'answer' ? choice.status : 200;
}

interface Generated {
  readonly call: Call;
  readonly plan: OperationPlan;
  readonly status: number | undefined;
  readonly example: string | undefined;
}

/** The document's own answer for a status; a bare problem where the document has none for it. */
function generated(engine: EngineParts, { call, plan, status, example }: Generated): HttpResponse {
  if (status !== undefined && plan.responseFor(status) === undefined) return problem(status);
  const wish: Wish = {
    ...call.wish,
    ...(status === undefined ? {} : { status }),
    ...(example === undefined ? {} : { example }),
  };
  const choice = choose(plan, { ...engine.questionOf(call), wish });
  if (choice.kind === 'problem') return mockProblem(choice.status, choice);
  return engine.producer.produce(plan, choice, engine.contextOf(call, plan)).response;
}

function refuse(engine: EngineParts, call: Call, refusal: NonNullable<Fate['refusal']>): HttpResponse {
  const plan = planOf(call, engine.plan);
  const response = generated(engine, { call, plan, status: refusal.status, example: undefined });
  if (refusal.retryAfter === undefined) return response;
  return { ...response, headers: response.headers.with('Retry-After', String(refusal.retryAfter)) };
}

/** The body as the document reads it; as JSON or text where the document does not know it. */
function decoded(plan: OperationPlan, { status, headers, body }: HttpResponse): unknown {
  if (body.length === 0) return undefined;
  const contentType = headers.get('content-type') ?? '';
  const media = plan.responseFor(status)?.find(contentType);
  if (media !== undefined) return media.codec.decode(body, contentType).value;
  const text = Buffer.from(body).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function recordOf(headers: HeaderList): Record<string, string[]> {
  const record: Record<string, string[]> = {};
  for (const [name] of headers) record[name] = headers.getAll(name);
  return record;
}

interface Judged extends Answered {
  readonly call: Call;
  readonly plan: OperationPlan;
  readonly rule: CompiledRule;
  readonly reply: CompiledReply;
}

/**
 * The answer, where it keeps the document or may break it; else a 500 that names the scenario and what is wrong. What was wrong
 * with somebody else's answer before the scenario touched it has been told already.
 */
function judged(engine: EngineParts, { call, plan, rule, reply, response, original }: Judged): HttpResponse {
  const { method } = call.request;
  const known = original === undefined ? [] : checkResponse(plan, method, original);
  const told = new Set(known.map(({ message }) => message));
  const findings = checkResponse(plan, method, response).filter(({ message }) => !told.has(message));
  if (reply.breaks) call.mayBreak = true;
  if (reply.breaks || findings.every(({ severity }) => severity !== 'error')) {
    call.findings.push(...findings);
    return response;
  }
  return mockProblem(500, {
    code: 'scenario.breaks',
    detail: `The answer of ${rule.label} (${reply.spot.name}) breaks the document. Correct it, or say breaks: true where that is meant.`,
    findings,
    document: engine.document,
  });
}
