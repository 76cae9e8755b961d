/** Judges documents, one at a time, in a process of its own: what hangs or dies here is a row of the table. */
import { checkDocument } from './check-document.ts';
import type { Outcome, WorkOrder, WorkReport } from './outcome.ts';

const tell = (report: WorkReport): void => {
  process.send?.(report);
};

async function work(order: WorkOrder): Promise<void> {
  try {
    await checkDocument(order, tell);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const outcome: Outcome = { operation: '(all)', result: 'failed', failure: 'document refused', reason };
    tell({ kind: 'outcome', outcome });
  }
  tell({ kind: 'done' });
}

process.on('message', (order: WorkOrder) => {
  work(order);
});
process.on('disconnect', () => process.exit(0));
