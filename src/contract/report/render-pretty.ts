import { counted, cut, printable } from '../../core/index.ts';
import type { Grade, Report } from '../report.ts';
import {
  byGrade,
  type FindingGroup,
  groupFindings,
  obligationsByFinding,
  reasonsOf,
} from './group-findings.ts';
import { type Palette, plainPalette } from './palette.ts';
import { findingLines } from './pretty-finding.ts';

/** How a report is written for a terminal. */
export interface PrettyOptions {
  /** None by default. */
  readonly palette?: Palette;
  /** The width of the terminal, in characters. Default 100. */
  readonly columns?: number;
  /** The folder that file names are relative to. */
  readonly root?: string;
}

/** How a grade is written and painted. */
function gradeLabel(grade: Grade, palette: Palette): string {
  const label = grade.toUpperCase();
  if (grade === 'must') return palette.bold(palette.red(label));
  return grade === 'should' ? palette.bold(palette.yellow(label)) : palette.bold(label);
}

/**
 * The report for a person at a terminal: findings by cause, the gravest first, then the summary. Nothing that a server
 * or a document said can move the cursor or begin a line.
 */
export function renderPretty(report: Report, options: PrettyOptions = {}): string {
  const palette = options.palette ?? plainPalette;
  const lines = [...heading(report, palette), ''];
  let number = 0;
  const covered = obligationsByFinding(report);
  for (const group of groupFindings(report.findings)) {
    const heading = groupHeading(group, palette);
    if (group.findings.length > 1) lines.push(heading, '');
    for (const finding of group.findings) {
      number += 1;
      const also = covered.get(finding.id) ?? [];
      const title = group.findings.length > 1 ? palette.bold(printable(finding.title)) : heading;
      lines.push(...findingLines({ finding, number, title, also }, { ...options, palette }), '');
    }
  }
  lines.push(...summary(report, palette));
  return `${lines.join('\n')}\n`;
}

function heading(report: Report, palette: Palette): string[] {
  const { tool, document, target, source } = report;
  const title = printable(`${document.title} ${document.version}`);
  if (source !== undefined) {
    const where = source === 'proxy' ? 'passing through to' : 'of the recording';
    return [
      `Apidouble judged ${counted(report.requests, 'exchange')} ${where} ${palette.cyan(printable(target.url))}`,
      palette.dim(printable(`by ${title} · apidouble ${tool.version} · ${document.uri}`)),
    ];
  }
  const from = target.basePathFrom === 'target' ? 'the target URL' : "the document's servers";
  return [
    `Apidouble verified ${palette.bold(title)} against ${palette.cyan(printable(target.url))}`,
    palette.dim(
      printable(
        `base path ${target.basePath || '/'} from ${from} · apidouble ${tool.version} · ${document.uri}`,
      ),
    ),
  ];
}

function groupHeading({ grade, cause, findings }: FindingGroup, palette: Palette): string {
  const count = findings.length === 1 ? '' : palette.dim(` (${counted(findings.length, 'finding')})`);
  return `${gradeLabel(grade, palette)} ${palette.bold(printable(cause))}${count}`;
}

const labelWidth = 14;

function row(label: string, text: string, palette: Palette): string {
  return `${palette.dim(label.padEnd(labelWidth))}${text}`;
}

function summary(report: Report, palette: Palette): string[] {
  const { coverage, source } = report;
  const tried = Object.entries({
    operations: coverage.operations,
    'status codes': coverage.statusCodes,
    parameters: coverage.parameters,
    ...(source === undefined ? { keywords: coverage.keywords } : {}),
  }).map(([name, count]) => `${name} ${count.tried}/${count.promised}`);
  const what = source === undefined ? 'request' : 'exchange';
  return [
    outcomeLine(report, palette),
    '',
    row('Obligations', obligationCounts(report, palette), palette),
    row(source === undefined ? 'Tried' : 'Seen', tried.join(' · '), palette),
    row(
      source === undefined ? 'Run' : 'Judged',
      `${counted(report.requests, what)} in ${report.seconds.toFixed(1)} s`,
      palette,
    ),
    ...(report.seed === '' ? [] : [row('Replay', `--seed ${printable(report.seed)}`, palette)]),
    ...reasonRows('Inconclusive', reasonsOf(report, 'inconclusive'), palette),
    ...reasonRows('Skipped', reasonsOf(report, 'skipped'), palette),
    ...report.notes.map((note, index) => row(index === 0 ? 'Notes' : '', `· ${printable(note)}`, palette)),
  ];
}

function outcomeLine(report: Report, palette: Palette): string {
  const { inconclusive, passed, failed, warned } = report.obligations;
  const [gravest] = report.findings.map(({ grade }) => grade).sort(byGrade);
  if (gravest !== undefined) {
    const causes = counted(groupFindings(report.findings).length, 'cause');
    const text = `${counted(report.findings.length, 'finding')} of ${causes}: ${failed} of the document's promises broken, ${warned} to look at.`;
    return palette.bold(gravest === 'must' ? palette.red(text) : palette.yellow(text));
  }
  if (inconclusive > 0) return palette.bold(palette.yellow(`No finding, but ${inconclusive} inconclusive.`));
  const verb = report.source === undefined ? 'tried' : 'seen';
  if (passed === 0) return palette.bold(palette.yellow(`No finding, because nothing could be ${verb}.`));
  return palette.bold(palette.green(`No finding: the server keeps every promise that was ${verb}.`));
}

function obligationCounts({ obligations }: Report, palette: Palette): string {
  const { total, passed, failed, warned, inconclusive, skipped } = obligations;
  const parts = [
    palette.green(`${passed} passed`),
    failed > 0 ? palette.red(`${failed} failed`) : '0 failed',
    warned > 0 ? palette.yellow(`${warned} warned`) : '0 warned',
    inconclusive > 0 ? palette.yellow(`${inconclusive} inconclusive`) : '0 inconclusive',
    palette.dim(`${skipped} skipped`),
  ];
  return `${total}: ${parts.join(', ')}`;
}

const mostReasons = 8;

function reasonRows(
  label: string,
  reasons: readonly { readonly reason: string; readonly ids: readonly string[] }[],
  palette: Palette,
): string[] {
  const rows = reasons.slice(0, mostReasons).map(({ reason, ids }, index) => {
    return row(index === 0 ? label : '', `${ids.length} × ${printable(cut(reason, 300))}`, palette);
  });
  const left = reasons.length - mostReasons;
  if (left > 0) rows.push(row('', `and ${counted(left, 'other reason')}`, palette));
  return rows;
}
