import { counted } from '../../core/index.ts';
import type { ContractOptions } from '../options.ts';
import type { ObligationResult } from '../report.ts';

/** Why what came after the end has no verdict. */
export function cutReason({ signal }: Pick<ContractOptions, 'signal'>): string {
  return signal?.aborted === true ? 'the run was ended before' : 'the budget was spent before';
}

type Limits = Pick<ContractOptions, 'budget' | 'signal'>;

/** One line on what the budget (or the user) cut, by kind; `undefined` where nothing was. */
export function tellCut(results: readonly ObligationResult[], limits: Limits): string | undefined {
  const counts = new Map<string, number>();
  for (const { verdict, obligation } of results) {
    if (verdict.kind !== 'inconclusive' || verdict.reason !== cutReason(limits)) continue;
    counts.set(obligation.group, (counts.get(obligation.group) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  const kinds = [...counts].map(([group, count]) => `${count} ${group}`).join(', ');
  return `${endOf(limits)} Not tried: ${kinds}.${remedyFor(limits)}`;
}

function remedyFor({ signal }: Limits): string {
  return signal?.aborted === true ? '' : ' Raise the budget, or choose less with --include.';
}

function endOf({ budget, signal }: Limits): string {
  if (signal?.aborted === true) return 'The run was ended.';
  const parts = [
    ...(budget?.requests === undefined ? [] : [counted(budget.requests, 'request')]),
    ...(budget?.seconds === undefined ? [] : [counted(budget.seconds, 'second')]),
  ];
  return `The budget of ${parts.join(' or ')} was spent.`;
}
