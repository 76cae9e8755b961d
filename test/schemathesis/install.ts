import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The version that is compared with. */
export const version = '4.32.5';

/** Installs Schemathesis into an environment of its own, outside of the repository, once, and tells its command. Throws where that fails. */
export function installSchemathesis(): string {
  const folder = join(tmpdir(), `apidouble-schemathesis-${version}`);
  const command = join(folder, 'bin/schemathesis');
  if (existsSync(command)) return command;
  console.error(`Installing Schemathesis ${version} into ${folder} …`);
  run('python3', ['-m', 'venv', folder], 'Python 3 with venv (Debian: python3-venv)');
  const wanted = `schemathesis==${version}`;
  run(join(folder, 'bin/pip'), ['install', '--quiet', wanted], `${wanted} from PyPI`);
  return command;
}

function run(command: string, flags: readonly string[], what: string): void {
  const { status, stderr, error } = spawnSync(command, flags, { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`Cannot compare with Schemathesis: ${what} is absent (${error ?? stderr.trim()}).`);
}
