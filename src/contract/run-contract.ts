import { createHttpTarget, exchangeBare } from '../client/index.ts';
import { ApidoubleError, drawSeed, packageVersion, stopwatch, systemClock } from '../core/index.ts';
import { type ApiDocument, loadDocument } from '../document/index.ts';
import type { Target } from '../http/index.ts';
import { removeOld } from './journeys/remove-old.ts';
import type { ContractOptions } from './options.ts';
import type { Duty } from './planning/duty.ts';
import { type ContractPlan, planOperations } from './planning/plan-contract.ts';
import { findingsByObligation } from './report/group-findings.ts';
import type { ContractFinding, ObligationResult, Report, RunEvent, Verdict } from './report.ts';
import { askSecondEngine } from './result/ask-second-engine.ts';
import { groupFailures } from './result/group-failures.ts';
import { makeFindings } from './result/make-findings.ts';
import { countCoverage, countObligations, documentOf, dutiesOf } from './result/make-report.ts';
import { createRedactor, type Redactor } from './result/redact.ts';
import { cutReason, tellCut } from './result/tell-cut.ts';
import { type Around, createAround } from './running/around.ts';
import { createRun } from './running/create-run.ts';
import { type Destination, destinationOf } from './running/destination.ts';
import { refuseStrangeHost } from './running/may-write.ts';
import { tellRefusals } from './running/refusals.ts';
import type { Run } from './running/run.ts';
import { runPhases } from './running/run-phases.ts';

/**
 * Holds a server to its document and gives the report. It never throws for a server that breaks its promises; it throws an
 * `ApidoubleError` for a document that cannot be read, for options that cannot be used, and where nothing listens.
 */
export async function runContract(options: ContractOptions): Promise<Report> {
  const document = await documentFrom(options);
  const destination = destinationOf(options, document);
  refuseStrangeHost(options);
  const { timeout = 10_000 } = options;
  const http =
    typeof options.target === 'function' ? undefined : createHttpTarget({ ...options.http, timeout });
  const target = typeof options.target === 'function' ? options.target : http?.send;
  if (target === undefined)
    throw new ApidoubleError('ERR_INTERNAL', 'Cannot run without a target. Report it.');
  try {
    return await runOn({ options, document, destination, target, bare: bareTarget(options) });
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

async function documentFrom({
  document,
  cwd,
  allowHosts,
  signal,
  operations,
  overlays,
}: ContractOptions): Promise<ApiDocument> {
  if (typeof document === 'object' && 'operations' in document && 'locate' in document)
    return document as ApiDocument;
  return loadDocument(document, {
    ...(operations === undefined ? {} : { corrections: operations }),
    ...(overlays === undefined ? {} : { overlays }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(allowHosts === undefined ? {} : { allowHosts }),
    ...(signal === undefined ? {} : { signal }),
  });
}

interface Start {
  readonly options: ContractOptions;
  readonly document: ApiDocument;
  readonly destination: Destination;
  readonly target: Target;
  readonly bare: Target | undefined;
}

/** Where a proxy stands between, what it makes of an answer is not the server's. */
function bareTarget({ target, http, timeout = 10_000 }: ContractOptions): Target | undefined {
  if (typeof target === 'function' || http?.proxy !== undefined) return undefined;
  const { ca, cert, key, insecure } = http ?? {};
  const connection = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(insecure === undefined ? {} : { insecure }),
  };
  return (request) => exchangeBare(request, { ...connection, timeout });
}

async function runOn(start: Start): Promise<Report> {
  const { document } = start;
  const startedAt = new Date(systemClock.now()).toISOString();
  const begun = stopwatch();
  const seed = String(start.options.seed ?? drawSeed());
  const plan = planOperations(document, start.options);
  const notes = [...plan.notes];
  const emit = (event: RunEvent): void => start.options.onEvent?.(event);
  let redactor = (): Redactor => createRedactor(start.options);
  // What a run tells may quote a server, and the ids of what was made.
  const note = (words: string): void => {
    const text = redactor().text(words);
    notes.push(text);
    emit({ kind: 'note', text });
  };
  const statuses = new Map<string, Set<number>>();
  const around = createAround({ ...start, seed, note });
  const options = await around.setUp();
  const run = createRun({ ...start, options, plan, seed, note, emit, statuses });
  redactor = () => createRedactor(options, [...run.identity.secrets, ...(run.second?.secrets ?? [])]);
  emit({ kind: 'planned', obligations: plan.obligations });
  const { results, findings } = await cleaningUp(run, around, async () => {
    await run.identity.begin();
    await run.second?.begin();
    if (options.cleanUp === true && options.writes === true) {
      const removed = await removeOld(run);
      if (removed.length > 0) note(`Removed what a run before had left: ${removed.join(', ')}.`);
    }
    await runPhases(run, plan.operations, { emit, reset: around.reset });
    return conclude({ run, plan, options, document, redactor: redactor() });
  });
  const tally = { operations: plan.operations, results, findings, statuses };
  const { url, basePath, basePathFrom } = start.destination;
  const report: Report = {
    version: 1,
    tool: { name: 'apidouble', version: packageVersion() },
    document: { ...documentOf(document), uri: redactor().url(document.uri) },
    target: { url: redactor().url(url), basePath: redactor().text(basePath), basePathFrom },
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

/** Does the work of a run, and removes what it made, also where it comes to a sudden end. */
async function cleaningUp<Result>(run: Run, around: Around, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } finally {
    const left = await run.things.cleanUp();
    if (left.length > 0) run.note(`Left behind: ${left.join(', ')}.`);
    await around.reset?.();
  }
}

interface Conclusion {
  readonly run: Run;
  readonly plan: ContractPlan;
  readonly options: ContractOptions;
  readonly document: ApiDocument;
  readonly redactor: Redactor;
}

async function conclude({
  run,
  plan,
  options,
  document,
  redactor,
}: Conclusion): Promise<{ results: ObligationResult[]; findings: ContractFinding[] }> {
  const groups = groupFailures(run.ledger.failures, plan.operations);
  const made = await makeFindings(groups, {
    document,
    redactor,
    grades: options.grades ?? {},
    resend: async (request) => {
      const outcome = await run.session.send(request, {});
      return outcome.kind === 'answered' ? outcome.exchange : undefined;
    },
  });
  const asking = { document, api: run.api, redactor };
  const findings = options.engineOpinion === true ? await askSecondEngine(made, groups, asking) : made;
  const broken = findingsByObligation(findings);
  const results = dutiesOf(plan.operations).map((duty): ObligationResult => {
    const verdict = run.ledger.verdict(duty) ??
      unreached(duty, run) ?? {
        kind: 'inconclusive',
        reason: run.session.isSpent ? whyCut(run) : 'it was not reached',
      };
    if (verdict.kind === 'passed') return { obligation: duty.obligation, verdict };
    // A reason quotes what a server said, which may be what it was sent.
    if (verdict.kind !== 'failed')
      return { obligation: duty.obligation, verdict: { ...verdict, reason: redactor.text(verdict.reason) } };
    const finding = broken.get(duty.obligation.id)?.[0]?.id ?? duty.obligation.id;
    return { obligation: duty.obligation, verdict: { kind: 'failed', finding } };
  });
  for (const refusal of tellRefusals(run.refusals)) run.note(refusal);
  const cut = tellCut(results, options);
  if (cut !== undefined) run.note(cut);
  return { results, findings };
}

function whyCut({ session, options }: Run): string {
  return session.whyGivenUp ?? cutReason(options);
}

/** Why a duty has no verdict. */
function unreached({ obligation: { group } }: Duty, run: Run): Verdict {
  if (run.session.isSpent) return { kind: 'inconclusive', reason: whyCut(run) };
  const isJourney = group === 'lifecycle' || group === 'concurrency';
  if (isJourney && run.options.writes !== true) return { kind: 'skipped', reason: 'writes are off' };
  return {
    kind: 'inconclusive',
    reason: isJourney ? 'what it needs could not be made' : 'it was not reached',
  };
}
