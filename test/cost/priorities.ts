import { type Report, runContract } from '../../src/contract/index.ts';
import { createMock } from '../../src/index.ts';

/** How few requests are spent on a document that needs many times as many: on every operation's positive cases before anything else. */
export async function priorities(file: string): Promise<string> {
  const lines: string[] = [];
  for (const writes of [false, true])
    for (const budget of [500, 1000]) lines.push(await spend(file, { writes, budget }));
  return lines.join('\n');
}

async function spend(file: string, { writes, budget }: { writes: boolean; budget: number }): Promise<string> {
  const mock = await createMock({ document: file, seed: 1 });
  const report = await runContract({
    document: file,
    target: mock.send,
    seed: 1,
    writes,
    // Any value is good on a mock without credentials of its own.
    auth: { authentik: 'Bearer token' },
    budget: { requests: budget },
    without: ['lifecycle', 'paging', 'filters', 'concurrency'],
  });
  const { operations, statusCodes } = report.coverage;
  const ruledOut = new Set(
    report.results
      .filter(({ verdict }) => verdict.kind === 'skipped' && verdict.reason === 'writes are off')
      .map(({ obligation }) => obligation.operation.key),
  );
  return (
    `a budget of ${budget} requests ${writes ? 'with writes' : 'for reading'}: ` +
    `${operations.tried} of the ${operations.promised - ruledOut.size} operations that it may reach, ` +
    `${statusCodes.tried} of ${statusCodes.promised} statuses; decided: ${decidedText(report)}`
  );
}

function decidedText({ results }: Report): string {
  const counts = new Map<string, number>();
  for (const { obligation, verdict } of results) {
    if (verdict.kind !== 'passed' && verdict.kind !== 'failed') continue;
    const kind =
      obligation.group === 'accepted' && /accepted\.(required|everything)$/.test(obligation.check)
        ? 'positive'
        : obligation.group;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}
