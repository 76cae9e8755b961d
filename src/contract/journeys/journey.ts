import type { ApiOperation } from '../../document/index.ts';
import type { Exchange } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RequestValues } from '../../request/index.ts';
import type { JourneyDuty } from '../planning/duty.ts';
import { makeBase } from '../running/bases.ts';
import { mediaPlanOf } from '../running/media-plan.ts';
import { bodyOf } from '../running/read-thing.ts';
import { type CallOptions, call, isSuccess, letSettle, type Run } from '../running/run.ts';
import { isSafe } from '../sending/is-safe.ts';

/** An answer with its body read. */
export interface Seen {
  readonly status: number;
  readonly body: unknown;
  readonly exchange: Exchange;
}

/** What a promise came to: kept, broken, or not to be told. */
export type Finding =
  | { readonly kind: 'kept' }
  | {
      readonly kind: 'broken';
      readonly message: string;
      readonly exchange: Exchange;
      readonly seen?: string;
      /** What is wrong beneath, in words, where that breaks several promises of an operation. */
      readonly root?: string;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The promise was kept. */
export const kept: Finding = { kind: 'kept' };

/** The promise was broken, as an exchange shows. */
export function broken(message: string, { exchange }: Seen, root?: string): Finding {
  return { kind: 'broken', message, exchange, ...(root === undefined ? {} : { root }) };
}

/** Nothing can be said, and why. */
export function unknown(reason: string): Finding {
  return { kind: 'unknown', reason };
}

/** Sends one request of an operation: a base with these parts changed. `undefined` where no answer came. */
export async function ask(
  run: Run,
  operation: ApiOperation,
  parts: CallOptions & {
    readonly name: string;
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, unknown>>;
    readonly cookie?: Readonly<Record<string, unknown>>;
    readonly body?: unknown;
  },
): Promise<Seen | undefined> {
  const plan = run.api.compile(operation);
  const { name, path = {}, query = {}, header = {}, cookie = {}, body, ...options } = parts;
  const base = await makeBase(run, plan, { fill: 'required', name, path });
  if ('reason' in base) return undefined;
  const values: RequestValues = {
    ...base.values,
    query: { ...base.values.query, ...query },
    header: { ...base.values.header, ...header },
    cookie: { ...base.values.cookie, ...cookie },
    ...bodyPart(plan, base.values, body),
  };
  const outcome = await call(run, plan, { values, ...options });
  if (outcome?.kind !== 'answered') return undefined;
  const { response } = outcome.exchange;
  if (isSuccess(outcome.status) && !isSafe(operation.method)) await letSettle(run);
  return {
    status: outcome.status,
    body: isSuccess(outcome.status) ? bodyOf(plan, response) : undefined,
    exchange: outcome.exchange,
  };
}

function bodyPart(plan: OperationPlan, values: RequestValues, body: unknown): Pick<RequestValues, 'body'> {
  const media = mediaPlanOf(plan);
  if (body === undefined || media === undefined) return {};
  return { body: { value: body, contentType: values.body?.contentType ?? media.mediaType } };
}

/** Looks whether a promise is kept, and writes down what it came to. `again` looks once more; default: the same. */
export async function settle(
  run: Run,
  duty: JourneyDuty,
  { look, again = look }: { look: () => Promise<Finding>; again?: () => Promise<Finding> },
): Promise<void> {
  const { result: finding, exchanges } = await run.tape.during(look);
  if (finding.kind === 'kept') run.ledger.pass(duty);
  else if (finding.kind === 'unknown') run.ledger.skip(duty, finding.reason);
  else {
    const { obligation } = duty;
    run.ledger.fail({
      duty,
      key: keyOf(obligation, finding),
      cause: `${obligation.operation.method} ${obligation.operation.path}: ${finding.root ?? `it does not hold that ${obligation.title}`}`,
      message: `${finding.message}.`,
      expected: obligation.title,
      seen: finding.seen ?? finding.message,
      exchange: finding.exchange,
      steps: run.tape.storyOf(exchanges, finding.exchange, { together: obligation.group === 'concurrency' }),
      origin: duty.origin,
      confirm: () => isBrokenAgain(again),
    });
  }
}

/** An operation that fails in a journey fails by itself. */
function keyOf(
  { id, operation }: JourneyDuty['obligation'],
  { exchange: { request, response }, root }: Finding & { kind: 'broken' },
): string {
  if (response.status >= 500 && request.method === operation.method) return `server-error ${operation.key}`;
  return root === undefined ? `journey ${id}` : `journey of ${operation.key}: ${root}`;
}

async function isBrokenAgain(look: () => Promise<Finding>): Promise<boolean | undefined> {
  const { kind } = await look();
  return kind === 'unknown' ? undefined : kind === 'broken';
}
