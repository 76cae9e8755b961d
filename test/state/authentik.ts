/**
 * `npm run state:authentik`: the life of things on the stateful mock of authentik's whole document, one group (tag) of operations
 * after another, each on a mock of its own. `--group NAME`, `--seconds N` (of a group, at most; 90), `--minutes N` (of all; 20),
 * `--seed TEXT`, `--document FILE`. Ends with 1 where a promise is broken, with 3 where time ran out before every group was tried.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ApiDocument, loadDocument } from '../../src/document/index.ts';
import { createMock, type Report, runContract } from '../../src/index.ts';

const { values } = parseArgs({
  options: {
    group: { type: 'string' },
    seconds: { type: 'string', default: '90' },
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string', default: 'authentik' },
    document: {
      type: 'string',
      default: resolve(import.meta.dirname, '../../../shared/documents/authentik-2024.6.1.yml'),
    },
  },
});

const document = await loadDocument(values.document);
const groups = groupsOf(document);
const deadline = Date.now() + Number(values.minutes) * 60_000;
const sums = { total: 0, passed: 0, failed: 0, inconclusive: 0, skipped: 0 };
const untried: string[] = [];

console.log('passed, failed, inconclusive, skipped of all obligations about the life of things');
for (const [group, keys] of groups) {
  const left = Math.min(Number(values.seconds), (deadline - Date.now()) / 1000);
  if (left < 1) untried.push(group);
  else tell(group, await live(keys, left));
}
console.log(
  `all ${groups.size - untried.length} of ${groups.size} groups: ${sums.passed} passed, ${sums.failed} failed, ` +
    `${sums.inconclusive} inconclusive, ${sums.skipped} skipped of ${sums.total}`,
);
if (untried.length > 0) console.log(`not tried, as time ran out: ${untried.join(', ')}`);
process.exitCode = sums.failed > 0 ? 1 : untried.length > 0 ? 3 : 0;

/** The keys of the operations by their first tag. */
function groupsOf({ operations }: ApiDocument): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { key, tags } of operations) {
    const group = tags[0] ?? 'no tag';
    if (values.group === undefined || values.group === group)
      found.set(group, [...(found.get(group) ?? []), key]);
  }
  return found;
}

async function live(keys: readonly string[], seconds: number): Promise<Report> {
  const mock = await createMock({
    document,
    stateful: true,
    source: 'dynamic',
    seed: values.seed,
    journal: 0,
  });
  try {
    return await runContract({
      document,
      target: mock.send,
      writes: true,
      seed: values.seed,
      include: keys.flatMap((key) => [`${key}/lifecycle/*`, `${key}/concurrency/*`]),
      auth: Object.fromEntries([...document.securitySchemes.keys()].map((name) => [name, 'user:password'])),
      budget: { seconds },
    });
  } finally {
    await mock.close();
  }
}

function tell(group: string, { obligations, findings, seconds }: Report): void {
  const { total, passed, inconclusive, skipped } = obligations;
  const failed = obligations.failed + obligations.warned;
  sums.total += total;
  sums.passed += passed;
  sums.failed += failed;
  sums.inconclusive += inconclusive;
  sums.skipped += skipped;
  console.log(
    `${group}: ${passed} ${failed} ${inconclusive} ${skipped} of ${total} (${seconds.toFixed(1)} s)`,
  );
  for (const finding of findings) console.log(`  ${finding.id}: ${finding.message}`);
}
