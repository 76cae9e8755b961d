import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A process that was started here. */
export interface Running {
  readonly log: string;
  readonly hasEnded: boolean;
  stop(): Promise<void>;
}

/** Starts a process whose output goes to a file. */
export function launch(
  [command = '', ...flags]: readonly string[],
  { log, ...options }: SpawnOptions & { log: string },
): Running {
  const output = openSync(log, 'w');
  const child = spawn(command, flags, { ...options, stdio: ['ignore', output, output] });
  closeSync(output);
  let failed = false;
  child.on('error', () => {
    failed = true;
  });
  const hasEnded = (): boolean => failed || child.exitCode !== null || child.signalCode !== null;
  return {
    log,
    get hasEnded() {
      return hasEnded();
    },
    stop: () => (hasEnded() ? Promise.resolve() : end(child)),
  };
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** Waits until a check holds. Throws, with the end of the log, where the process ends or the time is over. */
export async function untilReady(
  process: Running,
  { seconds, isReady }: { seconds: number; isReady: () => Promise<boolean> },
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await isReady())) {
    if (process.hasEnded || performance.now() > deadline) {
      const why = process.hasEnded ? 'it ended' : `it did not answer within ${seconds} s`;
      const said = readFileSync(process.log, 'utf8').trim().split('\n').slice(-5).join('\n');
      await process.stop();
      throw new Error(`${why}; its log ends:\n${said}`);
    }
    await wait(100);
  }
}

/** Whether a URL is answered with a 2xx. */
export async function answers(url: string, headers: Readonly<Record<string, string>> = {}): Promise<boolean> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Ports of the loopback that were free a moment ago. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
