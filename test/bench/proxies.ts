import { mkdtempSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './cache.ts';
import type { BenchDocument } from './documents.ts';
import type { Loader } from './loader.ts';
import { measureRow, type RowFigures, summarizeRow } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { requestTexts, rows } from './rows.ts';
import { ask, type RunningServer, startServer } from './server-process.ts';
import { apidouble, type Server } from './servers.ts';

/** One proxy in front of one and the same upstream. */
export interface ProxyFigures {
  readonly name: string;
  readonly rows: readonly RowFigures[];
  readonly missing?: string;
}

/** The proxies side by side, and what a very long body costs ours. */
export interface ProxiesFigures {
  readonly proxies: readonly ProxyFigures[];
  /** MB by which the peak of memory grew while 1 GB passed. */
  readonly longBodyGrowth: number;
}

export const oursAsProxy = 'Apidouble proxy';
export const bareProxy = 'bare undici proxy';
export const prismProxy = 'Prism proxy';

const main = join(root, 'dist/cli/main.js');
const gigabyte = 1024 * 1024 * 1024;

/** Measures our proxy, a bare one and Prism's on the rows of the bench, in interleaved rounds; all judge but the bare one. */
export async function measureProxies(
  document: BenchDocument,
  peers: string,
  bench: { readonly loader: Loader; readonly options: BenchOptions },
): Promise<ProxiesFigures> {
  const file = await answersOf(document);
  const upstream = await startServer(
    (port) => [process.execPath, join(import.meta.dirname, 'peers/upstream.mjs'), String(port), file],
    firstRequest('/api/v3'),
  );
  upstream.pin(1);
  const contenders: { server: Server; running: RunningServer }[] = [];
  const missing: ProxyFigures[] = [];
  try {
    for (const server of proxiesTo(`http://127.0.0.1:${upstream.port}`, peers)) {
      try {
        const running = await startServer(
          (port) => server.command(document, port, 'json'),
          firstRequest('/api/v3'),
        );
        running.pin(0);
        contenders.push({ server, running });
      } catch (error) {
        missing.push({ name: server.name, rows: [], missing: String(error) });
      }
    }
    const proxies = [...(await measureAll(contenders, bench)), ...missing];
    return { proxies, longBodyGrowth: await growthOf(contenders[0]?.running) };
  } finally {
    await Promise.all([upstream, ...contenders.map(({ running }) => running)].map((one) => one.stop()));
  }
}

/** What the mock answers: valid by the document, so that the judges have to read all of it. */
async function answersOf(document: BenchDocument): Promise<string> {
  const mock = apidouble();
  const running = await startServer((port) => mock.command(document, port, 'json'), firstRequest('/api/v3'));
  const [create, list, one] = await Promise.all(
    rows.map(async (row) => bodyOf(await ask(running.port, requestTexts(row, '/api/v3', 1)[0] ?? ''))),
  );
  await running.stop();
  const file = join(mkdtempSync(join(tmpdir(), 'apidouble-bench-')), 'answers.json');
  writeFileSync(file, JSON.stringify({ create, list, one }));
  return file;
}

function bodyOf(answer: string): string {
  return answer.slice(answer.indexOf('\r\n\r\n') + 4);
}

function firstRequest(prefix: string): string {
  return requestTexts(rows[0] as (typeof rows)[number], prefix, 1)[0] ?? '';
}

function proxiesTo(upstream: string, peers: string): Server[] {
  const prism = join(peers, 'node_modules/@stoplight/prism-cli/dist/index.js');
  const bare = join(import.meta.dirname, 'peers/bare-proxy.mjs');
  const usual = { prefix: '/api/v3', forms: ['json'] } as const;
  return [
    {
      ...usual,
      name: oursAsProxy,
      command: (document, port) => [
        process.execPath,
        main,
        'proxy',
        document.json,
        upstream,
        '--port',
        String(port),
        '-v',
        'silent',
        '--no-coverage',
      ],
    },
    {
      ...usual,
      name: bareProxy,
      command: (_document, port) => [process.execPath, bare, String(port), upstream],
    },
    {
      ...usual,
      // It finds no path with the base path of the document.
      prefix: '',
      name: prismProxy,
      command: (document, port) => [
        process.execPath,
        prism,
        'proxy',
        document.json,
        upstream,
        '-p',
        String(port),
        '-v',
        'silent',
      ],
    },
  ];
}

async function measureAll(
  contenders: readonly { server: Server; running: RunningServer }[],
  { loader, options }: { readonly loader: Loader; readonly options: BenchOptions },
): Promise<ProxyFigures[]> {
  const results = new Map<string, Awaited<ReturnType<typeof measureRow>>[]>();
  for (let round = -1; round < options.rounds; round += 1) {
    for (const row of rows) {
      for (const one of contenders) {
        const seconds = round === -1 ? options.warmUpSeconds : options.seconds;
        const load = await measureRow(one, row, { loader, seconds, connections: options.connections });
        const key = `${one.server.name} ${row.name}`;
        if (round >= 0) results.set(key, [...(results.get(key) ?? []), load]);
      }
    }
  }
  return contenders.map(({ server: { name } }) => ({
    name,
    rows: rows.map((row) => summarizeRow(row, results.get(`${name} ${row.name}`) ?? [])),
  }));
}

/** A warm-up body first, so that what grows is not what any body needs. */
async function growthOf(proxy: RunningServer | undefined): Promise<number> {
  if (proxy === undefined) return Number.NaN;
  await pour(proxy.port, gigabyte / 16);
  const before = proxy.peakMemory() ?? Number.NaN;
  await pour(proxy.port, gigabyte);
  return (proxy.peakMemory() ?? Number.NaN) - before;
}

function pour(port: number, bytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let came = 0;
    get(
      { port, host: '127.0.0.1', path: `/api/v3/events/events/?pour=${bytes}`, agent: false },
      (response) => {
        response.on('data', (piece: Buffer) => {
          came += piece.length;
        });
        response.once('close', () =>
          came === bytes ? resolve() : reject(new Error(`${came} of ${bytes} bytes came`)),
        );
      },
    ).once('error', reject);
  });
}
