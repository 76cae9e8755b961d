import { type ObligationResult, type Report, runContract } from '../../src/contract/index.ts';
import type { Group } from './faults/fault.ts';
import type { Suite, SuiteFinding, SuiteReport } from './runner.ts';
import { credentials } from './server/credentials.ts';

/** Our own suite with writes on, as the administrator, and the reader beside. */
export const contractSuite: Suite = async (document, target, { seed }) =>
  suiteReport(
    await runContract({
      document,
      target,
      seed,
      writes: true,
      leaveBehind: true,
      auth: { token: credentials.admin, key: credentials.key },
      roles: ['admin'],
      second: { auth: { token: credentials.reader }, roles: [] },
    }),
  );

/** A report of ours in the selftest's words. */
export function suiteReport({ results, requests }: Report): SuiteReport {
  const findings: SuiteFinding[] = [];
  for (const { obligation, verdict } of results) {
    const operation = obligation.operation.operationId ?? obligation.operation.key;
    if (verdict.kind === 'failed')
      findings.push({ id: obligation.id, group: groupOf(obligation), operation });
  }
  const verdicts = results.map(({ obligation, verdict }) => `${obligation.id} ${verdict.kind}`);
  return { findings, requests, verdicts };
}

/** The selftest's name for the group of an obligation. */
export function groupOf({ group, check }: ObligationResult['obligation']): Group {
  if (/server-error|stack-trace/.test(check)) return 'crash';
  return group === 'lifecycle' ? 'life' : group;
}
