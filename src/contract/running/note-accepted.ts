import type { OperationPlan } from '../../plan/index.ts';
import type { Run } from './run.ts';

/** What was sent to get at a thing stands for the positive case that is the same. */
export function noteAccepted(run: Run, { operation }: OperationPlan, fill: 'required' | 'everything'): void {
  if (run.bases.result(operation, fill) !== undefined) return;
  run.bases.note(operation, fill, 'accepted');
  const duties = run.dutiesOf(operation);
  if (duties !== undefined) run.ledger.pass(duties.basics[fill === 'required' ? 0 : 1]);
}
