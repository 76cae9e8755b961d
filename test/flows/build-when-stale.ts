import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Builds where `dist/` is older than the source, so that a flow never tests yesterday's code. `npm test` has built already. */
export function setup(): void {
  if (newest('dist') >= newest('src')) return;
  execFileSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}

function newest(folder: string): number {
  try {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    return Math.max(0, ...names.map((name) => statSync(join(root, folder, name))).map(timeOf));
  } catch {
    return 0;
  }
}

/** Of files only: a folder's time changes with what is created in it. */
function timeOf(stats: { isFile(): boolean; mtimeMs: number }): number {
  return stats.isFile() ? stats.mtimeMs : 0;
}
