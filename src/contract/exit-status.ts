import type { Grade, Report } from './report.ts';

/** When a run is not green. */
export interface ExitOptions {
  /** The mildest grade that fails. Default `must`. */
  readonly failOn?: Grade;
  /** The share of obligations that may be inconclusive. Default 0.2. */
  readonly maxInconclusive?: number;
}

const order: readonly Grade[] = ['may', 'should', 'must'];

/**
 * The exit status of a run that could be run (2 is for those that could not): 1 where a finding stands at or above `failOn`, 3 where
 * an operation that was to be called has no success, or too much is inconclusive, else 0.
 */
export function exitStatus(
  report: Report,
  { failOn = 'must', maxInconclusive = 0.2 }: ExitOptions = {},
): 0 | 1 | 3 {
  if (report.findings.some(({ grade }) => order.indexOf(grade) >= order.indexOf(failOn))) return 1;
  const { total, inconclusive, skipped } = report.obligations;
  if (unproven(report).length > 0) return 3;
  const tried = total - skipped;
  return tried === 0 || inconclusive > tried * maxInconclusive ? 3 : 0;
}

/** The operations none of whose positive cases was accepted, though they were called. */
export function unproven({ results }: Report): readonly string[] {
  const proven = new Set<string>();
  const called = new Set<string>();
  for (const { obligation, verdict } of results) {
    if (!/\/accepted\/(?:required|everything)$/.test(obligation.id)) continue;
    if (verdict.kind === 'skipped') continue;
    called.add(obligation.operation.key);
    if (verdict.kind === 'passed') proven.add(obligation.operation.key);
  }
  return [...called].filter((key) => !proven.has(key));
}
