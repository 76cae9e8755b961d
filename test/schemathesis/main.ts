/**
 * `npm run compare:schemathesis`: our suite and Schemathesis on the same servers, one after the other. Every 25th of the planted faults
 * and three variants; `--every N` takes every Nth fault, `--full` all faults and variants (hours), `--missed` lists what was not found.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { contractSuite } from '../selftest/contract-suite.ts';
import { faults } from '../selftest/faults/index.ts';
import { createReferenceGround } from '../selftest/reference-ground.ts';
import type { Ground, Subject, Suite } from '../selftest/runner.ts';
import { variants } from '../selftest/variants.ts';
import { plantedOf, type Scored, score, tableOf, tryAll } from './compare.ts';
import { installSchemathesis, version } from './install.ts';
import { overHttp, schemathesisSuite } from './suite.ts';

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '25' },
    full: { type: 'boolean', default: false },
    missed: { type: 'boolean', default: false },
  },
});

const step = values.full ? 1 : Number(values.every);
const trial = {
  faults: faults.filter((_, index) => index % step === Math.floor(step / 2)),
  variants: values.full ? variants : variants.filter(({ isSlow }) => isSlow !== true).slice(0, 3),
  // The clean server twice: what is said of it in either run is no finding of a fault.
  seeds: [1, 2],
};

const suites: readonly (readonly [name: string, suite: Suite])[] = [
  ['Apidouble', contractSuite],
  [`Schemathesis ${version}`, schemathesisSuite(installSchemathesis())],
];

/** A variant is tried with the first seed alone. */
function onceEachVariant(ground: Ground): Ground {
  const isWanted = ({ kind, seed }: Subject): boolean => kind !== 'variant' || seed === trial.seeds[0];
  return { ...ground, subjects: async () => (await ground.subjects()).filter(isWanted) };
}

const scores: Scored[] = [];
let planted = new Map() as ReturnType<typeof plantedOf>;
for (const [name, suite] of suites) {
  const ground = onceEachVariant(createReferenceGround({ suite: overHttp(suite), ...trial }));
  const tried = await tryAll(ground, (subject) => console.error(`… ${name}: ${subject}`));
  planted = plantedOf(tried);
  scores.push(score(name, tried));
}
const taken = values.full ? 'all' : `every ${step}th`;
const machine = `Node ${process.version}, ${cpus().length} cores`;
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${machine}; ${trial.faults.length} faults (${taken} of ${faults.length})\n`,
);
console.log(tableOf(scores, planted));
for (const { name, missed, alarms } of scores) {
  for (const { subject, findings } of alarms)
    console.log(`\n${name}, false alarms on ${subject.name}: ${findings.map(({ id }) => id).join(', ')}`);
  if (values.missed) console.log(`\n${name} missed:\n${missed.map((id) => `- ${id}`).join('\n')}`);
}
