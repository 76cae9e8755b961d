import { isWireFailure } from '../../client/index.ts';
import { ApidoubleError, createRandom } from '../../core/index.ts';
import type { ApiDocument } from '../../document/index.ts';
import type { Exchange, Target } from '../../http/index.ts';
import { type ApiPlan, compilePlan } from '../../plan/index.ts';
import { callHook, type RequestContext } from '../hooks.ts';
import { createLedger, type Ledger } from '../judging/ledger.ts';
import { observeExchange, observeSilence } from '../judging/observe.ts';
import type { ContractIdentity, ContractOptions } from '../options.ts';
import { observeOwn } from '../own-checks.ts';
import type { OperationDuties } from '../planning/duty.ts';
import { referenceOf } from '../planning/obligation.ts';
import { indexPaths } from '../planning/path-sources.ts';
import type { ContractPlan } from '../planning/plan-contract.ts';
import type { RunEvent } from '../report.ts';
import { createLiveIdentity, type LiveIdentity } from '../sending/live-identity.ts';
import { logIn } from '../sending/log-in.ts';
import type { Outcome } from '../sending/outcome.ts';
import { createSession, type Purpose, type Session } from '../sending/session.ts';
import { createBases } from './bases.ts';
import { type BodilessWatch, watchBodiless } from './bodiless.ts';
import type { Destination } from './destination.ts';
import { createLinkedValues } from './linked-values.ts';
import { markOf } from './markers.ts';
import { nothingListens } from './nothing-listens.ts';
import type { Run } from './run.ts';
import { createTape, type Tape } from './tape.ts';
import { createThings } from './things.ts';

/** What a run is made of. */
export interface Creation {
  readonly options: ContractOptions;
  readonly document: ApiDocument;
  readonly destination: Destination;
  readonly target: Target;
  /** The same over connections of their own; absent where the target is no address, or stands behind a proxy. */
  readonly bare: Target | undefined;
  readonly plan: ContractPlan;
  readonly seed: string;
  readonly note: (text: string) => void;
  readonly emit: (event: RunEvent) => void;
  /** Statuses that each operation was seen to answer. */
  readonly statuses: Map<string, Set<number>>;
}

/** The clock that made-up dates stand around: fixed, so that a seed gives the same values on any day. */
const fixedNow = Date.parse('2024-01-01T00:00:00Z');

/** Puts the parts of a run together; nothing is sent yet. */
export function createRun(creation: Creation): Run {
  const { options, document, destination, plan, seed, note } = creation;
  const duties = new Map(plan.operations.map((one) => [one.operation, one]));
  const ledger = createLedger(({ duty: { obligation }, cause }) =>
    creation.emit({ kind: 'broken', obligation, cause }),
  );
  const api = compilePlan(document);
  const identity = identityOf(options, api, creation);
  const second = options.second === undefined ? undefined : identityOf(options.second, api, creation);
  const bodiless = watchBodiless(() => session, ledger);
  const tape = createTape();
  const session: Session = createRunSession(creation, {
    ledger,
    bodiless,
    tape,
    duties: new Map(plan.operations.map((one) => [one.operation.key, one])),
    identities: second === undefined ? [identity] : [identity, second],
  });
  const run: Run = {
    options,
    identity,
    second,
    api,
    paths: indexPaths(document),
    session,
    ledger,
    random: createRandom(seed),
    now: fixedNow,
    mark: markOf(seed),
    destination,
    things: createThings(() => run),
    linked: createLinkedValues(() => run),
    bases: createBases(),
    bodiless,
    tape,
    dutiesOf: (operation) => duties.get(operation),
    note,
    refusals: [],
    lag: { milliseconds: 0 },
  };
  return run;
}

function identityOf(
  identity: ContractIdentity,
  api: ApiPlan,
  { document, target, destination }: Creation,
): LiveIdentity {
  const { securitySchemes: schemes } = document;
  const { login = [] } = identity;
  const steps = Array.isArray(login) ? login : [login];
  if (steps.length === 0) return createLiveIdentity(identity, { schemes });
  const context = { api, target, destination, schemes };
  return createLiveIdentity(identity, {
    schemes,
    logIn: () =>
      logIn(steps, context).catch((error: unknown) => {
        const { cause } = error as { cause?: unknown };
        throw isWireFailure(cause) && cause.kind === 'refused' ? nothingListens(destination.origin) : error;
      }),
  });
}

interface Watching {
  readonly ledger: Ledger;
  readonly duties: ReadonlyMap<string, OperationDuties>;
  readonly identities: readonly LiveIdentity[];
  readonly bodiless: BodilessWatch;
  readonly tape: Tape;
}

function createRunSession(
  creation: Creation,
  { ledger, duties, identities, bodiless, tape }: Watching,
): Session {
  const { options, target, bare, emit, statuses } = creation;
  const { timeout = 10_000, budget, rate, signal, hooks } = options;
  const told = new Set<string>();
  const tell = (text: string): void => {
    if (!told.has(text)) creation.note(text);
    told.add(text);
  };
  const session: Session = createSession({
    target,
    bare,
    timeout,
    rate,
    signal,
    requests: budget?.requests,
    seconds: budget?.seconds,
    onEvent: emit,
    ...(hooks?.beforeRequest === undefined
      ? {}
      : {
          beforeRequest: async (request, purpose) =>
            (await callHook('beforeRequest', () => hooks.beforeRequest?.(request, contextOf(purpose)))) ??
            request,
        }),
    ...(hooks?.afterResponse === undefined
      ? {}
      : {
          afterResponse: async (exchange, purpose) => {
            await callHook('afterResponse', () => hooks.afterResponse?.(exchange, contextOf(purpose)));
          },
        }),
    async observe(exchange, purpose) {
      for (const identity of identities) identity.heard(exchange);
      tape.heard(exchange);
      const { plan } = purpose;
      const own = plan === undefined ? undefined : duties.get(plan.key);
      if (plan === undefined || own === undefined) return;
      statuses.set(plan.key, (statuses.get(plan.key) ?? new Set()).add(exchange.response.status));
      if (purpose.quiet === true) return;
      const again = async (isWrong: (exchange: Exchange) => boolean | Promise<boolean>) => {
        const outcome = await (purpose.repeat?.() ?? session.send(exchange.request, {}));
        return outcome.kind === 'answered' ? isWrong(outcome.exchange) : undefined;
      };
      observeExchange({ plan, duties: own, exchange, purpose, again }, ledger);
      await bodiless.saw(exchange, { plan, duties: own });
      if (own.own.length > 0) await observeOwn(exchange, own.own, { ledger, again, tell });
    },
    gaveUp: (reason) => creation.note(`The run was given up: ${reason}.`),
    unanswered(outcome, { plan }) {
      if (!session.heard) refuseDeaf(outcome);
      const own = plan === undefined ? undefined : duties.get(plan.key);
      if (own !== undefined) observeSilence(outcome, own, ledger);
    },
  });
  return session;
}

function contextOf({ plan, obligation }: Purpose): RequestContext {
  return {
    ...(plan === undefined ? {} : { operation: referenceOf(plan.operation) }),
    ...(obligation === undefined ? {} : { obligation }),
  };
}

/** Where not even a connection comes about, and none has, there is nothing to run against. */
function refuseDeaf({ why, reason, request }: Outcome & { kind: 'none' }): void {
  if (why === 'refused') throw nothingListens(request.origin);
  if (why !== 'unreachable') return;
  const remedy = /cert|self[- ]signed|issuer|altname|tls|ssl/i.test(reason)
    ? 'Name its authority (ca), or take any certificate (insecure)'
    : 'Look at the name and at the network';
  throw new ApidoubleError(
    'ERR_TARGET',
    `Cannot run against target "${request.origin}": ${reason}. ${remedy}.`,
  );
}
