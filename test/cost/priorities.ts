import { type Report, runContract } from '../../src/contract/index.ts';
import { createMock } from '../../src/index.ts';

const budget = 500;

/** How 500 requests are spent on a document that needs many times as many: on every operation's positive cases before anything else. */
export async function priorities(file: string): Promise<string> {
  const mock = await createMock({ document: file, seed: 1 });
  const report = await runContract({
    document: file,
    target: mock.send,
    seed: 1,
    // Any value is good on a mock without credentials of its own.
    auth: { authentik: 'Bearer token' },
    budget: { requests: budget },
    without: ['lifecycle', 'paging', 'filters', 'concurrency'],
  });
  const { operations, statusCodes } = report.coverage;
  return (
    `${report.requests} requests on it: ${operations.tried} of ${operations.promised} operations, ` +
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
