/**
 * `npm run verify:targets`: real servers, verified with writes on, and what is found held against a hand-kept list.
 * `--only NAME`, `--seeds 1,2`, `--reports DIR` keeps the reports, `--draft` prints entries for what nobody has judged.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Report } from '../../src/contract/index.ts';
import { draftOf } from './draft.ts';
import { holdAgainst, meetsGoals } from './hold.ts';
import { Absent, needDebian } from './install.ts';
import { targetServers } from './servers/index.ts';
import type { TargetServer } from './target.ts';
import { heldText } from './text.ts';
import { readTruth } from './truth.ts';
import { verifyTarget } from './verify.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '1,2' },
    reports: { type: 'string' },
    draft: { type: 'boolean', default: false },
  },
});

/** Fresh data for each run, so that one run leaves nothing for the next. */
async function runOnce(target: TargetServer, seed: string): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), `apidouble-${target.name}-`));
  try {
    const running = await target.start(folder);
    try {
      const report = await verifyTarget(target, running, seed);
      keep(report, `${target.name}-${seed}.json`);
      return report;
    } finally {
      await running.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function keep(report: Report, name: string): void {
  if (values.reports === undefined) return;
  mkdirSync(values.reports, { recursive: true });
  writeFileSync(join(values.reports, name), JSON.stringify(report, null, 2));
}

async function runAll(target: TargetServer): Promise<boolean> {
  const truth = readTruth(target.name);
  needDebian(target.debian);
  const reports: Report[] = [];
  for (const seed of values.seeds.split(',')) {
    console.error(`… ${target.name}, seed ${seed}`);
    reports.push(await runOnce(target, seed));
  }
  const held = holdAgainst(truth, reports);
  console.log(values.draft ? draftOf(truth, reports) : `${heldText(target, held, reports)}\n`);
  return meetsGoals(held);
}

for (const target of targetServers.filter(({ name }) => name.includes(values.only))) {
  try {
    if (!(await runAll(target))) process.exitCode = 1;
  } catch (error) {
    const why = error instanceof Absent ? error.message : `it could not be verified: ${String(error)}`;
    console.error(`${target.name} ${target.version}: ${why}`);
    process.exitCode = 2;
  }
}
