import {
  type ContractOptions,
  type ObligationResult,
  type Report,
  runContract,
} from '../../src/contract/index.ts';
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

/** Our own suite on a mock, which has no state and takes one value for each scheme. */
export function mockSuite(
  auth: Readonly<Record<string, string>>,
  more: Partial<ContractOptions> = {},
): Suite {
  return async (document, target, { seed }) => {
    const without = ['lifecycle', 'paging', 'filters', 'concurrency'] as const;
    return suiteReport(await runContract({ document, target, seed, writes: true, auth, without, ...more }));
  };
}

function suiteReport({ results, requests }: Report): SuiteReport {
  const findings: SuiteFinding[] = [];
  for (const { obligation, verdict } of results) {
    const operation = obligation.operation.operationId ?? obligation.operation.key;
    if (verdict.kind === 'failed')
      findings.push({ id: obligation.id, group: groupOf(obligation), operation });
  }
  const verdicts = results.map(({ obligation, verdict }) => `${obligation.id} ${verdict.kind}`);
  return { findings, requests, verdicts };
}

function groupOf({ group, check }: ObligationResult['obligation']): Group {
  if (/server-error|stack-trace/.test(check)) return 'crash';
  return group === 'lifecycle' ? 'life' : group;
}
