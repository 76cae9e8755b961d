import { costOf, type RowFigures, type ServerFigures, type StartFigures } from './measure.ts';
import { bareProxy, oursAsProxy, type ProxiesFigures, prismProxy } from './proxies.ts';
import type { ScaleFigures } from './scale.ts';
import { ours } from './servers.ts';
import { type StateFigures, stateRows, withoutState, withState } from './state.ts';

/** Everything that a run of the bench found. */
export interface BenchFigures {
  readonly documents: readonly {
    readonly name: string;
    readonly servers: readonly ServerFigures[];
    readonly starts: readonly StartFigures[];
  }[];
  readonly scale: readonly ScaleFigures[];
  /** The proxies in front of one upstream. */
  readonly proxies?: ProxiesFigures;
  /** Our mock with state and without. */
  readonly state?: readonly StateFigures[];
  /** MB after every operation of authentik was used once. */
  readonly memoryAfterAll?: { readonly operations: number; readonly megabytes: number };
}

/** One goal of the project and how near the figures come. */
export interface Goal {
  readonly name: string;
  readonly goal: string;
  readonly seen: number;
  readonly unit: string;
  readonly met: boolean;
  /** The same ratio by the processor time of an answer, which a busy machine disturbs less. */
  readonly byTime?: number;
}

/** Holds the figures against the goals; a figure that was not measured has no line. */
export function judge(figures: BenchFigures): readonly Goal[] {
  const goals: Goal[] = [];
  for (const { name, servers, starts } of figures.documents) {
    goals.push(...ratioGoals(name, servers), ...memoryGoals(name, servers), ...startGoals(name, starts));
  }
  for (const { row, operations, rates } of figures.scale) {
    const name = `${row}: ${operations[1]} operations against ${operations[0]}`;
    goals.push(atLeast(name, rates[1] / rates[0], 0.8, '×'));
  }
  goals.push(...stateGoals(figures.state ?? []));
  if (figures.proxies !== undefined) goals.push(...proxyGoals(figures.proxies));
  const after = figures.memoryAfterAll;
  if (after !== undefined) {
    goals.push(atMost(`memory after ${after.operations} operations`, after.megabytes, 300, 'MB'));
  }
  return goals;
}

const ratios: readonly { readonly row: string; readonly against: string; readonly least: number }[] = [
  { row: 'POST create', against: 'bare node:http', least: 0.5 },
  { row: 'POST create', against: 'Prism', least: 60 },
  { row: 'POST create', against: 'Prism, static', least: 60 },
  { row: 'POST create', against: 'Steady', least: 2.5 },
  { row: 'GET one', against: 'bare node:http', least: 0.5 },
  { row: 'GET one', against: 'Prism', least: 60 },
  { row: 'GET one', against: 'Prism, static', least: 60 },
  { row: 'GET one', against: 'Steady', least: 2.5 },
  { row: 'GET list', against: 'Prism', least: 50 },
];

function ratioGoals(document: string, servers: readonly ServerFigures[]): Goal[] {
  return ratios.flatMap(({ row, against, least }) => {
    const mine = rateOf(servers, ours, row);
    const theirs = rateOf(servers, against, row);
    if (mine === undefined || theirs === undefined || theirs.rate === 0) return [];
    const byRate = atLeast(`${document}: ${row} against ${against}`, mine.rate / theirs.rate, least, '×');
    return [{ ...byRate, byTime: costOf(theirs) / costOf(mine) }];
  });
}

function stateGoals(figures: readonly StateFigures[]): Goal[] {
  const of = (name: string, row: string): RowFigures | undefined =>
    figures.find((one) => one.name === name)?.rows.find((one) => one.row === row);
  return stateRows.flatMap(({ name }) => {
    const [kept, plain] = [of(withState, name), of(withoutState, name)];
    if (kept === undefined || plain === undefined || plain.rate === 0) return [];
    const goal = atLeast(`${name}: with state against without`, kept.rate / plain.rate, 0.75, '×');
    return [{ ...goal, byTime: costOf(plain) / costOf(kept) }];
  });
}

function proxyGoals({ proxies, longBodyGrowth }: ProxiesFigures): Goal[] {
  const rate = (name: string, row: string): number =>
    proxies.find((one) => one.name === name)?.rows.find((one) => one.row === row)?.rate ?? 0;
  const rowNames = proxies.find(({ name }) => name === oursAsProxy)?.rows.map(({ row }) => row) ?? [];
  const ratios = rowNames.flatMap((row) =>
    [
      { against: bareProxy, least: 0.7 },
      { against: prismProxy, least: 20 },
    ].flatMap(({ against, least }) =>
      rate(against, row) === 0
        ? []
        : [
            atLeast(
              `proxy: ${row} against ${against}`,
              rate(oursAsProxy, row) / rate(against, row),
              least,
              '×',
            ),
          ],
    ),
  );
  return [...ratios, atMost('proxy: growth of memory while 1 GB passes', longBodyGrowth, 50, 'MB')];
}

function memoryGoals(document: string, servers: readonly ServerFigures[]): Goal[] {
  const peak = servers.find(({ server }) => server === ours)?.peakMemory;
  return peak === undefined ? [] : [atMost(`${document}: peak memory`, peak, 190, 'MB')];
}

function startGoals(document: string, starts: readonly StartFigures[]): Goal[] {
  return starts
    .filter(({ server, missing }) => server === ours && missing === undefined)
    .map(({ form, ready }) =>
      atMost(`${document}: ready, from ${form.toUpperCase()}`, ready, form === 'json' ? 450 : 700, 'ms'),
    );
}

/** The figures of a server on a row, where it has them. */
export function rateOf(
  servers: readonly ServerFigures[],
  server: string,
  row: string,
): RowFigures | undefined {
  return servers.find((one) => one.server === server)?.rows.find((one) => one.row === row);
}

function atLeast(name: string, seen: number, least: number, unit: string): Goal {
  return { name, goal: `≥ ${least}`, seen, unit, met: seen >= least };
}

function atMost(name: string, seen: number, most: number, unit: string): Goal {
  return { name, goal: `≤ ${most}`, seen, unit, met: seen <= most };
}
