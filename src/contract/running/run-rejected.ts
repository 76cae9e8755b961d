import { splitTarget } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import type { Validator } from '../../schema/index.ts';
import type { Duty, OperationDuties, RejectedDuty, Site } from '../planning/duty.ts';
import { isJsonType } from '../planning/plan-values.ts';
import type { Spot } from '../planning/spots.ts';
import type { Outcome } from '../sending/outcome.ts';
import { writeRequest } from '../sending/write-request.ts';
import { withValueAt } from '../values/at-steps.ts';
import type { ChangeTools } from '../values/breach.ts';
import { lenientReadings } from '../values/lenient.ts';
import { tryToMake } from '../values/make-values.ts';
import { type Fill, makeBase } from './bases.ts';
import { call, inParallel, isSuccess, type Run, wordsOf } from './run.ts';
import { startingFrom, validatorOf, withSiteValue } from './sites.ts';

/** Sends what breaks one keyword each, and holds the server to refusing it. */
export async function runRejected(run: Run, duties: OperationDuties): Promise<void> {
  const plan = run.api.compile(duties.operation);
  const fill = run.bases.accepted(duties.operation);
  if (fill === undefined) {
    for (const duty of duties.rejected) run.ledger.undecided(duty, run.bases.why(duties.operation));
    return;
  }
  const width = run.options.concurrency ?? 4;
  await inParallel(duties.rejected, { width, work: (duty) => tryRejected(run, plan, { duty, fill }) });
}

interface Try {
  readonly duty: RejectedDuty;
  readonly fill: Fill;
}

async function tryRejected(run: Run, plan: OperationPlan, { duty, fill }: Try): Promise<void> {
  const { id } = duty.obligation;
  const base = await makeBase(run, plan, {
    fill,
    name: id,
    fresh: plan.operation.method === 'DELETE' && !isOfPath(duty),
  });
  if ('reason' in base) {
    run.ledger.undecided(duty, base.reason);
    return;
  }
  const values = breakValues(run, plan, { duty, values: base.values });
  if (values === undefined) {
    run.ledger.skip(duty, 'a lenient reading makes every such value valid');
    return;
  }
  if (!isBrokenOnWire(run, plan, { duty, values })) {
    run.ledger.skip(duty, 'what would be sent reads as something valid');
    return;
  }
  const outcome = await call(run, plan, { values, obligation: id, provoked: true });
  if (outcome === undefined) {
    run.ledger.skip(duty, 'the style cannot carry such a value');
    return;
  }
  judgeRefusal(run, {
    duty,
    outcome,
    plan,
    again: () => call(run, plan, { values, obligation: id, provoked: true }),
  });
}

function isOfPath({ site }: RejectedDuty): boolean {
  return site.kind === 'parameter' && site.parameter.in === 'path';
}

function breakValues(
  run: Run,
  plan: OperationPlan,
  { duty, values }: { duty: RejectedDuty; values: RequestValues },
): RequestValues | undefined {
  const { site, spot } = duty;
  const validator = validatorOf(plan, site);
  if (validator === undefined) return undefined;
  return tryToMake(() => {
    const { tools, whole, valid } = startingFrom(run, duty, values);
    const change = { spot, whole, make: tools.make };
    for (const candidate of duty.breach.candidates(valid, tools)) {
      if (isText(site) && !fitsText(candidate, valid)) continue;
      if (isBrokenFor(candidate, { ...change, validator, isText: isText(site) }))
        return withSiteValue(values, site, changed(candidate, change));
    }
    return undefined;
  });
}

/** Whether the site is written as text, so that only its structure and its texts can be broken. */
function isText(site: Site): boolean {
  if (site.kind === 'body') return !isJsonType(site.media.mediaType);
  return site.parameter.content === undefined;
}

function fitsText(candidate: unknown, valid: unknown): boolean {
  if (candidate === null) return false;
  return typeof candidate !== 'object' || typeof valid === 'object';
}

/**
 * Whether the bytes that would be sent are broken for the document's own reader: an optional parameter whose value leaves no trace,
 * or one that reads as something valid, is not.
 */
function isBrokenOnWire(
  run: Run,
  plan: OperationPlan,
  { duty, values }: { duty: RejectedDuty; values: RequestValues },
): boolean {
  const { site } = duty;
  if (site.kind === 'body' || site.parameter.in === 'path') return true;
  const request = writeRequest(plan, values, run.destination);
  const one = plan.parameters.find(({ parameter }) => parameter === site.parameter);
  if (request === undefined || one === undefined) return true;
  const decoded = one.codec.decode({
    path: {},
    query: splitTarget(request.target).query,
    header: (name) => request.headers.get(name),
    cookie: request.headers.get('cookie') ?? '',
  });
  if (!decoded.present) return site.parameter.required;
  return decoded.faults.length > 0 || (decoded.empty !== true && !one.validator.isValid(decoded.value));
}

interface Change {
  readonly spot: Spot;
  readonly whole: unknown;
  readonly make: ChangeTools['make'];
}

function changed(value: unknown, { spot, whole, make }: Change): unknown {
  return withValueAt(whole, spot.steps, { value, make });
}

/** Judged as a strict reader does, and as every lenient one would. */
function isBrokenFor(
  candidate: unknown,
  change: Change & { validator: Validator; isText: boolean },
): boolean {
  const isValid = (value: unknown): boolean => {
    const whole = changed(value, change);
    return whole !== undefined && change.validator.isValid(whole);
  };
  if (isValid(candidate)) return false;
  return !lenientReadings(candidate, change.isText).some(
    (reading) => isValid(reading) || isAbsent(reading, change.spot),
  );
}

/** The whole value left out where it need not be there is valid too. */
function isAbsent(reading: unknown, spot: Spot): boolean {
  return reading === undefined && spot.steps.length === 0 && spot.within === undefined;
}

/** What an answer to a request that breaks the document is held to. */
export interface Refusal {
  readonly duty: Duty;
  readonly outcome: Outcome;
  readonly plan: OperationPlan;
  readonly again: () => Promise<Outcome | undefined>;
}

const undecided = new Set([401, 403, 408, 409, 429]);

/** The twin of the request was accepted; so must this one be refused. */
export function judgeRefusal(run: Run, { duty, outcome, plan, again }: Refusal): void {
  if (outcome.kind === 'none') {
    run.ledger.undecided(duty, outcome.reason);
    return;
  }
  const { status } = outcome;
  if (status >= 500) {
    run.ledger.undecided(duty, `the server failed: ${wordsOf(outcome)}`);
    return;
  }
  if (!isSuccess(status)) {
    if (status >= 400 && !undecided.has(status)) run.ledger.pass(duty);
    else run.ledger.undecided(duty, `refused for another reason: ${wordsOf(outcome)}`);
    return;
  }
  run.ledger.fail({
    duty,
    key: `accepted ${duty.origin?.uri}#${duty.origin?.pointer} ${duty.obligation.check} ${nameIn(duty)}`,
    cause: `${plan.operation.method} ${plan.operation.path} accepts ${duty.obligation.title.replace(/ is refused$/, '')}`,
    message: `The server accepted what the document does not allow: ${duty.obligation.title.replace(/ is refused$/, '')}.`,
    expected: 'a 4xx',
    seen: String(status),
    exchange: outcome.exchange,
    origin: duty.origin,
    confirm: async () => {
      const second = await again();
      return second?.kind === 'answered' ? isSuccess(second.status) : undefined;
    },
  });
}

function nameIn({ obligation }: Duty): string {
  return obligation.id.split('/').at(-2) ?? '';
}
