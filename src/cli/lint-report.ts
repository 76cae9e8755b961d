import { createHash } from 'node:crypto';
import { printable, type Severity } from '../core/index.ts';
import type { DescribedPart, DescribedResource } from '../plan/index.ts';
import type { LintFormat } from './lint-flags.ts';
import { resourceText } from './resource-text.ts';
import type { Colors } from './terminal.ts';

/** One fault with the place that a person can go to. */
export interface LintFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** As shown: relative to the working directory where it can be. */
  readonly file: string;
  /** Counted from 1; absent where the whole document is meant. */
  readonly line?: number;
  readonly column?: number;
  readonly pointer?: string;
  readonly expected?: string;
  readonly seen?: string;
}

/** What came of one document. */
export interface LintedDocument {
  /** As it was named on the command line. */
  readonly document: string;
  /** Whether it could be read at all; where not, the one finding says why. */
  readonly readable: boolean;
  readonly operations: number;
  readonly findings: readonly LintFinding[];
  /** What is inferred, where it was asked for. */
  readonly resources?: readonly DescribedResource[];
  /** What else has a part in what is kept. */
  readonly parts?: readonly DescribedPart[];
}

/** Writes what came of all documents in the asked form; ends with a newline where there is anything to say. */
export function lintReport(documents: readonly LintedDocument[], format: LintFormat, colors: Colors): string {
  switch (format) {
    case 'human':
      return humanReport(documents, colors);
    case 'json':
      return `${JSON.stringify({ documents, counts: counts(documents) }, null, 2)}\n`;
    case 'github':
      return allFindings(documents).map(githubLine).join('');
    case 'gitlab':
      return `${JSON.stringify(gitlabIssues(allFindings(documents)), null, 2)}\n`;
    default:
      return format satisfies never;
  }
}

/** How many findings of each severity there are. */
export function counts(documents: readonly LintedDocument[]): Record<Severity, number> {
  const result = { error: 0, warning: 0, information: 0 };
  for (const { severity } of allFindings(documents)) result[severity] += 1;
  return result;
}

function allFindings(documents: readonly LintedDocument[]): LintFinding[] {
  return documents.flatMap((one) => one.findings);
}

function humanReport(documents: readonly LintedDocument[], colors: Colors): string {
  const byFile = new Map<string, LintFinding[]>();
  for (const finding of allFindings(documents)) {
    byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  }
  let text = documents
    .flatMap(({ resources, parts = [] }) =>
      resources === undefined ? [] : [`${resourceText({ resources, parts }, colors)}\n`],
    )
    .join('');
  for (const [file, findings] of byFile) {
    text += `${colors.underline(printable(file))}\n${humanLines(findings, colors).join('\n')}\n\n`;
  }
  return `${text}${summary(documents, colors)}\n`;
}

function humanLines(findings: readonly LintFinding[], colors: Colors): string[] {
  const sorted = findings.toSorted(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  return sorted.map((finding) => {
    const place = finding.line === undefined ? '' : `${finding.line}:${finding.column ?? 1}`;
    const paint = finding.severity === 'error' ? colors.red : colors.yellow;
    const severity = paint(finding.severity.padEnd(11));
    return `  ${place.padEnd(9)} ${severity} ${colors.dim(finding.code)}  ${printable(finding.message)}`;
  });
}

function summary(documents: readonly LintedDocument[], colors: Colors): string {
  const { error, warning, information } = counts(documents);
  const operations = documents.reduce((sum, one) => sum + one.operations, 0);
  const where = `in ${plural(documents.length, 'document')} with ${plural(operations, 'operation')}`;
  if (error + warning + information === 0) return colors.green(`No findings ${where}`);
  const parts = [plural(error, 'error'), plural(warning, 'warning')];
  if (information > 0) parts.push(`${information} information`);
  return `${parts.join(', ')} ${where}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message */
function githubLine(finding: LintFinding): string {
  const command = { error: 'error', warning: 'warning', information: 'notice' }[finding.severity];
  const properties = [`file=${githubProperty(finding.file)}`];
  if (finding.line !== undefined) properties.push(`line=${finding.line}`, `col=${finding.column ?? 1}`);
  properties.push(`title=${githubProperty(finding.code)}`);
  return `::${command} ${properties.join(',')}::${githubText(finding.message)}\n`;
}

function githubText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function githubProperty(text: string): string {
  return githubText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
function gitlabIssues(findings: readonly LintFinding[]): object[] {
  const severities = { error: 'major', warning: 'minor', information: 'info' };
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const identity = JSON.stringify([finding.file, finding.code, finding.pointer, finding.message]);
    const repeated = seen.get(identity) ?? 0;
    seen.set(identity, repeated + 1);
    return {
      description: finding.message,
      check_name: finding.code,
      fingerprint: createHash('sha256').update(`${identity}${repeated}`).digest('hex'),
      severity: severities[finding.severity],
      location: { path: finding.file, lines: { begin: finding.line ?? 1 } },
    };
  });
}
