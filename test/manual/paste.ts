import { spawn } from 'node:child_process';
import { mainFile } from '../flows/command.ts';

/** A block that was pasted into a shell. */
export interface Pasted {
  /** Waits until what it prints matches; fails when it ends first. */
  until(pattern: RegExp): Promise<void>;
  /** Waits for its end. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string }>;
  /** Ends it, with all that it started. */
  stop(): Promise<string>;
}

/** Where a block is pasted: its folder, and the ports that 4010 and 8000 stand for. */
export interface Desk {
  readonly folder: string;
  readonly ports: { readonly own: number; readonly other: number };
}

const open = new Set<() => Promise<unknown>>();

/** Ends all that was pasted; for `afterEach`. */
export async function clearDesk(): Promise<void> {
  await Promise.all([...open].map((stop) => stop()));
}

/**
 * Pastes a block into a shell. `npx apidouble` is the built command; the ports of the manual are replaced by ones that
 * nobody uses, also the one that a server takes by itself.
 */
export function paste(text: string, { folder, ports }: Desk): Pasted {
  const npx = `npx() {
  local words=("\${@:2}")
  case "$2" in
    mock | proxy | replay) [[ " \${words[*]} " == *" --port "* ]] || words+=(--port ${ports.own}) ;;
  esac
  '${process.execPath}' '${mainFile}' "\${words[@]}"
}`;
  const adapted = text.replaceAll(':4010', `:${ports.own}`).replace(/(:|--port )8000\b/g, `$1${ports.other}`);
  const shell = spawn('bash', ['-c', `${npx}\n${adapted}`], {
    cwd: folder,
    detached: true,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let out = '';
  const look = new Set<() => void>();
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      out += piece;
      for (const one of look) one();
    });
  }
  const ended = new Promise<{ code: number | null; out: string }>((done) => {
    // Servers that it left behind hold its output open; what it printed itself is there a moment later.
    shell.on('exit', (code) => setTimeout(() => done({ code, out }), 50));
  });
  const closed = new Promise((done) => shell.on('close', done));
  const stop = async (): Promise<string> => {
    open.delete(stop);
    try {
      if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM');
    } catch {
      // All of it has ended by itself.
    }
    await closed;
    return out;
  };
  open.add(stop);
  return {
    until: (pattern) =>
      new Promise((found, fail) => {
        const check = (): void => {
          if (pattern.test(out)) found();
        };
        look.add(check);
        check();
        ended.then(() => fail(new Error(`It ended before ${pattern}:\n${out}`)));
      }),
    ended,
    stop,
  };
}
