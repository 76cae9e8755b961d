import { describe, type TestContext, test } from 'vitest';
import { configuredRun } from '../config/index.ts';
import {
  applyBaseline,
  type BaselineEntry,
  type ContractFinding,
  type ContractOptions,
  type ExitOptions,
  exitStatus,
  findingsByObligation,
  type Grade,
  type Obligation,
  planContract,
  type Report,
  runContract,
  unproven,
  type Verdict,
} from '../contract/index.ts';
import { ApidoubleError, systemClock } from '../core/index.ts';
import type { ApiDocument, LoadOptions } from '../document/index.ts';
import { loadContract } from './contract.ts';
import { failureOf } from './failure.ts';
import { type ContractTarget, resolveTarget } from './target.ts';

/** What `describeContract` takes: all that `runContract` does, and when a run is not green. */
export interface DescribeContractOptions extends Omit<ContractOptions, 'target' | 'document'>, ExitOptions {
  /** May be left to the configuration. */
  readonly document?: ContractOptions['document'];
  /** With a configuration also the name of one of its targets; it may be left to it. */
  readonly target?: ContractTarget;
  /** A configuration (a file; `true`: the nearest one) whose settings hold where the options say nothing. */
  readonly config?: string | true;
  /** The name of the suite. Default: the document's title. */
  readonly title?: string;
  /** Milliseconds that the whole run may take; it happens inside the first of its tests. Default: ten minutes. */
  readonly runTimeout?: number;
}

/**
 * Registers one test per obligation, named by its id. The engine runs once for the suite, on the first of its tests that is not
 * filtered away; the tests assert the verdicts that were stored, so that `-t`, shards and retries never change what is sent. One
 * more test says whether enough was tried for the others to mean something: inconclusive is never green.
 *
 * @example
 * describeContract({ document: 'openapi.yaml', target: 'http://127.0.0.1:4010', include: ['GET *'] });
 */
export function describeContract(given: DescribeContractOptions): void {
  const { runTimeout = 600_000 } = given;
  describe(given.title ?? titleOf(given), { timeout: runTimeout }, async () => {
    const { options, target, baseline } = await wholeOptions(given);
    const { document } = await loadContract(options.document, loadOptionsOf(options));
    const run = once(() => runOn(document, options, { target, baseline }));
    for (const obligation of planContract(document, options)) {
      test(`${obligation.id}: ${obligation.title}`, async (context) => {
        await assertVerdict(context, obligation, { run: await run(), failOn: options.failOn ?? 'must' });
      });
    }
    test('enough was tried', async (context) => {
      const { report } = await run();
      const { total, skipped } = report.obligations;
      if (total > 0 && skipped === total) context.skip('everything was skipped, each by its name');
      assertConclusive(report, options);
    });
  });
}

interface Run {
  readonly report: Report;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** By obligation, the gravest first. */
  readonly findings: ReadonlyMap<string, readonly ContractFinding[]>;
}

type WholeOptions = Omit<ContractOptions, 'target'> & ExitOptions;

interface Course {
  readonly target: ContractTarget;
  readonly baseline: readonly BaselineEntry[];
}

/** The options with what the configuration says where they say nothing. Throws `ERR_OPTION` for what neither says. */
async function wholeOptions(given: DescribeContractOptions): Promise<Course & { options: WholeOptions }> {
  const { config, target: wanted, title: _, runTimeout: __, ...own } = given;
  const name = typeof wanted === 'string' || wanted instanceof URL ? String(wanted) : undefined;
  const configured =
    config === undefined
      ? undefined
      : await configuredRun({
          ...(config === true ? {} : { config }),
          ...(name === undefined ? {} : { target: name }),
          ...(own.cwd === undefined ? {} : { cwd: own.cwd }),
        });
  const { target: known, document: usual, ...shared } = configured?.options ?? {};
  const { document = usual } = own;
  const target = name === undefined ? (wanted ?? known) : (known ?? wanted);
  if (document === undefined) throw missing('document');
  if (target === undefined) throw missing('target');
  const options = { ...shared, ...configured?.exit, ...own, document };
  return { options, target, baseline: configured?.baseline ?? [] };
}

function missing(option: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_OPTION',
    `Cannot describe the contract "without ${option}": none is given. Give "${option}", or a configuration that has it.`,
  );
}

async function runOn(
  document: ApiDocument,
  options: WholeOptions,
  { target: wanted, baseline }: Course,
): Promise<Run> {
  const { target, without } = resolveTarget(wanted);
  const whole = await runContract({ ...options, document, target, without: options.without ?? without });
  const { report } = applyBaseline(whole, baseline, new Date(systemClock.now()).toISOString().slice(0, 10));
  return {
    report,
    verdicts: new Map(report.results.map(({ obligation, verdict }) => [obligation.id, verdict])),
    findings: findingsByObligation(report.findings),
  };
}

interface Standard {
  readonly run: Run;
  readonly failOn: Grade;
}

const weights: Readonly<Record<Grade, number>> = { may: 0, should: 1, must: 2 };

async function assertVerdict(
  context: TestContext,
  obligation: Obligation,
  { run, failOn }: Standard,
): Promise<void> {
  const verdict = run.verdicts.get(obligation.id) ?? { kind: 'inconclusive', reason: 'it was not reached' };
  if (verdict.kind === 'skipped') context.skip(verdict.reason);
  if (verdict.kind === 'inconclusive') context.skip(`inconclusive: ${verdict.reason}`);
  if (verdict.kind !== 'failed') return;
  const findings = run.findings.get(obligation.id) ?? [];
  const failure = failureOf(obligation, findings, run.report.seed);
  const grade = findings[0]?.grade ?? obligation.grade;
  if (weights[grade] >= weights[failOn]) throw failure;
  await context.annotate(failure.message, 'warning');
}

function assertConclusive(report: Report, options: ExitOptions): void {
  // Findings fail tests of their own; here it is asked what there would be to say without them.
  if (exitStatus({ ...report, findings: [] }, options) !== 3) return;
  const { inconclusive, total, skipped } = report.obligations;
  const silent = unproven(report);
  const told = [
    total === 0
      ? 'Nothing is included: look at "include" and "exclude".'
      : `Too much is inconclusive: ${inconclusive} of ${total - skipped} obligations.`,
    silent.length === 0 ? '' : `No request was accepted by: ${silent.join(', ')}.`,
    ...report.notes,
  ];
  const failure = new Error(told.filter((line) => line !== '').join('\n'));
  failure.stack = failure.message;
  throw failure;
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function titleOf({ document, config }: DescribeContractOptions): string {
  if (document === undefined) return `contract of ${config === true ? 'the configuration' : config}`;
  return `contract of ${typeof document === 'object' && !(document instanceof URL) ? 'the document' : String(document)}`;
}

function loadOptionsOf({ cwd, allowHosts, operations, overlays }: WholeOptions): LoadOptions {
  return {
    ...(cwd === undefined ? {} : { cwd }),
    ...(allowHosts === undefined ? {} : { allowHosts }),
    ...(operations === undefined ? {} : { corrections: operations }),
    ...(overlays === undefined ? {} : { overlays }),
  };
}
