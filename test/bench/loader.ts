import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadOrder, LoadResult } from './load-generator.ts';
import { pinProcess } from './server-process.ts';

/** The load generator's process; it makes one measurement at a time. */
export interface Loader {
  measure(order: LoadOrder): Promise<LoadResult>;
  close(): void;
}

/** Starts the load generator, on a core that no server is on. */
export function startLoader(): Loader {
  const child = fork(join(import.meta.dirname, 'load-generator.ts'), { execArgv: ['--import', 'tsx'] });
  pinProcess(child.pid, 1);
  return { measure: (order) => ask(child, order), close: () => child.disconnect() };
}

function ask(child: ChildProcess, order: LoadOrder): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('Cannot measure: the load generator ended.'));
    child.once('exit', onExit);
    child.once('message', (result: LoadResult) => {
      child.off('exit', onExit);
      resolve(result);
    });
    child.send(order);
  });
}
