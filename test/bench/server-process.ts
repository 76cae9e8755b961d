import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { availableParallelism } from 'node:os';

/** A server that was started and answers. */
export interface RunningServer {
  readonly port: number;
  /**
   * From the start of the process until it answered a request for a path that no document has, in milliseconds: a port that is
   * open is not yet a server that answers.
   */
  readonly readyAfter: number;
  /** From the start of the process to the end of its first answer, in milliseconds. */
  readonly firstAnswerAfter: number;
  readonly firstAnswer: string;
  /** The most memory that the process had, in MB; `undefined` where the system does not tell (not Linux). */
  peakMemory(): number | undefined;
  /** Processor time used so far, in seconds. */
  processorTime(): number | undefined;
  /** Keeps the thread that serves on one core (its helper threads may go anywhere). */
  pin(core: number): void;
  stop(): Promise<void>;
}

const patience = 60_000;
const unknownPath = 'GET /no-document-has-this HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

/**
 * Starts a server on a free port, waits until it answers, and asks it once what it is there for.
 * Throws where it ends or has not answered within a minute.
 */
export async function startServer(
  command: (port: number) => readonly string[],
  firstRequest: string,
): Promise<RunningServer> {
  const port = await freePort();
  const [file = '', ...args] = command(port);
  const start = performance.now();
  const child = spawn(file, args, { stdio: 'ignore' });
  try {
    await waitForPort(child, port);
    await ask(port, unknownPath);
    const readyAfter = performance.now() - start;
    const firstAnswer = await ask(port, firstRequest);
    const firstAnswerAfter = performance.now() - start;
    return { port, readyAfter, firstAnswerAfter, firstAnswer, ...observe(child) };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function observe(child: ChildProcess): Pick<RunningServer, 'peakMemory' | 'processorTime' | 'pin' | 'stop'> {
  return {
    peakMemory: () => readPeak(child.pid),
    processorTime: () => readProcessorTime(child.pid),
    pin: (core) => pinProcess(child.pid, core),
    stop: () => stop(child),
  };
}

/**
 * Keeps a process's main thread on one core, where the system has `taskset` and two cores; else it does nothing.
 * Left alone, Linux likes to run two processes that wake each other on one core, and each then slows the other.
 */
export function pinProcess(pid: number | undefined, core: number): void {
  if (pid === undefined || availableParallelism() < 2) return;
  spawnSync('taskset', ['--pid', '--cpu-list', String(core), String(pid)], { stdio: 'ignore' });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 2000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function waitForPort(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode} before it listened`);
    if (await canConnect(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`it did not listen within ${patience / 1000} s`);
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Sends one request (its bytes as latin1) on a connection of its own and gives the whole answer as text. */
export function ask(port: number, request: string): Promise<string> {
  const closing = request.replace('\r\n', '\r\nConnection: close\r\n');
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(closing, 'latin1'));
    socket.setEncoding('utf8').setTimeout(patience, () => socket.destroy(new Error('it did not answer')));
    socket.on('data', (piece: string) => {
      text += piece;
    });
    socket.on('error', reject);
    socket.on('close', () =>
      text === '' ? reject(new Error('it closed without an answer')) : resolve(text),
    );
  });
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function readPeak(pid: number | undefined): number | undefined {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readProcessorTime(pid: number | undefined): number | undefined {
  const fields = readProc(pid, 'stat').split(') ')[1]?.split(' ');
  if (fields === undefined) return undefined;
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function readProc(pid: number | undefined, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
