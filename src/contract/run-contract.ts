import { createHttpTarget, type HttpTarget } from '../client/index.ts';
import {
  ApidoubleError,
  createRandom,
  drawSeed,
  packageVersion,
  stopwatch,
  systemClock,
} from '../core/index.ts';
import { type ApiDocument, loadDocument } from '../document/index.ts';
import { compilePlan } from '../plan/index.ts';
import { createLedger, type Ledger } from './judging/ledger.ts';
import { observeExchange, observeSilence } from './judging/observe.ts';
import type { ContractOptions } from './options.ts';
import type { Duty, OperationDuties } from './planning/duty.ts';
import { indexPaths } from './planning/path-sources.ts';
import { type ContractPlan, planOperations } from './planning/plan-contract.ts';
import type { ContractFinding, ObligationResult, Report, RunEvent, Verdict } from './report.ts';
import { askSecondEngine } from './result/ask-second-engine.ts';
import { groupFailures } from './result/group-failures.ts';
import { makeFindings } from './result/make-findings.ts';
import { countCoverage, countObligations, documentOf, dutiesOf } from './result/make-report.ts';
import { createRedactor } from './result/redact.ts';
import { createBases } from './running/bases.ts';
import { type Destination, destinationOf } from './running/destination.ts';
import type { Run } from './running/run.ts';
import { runPhases } from './running/run-phases.ts';
import { createThings } from './running/things.ts';
import { createSession, type Session } from './sending/session.ts';

/**
 * Holds a server to its document and gives the report. It never throws for a server that breaks its promises; it throws an
 * `ApidoubleError` for a document that cannot be read, for options that cannot be used, and where nothing listens.
 */
export async function runContract(options: ContractOptions): Promise<Report> {
  const document = await documentFrom(options);
  const destination = destinationOf(options, document);
  const { timeout = 10_000 } = options;
  const http =
    typeof options.target === 'function' ? undefined : createHttpTarget({ ...options.http, timeout });
  try {
    return await runOn({ options, document, destination, http });
  } finally {
    await http?.close();
  }
}

/** The same for a test: throws an error that tells the findings, where there are any of grade `must`. */
export async function assertContract(options: ContractOptions): Promise<Report> {
  const report = await runContract(options);
  const broken = report.findings.filter(({ grade }) => grade === 'must');
  if (broken.length === 0) return report;
  throw new Error(
    `The server breaks its contract:\n${broken.map((one) => `- ${one.cause}: ${one.message} [${one.id}]`).join('\n')}`,
  );
}

async function documentFrom({ document, cwd, allowHosts, signal }: ContractOptions): Promise<ApiDocument> {
  if (typeof document === 'object' && 'operations' in document && 'locate' in document)
    return document as ApiDocument;
  return loadDocument(document, {
    ...(cwd === undefined ? {} : { cwd }),
    ...(allowHosts === undefined ? {} : { allowHosts }),
    ...(signal === undefined ? {} : { signal }),
  });
}

interface Start {
  readonly options: ContractOptions;
  readonly document: ApiDocument;
  readonly destination: Destination;
  readonly http: HttpTarget | undefined;
}

async function runOn(start: Start): Promise<Report> {
  const { options, document } = start;
  const startedAt = new Date(systemClock.now()).toISOString();
  const begun = stopwatch();
  const seed = String(options.seed ?? drawSeed());
  const plan = planOperations(document, options);
  const notes = [...plan.notes];
  const emit = (event: RunEvent): void => options.onEvent?.(event);
  const note = (text: string): void => {
    notes.push(text);
    emit({ kind: 'note', text });
  };
  const statuses = new Map<string, Set<number>>();
  const run = createRun({ ...start, plan, seed, note, emit, statuses });
  emit({ kind: 'planned', obligations: plan.obligations });
  await runPhases(run, plan.operations, emit);
  const { results, findings } = await conclude({ run, plan, options, document });
  const left = await run.things.cleanUp();
  if (left.length > 0) note(`Left behind: ${left.join(', ')}.`);
  const tally = { operations: plan.operations, results, findings, statuses };
  const { url, basePath, basePathFrom } = start.destination;
  const report: Report = {
    version: 1,
    tool: { name: 'apidouble', version: packageVersion() },
    document: documentOf(document),
    target: { url, basePath, basePathFrom },
    seed,
    startedAt,
    seconds: Math.round(stopwatch() - begun) / 1000,
    requests: run.session.requests,
    obligations: countObligations(tally),
    coverage: countCoverage(tally),
    results,
    findings,
    notes,
  };
  for (const result of results) emit({ kind: 'verdict', result });
  for (const finding of findings) emit({ kind: 'finding', finding });
  emit({ kind: 'finished', report });
  return report;
}

interface Creation extends Start {
  readonly plan: ContractPlan;
  readonly seed: string;
  readonly note: (text: string) => void;
  readonly emit: (event: RunEvent) => void;
  readonly statuses: Map<string, Set<number>>;
}

/** The clock that made-up dates stand around: fixed, so that a seed gives the same values on any day. */
const fixedNow = Date.parse('2024-01-01T00:00:00Z');

function createRun(creation: Creation): Run {
  const { options, document, destination, plan, seed, note } = creation;
  const duties = new Map(plan.operations.map((one) => [one.operation, one]));
  const ledger = createLedger();
  const session = createRunSession(creation, {
    ledger,
    duties: new Map(plan.operations.map((one) => [one.operation.key, one])),
  });
  const run: Run = {
    options,
    identity: options,
    api: compilePlan(document),
    paths: indexPaths(document),
    session,
    ledger,
    random: createRandom(seed),
    now: fixedNow,
    destination,
    things: createThings(() => run),
    bases: createBases(),
    dutiesOf: (operation) => duties.get(operation),
    note,
    lag: { milliseconds: 0 },
  };
  return run;
}

interface Watching {
  readonly ledger: Ledger;
  readonly duties: ReadonlyMap<string, OperationDuties>;
}

function createRunSession(
  { options, http, emit, statuses }: Creation,
  { ledger, duties }: Watching,
): Session {
  const { timeout = 10_000, budget, rate, signal } = options;
  const target = typeof options.target === 'function' ? options.target : http?.send;
  if (target === undefined)
    throw new ApidoubleError('ERR_INTERNAL', 'Cannot run without a target: none was made. Report it.');
  const session: Session = createSession({
    target,
    timeout,
    rate,
    signal,
    requests: budget?.requests,
    seconds: budget?.seconds,
    onEvent: emit,
    observe(exchange, purpose) {
      const { plan } = purpose;
      const own = plan === undefined ? undefined : duties.get(plan.key);
      if (plan === undefined || own === undefined) return;
      statuses.set(plan.key, (statuses.get(plan.key) ?? new Set()).add(exchange.response.status));
      const again = async (
        isWrong: (exchange: Parameters<typeof observeExchange>[0]['exchange']) => boolean,
      ) => {
        const outcome = await session.send(exchange.request, {});
        return outcome.kind === 'answered' ? isWrong(outcome.exchange) : undefined;
      };
      observeExchange({ plan, duties: own, exchange, purpose, again }, ledger);
    },
    unanswered(outcome, { plan }) {
      if (outcome.why === 'refused' && !session.heard) throw nothingListens(outcome.request.origin);
      const own = plan === undefined ? undefined : duties.get(plan.key);
      if (own !== undefined) observeSilence(outcome, own, ledger);
    },
  });
  return session;
}

function nothingListens(origin: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_TARGET',
    `Cannot run against target "${origin}": nothing listens there. Start the server, or give another URL.`,
  );
}

interface Conclusion {
  readonly run: Run;
  readonly plan: ContractPlan;
  readonly options: ContractOptions;
  readonly document: ApiDocument;
}

async function conclude({
  run,
  plan,
  options,
  document,
}: Conclusion): Promise<{ results: ObligationResult[]; findings: ContractFinding[] }> {
  const groups = groupFailures(run.ledger.failures, plan.operations);
  const made = await makeFindings(groups, {
    document,
    redactor: createRedactor(options),
    taken: new Set(),
  });
  const findings = options.engineOpinion === true ? await askSecondEngine(made, groups, document) : made;
  const findingOf = new Map<string, string>();
  for (const [index, { failures }] of groups.entries()) {
    for (const { duty } of failures) {
      const id = findings[index]?.id;
      if (id !== undefined && !findingOf.has(duty.obligation.id)) findingOf.set(duty.obligation.id, id);
    }
  }
  const results = dutiesOf(plan.operations).map((duty): ObligationResult => {
    const verdict = run.ledger.verdict(duty) ??
      unreached(duty, run) ?? {
        kind: 'inconclusive',
        reason: run.session.isSpent ? 'the budget was spent before' : 'it was not reached',
      };
    if (verdict.kind !== 'failed') return { obligation: duty.obligation, verdict };
    const finding = findingOf.get(duty.obligation.id) ?? duty.obligation.id;
    return { obligation: duty.obligation, verdict: { kind: 'failed', finding } };
  });
  return { results, findings };
}

/** Why a duty has no verdict. */
function unreached({ obligation: { group } }: Duty, run: Run): Verdict {
  if (run.session.isSpent) return { kind: 'inconclusive', reason: 'the budget was spent before' };
  const isJourney = group === 'lifecycle' || group === 'concurrency';
  if (isJourney && run.options.writes !== true) return { kind: 'skipped', reason: 'writes are off' };
  return {
    kind: 'inconclusive',
    reason: isJourney ? 'what it needs could not be made' : 'it was not reached',
  };
}
