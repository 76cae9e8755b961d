import { counted } from '../../core/index.ts';
import { type HttpRequest, matchesMediaType, parseMediaType } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import type { NegotiationDuty, OperationDuties } from '../planning/duty.ts';
import { authorize } from '../sending/authorize.ts';
import type { Outcome } from '../sending/outcome.ts';
import { writeRequest } from '../sending/write-request.ts';
import { makeBase } from './bases.ts';
import { endsBodiless } from './bodiless.ts';
import { call, isSuccess, type Run, wordsOf } from './run.ts';
import { judgeRefusal } from './run-rejected.ts';

/** Asks for each media type, for one that there is not, and by a method that there is not. */
export async function runNegotiations(run: Run, duties: OperationDuties): Promise<void> {
  const plan = run.api.compile(duties.operation);
  for (const duty of duties.negotiations) await tryNegotiation(run, plan, duty);
}

async function tryNegotiation(run: Run, plan: OperationPlan, duty: NegotiationDuty): Promise<void> {
  const { negotiation } = duty;
  const { operation } = plan;
  const fill = run.bases.accepted(operation);
  if (fill === undefined) {
    run.ledger.undecided(duty, run.bases.why(operation));
    return;
  }
  const fresh = operation.method === 'DELETE';
  const base = await makeBase(run, plan, { fill, name: duty.obligation.id, fresh });
  if ('reason' in base) {
    run.ledger.undecided(duty, base.reason);
    return;
  }
  if (negotiation.kind === 'head') return tryHead(run, plan, { duty, base });
  if (negotiation.kind === 'charset') return tryCharset(run, plan, { duty, values: base.values });
  if (negotiation.kind === 'method') return tryMethod(run, plan, { duty, base, negotiation });
  const accept = negotiation.kind === 'accept' ? negotiation.mediaType : 'application/vnd.apidouble';
  const send = () =>
    call(run, plan, {
      values: base.values,
      obligation: duty.obligation.id,
      provoked: negotiation.kind !== 'accept',
      change: (request) => ({ ...request, headers: request.headers.with('Accept', accept) }),
    });
  const outcome = await send();
  if (outcome === undefined) run.ledger.skip(duty, 'the request cannot be written');
  else if (negotiation.kind === 'accept') judgeType(run, duty, { outcome, wanted: accept });
  else judgeRefusal(run, { duty, outcome, plan, again: send });
}

/** @see https://www.rfc-editor.org/rfc/rfc8259#section-11 */
async function tryCharset(
  run: Run,
  plan: OperationPlan,
  { duty, values }: { duty: NegotiationDuty; values: RequestValues },
): Promise<void> {
  const change = (request: HttpRequest): HttpRequest => {
    const type = request.headers.get('content-type') ?? 'application/json';
    return { ...request, headers: request.headers.with('Content-Type', `${type}; charset=utf-8`) };
  };
  const outcome =
    values.body === undefined
      ? undefined
      : await call(run, plan, { values, obligation: duty.obligation.id, change });
  if (outcome === undefined) run.ledger.skip(duty, 'no body is sent');
  else if (outcome.kind === 'none') run.ledger.undecided(duty, outcome.reason);
  else if (isSuccess(outcome.status)) run.ledger.pass(duty);
  else if (outcome.status !== 415 && outcome.status !== 400) run.ledger.undecided(duty, wordsOf(outcome));
  else {
    run.ledger.fail({
      duty,
      key: `charset ${outcome.status}`,
      cause: 'JSON that says it is in UTF-8 is refused',
      message: `The server refused a body for the charset that its type names, which JSON always has. It said: ${wordsOf(outcome)}.`,
      expected: 'a 2xx',
      seen: String(outcome.status),
      exchange: outcome.exchange,
      origin: duty.origin,
    });
  }
}

function judgeType(
  run: Run,
  duty: NegotiationDuty,
  { outcome, wanted }: { outcome: Outcome; wanted: string },
): void {
  if (outcome.kind === 'none') {
    run.ledger.undecided(duty, outcome.reason);
    return;
  }
  const type = outcome.exchange.response.headers.get('content-type') ?? 'none';
  const [sent, range] = [parseMediaType(type), parseMediaType(wanted)];
  const fits = sent !== undefined && range !== undefined && matchesMediaType(range, sent);
  if (isSuccess(outcome.status) && fits) {
    run.ledger.pass(duty);
    return;
  }
  run.ledger.fail({
    duty,
    key: `accept ${duty.obligation.operation.key} ${outcome.status}`,
    cause: `${duty.obligation.operation.method} ${duty.obligation.operation.path} does not send what is asked for`,
    message: `The server answered ${outcome.status} with ${type} where ${wanted} was asked for, which the document offers.`,
    expected: wanted,
    seen: `${outcome.status} ${type}`,
    exchange: outcome.exchange,
    origin: duty.origin,
  });
}

interface MethodCase {
  readonly duty: NegotiationDuty;
  readonly base: { readonly values: Parameters<typeof call>[2]['values'] };
  readonly negotiation: NegotiationDuty['negotiation'] & { kind: 'method' };
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2 */
async function tryHead(
  run: Run,
  plan: OperationPlan,
  { duty, base }: Omit<MethodCase, 'negotiation'>,
): Promise<void> {
  const written = writeRequest(plan, base.values, run.destination);
  if (written === undefined) {
    run.ledger.skip(duty, 'the request cannot be written');
    return;
  }
  const request = { ...authorize(written, plan, run.identity), method: 'HEAD' };
  const { id: obligation } = duty.obligation;
  let outcome = await run.session.send(request, { obligation });
  if (outcome.kind === 'answered' && endsBodiless(outcome.exchange)) {
    const whole = await run.session.send(request, { obligation, bare: true });
    if (whole.kind === 'answered') outcome = whole;
  }
  if (outcome.kind === 'none') run.ledger.undecided(duty, outcome.reason);
  else if (outcome.exchange.response.body.length === 0) run.ledger.pass(duty);
  else {
    const seen = `a body of ${counted(outcome.exchange.response.body.length, 'byte')}`;
    run.ledger.fail({
      duty,
      key: 'HEAD with a body',
      cause: 'HEAD is answered with a body',
      message: `The answer to a HEAD has ${seen}, which the next answer on the connection may be taken for.`,
      expected: 'no body',
      seen,
      exchange: outcome.exchange,
      origin: duty.origin,
    });
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6 */
async function tryMethod(
  run: Run,
  plan: OperationPlan,
  { duty, base, negotiation }: MethodCase,
): Promise<void> {
  const written = writeRequest(plan, base.values, run.destination);
  if (written === undefined || run.options.writes !== true) {
    run.ledger.skip(duty, 'writes are off');
    return;
  }
  const request = { ...authorize(written, plan, run.identity), method: negotiation.method };
  const outcome = await run.session.send(request, { obligation: duty.obligation.id });
  if (outcome.kind === 'none') run.ledger.undecided(duty, outcome.reason);
  else if (outcome.status !== 405) {
    if (outcome.status >= 400 && outcome.status < 500) run.ledger.pass(duty);
    else failMethod(run, duty, { outcome, expected: 'a 405', seen: String(outcome.status) });
  } else judgeAllow(run, duty, { outcome, documented: negotiation.documented });
}

function judgeAllow(
  run: Run,
  duty: NegotiationDuty,
  { outcome, documented }: { outcome: Outcome & { kind: 'answered' }; documented: readonly string[] },
): void {
  const allow = outcome.exchange.response.headers.get('allow');
  const allowed = new Set((allow ?? '').split(',').map((one) => one.trim().toUpperCase()));
  const missing = documented.filter((one) => !allowed.has(one.toUpperCase()));
  if (allow !== undefined && missing.length === 0) run.ledger.pass(duty);
  else
    failMethod(run, duty, {
      outcome,
      expected: `Allow with ${documented.join(', ')}`,
      seen: allow ?? 'no Allow header',
    });
}

function failMethod(
  run: Run,
  duty: NegotiationDuty,
  { outcome, expected, seen }: { outcome: Outcome & { kind: 'answered' }; expected: string; seen: string },
): void {
  run.ledger.fail({
    duty,
    key: `method ${expected.startsWith('Allow') && seen.startsWith('no') ? 'no Allow' : duty.obligation.operation.path}`,
    cause: 'A method that there is not is refused badly',
    message: `${duty.obligation.title}, but the server said: ${seen}.`,
    expected,
    seen,
    exchange: outcome.exchange,
    origin: duty.origin,
  });
}
