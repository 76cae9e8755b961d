import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeaderList } from '../../src/http/index.ts';
import { createMock, type Mock } from '../../src/index.ts';

/*
 * How much room 100,000 events take, and how long a list of them does. Prints one line per figure with its goal, and fails
 * where a goal is missed. The first list of each kind counts, too; `PAUSE` is how long nobody asks before it, in milliseconds. Run by `npm run state:size`, with the garbage collector exposed.
 */

const root = new URL('../../', import.meta.url).pathname;
const count = Number(process.env.EVENTS ?? 100_000);
const events = '/api/v3/events/events/';
const pause = Number(process.env.PAUSE ?? 2000);
const headers = HeaderList.from({ authorization: 'Bearer any', 'content-type': 'application/json' });

const samples = readdirSync(join(root, 'fixtures/events'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(join(root, 'fixtures/events', name), 'utf8'));

/** A whole event as a client would write it, with an address and a name of its own. */
function body(index: number): Uint8Array {
  const { pk: _, created: __, ...event } = JSON.parse(samples[index % samples.length] ?? '{}');
  event.client_ip = `10.${index % 200}.${index % 31}.${index % 250}`;
  event.app = `authentik.part${index % 1000}`;
  return Buffer.from(JSON.stringify(event));
}

async function send(mock: Mock, method: string, target: string, content?: Uint8Array): Promise<string> {
  const response = await mock.send({
    method,
    target,
    origin: 'http://mock',
    headers,
    body: content ?? new Uint8Array(0),
  });
  if (response.status >= 300) throw new Error(`${method} ${target} was answered with ${response.status}`);
  return Buffer.from(response.body).toString();
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly goal: number;
  readonly unit: string;
}

const figures: Figure[] = [];

/** The median of a few lists; the collection is changed before each, so that nothing is remembered from the last. */
async function time(
  mock: Mock,
  name: string,
  { target, goal }: { target: string; goal: number },
): Promise<void> {
  // What the process was given of the processor: others on the machine do not count.
  const taken: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    await send(mock, 'POST', events, body(turn));
    const used = process.cpuUsage();
    const text = await send(mock, 'GET', `${events}${target}`);
    const { user, system } = process.cpuUsage(used);
    taken.push((user + system) / 1000);
    if (turn === 0) console.log(`  ${target}: ${JSON.parse(text).pagination.count} events`);
  }
  const [first = 0] = taken;
  figures.push({ name: `${name}: the first`, value: first, goal, unit: 'ms' });
  taken.sort((left, right) => left - right);
  figures.push({ name: `${name}: usually`, value: taken[taken.length >> 1] ?? 0, goal, unit: 'ms' });
}

const mock = await createMock({
  document: join(root, 'openapi.yaml'),
  seed: 'size',
  source: 'dynamic',
  stateful: true,
  journal: 10,
});
await send(mock, 'POST', events, body(0));
// What is compiled on first use is no matter of how many there are.
await send(mock, 'GET', `${events}?action=login&search=none&ordering=action`);
const before = heap();
const started = performance.now();
for (let index = 0; index < count; index += 1) await send(mock, 'POST', events, body(index));
console.log(`${count} events created in ${((performance.now() - started) / 1000).toFixed(1)} s`);
// Before the pause: for a moment behind a collection that was asked for, the engine still sweeps the heap, at the cost of who runs.
figures.push({ name: `heap growth for ${count} events`, value: heap() - before, goal: 250, unit: 'MB' });
// As much as a client takes to ask: what comes in one go is arranged for lists as soon as nothing comes for a moment.
await new Promise((resolve) => setTimeout(resolve, pause));
await time(mock, 'an indexed filter with a page', { target: '?client_ip=10.7.7.7&page_size=20', goal: 20 });
await time(mock, 'a filter that many fit, page 50', {
  target: '?action=login_failed&page=50&page_size=20',
  goal: 250,
});
await time(mock, 'search over all', { target: '?search=lucia', goal: 250 });
await time(mock, 'ordering over all', { target: '?ordering=-app', goal: 250 });
await time(mock, 'ordering by time over all', { target: '?ordering=created', goal: 250 });
await time(mock, 'the list as it is', { target: '', goal: 250 });
figures.push({ name: 'heap growth after all lists', value: heap() - before, goal: 250, unit: 'MB' });

for (const { name, value, goal, unit } of figures) {
  const verdict = value <= goal ? 'ok' : 'MISSED';
  console.log(`${name.padEnd(46)} ${value.toFixed(1).padStart(8)} ${unit}  (goal ${goal}) ${verdict}`);
}
process.exitCode = figures.every(({ value, goal }) => value <= goal) ? 0 : 1;
