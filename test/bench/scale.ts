import { generated } from './documents.ts';
import type { Loader } from './loader.ts';
import { measureRow, summarizeRow } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { eventBody, type Row, uuid } from './rows.ts';
import { startServer } from './server-process.ts';
import type { Server } from './servers.ts';

/** The rate on a small and on a huge document, over all their operations. */
export interface ScaleFigures {
  readonly row: string;
  readonly operations: readonly [small: number, large: number];
  readonly rates: readonly [small: number, large: number];
}

const sizes = [10, 10_000] as const;
const inUse = 5;

/**
 * Measures creates and retrieves on 10 and on 10,000 operations, in turn. In both the requests go to five operations,
 * spread over the document: it is the size of the document that is measured, not how many of its parts are in use.
 */
export async function measureScale(
  server: Server,
  { loader, options }: { readonly loader: Loader; readonly options: BenchOptions },
): Promise<readonly ScaleFigures[]> {
  const running = await Promise.all(
    sizes.map((size) => {
      const first = `GET ${scaleRows(size)[1]?.target(0)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
      return startServer((port) => server.command(generated(size), port, 'json'), first);
    }),
  );
  for (const one of running) one.pin(0);
  const contenders = running.map((one) => ({ server: { ...server, prefix: '' }, running: one }));
  try {
    const figures: ScaleFigures[] = [];
    for (const position of [0, 1]) figures.push(await compare(contenders, position, { loader, options }));
    return figures;
  } finally {
    await Promise.all(running.map((one) => one.stop()));
  }
}

async function compare(
  contenders: readonly Parameters<typeof measureRow>[0][],
  position: number,
  { loader, options }: { readonly loader: Loader; readonly options: BenchOptions },
): Promise<ScaleFigures> {
  const loads: Awaited<ReturnType<typeof measureRow>>[][] = contenders.map(() => []);
  const rowOf = (index: number): Row => scaleRows(sizes[index] ?? 0)[position] as Row;
  for (let round = -1; round < options.rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const seconds = round === -1 ? options.warmUpSeconds : options.seconds;
      const how = { loader, seconds, connections: options.connections };
      const load = await measureRow(contender, rowOf(index), how);
      if (round >= 0) loads[index]?.push(load);
    }
  }
  const rates = loads.map((list, index) => summarizeRow(rowOf(index), list).rate);
  return { row: rowOf(0).name, operations: sizes, rates: [rates[0] ?? 0, rates[1] ?? 0] };
}

function scaleRows(operations: number): readonly Row[] {
  const pairs = operations / 2;
  const pair = (index: number): number => Math.floor(((index % inUse) * pairs) / inUse);
  const path = (index: number): string => `/group-${pair(index) % 100}/things-${pair(index)}/`;
  return [
    {
      name: 'POST create',
      method: 'POST',
      status: 201,
      target: path,
      body: (index) => ({ ...eventBody(index), action: 'login' }),
    },
    { name: 'GET one', method: 'GET', status: 200, target: (index) => `${path(index)}${uuid(index)}/` },
  ];
}
