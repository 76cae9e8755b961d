import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The built command line. */
export const mainFile: string = resolve(import.meta.dirname, '../../dist/cli/main.js');

/** How a command is started. */
export interface StartOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another script than the built one. */
  readonly main?: string;
}

/** What a command left behind. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly error: string;
}

/** A command that runs. */
export interface Running {
  readonly process: ChildProcessWithoutNullStreams;
  /** What it has written so far. */
  readonly written: { out: string; error: string };
  readonly ended: Promise<Ended>;
  /** Waits until an output matches; fails when the command ends first. */
  until(output: 'out' | 'error', pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits for the ready line and gives its URL. */
  ready(): Promise<string>;
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

const running = new Set<ChildProcessWithoutNullStreams>();

/** Ends every command that still runs; for `afterEach`. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts a command. */
export function start(args: readonly string[], options: StartOptions = {}): Running {
  const child = spawn(process.execPath, [options.main ?? mainFile, ...args], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: 'pipe',
  });
  running.add(child);
  const written = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.error += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      done({ code, signal, ...written });
    });
  });
  const until = (output: 'out' | 'error', pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((found, fail) => {
      const stream = output === 'out' ? child.stdout : child.stderr;
      const look = (): void => {
        const match = pattern.exec(written[output]);
        if (match !== null) found(match);
      };
      stream.on('data', look);
      look();
      ended.then(({ code, out, error }) =>
        fail(new Error(`It ended (${code}) before ${pattern}:\n${out}\n${error}`)),
      );
    });
  return {
    process: child,
    written,
    ended,
    until,
    ready: async () => (await until('out', /^Apidouble is listening on (\S+)$/m))[1] as string,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs a command to its end. */
export function runToEnd(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  return start(args, options).ended;
}

/** A folder that holds these files, and goes with `remove()`. */
export function folderWith(files: Readonly<Record<string, string>>): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'apidouble-flow-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
