import { type HttpRequest, noBody } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import { deepEqual } from '../../schema/index.ts';
import type { MessageDuty, MessageFault, OperationDuties } from '../planning/duty.ts';
import { isJsonType } from '../planning/plan-values.ts';
import type { Outcome } from '../sending/outcome.ts';
import { isPlain } from '../values/at-steps.ts';
import { makeValue } from '../values/make-values.ts';
import { makeBase } from './bases.ts';
import { mediaPlanOf } from './media-plan.ts';
import { bodyOf } from './read-thing.ts';
import { type CallOptions, call, inParallel, isSuccess, type Run } from './run.ts';
import { judgeRefusal } from './run-rejected.ts';

/** Sends requests that are wrong as a whole: without what is required, with bodies that cannot be read, for things that there are not. */
export async function runMessages(run: Run, duties: OperationDuties): Promise<void> {
  const plan = run.api.compile(duties.operation);
  const fill = run.bases.accepted(duties.operation);
  if (fill === undefined) {
    for (const duty of duties.messages) run.ledger.undecided(duty, run.bases.why(duties.operation));
    return;
  }
  const width = run.options.concurrency ?? 4;
  const work = async (duty: MessageDuty): Promise<void> => {
    const base = await makeBase(run, plan, { fill: bodyFill(duty.fault, fill), name: duty.obligation.id });
    if ('reason' in base) {
      run.ledger.undecided(duty, base.reason);
      return;
    }
    const options = faulty(run, { fault: duty.fault, plan, values: base.values });
    if (options === undefined) {
      run.ledger.skip(duty, 'no such request can be made');
      return;
    }
    const send = () => call(run, plan, { ...options, obligation: duty.obligation.id, provoked: true });
    const outcome = await send();
    if (outcome === undefined) {
      run.ledger.skip(duty, 'the request cannot be written');
      return;
    }
    if (duty.fault.kind === 'unknown' && isEmptyList(plan, outcome)) {
      run.ledger.skip(duty, 'what belongs to nothing is an empty list');
      return;
    }
    judgeRefusal(run, { duty, outcome, plan, again: send });
  };
  await inParallel(duties.messages, { width, work });
}

/** A server may answer for a thing that there is not as for one that has nothing. */
function isEmptyList(plan: OperationPlan, outcome: Outcome): boolean {
  if (outcome.kind === 'none' || !isSuccess(outcome.status)) return false;
  const body = bodyOf(plan, outcome.exchange.response);
  const lists = Array.isArray(body) ? [body] : isPlain(body) ? Object.values(body).filter(Array.isArray) : [];
  return lists.length > 0 && lists.every((list) => list.length === 0);
}

function bodyFill(fault: MessageFault, fill: 'required' | 'everything' | 'example'): typeof fill {
  return 'parameter' in fault ? fill : fill === 'required' ? 'required' : fill;
}

interface Faulty {
  readonly fault: MessageFault;
  readonly plan: OperationPlan;
  readonly values: RequestValues;
}

function faulty(
  run: Run,
  { fault, plan, values }: Faulty,
): (CallOptions & { values: RequestValues }) | undefined {
  switch (fault.kind) {
    case 'missing':
      return { values: withoutParameter(values, fault.parameter) };
    case 'unknown':
      return unknownId(run, plan, { values, fault });
    case 'malformed':
      return { values, change: (request) => withBody(request, '{"apidouble": ,}') };
    case 'truncated':
      return {
        values,
        change: (request) => ({ ...request, body: request.body.subarray(0, request.body.length - 1) }),
      };
    case 'trailing':
      return {
        values,
        change: (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(' x')]) }),
      };
    case 'empty':
      if (isValidEmpty(plan)) return undefined;
      return { values, change: (request) => ({ ...request, body: noBody }) };
    case 'media-type':
      return { values, change: withOtherType };
    default:
      return fault satisfies never;
  }
}

/** A form, or a text, with nothing in it is one all the same. */
function isValidEmpty(plan: OperationPlan): boolean {
  const media = mediaPlanOf(plan);
  if (media === undefined || isJsonType(media.mediaType)) return false;
  return [{}, ''].some((nothing) => media.validator.isValid(nothing));
}

function withoutParameter(
  values: RequestValues,
  { in: place, name }: { in: string; name: string },
): RequestValues {
  const key = place === 'querystring' ? 'query' : (place as 'path' | 'query' | 'header' | 'cookie');
  const rest = Object.entries(values[key] ?? {}).filter(([other]) => other !== name);
  return { ...values, [key]: Object.fromEntries(rest) };
}

function unknownId(
  run: Run,
  plan: OperationPlan,
  { values, fault }: { values: RequestValues; fault: MessageFault & { kind: 'unknown' } },
): { values: RequestValues } | undefined {
  const { name, schema } = fault.parameter;
  const validator = plan.parameters.find((one) => one.parameter === fault.parameter)?.validator;
  const random = run.random.fork(`unknown ${plan.key} ${name}`);
  const candidates = [987_654_321, makeValue(schema, { random, now: run.now, names: [name] })];
  const value = candidates.find(
    (one) => validator?.isValid(one) === true && !deepEqual(one, values.path?.[name]),
  );
  return value === undefined ? undefined : { values: { ...values, path: { ...values.path, [name]: value } } };
}

function withBody(request: HttpRequest, text: string): HttpRequest {
  return { ...request, body: Buffer.from(text) };
}

function withOtherType(request: HttpRequest): HttpRequest {
  return { ...request, headers: request.headers.with('Content-Type', 'application/vnd.apidouble') };
}
