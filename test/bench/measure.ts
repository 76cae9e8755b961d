import type { BenchDocument } from './documents.ts';
import type { LoadResult } from './load-generator.ts';
import type { Loader } from './loader.ts';
import type { BenchOptions } from './options.ts';
import { type Row, requestTexts, rows } from './rows.ts';
import { ask, type RunningServer, startServer } from './server-process.ts';
import type { AnswerSizes, Server } from './servers.ts';
import { median } from './statistics.ts';

/** How one server did on one row: the median of the rounds. */
export interface RowFigures {
  readonly row: string;
  /** Good answers per second; 0 where it gave none. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers with another status than the one that the row wants, of all. */
  readonly wrong: number;
  readonly answers: number;
  /** Shares of one core. */
  readonly loaderBusy: number;
  readonly serverBusy: number;
  /** In the list's answer: how many items. */
  readonly items?: number;
}

/** Processor time of the server's process per good answer, in microseconds. */
export function costOf({ serverBusy, rate }: RowFigures): number {
  return (serverBusy * 1e6) / rate;
}

/** How one server did on one document. */
export interface ServerFigures {
  readonly server: string;
  /** Why there are no figures. */
  readonly missing?: string;
  readonly rows: readonly RowFigures[];
  /** MB. */
  readonly peakMemory?: number;
}

/** A cold start, in milliseconds (medians). */
export interface StartFigures {
  readonly server: string;
  readonly form: 'json' | 'yaml';
  readonly starts: number;
  readonly ready: number;
  readonly firstAnswer: number;
  readonly missing?: string;
}

interface Contender {
  readonly server: Server;
  readonly running: RunningServer;
}

const settleTime = 150;

/**
 * Runs all servers on a document side by side: all are up, each row is measured in interleaved rounds.
 * A server that does not start becomes a row that says so.
 */
export async function measureDocument(
  document: BenchDocument,
  getServers: (sizes: AnswerSizes) => readonly Server[],
  bench: { readonly loader: Loader; readonly options: BenchOptions },
): Promise<readonly ServerFigures[]> {
  const { contenders, missing } = await startAll(document, getServers);
  try {
    const figures = await measureAll(contenders, bench);
    return [...figures, ...missing];
  } finally {
    await Promise.all(contenders.map(({ running }) => running.stop()));
  }
}

/** The sizes of the bare server's answers come from the first server that answers: ours stands first. */
async function startAll(
  document: BenchDocument,
  getServers: (sizes: AnswerSizes) => readonly Server[],
): Promise<{ contenders: Contender[]; missing: ServerFigures[] }> {
  let sizes: AnswerSizes = { create: 400, list: 8000, one: 400 };
  const contenders: Contender[] = [];
  const missing: ServerFigures[] = [];
  for (const { name } of getServers(sizes)) {
    const server = getServers(sizes).find((one) => one.name === name) as Server;
    try {
      if (server.missing !== undefined) throw new Error(server.missing);
      const running = await startServer(
        (port) => server.command(document, port, 'json'),
        firstRequest(server),
      );
      running.pin(0);
      if (contenders.length === 0) sizes = await readSizes(server, running.port);
      contenders.push({ server, running });
    } catch (error) {
      missing.push({ server: name, missing: messageOf(error), rows: [] });
    }
  }
  return { contenders, missing };
}

async function measureAll(
  contenders: readonly Contender[],
  { loader, options }: { readonly loader: Loader; readonly options: BenchOptions },
): Promise<ServerFigures[]> {
  const measure = (one: Contender, row: Row, seconds: number): Promise<MeasuredLoad> =>
    measureRow(one, row, { loader, seconds, connections: options.connections });
  for (const one of contenders) for (const row of rows) await measure(one, row, options.warmUpSeconds);
  const results = new Map<string, MeasuredLoad[]>();
  for (let round = 0; round < options.rounds; round += 1) {
    for (const row of rows) {
      for (const one of contenders) {
        const key = `${one.server.name} ${row.name}`;
        const soFar = results.get(key) ?? [];
        results.set(key, [...soFar, await measure(one, row, options.seconds)]);
      }
    }
  }
  return Promise.all(contenders.map((one) => summarize(one, results)));
}

async function summarize(
  { server, running }: Contender,
  results: ReadonlyMap<string, readonly MeasuredLoad[]>,
): Promise<ServerFigures> {
  const peakMemory = running.peakMemory();
  const figures: RowFigures[] = [];
  for (const row of rows) {
    const loads = results.get(`${server.name} ${row.name}`) ?? [];
    const items = row.name === 'GET list' ? await countItems(server, running.port, row) : undefined;
    figures.push({ ...summarizeRow(row, loads), ...(items === undefined ? {} : { items }) });
  }
  return { server: server.name, rows: figures, ...(peakMemory === undefined ? {} : { peakMemory }) };
}

interface MeasuredLoad extends LoadResult {
  readonly serverBusy: number;
}

/** One measurement; the pause lets what the round before left (garbage, sockets) be over. */
export async function measureRow(
  { server, running }: Contender,
  row: Row,
  how: { readonly loader: Loader; readonly seconds: number; readonly connections: number },
): Promise<MeasuredLoad> {
  await new Promise((resolve) => setTimeout(resolve, settleTime));
  const before = running.processorTime() ?? Number.NaN;
  const requests = requestTexts(row, server.prefix);
  const { seconds, connections } = how;
  const result = await how.loader.measure({ port: running.port, requests, connections, seconds });
  const used = (running.processorTime() ?? Number.NaN) - before;
  return { ...result, serverBusy: used / result.seconds };
}

/** Medians over the rounds; only answers with the wanted status count for the rate. */
export function summarizeRow(row: Row, loads: readonly MeasuredLoad[]): RowFigures {
  const good = (load: MeasuredLoad): number => load.statuses[row.status] ?? 0;
  const answers = loads.reduce((sum, load) => sum + load.count, 0);
  const wanted = loads.reduce((sum, load) => sum + good(load), 0);
  return {
    row: row.name,
    rate: median(loads.map((load) => good(load) / load.seconds)),
    p50: median(loads.map((load) => load.p50)),
    p99: median(loads.map((load) => load.p99)),
    wrong: answers - wanted,
    answers,
    loaderBusy: median(loads.map((load) => load.busy)),
    serverBusy: median(loads.map((load) => load.serverBusy)),
  };
}

/** Starts a server cold so many times, and stops it again. */
export async function measureStarts(
  document: BenchDocument,
  server: Server,
  { form, starts }: { readonly form: 'json' | 'yaml'; readonly starts: number },
): Promise<StartFigures> {
  const ready: number[] = [];
  const firstAnswer: number[] = [];
  const of = { server: server.name, form, starts };
  try {
    if (server.missing !== undefined) throw new Error(server.missing);
    for (let count = 0; count < starts; count += 1) {
      const running = await startServer((port) => server.command(document, port, form), firstRequest(server));
      ready.push(running.readyAfter);
      firstAnswer.push(running.firstAnswerAfter);
      await running.stop();
    }
  } catch (error) {
    return { ...of, ready: Number.NaN, firstAnswer: Number.NaN, missing: messageOf(error) };
  }
  return { ...of, ready: median(ready), firstAnswer: median(firstAnswer) };
}

function firstRequest(server: Server): string {
  return requestTexts(rows[0] as Row, server.prefix, 1)[0] as string;
}

async function readSizes(server: Server, port: number): Promise<AnswerSizes> {
  const sizes: number[] = [];
  for (const row of rows) {
    const text = await ask(port, requestTexts(row, server.prefix, 1)[0] as string);
    sizes.push(Buffer.byteLength(bodyOf(text)));
  }
  const [create = 0, list = 0, one = 0] = sizes;
  return { create, list, one };
}

/** The mean over a few answers, because some servers draw the length of a list. */
async function countItems(server: Server, port: number, row: Row): Promise<number> {
  const samples = 10;
  let items = 0;
  for (const request of requestTexts(row, server.prefix, samples)) {
    items += (bodyOf(await ask(port, request)).match(/"created"\s*:/g) ?? []).length;
  }
  return items / samples;
}

function bodyOf(answer: string): string {
  return answer.slice(answer.indexOf('\r\n\r\n') + 4);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
