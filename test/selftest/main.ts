/** `npm run selftest`: what the contract suite finds of what is planted. `--only TEXT` takes faults whose id holds it, `--seeds N` (5). */
import { parseArgs } from 'node:util';
import { contractSuite } from './contract-suite.ts';
import { faults } from './faults/index.ts';
import { formatOutcome, meetsGoals } from './report.ts';
import { runTrial } from './runner.ts';
import { variants } from './variants.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, seeds: { type: 'string' } } });
const { only = '', seeds = '5' } = values;

const outcome = await runTrial({
  suite: contractSuite,
  faults: faults.filter(({ id }) => id.includes(only)),
  variants,
  seeds: Array.from({ length: Number(seeds) }, (_, index) => index + 1),
  now: () => performance.now(),
  onRun: (name) => console.error(`… ${name}`),
});
console.log(formatOutcome(outcome));
process.exitCode = meetsGoals(outcome) ? 0 : 1;
