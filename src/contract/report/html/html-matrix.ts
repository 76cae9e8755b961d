import type { ContractFinding, ObligationResult, Report } from '../../report.ts';
import { operationText } from '../places.ts';
import { escapeHtml } from './html-text.ts';

/** The gravest outcome first: a cell shows the gravest of its obligations. */
const outcomes = ['failed', 'warned', 'inconclusive', 'passed', 'skipped'] as const;
type Outcome = (typeof outcomes)[number];

const signs: Readonly<Record<Outcome, string>> = {
  failed: '✗',
  warned: '!',
  inconclusive: '?',
  passed: '✓',
  skipped: '–',
};

interface Cell {
  readonly counts: Record<Outcome, number>;
  finding?: string;
}

interface Row {
  readonly name: string;
  readonly cells: Map<string, Cell>;
}

/** Past so many cells a page is slow to open, so that the columns are the groups of checks. */
const mostCells = 30_000;

/** The table of operations by checks. `numbers` gives the number on the page of each finding. */
export function matrixHtml(report: Report, numbers: ReadonlyMap<string, number>): string {
  const findings = new Map(report.findings.map((finding) => [finding.id, finding]));
  const operations = new Set(report.results.map(({ obligation }) => obligation.operation.key)).size;
  const checks = new Set(report.results.map(({ obligation }) => obligation.check)).size;
  const columnOf = operations * checks > mostCells ? groupOf : checkOf;
  const rows = rowsOf(report.results, columnOf, findings);
  const columns = columnsOf(report.results, columnOf);
  const head = columns.map((column) => `<th scope="col"><span>${escapeHtml(column)}</span></th>`).join('');
  const body = rows.map((row) => rowHtml(row, columns, numbers)).join('\n');
  return `<ul class="legend" aria-label="Signs">${outcomes.map((one) => `<li>${signs[one]} ${one}</li>`).join('')}</ul>
<div class="scroll" role="region" aria-labelledby="coverage" tabindex="0"><table><thead><tr><th scope="col">Operation</th>${head}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

function groupOf({ obligation }: ObligationResult): string {
  return obligation.group;
}

function checkOf({ obligation }: ObligationResult): string {
  return obligation.check;
}

const groups = ['exchange', 'accepted', 'rejected', 'lifecycle', 'credentials', 'concurrency'];

function columnsOf(results: Report['results'], columnOf: (result: ObligationResult) => string): string[] {
  const columns = new Map<string, number>();
  for (const result of results) columns.set(columnOf(result), groups.indexOf(result.obligation.group));
  return [...columns]
    .sort(([a, groupA], [b, groupB]) => groupA - groupB || (a < b ? -1 : 1))
    .map(([name]) => name);
}

function rowsOf(
  results: Report['results'],
  columnOf: (result: ObligationResult) => string,
  findings: ReadonlyMap<string, ContractFinding>,
): Row[] {
  const rows = new Map<string, Row>();
  for (const result of results) {
    const { operation } = result.obligation;
    const row = rows.get(operation.key) ?? { name: operationText(operation), cells: new Map() };
    rows.set(operation.key, row);
    const column = columnOf(result);
    const cell = row.cells.get(column) ?? { counts: noCounts() };
    row.cells.set(column, cell);
    cell.counts[outcomeOf(result, findings)] += 1;
    if (result.verdict.kind === 'failed') cell.finding ??= result.verdict.finding;
  }
  return [...rows.values()];
}

function noCounts(): Record<Outcome, number> {
  return { failed: 0, warned: 0, inconclusive: 0, passed: 0, skipped: 0 };
}

function outcomeOf(
  { obligation, verdict }: ObligationResult,
  findings: ReadonlyMap<string, ContractFinding>,
): Outcome {
  if (verdict.kind !== 'failed') return verdict.kind;
  return (findings.get(verdict.finding)?.grade ?? obligation.grade) === 'must' ? 'failed' : 'warned';
}

function rowHtml(row: Row, columns: readonly string[], numbers: ReadonlyMap<string, number>): string {
  const cells = columns.map((column) => cellHtml(row.cells.get(column), column, numbers)).join('');
  return `<tr><th scope="row" class="wire">${escapeHtml(row.name)}</th>${cells}</tr>`;
}

function cellHtml(cell: Cell | undefined, column: string, numbers: ReadonlyMap<string, number>): string {
  if (cell === undefined) return '<td></td>';
  const outcome = outcomes.find((one) => cell.counts[one] > 0) ?? 'skipped';
  const counted = outcomes.filter((one) => cell.counts[one] > 0).map((one) => `${cell.counts[one]} ${one}`);
  const title = escapeHtml(`${column}: ${counted.join(', ')}`);
  const shown = `<span class="hidden">${title}</span><b aria-hidden="true">${signs[outcome]}</b><i aria-hidden="true">${cell.counts[outcome]}</i>`;
  const number = cell.finding === undefined ? undefined : numbers.get(cell.finding);
  if (number === undefined) return `<td><span class="${outcome}" title="${title}">${shown}</span></td>`;
  return `<td><a class="${outcome}" title="${title}" href="#finding-${number}">${shown}</a></td>`;
}
