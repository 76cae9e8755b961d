import { checkResponse } from '../../check/index.ts';
import { childOrigin, type Finding } from '../../core/index.ts';
import { type Exchange, HeaderList, noBody, undoCoding } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { ExchangeCheck, OperationDuties } from '../planning/duty.ts';
import { isSafe } from '../sending/is-safe.ts';
import type { Outcome } from '../sending/outcome.ts';
import type { Purpose } from '../sending/session.ts';
import { aspectOf } from './aspect.ts';
import type { Failure, Ledger } from './ledger.ts';
import { schemaName } from './schema-name.ts';
import { lacksMediaType, showsStack, type TextFault, textFaults, wireFaults } from './wire-checks.ts';

/** How HTTP itself refuses what was sent to provoke it; no document lists these everywhere. */
const protocolRefusals = new Set([405, 406, 408, 411, 413, 414, 415, 416, 417, 421, 429, 431]);

/** What an observation needs. */
export interface Observed {
  readonly plan: OperationPlan;
  readonly duties: OperationDuties;
  readonly exchange: Exchange;
  readonly purpose: Purpose;
  /** Sends the request again and tells whether the same thing is wrong with the answer. */
  readonly again: (isWrong: (exchange: Exchange) => boolean) => Promise<boolean | undefined>;
}

/** One thing that is wrong with an exchange. */
export type ExchangeFault = Pick<
  Failure,
  'key' | 'cause' | 'aspect' | 'message' | 'expected' | 'seen' | 'origin' | 'grade' | 'finding'
> & {
  readonly check: ExchangeCheck;
};

/** Judges one exchange by everything that holds for every exchange of its operation. */
export function observeExchange(observed: Observed, ledger: Ledger): void {
  const { duties, exchange } = observed;
  const { faults, unread } = judge(observed);
  for (const [check, duty] of duties.exchange) {
    if (unread === undefined || check !== 'body') ledger.pass(duty);
    else ledger.undecided(duty, unread);
  }
  for (const { check, ...fault } of faults) {
    const duty = duties.exchange.get(check);
    if (duty === undefined) continue;
    const isWrong = (other: Exchange): boolean =>
      judge({ ...observed, exchange: other }).faults.some((one) => one.key === fault.key);
    ledger.fail({ ...fault, duty, exchange, confirm: () => observed.again(isWrong) });
  }
}

/** Judges one exchange as a message only. */
export function observeWire(
  {
    plan,
    duties,
    exchange,
    again,
  }: Pick<Observed, 'plan' | 'duties' | 'exchange'> & {
    readonly again: () => Promise<Exchange | undefined>;
  },
  ledger: Ledger,
): void {
  const duty = duties.exchange.get('wire');
  const isSafeToRepeat = isSafe(exchange.request.method);
  for (const message of duty === undefined ? [] : wireFaults(exchange)) {
    const { check: _, ...fault } = wireFault(plan, { message });
    const confirm = async (): Promise<boolean | undefined> => {
      const other = isSafeToRepeat ? await again() : undefined;
      return other === undefined ? undefined : wireFaults(other).includes(message);
    };
    if (duty !== undefined) ledger.fail({ ...fault, duty, exchange, confirm });
  }
}

/** What is wrong with an exchange, and why its body could not be read, where it could not. */
type Judged = Pick<Observed, 'plan' | 'exchange' | 'purpose'>;

interface Judgement {
  readonly faults: readonly ExchangeFault[];
  readonly unread?: string;
}

/** Everything that is wrong with an exchange. */
export function faultsOf(judged: Judged): readonly ExchangeFault[] {
  return judge(judged).faults;
}

function judge(observed: Judged): Judgement {
  const { plan, exchange } = observed;
  const { status } = exchange.response;
  const found: ExchangeFault[] = [];
  if (showsStack(exchange.response)) found.push(stackFault(plan));
  if (status >= 500) return { faults: [...found, serverFault(plan, exchange)] };
  for (const message of wireFaults(exchange)) found.push(wireFault(plan, { message }));
  const isListed = (plan.responseFor(status)?.mediaTypes.length ?? 0) > 0;
  if (!isListed && lacksMediaType(exchange)) found.push(namelessFault(plan, status));
  const uncoded = undoCoding(exchange.response);
  if ('fault' in uncoded) return { faults: [...found, wireFault(plan, { message: uncoded.fault })] };
  if ('unread' in uncoded) return { faults: found, unread: uncoded.unread };
  for (const fault of textFaults(uncoded.message)) found.push(wireFault(plan, fault));
  const { method } = exchange.request;
  for (const finding of checkResponse(plan, method, uncoded.message)) {
    const fault = faultOf(finding, observed);
    if (fault !== undefined) found.push(fault);
  }
  return { faults: found };
}

function serverFault(plan: OperationPlan, { request, response }: Exchange): ExchangeFault {
  const { status } = response;
  // A second engine can say no more of it than whether it is documented.
  const finding = checkResponse(plan, request.method, response).find(
    ({ code }) => code === 'response.undocumented-status',
  );
  return {
    ...(finding === undefined ? {} : { finding }),
    check: 'server-error',
    key: `server-error ${plan.key}`,
    cause: `${nameOf(plan)} fails`,
    message: `The server answered ${status}: it failed where it had to answer or to refuse.`,
    expected: 'a status below 500',
    seen: String(status),
    origin: childOrigin(plan.operation.origin, 'responses'),
  };
}

function wireFault(plan: OperationPlan, { message, isDoubtful = false }: TextFault): ExchangeFault {
  return {
    ...(isDoubtful ? { grade: 'should' as const } : {}),
    check: 'wire',
    key: `wire ${message.replaceAll(/\d+/g, 'n')}`,
    cause: `The wire: ${message.replaceAll(/\d+/g, 'n')}`,
    message: `The answer breaks HTTP: ${message}.`,
    expected: 'a message that is what its header says',
    seen: message,
    origin: plan.operation.origin,
  };
}

/** Where the document lists media types, none at all is judged with those. */
function namelessFault(plan: OperationPlan, status: number): ExchangeFault {
  return {
    check: 'wire',
    key: `wire nameless ${plan.key} ${status}`,
    cause: `${nameOf(plan)} answers ${status} without a Content-Type`,
    message: 'The answer has a body and no Content-Type, so nobody can tell what it is.',
    expected: 'a Content-Type',
    seen: 'no such header',
    origin: childOrigin(plan.operation.origin, 'responses'),
    grade: 'should',
  };
}

function stackFault(plan: OperationPlan): ExchangeFault {
  return {
    check: 'stack-trace',
    key: 'stack-trace',
    cause: 'Errors show stack traces',
    message: 'An error shows a stack trace of the server.',
    expected: 'an error without the inside of the server',
    seen: 'a stack trace',
    origin: plan.operation.origin,
    grade: 'should',
  };
}

function nameOf({ operation }: OperationPlan): string {
  return `${operation.method} ${operation.path}`;
}

function faultOf(finding: Finding, { plan, exchange, purpose }: Judged): ExchangeFault | undefined {
  const check = checkOf(finding);
  const { status } = exchange.response;
  if (check === 'status' && purpose.provoked === true && protocolRefusals.has(status)) return undefined;
  if (check === 'status' && status === 429) return undefined;
  if (finding.severity === 'information') return undefined;
  const isClientError = check === 'status' && status >= 400;
  return {
    check,
    key: keyOf(finding, { check, plan, status }),
    cause: causeOf(finding, { check, plan, status }),
    aspect: aspectOf(finding, { check, status }),
    message: finding.message,
    expected: finding.expected ?? 'what the document says',
    seen: finding.seen ?? 'something else',
    origin: finding.origin,
    finding,
    ...(isClientError ? { grade: 'should' as const } : {}),
  };
}

function checkOf({ code, place }: Finding): ExchangeCheck {
  if (code === 'response.undocumented-status') return 'status';
  if (code === 'response.media-type' || code === 'response.body-missing') return 'media-type';
  return place.part === 'header' ? 'headers' : 'body';
}

interface Seen {
  readonly check: ExchangeCheck;
  readonly plan: OperationPlan;
  readonly status: number;
}

/** How the one layer in front of all operations turns clients away. */
const gateStatuses = new Set([401, 403]);

/**
 * A schema that several operations share is one cause; an error handler that writes one media type is one, and who asks for
 * credentials is one.
 */
function keyOf(finding: Finding, { check, plan, status }: Seen): string {
  if (check === 'status') return `status ${gateStatuses.has(status) ? '' : plan.key} ${status}`;
  if (check === 'media-type') {
    return status >= 400
      ? `media-type ${finding.seen} ${finding.expected}`
      : `media-type ${plan.key} ${status} ${finding.seen}`;
  }
  const { uri, pointer } = finding.origin ?? { uri: plan.key, pointer: finding.place.pointer ?? '' };
  const property = finding.keyword === 'required' ? finding.message.replace(/^.*?must have/, '') : '';
  return `${check} ${finding.code} ${uri}#${pointer} ${property}`;
}

function causeOf(finding: Finding, { check, plan, status }: Seen): string {
  if (check === 'status' && gateStatuses.has(status))
    return `Operations answer ${status}, which is not documented`;
  if (check === 'status') return `${nameOf(plan)} answers ${status}, which is not documented`;
  if (check === 'media-type' && status >= 400) {
    return `Errors come as ${finding.seen}, not as ${finding.expected}`;
  }
  if (check === 'media-type') return `${nameOf(plan)} answers ${status} as ${finding.seen}`;
  const { keyword = finding.code, expected } = finding;
  const what = keyword === 'required' && expected !== undefined ? `${expected} is required` : keyword;
  const schema = finding.origin === undefined ? undefined : schemaName(finding.origin.pointer);
  if (schema !== undefined) return `Answers break ${schema}: ${what}`;
  const { part, name, pointer } = finding.place;
  const where = part === 'header' ? `header ${name}` : `body${pointer ?? ''}`;
  return `${nameOf(plan)} answers ${status} with a ${where} that breaks ${what}`;
}

/** An answer that did not come whole. A slow one, one too large to hold, or none decides nothing; one that breaks off is broken. */
export function observeSilence(
  outcome: Outcome & { kind: 'none' },
  duties: OperationDuties,
  ledger: Ledger,
): void {
  const duty = duties.exchange.get('answer');
  if (duty === undefined || outcome.why === 'budget') return;
  const broken = outcome.why === 'malformed' || outcome.why === 'broken';
  if (!broken) {
    ledger.undecided(duty, `no whole answer came: ${outcome.reason}`);
    return;
  }
  ledger.fail({
    duty,
    key: `answer ${outcome.why}`,
    cause: 'Answers do not come whole',
    message: `The answer did not come whole: ${outcome.reason}.`,
    expected: 'a whole HTTP message',
    seen: outcome.reason,
    exchange: { request: outcome.request, response: noAnswer },
    origin: duty.origin,
  });
}

const noAnswer: Exchange['response'] = { status: 0, headers: new HeaderList(), body: noBody };
