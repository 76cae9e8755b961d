/*
 * Prints how many requests per second the path index routes on 10, 814 and 10,000 operations:
 *   npx tsx test/bench/route.ts
 * Each size is measured in five interleaved rounds, and the median shown: on 512 targets of two resources (what the index itself
 * costs), and on 512 targets spread over all resources (where a big document also costs the processor's cache).
 */
import { performance } from 'node:perf_hooks';
import { loadDocument } from '../../src/document/index.ts';
import { createPathIndex, type PathIndex } from '../../src/route/index.ts';

const rounds = 5;
const roundMilliseconds = 300;

interface Subject {
  readonly title: string;
  readonly index: PathIndex;
  readonly requests: readonly (readonly [method: string, target: string])[];
}

/** Resources as authentik has them: per resource a list and an item, six operations. */
async function subjectsOf(operations: number): Promise<readonly Subject[]> {
  const responses = { 204: { description: 'done' } };
  const paths: Record<string, object> = {};
  const names: string[] = [];
  for (let number = 0; number * 6 < operations; number += 1) {
    const name = `group${number % 40}/resource${number}`;
    names.push(name);
    paths[`/${name}/`] = { get: { responses }, post: { responses } };
    paths[`/${name}/{uuid}/`] = {
      get: { responses },
      put: { responses },
      patch: { responses },
      delete: { responses },
    };
  }
  const document = await loadDocument({
    openapi: '3.0.3',
    info: { title: 'bench', version: '1' },
    servers: [{ url: '/api/v3/' }],
    paths,
  });
  const started = performance.now();
  const index = createPathIndex(document.operations.slice(0, operations));
  const built = (performance.now() - started).toFixed(1);
  const title = `${operations} operations (index made in ${built} ms)`;
  return [
    {
      title: `${title}, two resources`,
      index,
      requests: requestsFor(names.slice(0, 1).concat(names.slice(-2, -1))),
    },
    { title: `${title}, all resources`, index, requests: requestsFor(names.slice(0, -1)) },
  ];
}

function requestsFor(names: readonly string[]): Subject['requests'] {
  return Array.from({ length: 512 }, (_, number) => {
    const base = `/api/v3/${names[(number * 7919) % names.length]}/`;
    const uuid = `3fa85f64-5717-4562-b3fc-${String(number).padStart(12, '0')}`;
    return ['GET', number % 2 === 0 ? `${base}?page=${number}` : `${base}${uuid}/`] as const;
  });
}

/** Requests per second of processor time, which other work on the machine disturbs least. */
function measure({ index, requests }: Subject): number {
  const started = process.cpuUsage();
  const end = performance.now() + roundMilliseconds;
  let count = 0;
  let missed = 0;
  while (performance.now() < end) {
    for (let turn = 0; turn < 10; turn += 1) {
      for (const [method, target] of requests) {
        if (index.match(method, target).kind !== 'found') missed += 1;
      }
    }
    count += 10 * requests.length;
  }
  if (missed > 0) throw new Error(`${missed} requests found nothing`);
  return (count / process.cpuUsage(started).user) * 1e6;
}

const subjects = (await Promise.all([10, 814, 10_000].map(subjectsOf))).flat();
const rates = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
for (const subject of subjects) measure(subject);
for (let round = 0; round < rounds; round += 1) {
  for (const subject of subjects) rates.get(subject)?.push(measure(subject));
}
for (const [{ title }, measured] of rates) {
  const median = measured.toSorted((left, right) => left - right)[Math.floor(rounds / 2)] ?? 0;
  const nanoseconds = Math.round(1e9 / median);
  process.stdout.write(
    `${title}: ${Math.round(median).toLocaleString('en')} requests/s, ${nanoseconds} ns each\n`,
  );
}
