/**
 * `npm run selftest`: what the contract suite finds of what is planted. `--only TEXT` takes faults whose id holds it, `--ground TEXT`
 * the grounds whose name holds it, `--seeds N` (5), `--workers N` (2) processes, `--twice` runs everything twice, not the clean servers only.
 */
import { parseArgs } from 'node:util';
import { createGrounds } from './grounds.ts';
import { runOrders } from './processes.ts';
import { formatOutcome, formatTotal, meetGoals } from './report.ts';
import { type Outcome, outcomeOf } from './runner.ts';
import type { Order } from './worker.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    ground: { type: 'string', default: '' },
    seeds: { type: 'string', default: '5' },
    workers: { type: 'string', default: '2' },
    twice: { type: 'boolean', default: false },
  },
});

const start = performance.now();
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const grounds = createGrounds(seeds).filter(({ name }) => name.includes(values.ground));
const orders = await ordersOf();
let done = 0;
const runs = await runOrders(orders, {
  seeds,
  workers: Number(values.workers),
  onRun({ subject, seconds, error }, { ground }) {
    done += 1;
    const ending = error === undefined ? `${seconds.toFixed(1)} s` : error;
    console.error(`[${done}/${orders.length}] ${ground}: ${subject.name}, ${ending}`);
  },
});

const outcomes: Outcome[] = [];
for (const { name } of grounds) {
  const outcome = outcomeOf(runs.get(name) ?? []);
  outcomes.push(outcome);
  console.log(`${formatOutcome(name, outcome)}\n`);
}
console.log(formatTotal(outcomes));
console.log(`${orders.length} runs in ${Math.round((performance.now() - start) / 1000)} s`);
process.exitCode = meetGoals(outcomes) ? 0 : 1;

async function ordersOf(): Promise<readonly Order[]> {
  const found: Order[] = [];
  for (const { name, subjects } of grounds) {
    for (const subject of await subjects()) {
      if (subject.kind === 'fault' && !subject.name.includes(values.only)) continue;
      const order = { ground: name, subject };
      found.push(order, ...(values.twice || subject.kind === 'clean' ? [order] : []));
    }
  }
  return found;
}
