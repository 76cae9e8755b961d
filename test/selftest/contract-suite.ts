import { type ObligationResult, runContract } from '../../src/contract/index.ts';
import type { Group } from './faults/fault.ts';
import type { Suite, SuiteFinding } from './runner.ts';
import { credentials } from './server/credentials.ts';

/** Our own suite with writes on, as the administrator, and the reader beside. */
export const contractSuite: Suite = async (document, url, { seed }) => {
  const { results, requests } = await runContract({
    document,
    target: url,
    seed,
    writes: true,
    auth: { token: credentials.admin, key: credentials.key },
    roles: ['admin'],
    second: { auth: { token: credentials.reader }, roles: [] },
  });
  const findings: SuiteFinding[] = [];
  for (const { obligation, verdict } of results) {
    const operation = obligation.operation.operationId ?? obligation.operation.key;
    if (verdict.kind === 'failed')
      findings.push({ id: obligation.id, group: groupOf(obligation), operation });
  }
  return { findings, requests };
};

function groupOf({ group, check }: ObligationResult['obligation']): Group {
  if (/server-error|stack-trace/.test(check)) return 'crash';
  return group === 'lifecycle' ? 'life' : group;
}
