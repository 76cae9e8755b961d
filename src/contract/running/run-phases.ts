import { allDuties, type Duty, type OperationDuties } from '../planning/duty.ts';
import type { RunEvent } from '../report.ts';
import { maySend } from './bases.ts';
import type { Run } from './run.ts';
import { runBasics } from './run-basics.ts';
import { runMessages } from './run-messages.ts';
import { runRejected } from './run-rejected.ts';

type Work = (run: Run, duties: OperationDuties) => Promise<void>;

/** In the order of weight: what a budget cuts is at the end. Each phase goes through all operations. */
const phases: readonly { readonly duties: (of: OperationDuties) => readonly Duty[]; readonly work: Work }[] =
  [
    { duties: ({ basics, exchange }) => [...basics, ...exchange.values()], work: runBasics },
    { duties: ({ messages }) => messages, work: runMessages },
    { duties: ({ rejected }) => rejected, work: runRejected },
  ];

/** Works off every operation, phase by phase. What is not tried has no verdict. */
export async function runPhases(
  run: Run,
  operations: readonly OperationDuties[],
  emit: (event: RunEvent) => void,
): Promise<void> {
  const able = operations.filter((duties) => isAble(run, duties));
  const count = able.length * phases.length;
  let index = 0;
  for (const { duties, work } of phases) {
    for (const one of able) {
      emit({ kind: 'operation', operation: one.reference, index, count });
      index += 1;
      if (run.session.isSpent || duties(one).length === 0) continue;
      await work(run, one);
    }
  }
}

/** Without writes, operations that change something are skipped as a whole; an operation that cannot be compiled is told of. */
function isAble(run: Run, duties: OperationDuties): boolean {
  const skip = (reason: string): false => {
    for (const duty of allDuties(duties)) run.ledger.skip(duty, reason);
    return false;
  };
  if (!maySend(run, duties.operation)) return skip('writes are off');
  try {
    run.api.compile(duties.operation);
    return true;
  } catch (error) {
    return skip(error instanceof Error ? error.message : String(error));
  }
}
