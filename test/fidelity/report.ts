import type { DocumentResult, Outcome } from './outcome.ts';

/** A kind of failure or dispute: how often, and where it was seen first. */
export interface ReasonGroup {
  readonly name: string;
  readonly count: number;
  readonly example: { readonly document: string; readonly operation: string; readonly reason: string };
}

/** The figures of a run. */
export interface FidelitySummary {
  readonly documents: number;
  readonly operations: number;
  readonly judged: number;
  readonly valid: number;
  /** Of the judged ones, in percent. */
  readonly validPercent: number;
  readonly unsatisfiable: readonly string[];
  readonly disabled: readonly string[];
  readonly undecided: number;
  /** Valid ones that JSON Schema alone refuses: branches of a oneOf overlap, and a discriminator says which counts. */
  readonly byDiscriminator: readonly string[];
  readonly failures: readonly ReasonGroup[];
  /** What Prism alone holds against messages that ajv accepts. */
  readonly disputes: readonly ReasonGroup[];
  readonly slowest: readonly string[];
}

type Row = Outcome & { readonly document: string };

/** Counts the outcomes. */
export function summarize(results: readonly DocumentResult[]): FidelitySummary {
  const all: Row[] = results.flatMap(({ name, outcomes }) =>
    outcomes.map((outcome) => ({ ...outcome, document: name })),
  );
  const judged = all.filter(({ result }) => result === 'valid' || result === 'failed');
  const valid = judged.filter(({ result }) => result === 'valid').length;
  const named = (wanted: Outcome['result']): string[] =>
    all.filter(({ result }) => result === wanted).map(lineOf);
  return {
    documents: results.length,
    operations: results.reduce((sum, one) => sum + one.operations, 0),
    judged: judged.length,
    valid,
    validPercent: (100 * valid) / Math.max(1, judged.length),
    unsatisfiable: named('unsatisfiable'),
    disabled: named('disabled'),
    byDiscriminator: all
      .filter((row) => row.byDiscriminator)
      .map(({ document, operation }) => `${document} ${operation}`),
    undecided: all.filter((row) => row.undecided !== undefined).length,
    failures: group(
      judged.filter((row) => row.failure !== undefined).map((row) => [row.failure ?? '', row, row.reason]),
    ),
    disputes: group(
      all.flatMap((row) =>
        row.dispute === undefined ? [] : [[row.dispute.side, row, row.dispute.reason] as const],
      ),
    ),
    slowest: [...results]
      .sort((left, right) => right.seconds - left.seconds)
      .slice(0, 5)
      .map(({ name, seconds, operations }) => `${name}: ${seconds.toFixed(1)} s, ${operations} operations`),
  };
}

function group(rows: readonly (readonly [string, Row, string | undefined])[]): ReasonGroup[] {
  const groups = new Map<string, ReasonGroup>();
  for (const [kind, row, reason = ''] of rows) {
    const name = `${kind}: ${generalize(reason)}`;
    const known = groups.get(name);
    const example = { document: row.document, operation: row.operation, reason };
    groups.set(name, { name, example, ...known, count: (known?.count ?? 0) + 1 });
  }
  return [...groups.values()].sort((left, right) => right.count - left.count);
}

/** Takes out of a reason what differs from one operation to the next, so that equal faults fall together. */
function generalize(reason: string): string {
  return (reason.split('\n')[0] ?? '')
    .slice(0, 400)
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\/[\w~%./-]*/g, '/…')
    .replace(/\d+/g, 'N')
    .slice(0, 140);
}

function lineOf({ document, operation, reason = '' }: Row): string {
  return `${document} ${operation}: ${reason.split('\n')[0]?.slice(0, 300)}`;
}

/** The summary as text for a person. */
export function formatSummary(summary: FidelitySummary): string {
  const share = (100 * summary.unsatisfiable.length) / Math.max(1, summary.operations);
  return [
    `${summary.documents} documents, ${summary.operations} operations, ${summary.judged} judged`,
    `valid: ${summary.valid} (${summary.validPercent.toFixed(2)} %), goal 100 %`,
    `proven unsatisfiable, left out: ${summary.unsatisfiable.length} (${share.toFixed(2)} %), at most 0.5 %`,
    ...summary.unsatisfiable.map((line) => `  ${line}`),
    `disabled by a fault of the document: ${summary.disabled.length}`,
    ...summary.disabled.slice(0, 30).map((line) => `  ${line}`),
    `valid by the word of a discriminator, whose oneOf has branches that overlap: ${summary.byDiscriminator.length}`,
    ...summary.byDiscriminator.map((line) => `  ${line}`),
    `answers that neither judge can read (XML, forms, binary): ${summary.undecided}`,
    '',
    '# Failures',
    ...summary.failures.flatMap(formatGroup),
    '',
    '# What Prism alone disputes (accepted by ajv on the original document)',
    ...summary.disputes.flatMap(formatGroup),
    '',
    '# Slowest documents',
    ...summary.slowest,
  ].join('\n');
}

function formatGroup({ name, count, example }: ReasonGroup): string[] {
  const { document, operation, reason } = example;
  return [
    `${String(count).padStart(5)}  ${name}`,
    `       e.g. ${document} ${operation}: ${reason.slice(0, 400)}`,
  ];
}
