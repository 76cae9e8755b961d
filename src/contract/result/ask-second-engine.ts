import type { ApiDocument } from '../../document/index.ts';
import { createSecondOpinion } from '../../second-opinion/index.ts';
import type { ContractFinding } from '../report.ts';
import type { Group } from './group-failures.ts';

/**
 * The findings (each that of the group at its index) with what Prism says of the same exchange. It is loaded only where there is
 * something that it could look at, and is silent where it fails.
 */
export async function askSecondEngine(
  findings: readonly ContractFinding[],
  groups: readonly Group[],
  document: ApiDocument,
): Promise<ContractFinding[]> {
  const operations = groups.flatMap(({ failures }) => {
    const key = failures[0]?.finding === undefined ? undefined : failures[0].duty.obligation.operation.key;
    return document.operations.filter((one) => one.key === key);
  });
  if (operations.length === 0) return [...findings];
  const engine = await createSecondOpinion(document, { operations: [...new Set(operations)] });
  return findings.map((finding, index) => {
    const failure = groups[index]?.failures[0];
    const operation = operations.find(({ key }) => key === failure?.duty.obligation.operation.key);
    if (failure?.finding === undefined || operation === undefined) return finding;
    const { opinion, prism } = engine.judge(operation, failure.exchange, failure.finding);
    const opinions = opinion === 'disputed' ? { opinions: { ours: finding.message, prism } } : {};
    return { ...finding, secondOpinion: opinion, ...opinions };
  });
}
