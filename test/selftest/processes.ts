import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { failedRun, type Run } from './runner.ts';
import type { Order } from './worker.ts';

/** How orders are worked off. */
export interface Work {
  readonly seeds: readonly number[];
  /** Processes for subjects that work; what waits more than it works has one of its own, several at a time. */
  readonly workers: number;
  /** Told of each run when it is done. */
  readonly onRun: (run: Run, order: Order) => void;
}

/** Seconds after which a run is given up and its process ended. */
const patience = { usual: 600, slow: 900 };
const slowAtATime = 3;

/** Works off all orders in processes of their own, and gives the runs by ground. */
export async function runOrders(
  orders: readonly Order[],
  { seeds, workers, onRun }: Work,
): Promise<ReadonlyMap<string, readonly Run[]>> {
  const runs = new Map<string, Run[]>();
  const quick = orders.filter(({ subject }) => subject.isSlow !== true);
  const slow = orders.filter(({ subject }) => subject.isSlow === true);
  const keep = (run: Run, order: Order): void => {
    runs.set(order.ground, [...(runs.get(order.ground) ?? []), run]);
    onRun(run, order);
  };
  const lane = async (queue: Order[], width: number): Promise<void> => {
    const seats = Array.from({ length: width }, async () => {
      const seat = createSeat(seeds);
      for (let order = queue.shift(); order !== undefined; order = queue.shift())
        keep(await seat.run(order), order);
      seat.close();
    });
    await Promise.all(seats);
  };
  await Promise.all([lane(quick, workers), lane(slow, Math.min(slowAtATime, slow.length))]);
  return runs;
}

interface Seat {
  run(order: Order): Promise<Run>;
  close(): void;
}

/** A place for one process, which is started when it is needed, and again when it was lost. */
function createSeat(seeds: readonly number[]): Seat {
  let child: ChildProcess | undefined;
  return {
    run(order) {
      if (child?.connected !== true) child = startWorker(seeds);
      return follow(child, order);
    },
    close: () => child?.disconnect(),
  };
}

function startWorker(seeds: readonly number[]): ChildProcess {
  return fork(join(import.meta.dirname, 'worker.ts'), [JSON.stringify(seeds)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function follow(child: ChildProcess, order: Order): Promise<Run> {
  const { subject } = order;
  const limit = subject.isSlow === true ? patience.slow : patience.usual;
  return new Promise((resolve) => {
    const finish = (run: Run): void => {
      clearTimeout(timer);
      child.off('message', finish).off('exit', onExit);
      resolve(run);
    };
    const onExit = (code: number | null): void =>
      finish(failedRun(subject, `the process ended with code ${code}`, 0));
    const timer = setTimeout(() => {
      finish(failedRun(subject, `no end within ${limit} s`, limit));
      child.kill('SIGKILL');
      child.disconnect();
    }, limit * 1000);
    child.on('message', finish).on('exit', onExit);
    child.send(order);
  });
}
