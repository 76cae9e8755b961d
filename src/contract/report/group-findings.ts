import type { ContractFinding, Grade, Report } from '../report.ts';

/** Findings with one cause. */
export interface FindingGroup {
  readonly cause: string;
  /** The gravest grade among them. */
  readonly grade: Grade;
  readonly findings: readonly ContractFinding[];
}

const weights: Readonly<Record<Grade, number>> = { must: 0, should: 1, may: 2 };

/** Orders grades from the gravest on, for `sort`. */
export function byGrade(a: Grade, b: Grade): number {
  return weights[a] - weights[b];
}

/** Tells whether a grade is at or above another: `must` is above `should`. */
export function isAtLeast(grade: Grade, least: Grade): boolean {
  return byGrade(grade, least) <= 0;
}

/** Findings by cause: the gravest first, then the cause with the most findings, then in the order they were found. */
export function groupFindings(findings: readonly ContractFinding[]): FindingGroup[] {
  const byCause = new Map<string, ContractFinding[]>();
  for (const finding of findings) {
    const same = byCause.get(finding.cause);
    if (same === undefined) byCause.set(finding.cause, [finding]);
    else same.push(finding);
  }
  const groups = [...byCause].map(([cause, all]) => makeGroup(cause, all));
  return groups.sort((a, b) => byGrade(a.grade, b.grade) || b.findings.length - a.findings.length);
}

function makeGroup(cause: string, all: readonly ContractFinding[]): FindingGroup {
  const findings = all.toSorted((a, b) => byGrade(a.grade, b.grade));
  return { cause, grade: findings[0]?.grade ?? 'may', findings };
}

/**
 * The obligations that each finding stands for, in words, each with its operation where it stands for those of several; a finding of
 * one obligation has only its own title.
 */
export function obligationsByFinding(report: Report): ReadonlyMap<string, readonly string[]> {
  const obligations = new Map(report.results.map(({ obligation }) => [obligation.id, obligation]));
  return new Map(
    report.findings.map(({ id, instances }) => {
      const ids = new Set(instances.map(({ obligation }) => obligation));
      const broken = [...ids].flatMap((one) => obligations.get(one) ?? []);
      const isOfOne = new Set(broken.map(({ operation }) => operation.key)).size === 1;
      const words = broken.map(({ operation, title }) =>
        isOfOne ? title : `${operation.method} ${operation.path}: ${title}`,
      );
      return [id, words];
    }),
  );
}

/** The findings that each obligation was broken in, by its id, the gravest first. */
export function findingsByObligation(
  findings: readonly ContractFinding[],
): ReadonlyMap<string, readonly ContractFinding[]> {
  const broken = new Map<string, ContractFinding[]>();
  for (const finding of findings.toSorted((a, b) => byGrade(a.grade, b.grade))) {
    for (const obligation of new Set(finding.instances.map((one) => one.obligation))) {
      const known = broken.get(obligation);
      if (known === undefined) broken.set(obligation, [finding]);
      else known.push(finding);
    }
  }
  return broken;
}

/** How often each reason was given for a verdict, the most frequent first. */
export function reasonsOf(
  report: Report,
  kind: 'inconclusive' | 'skipped',
): { readonly reason: string; readonly ids: readonly string[] }[] {
  const ids = new Map<string, string[]>();
  for (const { obligation, verdict } of report.results) {
    if (verdict.kind !== kind) continue;
    const known = ids.get(verdict.reason);
    if (known === undefined) ids.set(verdict.reason, [obligation.id]);
    else known.push(obligation.id);
  }
  return [...ids].map(([reason, all]) => ({ reason, ids: all })).sort((a, b) => b.ids.length - a.ids.length);
}
