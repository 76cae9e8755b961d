import cluster, { type Worker } from 'node:cluster';
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { systemClock } from '../core/index.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { leave, stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';

/** What the first process tells a worker to begin with. */
export interface Start {
  readonly seed: string;
  /** Milliseconds since 1970; the same for all, so that all make the same dates. */
  readonly now: number;
  /** What standard input held; a worker has none of its own. */
  readonly input?: string;
  /** One worker says what all would say. */
  readonly speaks: boolean;
}

/** Whether this process is one of the workers of another. */
export function isWorker(): boolean {
  return cluster.isWorker;
}

/**
 * Serves with one worker per processor (two at least), all with the same seed and port, until a signal ends it.
 *
 * The others are started once the first one listens, so that what keeps it from starting is said once. A worker that
 * ends by itself ends the command with its exit code.
 */
export async function runWorkers(input: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const drawn = { seed: String(randomInt(2 ** 32)), now: systemClock.now() };
  const start = { ...drawn, ...(input === undefined ? {} : { input }) };
  const crashed = firstExit();
  const startAll = async (): Promise<NodeJS.Signals> => {
    const announcement = await startWorker({ ...start, speaks: true });
    const others = Math.max(1, availableParallelism() - 1);
    await Promise.all(Array.from({ length: others }, () => startWorker({ ...start, speaks: false })));
    const stopped = stopSignal(hurry);
    terminal.out.write(announcement);
    return stopped;
  };
  const outcome = await Promise.race([startAll(), crashed]);
  await stopWorkers();
  return typeof outcome === 'number' ? outcome : exitCodes.done;
}

/** The worker's side: asks how to begin. (What is sent before it listens for messages would be lost.) */
export async function receiveStart(): Promise<Start> {
  return new Promise((resolve) => {
    process.once('message', (message) => resolve(message as Start));
    process.send?.('how?');
  });
}

/**
 * The worker's side: says that it listens, and resolves when it is to stop. Signals reach a whole process group at once;
 * only the first process obeys them.
 */
export async function awaitStop(announcement: string): Promise<void> {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  const stopped = new Promise<void>((resolve) => {
    process.once('message', () => resolve());
    process.once('disconnect', resolve);
  });
  process.send?.(announcement);
  await stopped;
}

/** Resolves with the worker's announcement, once it listens. */
function startWorker(start: Start): Promise<string> {
  const worker = cluster.fork();
  return new Promise((resolve) => {
    worker.once('message', () => {
      worker.once('message', (announcement) => resolve(String(announcement)));
      worker.send(start);
    });
  });
}

function firstExit(): Promise<ExitCode> {
  return new Promise((resolve) => {
    cluster.once('exit', (_worker, code) => {
      resolve(
        Object.values(exitCodes).find((known) => known === code && known !== exitCodes.done) ?? exitCodes.bug,
      );
    });
  });
}

async function stopWorkers(): Promise<void> {
  await Promise.all(workers().map(stopWorker));
}

function stopWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    if (worker.isDead()) return resolve();
    worker.once('exit', () => resolve());
    if (worker.isConnected()) worker.send('stop');
  });
}

function hurry(signal: NodeJS.Signals): void {
  for (const worker of workers()) worker.process.kill('SIGKILL');
  leave(signal);
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}
