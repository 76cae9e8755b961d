import { counted, cut, printable } from '../../core/index.ts';
import type { ContractFinding, Grade, Report } from '../report.ts';
import { adviceFor } from './advice.ts';
import { bodyText } from './body-text.ts';
import { groupFindings, reasonsOf } from './group-findings.ts';
import { operationText, placeText, relativeFile } from './places.ts';

/** How findings are written for GitHub. */
export interface GithubOptions {
  /** The folder that file names are relative to: the checkout. */
  readonly root?: string;
}

const commands: Readonly<Record<Grade, string>> = { must: 'error', should: 'warning', may: 'notice' };

/**
 * The findings as workflow commands, one a line, the gravest first: GitHub shows only the first ten of a kind.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderGithub(report: Report, options: GithubOptions = {}): string {
  const findings = groupFindings(report.findings).flatMap((group) => group.findings);
  return findings.map((finding) => `${annotation(finding, options)}\n`).join('');
}

function annotation(finding: ContractFinding, { root }: GithubOptions): string {
  const place = finding.document;
  const where =
    place === undefined ? {} : { file: relativeFile(place.file, root), line: place.line, col: place.column };
  const properties = { ...where, title: cut(`${operationText(finding.operation)}: ${finding.title}`, 250) };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapeProperty(String(value))}`,
  );
  const text = `${finding.message}\nExpected: ${finding.expected}\nSeen: ${finding.seen}\n${finding.request.curl}`;
  return `::${commands[finding.grade]} ${written.join(',')}::${escapeData(cut(text, 4000))}`;
}

/** @see https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** GitHub refuses a summary of more than a mebibyte; so many findings stay below it in any script. */
const mostFindings = 25;
const mostLines = 20;
const longestWire = 4000;

/** The report as Markdown for the summary of a job. Nothing in it is longer than GitHub takes. */
export function renderGithubSummary(report: Report, options: GithubOptions = {}): string {
  const { obligations, coverage } = report;
  const { operations } = coverage;
  const lines = [
    `## ${inline(report.document.title)} against ${inline(report.target.url)}`,
    '',
    '| passed | failed | warned | inconclusive | skipped | requests | seconds | operations |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    `| ${obligations.passed} | ${obligations.failed} | ${obligations.warned} | ${obligations.inconclusive} | ${obligations.skipped} | ${report.requests} | ${report.seconds.toFixed(1)} | ${operations.tried}/${operations.promised} |`,
    '',
    ...findingSections(report, options),
    ...reasonLines(report),
    ...report.notes.slice(0, mostLines).map((note) => `- ${inline(note)}`),
    ...(report.seed === '' ? [] : ['', `Replay with \`--seed\` ${inline(report.seed)}.`]),
  ];
  return `${lines.join('\n')}\n`;
}

function findingSections(report: Report, options: GithubOptions): string[] {
  const lines: string[] = [];
  let left = mostFindings;
  for (const { cause, grade, findings } of groupFindings(report.findings)) {
    if (left <= 0) break;
    lines.push(`### ${grade.toUpperCase()} · ${inline(cause)}`, '');
    for (const finding of findings.slice(0, left)) lines.push(...findingSection(finding, options));
    left -= findings.length;
  }
  const hidden = report.findings.length - mostFindings;
  if (hidden > 0) lines.push(`And ${counted(hidden, 'other finding')}: see the json or html report.`, '');
  return lines;
}

function findingSection(finding: ContractFinding, { root }: GithubOptions): string[] {
  const place = finding.document === undefined ? '' : ` at ${inline(placeText(finding.document, root))}`;
  return [
    `<details><summary><b>${inline(finding.title)}</b></summary>`,
    '',
    `${inline(finding.message)} In ${inline(operationText(finding.operation))}${place}.`,
    '',
    '| expected | seen |',
    '| --- | --- |',
    `| ${inline(finding.expected)} | ${inline(finding.seen)} |`,
    '',
    ...fenced(finding.request.curl),
    ...fenced(`${finding.response.status}\n${bodyText(finding.response.body)}`),
    adviceFor(finding),
    '',
    '</details>',
    '',
  ];
}

function reasonLines(report: Report): string[] {
  return reasonsOf(report, 'inconclusive')
    .slice(0, mostLines)
    .map(({ reason, ids }) => `- ${counted(ids.length, 'obligation')} inconclusive: ${inline(reason)}`);
}

/** A text on one line that Markdown and HTML take as it is. Every punctuation mark may be written as its number. */
function inline(text: string): string {
  return printable(cut(text, 500)).replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** A block of code whose fence is longer than any run of backticks in it. */
function fenced(text: string): string[] {
  const shown = cut(text, longestWire)
    .split(/\r\n|\n|\r/)
    .map(printable)
    .join('\n');
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, shown, fence, ''];
}
