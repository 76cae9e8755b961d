import type { ContractFinding, Grade, ObligationResult, Report } from '../report.ts';
import { adviceFor } from './advice.ts';
import { bodyText, headerLines } from './body-text.ts';
import { findingsByObligation, isAtLeast } from './group-findings.ts';
import { operationText, placeText, relativeFile } from './places.ts';
import { xmlAttributes, xmlText } from './xml-text.ts';

/** How a report is written as JUnit XML. */
export interface JunitOptions {
  /** Findings of this grade and above are failures; those below are skipped with what was seen. Default `must`. */
  readonly failOn?: Grade;
  /** The folder that file names are relative to. */
  readonly root?: string;
}

interface Context extends JunitOptions {
  readonly report: Report;
  /** By the id of each obligation that was broken, the gravest first. */
  readonly findings: ReadonlyMap<string, readonly ContractFinding[]>;
}

/**
 * The report as JUnit XML: a suite per operation, a case per obligation. What is inconclusive is skipped with its
 * reason, never green.
 *
 * @see https://docs.gitlab.com/ci/testing/unit_test_reports/
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function renderJunit(report: Report, options: JunitOptions = {}): string {
  const context: Context = { ...options, report, findings: findingsByObligation(report.findings) };
  const suites = [...byOperation(report)].map(([, results]) => suite(results, context));
  const { skipped: _, ...counts } = tally(report.results, context);
  const totals = { name: report.document.title, ...counts, time: report.seconds };
  const all = [`<testsuites${xmlAttributes(totals)}>`, ...suites, '</testsuites>'];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${all.join('\n')}\n`;
}

function byOperation(report: Report): ReadonlyMap<string, readonly ObligationResult[]> {
  const suites = new Map<string, ObligationResult[]>();
  for (const result of report.results) {
    const { key } = result.obligation.operation;
    const known = suites.get(key);
    if (known === undefined) suites.set(key, [result]);
    else known.push(result);
  }
  return suites;
}

function tally(results: readonly ObligationResult[], context: Context): Record<string, number> {
  let failures = 0;
  let skipped = 0;
  for (const result of results) {
    if (isFailure(result, context)) failures += 1;
    else if (result.verdict.kind !== 'passed') skipped += 1;
  }
  return { tests: results.length, failures, errors: 0, skipped };
}

function isFailure({ obligation, verdict }: ObligationResult, context: Context): boolean {
  if (verdict.kind !== 'failed') return false;
  const grade = context.findings.get(obligation.id)?.[0]?.grade ?? obligation.grade;
  return isAtLeast(grade, context.failOn ?? 'must');
}

function suite(results: readonly ObligationResult[], context: Context): string {
  const { report } = context;
  const first = results[0];
  const name = first === undefined ? '' : operationText(first.obligation.operation);
  const head = { name, ...tally(results, context), timestamp: report.startedAt };
  const lines = [`  <testsuite${xmlAttributes(head)}>`, '    <properties>'];
  const properties = { seed: report.seed, target: report.target.url, document: report.document.uri };
  for (const [key, value] of Object.entries(properties)) {
    lines.push(`      <property${xmlAttributes({ name: key, value })}/>`);
  }
  lines.push('    </properties>');
  for (const result of results) lines.push(testCase(result, context));
  lines.push('  </testsuite>');
  return lines.join('\n');
}

function testCase(result: ObligationResult, context: Context): string {
  const { obligation, verdict } = result;
  const findings = verdict.kind === 'failed' ? (context.findings.get(obligation.id) ?? []) : [];
  const place = findings[0]?.document;
  const attributes = xmlAttributes({
    classname: className(result, context.report),
    name: obligation.id,
    file: place === undefined ? undefined : relativeFile(place.file, context.root),
  });
  const inside = outcome(result, findings, context);
  return inside === undefined
    ? `    <testcase${attributes}/>`
    : `    <testcase${attributes}>\n      ${inside}\n    </testcase>`;
}

/** Jenkins takes what stands before the last dot for a package: the document's title is ours, and no other dot is left. */
function className({ obligation }: ObligationResult, report: Report): string {
  return `${report.document.title.replaceAll('.', '_')}.${operationText(obligation.operation).replaceAll('.', '_')}`;
}

function outcome(
  result: ObligationResult,
  findings: readonly ContractFinding[],
  context: Context,
): string | undefined {
  const { verdict, obligation } = result;
  switch (verdict.kind) {
    case 'passed':
      return undefined;
    case 'skipped':
      return skipped(verdict.reason);
    case 'inconclusive':
      return skipped(`inconclusive: ${verdict.reason}`);
    case 'failed': {
      const message = findings.map((finding) => finding.message).join(' ') || obligation.title;
      if (!isFailure(result, context)) return skipped(`warning: ${message}`);
      const body = findings.map((finding) => failureText(finding, context)).join('\n\n') || message;
      return `<failure${xmlAttributes({ message, type: obligation.check })}>${xmlText(body)}</failure>`;
    }
    default:
      return verdict satisfies never;
  }
}

function skipped(message: string): string {
  return `<skipped${xmlAttributes({ message })}/>`;
}

function failureText(finding: ContractFinding, { root }: Context): string {
  const { document, request, response, opinions } = finding;
  const lines = [finding.message, '', `expected: ${finding.expected}`, `seen:     ${finding.seen}`];
  if (document !== undefined) lines.push(`document: ${placeText(document, root)} ${document.pointer}`);
  lines.push(`labels:   ${[...finding.labels, `second opinion ${finding.secondOpinion}`].join(', ')}`);
  if (opinions !== undefined) lines.push(`ours:     ${opinions.ours}`, `prism:    ${opinions.prism}`);
  lines.push(`to do:    ${adviceFor(finding)}`, '', request.curl, '');
  lines.push(String(response.status), ...headerLines(response.headers), '', bodyText(response.body));
  return lines.join('\n');
}
