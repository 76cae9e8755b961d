import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../core/index.ts';
import type { ApiOperation } from '../../document/index.ts';
import type { HttpRequest } from '../../http/index.ts';
import type { ApiPlan, OperationPlan } from '../../plan/index.ts';
import type { RequestDestination, RequestValues } from '../../request/index.ts';
import type { Ledger } from '../judging/ledger.ts';
import type { ContractIdentity, ContractOptions } from '../options.ts';
import type { OperationDuties } from '../planning/duty.ts';
import type { PathSources } from '../planning/path-sources.ts';
import { authorize } from '../sending/authorize.ts';
import type { LiveIdentity } from '../sending/live-identity.ts';
import type { Outcome } from '../sending/outcome.ts';
import type { Purpose, Session } from '../sending/session.ts';
import { writeRequest } from '../sending/write-request.ts';
import type { Bases } from './bases.ts';
import type { BodilessWatch } from './bodiless.ts';
import type { LinkedValues } from './linked.ts';
import type { Refusal } from './refusals.ts';
import type { Tape } from './tape.ts';
import type { Things } from './things.ts';

/** All that the parts of one run share. */
export interface Run {
  readonly options: ContractOptions;
  readonly identity: LiveIdentity;
  readonly second: LiveIdentity | undefined;
  readonly api: ApiPlan;
  readonly paths: PathSources;
  readonly session: Session;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly now: number;
  /** What everything that the run makes carries, where it can. */
  readonly mark: string;
  readonly destination: RequestDestination;
  readonly things: Things;
  readonly linked: LinkedValues;
  readonly bases: Bases;
  readonly bodiless: BodilessWatch;
  readonly tape: Tape;
  readonly dutiesOf: (operation: ApiOperation) => OperationDuties | undefined;
  readonly note: (text: string) => void;
  /** Operations none of whose positive cases was accepted, so far. */
  readonly refusals: Refusal[];
  /** How long a server takes to show what was written; 0 until one is seen that takes its time. */
  readonly lag: { milliseconds: number };
}

/** How a request is sent. */
export interface CallOptions extends Omit<Purpose, 'plan'> {
  /** Default: the first identity. `nobody`: no header and no credential is added. */
  readonly as?: ContractIdentity | 'nobody';
  /** The last change before it is sent. */
  readonly change?: (request: HttpRequest) => HttpRequest;
}

/** Sends an operation's request made of values. `undefined` where the values cannot be written at all. */
export async function call(
  run: Run,
  plan: OperationPlan,
  { values, ...options }: CallOptions & { values: RequestValues },
): Promise<Outcome | undefined> {
  const written = writeRequest(plan, values, run.destination);
  if (written === undefined) return undefined;
  const outcome = await send(run, plan, { request: written, ...options });
  if (outcome.kind === 'answered' && isSuccess(outcome.status)) run.things.register(plan, values, outcome);
  return outcome;
}

/** Sends a request that stands for an operation. */
export function send(
  run: Run,
  plan: OperationPlan,
  { request, as = run.identity, change, ...purpose }: CallOptions & { request: HttpRequest },
): Promise<Outcome> {
  const deliver = (why: Purpose): Promise<Outcome> => {
    const authorized = as === 'nobody' ? request : authorize(withAccept(request), plan, as);
    const changed = change === undefined ? authorized : change(authorized);
    return run.session.send(changed, why);
  };
  const repeat = (): Promise<Outcome> => deliver({});
  return withFreshCredential(as, () => deliver({ ...purpose, plan, repeat }));
}

/** A credential may run out while a run goes on: a 401 is answered with a new one, once. */
async function withFreshCredential(
  as: ContractIdentity | 'nobody',
  deliver: () => Promise<Outcome>,
): Promise<Outcome> {
  if (!isLive(as)) return deliver();
  const { generation } = as;
  const outcome = await deliver();
  if (outcome.kind !== 'answered' || outcome.status !== 401 || !(await as.renew(generation))) return outcome;
  const again = await deliver();
  as.wasTaken(again.kind !== 'answered' || again.status !== 401);
  return again;
}

function isLive(as: ContractIdentity | 'nobody'): as is LiveIdentity {
  return as !== 'nobody' && 'renew' in as;
}

function withAccept(request: HttpRequest): HttpRequest {
  return request.headers.has('accept')
    ? request
    : { ...request, headers: request.headers.with('Accept', '*/*') };
}

/** Whether a status is a 2xx. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Waits until what was written shows, on a server that takes its time. */
export async function letSettle({ lag }: Run): Promise<void> {
  if (lag.milliseconds > 0) await wait(lag.milliseconds);
}

/** The first words of an answer's body, for a person. */
export function wordsOf(outcome: Outcome): string {
  if (outcome.kind === 'none') return outcome.reason;
  const text = Buffer.from(outcome.exchange.response.body.subarray(0, 300)).toString('utf8');
  return `${outcome.status} ${text.replaceAll(/\s+/g, ' ').trim()}`.trim();
}

/** Runs jobs, so many at a time, in their order. */
export async function inParallel<Item>(
  items: readonly Item[],
  { width, work }: { width: number; work: (item: Item) => Promise<void> },
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const item = items[next] as Item;
      next += 1;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
