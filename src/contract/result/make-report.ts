import type { ApiDocument } from '../../document/index.ts';
import { allDuties, type Duty, type OperationDuties } from '../planning/duty.ts';
import { sitesOf } from '../planning/plan-values.ts';
import type { ContractFinding, Coverage, ObligationResult, Report } from '../report.ts';

/** What a report counts. */
export interface Tally {
  readonly operations: readonly OperationDuties[];
  readonly results: readonly ObligationResult[];
  readonly findings: readonly ContractFinding[];
  /** Statuses that each operation was seen to answer. */
  readonly statuses: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Counts the verdicts: what failed with a finding that is not `must` was warned of. */
export function countObligations({ results, findings }: Tally): Report['obligations'] {
  return countVerdicts(results, findings);
}

/** The same of results and findings alone. */
export function countVerdicts(
  results: readonly ObligationResult[],
  findings: readonly ContractFinding[],
): Report['obligations'] {
  const grades = new Map(findings.map((one) => [one.id, one.grade]));
  const counts = { total: results.length, passed: 0, failed: 0, warned: 0, inconclusive: 0, skipped: 0 };
  for (const { verdict } of results) {
    if (verdict.kind !== 'failed') counts[verdict.kind] += 1;
    else if ((grades.get(verdict.finding) ?? 'must') === 'must') counts.failed += 1;
    else counts.warned += 1;
  }
  return counts;
}

/** What the document promises, and how much of it was tried. */
export function countCoverage(tally: Tally): Coverage {
  const tried = new Set(
    tally.results
      .filter(({ verdict }) => verdict.kind === 'passed' || verdict.kind === 'failed')
      .map(({ obligation }) => obligation.id),
  );
  const wasTried = (duty: Duty): boolean => tried.has(duty.obligation.id);
  const coverage = { operations: count(), statusCodes: count(), parameters: count(), keywords: count() };
  for (const duties of tally.operations) {
    const seen = tally.statuses.get(duties.operation.key) ?? new Set();
    add(coverage.operations, seen.size > 0);
    for (const status of duties.operation.responses.keys()) {
      add(
        coverage.statusCodes,
        [...seen].some(
          (one) => status === String(one) || status === `${Math.floor(one / 100)}XX` || status === 'default',
        ),
      );
    }
    const values = [...duties.accepted, ...duties.rejected];
    for (const site of sitesOf(duties.operation)) {
      if (site.kind === 'parameter')
        add(
          coverage.parameters,
          values.some((duty) => sameParameter(duty, site.parameter) && wasTried(duty)) || seen.size > 0,
        );
    }
    for (const duty of values) add(coverage.keywords, wasTried(duty));
  }
  return coverage;
}

function sameParameter(
  { site }: OperationDuties['rejected'][number] | OperationDuties['accepted'][number],
  parameter: unknown,
): boolean {
  return site.kind === 'parameter' && site.parameter === parameter;
}

function count(): { promised: number; tried: number } {
  return { promised: 0, tried: 0 };
}

function add(counted: { promised: number; tried: number }, isTried: boolean): void {
  counted.promised += 1;
  if (isTried) counted.tried += 1;
}

/** The document as the report names it. */
export function documentOf({ uri, info }: ApiDocument): Report['document'] {
  return { uri, title: info.title, version: info.version };
}

/** Every duty in the order of the plan. */
export function dutiesOf(operations: readonly OperationDuties[]): readonly Duty[] {
  return operations.flatMap(allDuties);
}
