import { counted, cut, printable } from '../../core/index.ts';
import type { ContractFinding } from '../report.ts';
import { adviceFor } from './advice.ts';
import { bodyText } from './body-text.ts';
import type { Palette } from './palette.ts';
import { operationText, placeText } from './places.ts';
import { sideBySide } from './side-by-side.ts';

/** A finding with its number in the report and the obligations that it stands for. */
export interface NumberedFinding {
  readonly finding: ContractFinding;
  readonly number: number;
  /** What stands beside the number. */
  readonly title: string;
  /** The titles of the obligations. */
  readonly also: readonly string[];
}

interface Context {
  readonly palette: Palette;
  readonly columns?: number;
  readonly root?: string;
}

const indent = '     ';
const labelWidth = 10;
const margin = ' '.repeat(indent.length + labelWidth - 2);
const mostObligations = 12;
const longestBody = 600;

/** The lines of one finding. What the server said never begins a line: CI systems obey lines that begin with `::`. */
export function findingLines({ finding, number, title, also }: NumberedFinding, context: Context): string[] {
  const { palette } = context;
  const line = (label: string, text: string): string => {
    return `${indent}${palette.dim(label.padEnd(labelWidth))}${text}`;
  };
  const lines = [
    `${palette.dim(String(number).padStart(3))}  ${title}`,
    `${indent}${palette.dim('│')} ${printable(finding.message)}`,
    line('operation', printable(operationText(finding.operation))),
  ];
  if (finding.document !== undefined) {
    const { pointer } = finding.document;
    const place = palette.cyan(printable(placeText(finding.document, context.root)));
    lines.push(line('document', `${place} ${palette.dim(printable(pointer))}`));
  }
  lines.push(...comparison(finding, context), ...stepLines(finding, line));
  lines.push(line('answer', answerText(finding)));
  lines.push(line('trust', trustText(finding)), ...opinionLines(finding, line), ...alsoLines(also, line));
  lines.push(line('try', printable(finding.request.curl)), line('do', adviceFor(finding)));
  lines.push(line('id', palette.dim(printable(finding.id))));
  return lines;
}

function comparison(finding: ContractFinding, { palette, columns = 100 }: Context): string[] {
  const width = Math.floor((columns - indent.length - labelWidth - 3) / 2);
  const rule = palette.dim('│');
  const rows = sideBySide(cut(finding.expected, 1000), cut(finding.seen, 1000), width).map(([left, right]) =>
    `${margin}${rule} ${palette.green(left)} ${rule} ${palette.red(right)}`.trimEnd(),
  );
  const head = `${'expected'.padEnd(Math.max(10, width))} │ seen`;
  return [`${margin}${palette.dim(`│ ${head}`)}`, ...rows];
}

function stepLines({ steps = [] }: ContractFinding, line: (label: string, text: string) => string): string[] {
  return steps.map(({ request: { method, url }, status }, index) =>
    line(index === 0 ? 'steps' : '', printable(`${index + 1}. ${method} ${url} → ${status}`)),
  );
}

function answerText({ response }: ContractFinding): string {
  return `${response.status} ${printable(cut(bodyText(response.body), longestBody))}`;
}

function trustText({ labels, secondOpinion, occurrences }: ContractFinding): string {
  const opinions = {
    confirmed: 'confirmed by a second engine',
    disputed: 'disputed by a second engine',
    silent: 'the second engine does not look at this',
  };
  return [...labels, opinions[secondOpinion], `seen in ${counted(occurrences, 'exchange')}`].join(' · ');
}

function opinionLines(
  { opinions }: ContractFinding,
  line: (label: string, text: string) => string,
): string[] {
  if (opinions === undefined) return [];
  return [line('  ours', printable(opinions.ours)), line('  prism', printable(opinions.prism))];
}

function alsoLines(also: readonly string[], line: (label: string, text: string) => string): string[] {
  if (also.length < 2) return [];
  const lines = also.slice(0, mostObligations).map((title, index) => {
    return line(index === 0 ? `all ${also.length}` : '', `· ${printable(title)}`);
  });
  const left = also.length - mostObligations;
  if (left > 0) lines.push(line('', `· and ${left} more, in the json and html reports`));
  return lines;
}
