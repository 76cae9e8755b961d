import { counted, printable } from '../core/index.ts';
import type { OperationTraffic, Traffic } from '../proxy/index.ts';
import type { Colors } from './terminal.ts';

/** How many operations that were not seen are named. */
const mostUnseen = 20;

/** How much of a document was seen, in a line. */
export function coverageSummary(
  { operations, requests, refused, findings }: Traffic,
  colors: Colors,
): string {
  const seen = operations.filter(wasSeen).length;
  const statuses = operations.reduce((sum, one) => sum + documentedSeen(one), 0);
  const promised = operations.reduce((sum, { operation }) => sum + operation.responses.size, 0);
  return colors.bold(
    `Seen: ${counted(requests + refused, 'request')}, ${seen} of ${counted(operations.length, 'operation')}, ` +
      `${statuses} of ${promised} documented statuses, ${counted(findings.length, 'finding')}`,
  );
}

/** The same as a table: a line for each operation with its statuses, then what was not seen. */
export function coverageTable(traffic: Traffic, colors: Colors): string {
  const { operations, unknown } = traffic;
  const unseen = operations.filter((one) => !wasSeen(one));
  const lines = [
    coverageSummary(traffic, colors),
    ...operations.filter(wasSeen).map((one) => operationLine(one, findingsOf(traffic, one), colors)),
  ];
  if (unknown > 0)
    lines.push(colors.yellow(`  ${counted(unknown, 'request')} that the document does not know`));
  if (unseen.length > 0) {
    const named = unseen.slice(0, mostUnseen).map(({ operation }) => `  ${nameOf(operation)}`);
    const more = unseen.length > mostUnseen ? [`  … and ${unseen.length - mostUnseen} more`] : [];
    lines.push(colors.dim(['Not seen:', ...named, ...more].join('\n')));
  }
  return `${lines.join('\n')}\n`;
}

function wasSeen({ requests, refused }: OperationTraffic): boolean {
  return requests + refused > 0;
}

function nameOf({ method, path }: OperationTraffic['operation']): string {
  return `${method.padEnd(7)} ${printable(path)}`;
}

function operationLine(one: OperationTraffic, findings: number, colors: Colors): string {
  const statuses = [...one.statuses].sort(([left], [right]) => left - right);
  const counts = statuses.map(([status, count]) => paint(status, colors)(`${status}×${count}`));
  if (one.refused > 0) counts.push(colors.yellow(`refused×${one.refused}`));
  const found = findings === 0 ? '' : ` ${colors.red(counted(findings, 'finding'))}`;
  return `  ${nameOf(one.operation)}  ${counts.join(' ')}${found}`;
}

function paint(status: number, colors: Colors): (text: string) => string {
  return status >= 500 ? colors.red : status >= 400 ? colors.yellow : colors.green;
}

function findingsOf({ findings }: Traffic, { operation }: OperationTraffic): number {
  return findings.filter((one) => one.operation === operation).length;
}

function documentedSeen({ operation, statuses }: OperationTraffic): number {
  return [...operation.responses.keys()].filter((pattern) =>
    [...statuses.keys()].some(
      (status) =>
        pattern === String(status) ||
        pattern === `${Math.floor(status / 100)}XX` ||
        (pattern === 'default' && !operation.responses.has(String(status))),
    ),
  ).length;
}
