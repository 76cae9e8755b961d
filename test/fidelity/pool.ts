import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import type { DocumentResult, Outcome, WorkReport } from './outcome.ts';

/** A document to be judged. */
export interface Job {
  readonly name: string;
  readonly file: string;
}

/** Milliseconds for reading a document, and for each of its operations, on a machine that has nothing else to do. */
const patience = { document: 90_000, operation: 20_000 };

/** A machine that is busy with other things needs longer for the same. */
function stretched(milliseconds: number): number {
  const [load = 0] = loadavg();
  return milliseconds * Math.max(1, load / availableParallelism());
}

const memoryLimit = 2_000;
/** A worker is replaced after so many documents, so that what one leaves behind does not slow the next. */
const documentsPerWorker = 25;
const restartsPerDocument = 5;

/** Judges documents with so many workers at once, and tells each result as it comes. */
export async function runJobs(
  jobs: readonly Job[],
  workers: number,
  onResult: (result: DocumentResult) => void,
): Promise<void> {
  const queue = [...jobs];
  const runOne = async (): Promise<void> => {
    let seat: Seat | undefined;
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const result = await judgeDocument(job, () => {
        if (seat === undefined || seat.used >= documentsPerWorker || !seat.child.connected) {
          seat?.child.kill('SIGKILL');
          seat = { child: startWorker(), used: 0 };
        }
        seat.used += 1;
        return seat.child;
      });
      onResult(result);
    }
    seat?.child.kill('SIGKILL');
  };
  await Promise.all(Array.from({ length: workers }, runOne));
}

interface Seat {
  readonly child: ChildProcess;
  used: number;
}

function startWorker(): ChildProcess {
  const execArgv = ['--import', 'tsx', `--max-old-space-size=${memoryLimit}`];
  return fork(join(import.meta.dirname, 'worker.ts'), {
    execArgv,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** Goes on with a new worker where one was lost, past the operation that it was lost on. */
async function judgeDocument(job: Job, getWorker: () => ChildProcess): Promise<DocumentResult> {
  const start = performance.now();
  const outcomes: Outcome[] = [];
  let operations = 0;
  for (let attempt = 0; attempt <= restartsPerDocument; attempt += 1) {
    const done = outcomes.map(({ operation }) => operation);
    const ending = await followWorker(getWorker(), { ...job, done }, (report) => {
      if (report.kind === 'document') operations = report.operations;
      if (report.kind === 'outcome') outcomes.push(report.outcome);
    });
    if (ending.kind === 'done') break;
    outcomes.push({
      operation: ending.operation,
      result: 'failed',
      failure: ending.kind,
      reason: ending.reason,
    });
    if (ending.operation === '(all)') break;
  }
  return { name: job.name, operations, seconds: (performance.now() - start) / 1000, outcomes };
}

type Ending =
  | { readonly kind: 'done' }
  | { readonly kind: 'crash' | 'hang'; readonly operation: string; readonly reason: string };

function followWorker(
  child: ChildProcess,
  order: Job & { readonly done: readonly string[] },
  onReport: (report: WorkReport) => void,
): Promise<Ending> {
  return new Promise((resolve) => {
    let operation = '(all)';
    const finish = (ending: Ending): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit);
      resolve(ending);
    };
    const onTimeout = (): void => {
      const seconds = (operation === '(all)' ? patience.document : patience.operation) / 1000;
      finish({ kind: 'hang', operation, reason: `no answer within ${seconds} s` });
      child.kill('SIGKILL');
      child.disconnect();
    };
    const onExit = (code: number | null, signal: string | null): void =>
      finish({ kind: 'crash', operation, reason: `the process ended (${signal ?? `code ${code}`})` });
    const onMessage = (report: WorkReport): void => {
      if (report.kind === 'done') {
        finish({ kind: 'done' });
        return;
      }
      if (report.kind === 'starting') operation = report.operation;
      onReport(report);
      clearTimeout(timer);
      timer = setTimeout(onTimeout, stretched(patience.operation));
    };
    let timer = setTimeout(onTimeout, stretched(patience.document));
    child.on('message', onMessage).on('exit', onExit);
    child.send(order);
  });
}
