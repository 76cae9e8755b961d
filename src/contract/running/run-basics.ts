import { setTimeout as wait } from 'node:timers/promises';
import type { ApiOperation } from '../../document/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { Duty, OperationDuties } from '../planning/duty.ts';
import { isBound } from '../planning/plan-values.ts';
import { isSafe } from '../sending/is-safe.ts';
import type { Outcome } from '../sending/outcome.ts';
import { type Base, type BasicResult, basicName, type Fill, makeBase } from './bases.ts';
import { mediaPlanOf } from './media-plan.ts';
import { call, isSuccess, type Run, wordsOf } from './run.ts';

/** Refusals that say nothing about whether the request is valid. */
const otherReasons = new Set([401, 403, 404, 405, 408, 409, 412, 423, 424, 425, 428, 429]);

/** Tries the least that an operation has to accept: all else stands on it, so that every operation has its turn before any has a second. */
export async function tryLeast(run: Run, { operation, basics: [required] }: OperationDuties): Promise<void> {
  await tryFill(run, run.api.compile(operation), { fill: 'required', duty: required });
}

/** Tries the most. Where nothing can be left out, that was tried already. */
export async function tryMost(
  run: Run,
  { operation, basics: [, everything] }: OperationDuties,
): Promise<void> {
  const least = run.bases.result(operation, 'required');
  if (least === undefined || !isAlwaysWhole(run, operation)) {
    await tryFill(run, run.api.compile(operation), { fill: 'everything', duty: everything });
    return;
  }
  run.bases.note(operation, 'everything', least);
  if (least === 'accepted') run.ledger.pass(everything);
}

/** Whether the least of an operation is all that it takes: what its path names, and nothing else. */
function isAlwaysWhole({ paths }: Run, operation: ApiOperation): boolean {
  if (operation.requestBody !== undefined) return false;
  return operation.parameters.every((parameter) => isBound(operation, parameter, paths));
}

/** Judges what came of both, and tries the document's own values where neither was accepted. */
export async function settleBasics(run: Run, { operation, basics }: OperationDuties): Promise<void> {
  const [required, everything] = basics;
  const plan = run.api.compile(operation);
  const least = run.bases.result(operation, 'required') ?? untried;
  const most = run.bases.result(operation, 'everything') ?? untried;
  if (least === 'accepted' || most === 'accepted') {
    judgeOther(run, { result: least, duty: required, plan });
    judgeOther(run, { result: most, duty: everything, plan });
    return;
  }
  const example = await tryFill(run, plan, { fill: 'example', duty: required });
  if (example !== 'accepted') noteRefusal(run, plan, most);
  if (example !== 'accepted') {
    judgePlain(run, { result: least, duty: required, plan });
    await judgePutBack(run, plan, everything);
  }
  for (const duty of basics) run.ledger.undecided(duty, 'every positive case was refused');
}

const untried = { kind: 'none', reason: 'it was not tried' } as const;

interface Attempt {
  readonly fill: Fill;
  readonly duty: Duty;
}

/** What came of a positive case: of this one, or of one that was needed to get at a thing before. */
async function tryFill(run: Run, plan: OperationPlan, attempt: Attempt): Promise<BasicResult> {
  const { operation } = plan;
  const known = run.bases.result(operation, attempt.fill);
  if (known !== undefined) return known;
  const result = await sendFill(run, plan, attempt);
  run.bases.note(operation, attempt.fill, result);
  if (result === 'accepted') run.ledger.pass(attempt.duty);
  return result;
}

async function sendFill(run: Run, plan: OperationPlan, { fill, duty }: Attempt): Promise<BasicResult> {
  const fresh = plan.operation.method === 'DELETE';
  const base: Base = await makeBase(run, plan, {
    fill,
    name: basicName(fill),
    fresh,
    isBare: fill === 'required',
  });
  if ('reason' in base) return { kind: 'none', reason: base.reason };
  const outcome = await callUntilThere(run, plan, { values: base.values, obligation: duty.obligation.id });
  if (outcome === undefined) return { kind: 'none', reason: 'the request cannot be written' };
  if (outcome.kind === 'none' || !isAccepted(outcome.status)) return outcome;
  if (fill === 'required') run.things.keepList(plan, base.values, outcome);
  return 'accepted';
}

const pauses = [100, 200, 400, 800];

/** What was made just now may not show yet: a 404 is asked again for a while, and the time that it took is remembered. */
async function callUntilThere(
  run: Run,
  plan: OperationPlan,
  options: Parameters<typeof call>[2],
): Promise<Outcome | undefined> {
  let outcome = await call(run, plan, options);
  const names = run.options.writes === true && plan.operation.path.includes('{');
  let waited = 0;
  for (const pause of names ? pauses : []) {
    if (outcome?.kind !== 'answered' || outcome.status !== 404) return outcome;
    await wait(pause);
    waited += pause;
    outcome = await call(run, plan, options);
    const isThere = outcome?.kind === 'answered' && isAccepted(outcome.status);
    if (isThere) run.lag.milliseconds = Math.max(run.lag.milliseconds, waited + 50);
  }
  return outcome;
}

/** A 304 answers a conditional request that was understood. */
export function isAccepted(status: number): boolean {
  return isSuccess(status) || status === 304;
}

/**
 * A request that brings nothing but what its path names leaves a server nothing to refuse: no data that it could not know, no rule
 * between values that the document cannot tell of.
 */
function judgePlain(run: Run, other: OtherCase): void {
  const { operation } = other.plan;
  const brings = operation.parameters.some((one) => one.required && one.in !== 'path');
  const names = run.paths.variables(operation.path);
  const isKnown = names.every((one) => run.paths.of(operation.path, one) !== undefined);
  if (!brings && isKnown && operation.requestBody === undefined && isSafe(operation.method))
    judgeOther(run, other);
}

/** A thing that is in conflict with itself is refused for its values too. */
const refusalsOfValues = new Set([400, 409, 422]);

/** What a thing was made with, sent once more to replace it: the server has taken these very values, and the document lets them in. */
async function judgePutBack(run: Run, plan: OperationPlan, duty: Duty): Promise<void> {
  const { operation } = plan;
  const variable = run.paths.variables(operation.path).at(-1);
  const source = variable === undefined ? undefined : run.paths.of(operation.path, variable);
  const media = mediaPlanOf(plan);
  if (operation.method !== 'PUT' || variable === undefined || source === undefined || media === undefined)
    return;
  const thing = await run.things.own(source, { name: 'put back', path: {} });
  const body = thing?.sent.body;
  if (thing === undefined || body === undefined || !media.validator.isValid(body.value)) return;
  const path = { ...thing.path, [variable]: thing.id };
  const base = await makeBase(run, plan, { fill: 'required', name: 'put back', path });
  if ('reason' in base) return;
  const values = { ...base.values, body: { value: body.value, contentType: media.mediaType } };
  const outcome = await call(run, plan, { values, obligation: duty.obligation.id });
  if (outcome?.kind !== 'answered' || !refusalsOfValues.has(outcome.status)) return;
  run.ledger.fail({
    duty,
    key: `refused ${plan.key}`,
    cause: `${operation.method} ${operation.path} refuses what it was made with`,
    message: `The server refused to replace a thing by the very values that it was made with: ${wordsOf(outcome)}.`,
    expected: 'a 2xx: the request keeps the document',
    seen: String(outcome.status),
    exchange: outcome.exchange,
    origin: duty.origin,
    // There may be a rule that no thing is replaced by its like.
    grade: 'should',
  });
}

interface OtherCase {
  readonly result: BasicResult;
  readonly duty: Duty;
  readonly plan: OperationPlan;
}

/** One fill was accepted and the other was not: the document allows both. */
function judgeOther(run: Run, { result, duty, plan }: OtherCase): void {
  if (result === 'accepted') return;
  if (
    !('status' in result) ||
    otherReasons.has(result.status) ||
    result.status >= 500 ||
    result.status < 400
  ) {
    run.ledger.undecided(duty, 'status' in result ? wordsOf(result) : result.reason);
    return;
  }
  run.ledger.fail({
    duty,
    key: `refused ${plan.key}`,
    cause: `${plan.operation.method} ${plan.operation.path} refuses valid requests`,
    message: `A valid request was refused: ${wordsOf(result)}.`,
    expected: 'a 2xx: the request keeps the document',
    seen: String(result.status),
    exchange: result.exchange,
    origin: duty.origin,
  });
}

function noteRefusal(run: Run, plan: OperationPlan, result: BasicResult): void {
  if (result === 'accepted') return;
  const words = 'status' in result ? wordsOf(result) : result.reason;
  run.bases.refuse(plan.operation, words);
  run.refusals.push({ plan, words, status: 'status' in result ? result.status : undefined });
}
