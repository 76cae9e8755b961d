import type { BenchDocument } from './documents.ts';
import type { Loader } from './loader.ts';
import { measureRow, type RowFigures, summarizeRow } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { eventBody, pageSize, type Row, requestTexts } from './rows.ts';
import { type RunningServer, startServer } from './server-process.ts';
import { apidouble, type Server } from './servers.ts';

/** Our mock with and without state, each on the same requests. */
export interface StateFigures {
  readonly name: string;
  readonly rows: readonly RowFigures[];
}

export const withState = 'Apidouble with state';
export const withoutState = 'Apidouble without state';

/** A page of twenty, the newest first: what both can answer. */
export const stateRows: readonly Row[] = [
  { name: 'POST create', method: 'POST', status: 201, target: () => '/events/events/', body: eventBody },
  {
    name: 'GET list',
    method: 'GET',
    status: 200,
    target: (index) => `/events/events/?page=${1 + (index % 2)}&page_size=${pageSize}`,
  },
];

/** Measures create and list with state and without, in interleaved rounds. What is created stays. */
export async function measureState(
  document: BenchDocument,
  { loader, options }: { readonly loader: Loader; readonly options: BenchOptions },
): Promise<StateFigures[]> {
  const contenders: { server: Server; running: RunningServer }[] = [];
  try {
    for (const server of [kept(), { ...apidouble(), name: withoutState }]) {
      const [first = ''] = requestTexts(stateRows[0] as Row, server.prefix, 1);
      const running = await startServer((port) => server.command(document, port, 'json'), first);
      running.pin(0);
      contenders.push({ server, running });
    }
    const loads = new Map<string, Awaited<ReturnType<typeof measureRow>>[]>();
    for (let round = -1; round < options.rounds; round += 1) {
      const seconds = round === -1 ? options.warmUpSeconds : options.seconds;
      for (const row of stateRows) {
        for (const one of contenders) {
          const load = await measureRow(one, row, { loader, seconds, connections: options.connections });
          const key = `${one.server.name} ${row.name}`;
          if (round >= 0) loads.set(key, [...(loads.get(key) ?? []), load]);
        }
      }
    }
    return contenders.map(({ server: { name } }) => ({
      name,
      rows: stateRows.map((row) => summarizeRow(row, loads.get(`${name} ${row.name}`) ?? [])),
    }));
  } finally {
    await Promise.all(contenders.map(({ running }) => running.stop()));
  }
}

function kept(): Server {
  const plain = apidouble();
  return {
    ...plain,
    name: withState,
    command: (document, port, form) => [...plain.command(document, port, form), '--seed-data', '50'],
  };
}
