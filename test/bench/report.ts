import { type BenchFigures, judge, rateOf } from './goals.ts';
import { costOf, type RowFigures, type ServerFigures, type StartFigures } from './measure.ts';
import { rows } from './rows.ts';

/** The share of its core above which the load generator may be what is measured. */
const loaderLimit = 0.85;

/**
 * The figures as text for a person. `µs/req` is the processor time that the server's process used for a request: it
 * holds where something else runs on the machine too, when the rates do not.
 */
export function formatReport(figures: BenchFigures): string {
  const parts = figures.documents.map(({ name, servers, starts }) =>
    [
      `\n# ${name}`,
      ...rows.map(({ name: row }) => formatRow(servers, row)),
      formatRest(servers, starts),
    ].join('\n'),
  );
  return [
    ...parts,
    formatScale(figures),
    formatProxies(figures),
    formatState(figures),
    formatGoals(figures),
  ].join('\n');
}

function formatRow(servers: readonly ServerFigures[], row: string): string {
  const against = (name: string, mine: RowFigures): string => {
    const other = rateOf(servers, name, row);
    return other === undefined || other.rate === 0 ? '-' : fixed(mine.rate / other.rate, 2);
  };
  const lines = servers.flatMap(({ server, rows: measured }) => {
    const mine = measured.find((one) => one.row === row);
    if (mine === undefined) return [];
    const ratio = ['bare node:http', 'Prism', 'Steady'].map((name) => against(name, mine));
    const figures = [fixed(mine.rate, 0), fixed(mine.p50, 2), fixed(mine.p99, 2), ...ratio];
    const busy = [
      fixed(costOf(mine), 1),
      percent(mine.serverBusy),
      percent(mine.loaderBusy) + (mine.loaderBusy > loaderLimit ? '!' : ''),
    ];
    return [[server, ...figures, ...busy, remark(mine)]];
  });
  const head = [
    '',
    'req/s',
    'p50 ms',
    'p99 ms',
    '/bare',
    '/Prism',
    '/Steady',
    'µs/req',
    'server',
    'loader',
    '',
  ];
  return `\n## ${row}\n${table([head, ...lines])}`;
}

function remark(figures: RowFigures): string {
  const parts: string[] = [];
  if (figures.items !== undefined && figures.items > 0) {
    parts.push(
      `${fixed(figures.items, 1)} items, ${fixed(1e6 / figures.rate / figures.items, 1)} µs per item`,
    );
  }
  if (figures.wrong > 0) parts.push(`${figures.wrong} of ${figures.answers} answers have another status`);
  return parts.join('; ');
}

function formatRest(servers: readonly ServerFigures[], starts: readonly StartFigures[]): string {
  const lines = starts.map(({ server, form, starts: count, ready, firstAnswer, missing }) =>
    missing === undefined
      ? [server, form, fixed(ready, 0), fixed(firstAnswer, 0), `median of ${count}`]
      : [server, form, '-', '-', missing],
  );
  const memory = servers
    .filter(({ peakMemory }) => peakMemory !== undefined)
    .map(({ server, peakMemory = 0 }) => [server, fixed(peakMemory, 0)]);
  const missing = servers.filter((one) => one.missing !== undefined);
  return [
    `\n## Start, cold\n${table([['', 'form', 'ready ms', 'first answer ms', ''], ...lines])}`,
    `\n## Peak memory\n${table([['', 'MB'], ...memory])}`,
    ...missing.map(({ server, missing: why }) => `${server} is not measured: ${why}`),
  ].join('\n');
}

function formatScale({ scale, memoryAfterAll }: BenchFigures): string {
  const lines = scale.map(({ row, rates }) => [row, ...rates.map((rate) => fixed(rate, 0))]);
  const counts = scale[0]?.operations ?? [];
  const parts: string[] = [];
  if (lines.length > 0) {
    parts.push(
      `\n# Size of the document, req/s\n${table([['', ...counts.map((count) => `${count}`)], ...lines])}`,
    );
  }
  if (memoryAfterAll !== undefined) {
    const { operations, megabytes } = memoryAfterAll;
    parts.push(
      `\nPeak memory after ${operations} operations of authentik were used: ${fixed(megabytes, 0)} MB`,
    );
  }
  return parts.join('\n');
}

function formatProxies({ proxies }: BenchFigures): string {
  if (proxies === undefined) return '';
  const parts = rows.map(({ name: row }) => {
    const lines = proxies.proxies.map(({ name, rows: measured, missing }) => {
      const one = measured.find((figures) => figures.row === row);
      if (one === undefined) return [name, '-', '-', '-', '-', '-', missing ?? ''];
      const cost = fixed((one.serverBusy * 1e6) / one.rate, 1);
      const busy = [percent(one.serverBusy), percent(one.loaderBusy)];
      return [name, fixed(one.rate, 0), fixed(one.p50, 2), fixed(one.p99, 2), cost, ...busy, remark(one)];
    });
    const head = ['', 'req/s', 'p50 ms', 'p99 ms', 'µs/req', 'server', 'loader', ''];
    return `\n## ${row}, through a proxy\n${table([head, ...lines])}`;
  });
  return ['\n# Proxies, on openapi.yaml', ...parts].join('\n');
}

function formatState({ state }: BenchFigures): string {
  if (state === undefined) return '';
  const lines = state.flatMap(({ name, rows: measured }) =>
    measured.map((one) => [
      name,
      one.row,
      fixed(one.rate, 0),
      fixed(one.p50, 2),
      fixed(one.p99, 2),
      fixed(costOf(one), 1),
      String(one.answers),
      remark(one),
    ]),
  );
  const head = ['', '', 'req/s', 'p50 ms', 'p99 ms', 'µs/req', 'answers', ''];
  return `\n# With and without state, on openapi.yaml\n${table([head, ...lines])}`;
}

function formatGoals(figures: BenchFigures): string {
  const lines = judge(figures).map(({ name, goal, seen, unit, met, byTime }) => [
    name,
    `${fixed(seen, unit === '×' ? 2 : 0)} ${unit}`,
    goal,
    met ? 'met' : 'NOT MET',
    byTime === undefined ? '' : `${fixed(byTime, 2)} by processor time`,
  ]);
  return `\n# Goals\n${table(lines)}`;
}

/** Columns as wide as their widest cell; the first one is text, the others are numbers, what is long stands last. */
function table(lines: readonly (readonly string[])[]): string {
  const columns = Math.max(...lines.map((line) => line.length), 0);
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) => line.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 || /^[a-zA-Z]/.test(cell) ? cell.padEnd(width) : cell.padStart(width);
}

function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '-';
}

function percent(value: number): string {
  return Number.isFinite(value) ? `${Math.round(value * 100)}%` : '-';
}
