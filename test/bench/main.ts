/** `npm run bench`: Apidouble beside its peers, in one run. `--quick`, `--only NAME`, `--proxies`, `--state`, `--json FILE`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, installInto } from './cache.ts';
import { authentik, type BenchDocument, events } from './documents.ts';
import type { BenchFigures } from './goals.ts';
import { type Loader, startLoader } from './loader.ts';
import { measureDocument, measureStarts, type StartFigures } from './measure.ts';
import { measureMemoryAfterAll } from './memory.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { measureProxies, type ProxiesFigures } from './proxies.ts';
import { formatReport } from './report.ts';
import { measureScale } from './scale.ts';
import { type AnswerSizes, apidouble, ours, type Server, servers } from './servers.ts';
import { measureState, type StateFigures } from './state.ts';

const options = readOptions(process.argv.slice(2));
const peers = installInto(cacheFolder('bench/peers'), join(import.meta.dirname, 'peers/package.json'));
const loader = startLoader();
try {
  const figures = await runBench(options, loader);
  console.log(formatReport(figures));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  loader.close();
}

async function runBench(bench: BenchOptions, load: Loader): Promise<BenchFigures> {
  if (bench.state) return { documents: [], scale: [], state: await stateOf(bench, load) };
  if (bench.proxies) return { documents: [], scale: [], proxies: await proxiesOf(bench, load) };
  const documents: BenchFigures['documents'][number][] = [];
  const whole = authentik();
  if (whole === undefined) say('authentik is left out: its document is not in ../shared/documents');
  for (const document of whole === undefined ? [events()] : [whole, events()]) {
    say(`${document.name}: rates`);
    const found = await measureDocument(document, chosen, { loader: load, options: bench });
    say(`${document.name}: starts`);
    documents.push({ name: document.name, servers: found, starts: await startsOf(document, bench) });
  }
  const mine = apidouble();
  if (mine.missing !== undefined || !isWanted(ours)) return { documents, scale: [] };
  const proxies = await proxiesOf(bench, load);
  const state = await stateOf(bench, load);
  say('10 and 10,000 operations');
  const scale = await measureScale(mine, { loader: load, options: bench });
  if (whole === undefined) return { documents, scale, proxies, state };
  say('every operation of authentik once');
  return { documents, scale, proxies, state, memoryAfterAll: await measureMemoryAfterAll(whole, mine) };
}

async function proxiesOf(bench: BenchOptions, load: Loader): Promise<ProxiesFigures> {
  say('proxies');
  return measureProxies(events(), peers, { loader: load, options: bench });
}

async function stateOf(bench: BenchOptions, load: Loader): Promise<StateFigures[]> {
  say('with and without state');
  return measureState(events(), { loader: load, options: bench });
}

async function startsOf(document: BenchDocument, bench: BenchOptions): Promise<StartFigures[]> {
  const figures: StartFigures[] = [];
  for (const server of chosen({ create: 400, list: 8000, one: 400 })) {
    for (const form of server.forms) {
      const starts = server.name === ours ? bench.startsOfOurs : bench.startsOfPeers;
      figures.push(await measureStarts(document, server, { form, starts }));
    }
  }
  return figures;
}

function chosen(sizes: AnswerSizes): readonly Server[] {
  return servers(peers, sizes).filter(({ name }) => isWanted(name) || name.startsWith('bare'));
}

function isWanted(name: string): boolean {
  return options.only === undefined || name.toLowerCase().includes(options.only.toLowerCase());
}

function say(step: string): void {
  console.error(`… ${step}`);
}
