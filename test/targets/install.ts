import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, installInto } from '../bench/cache.ts';

/** What a machine lacks, named so that a person can mend it. */
export class Absent extends Error {}

/** Installs the Debian packages that are missing. Throws `Absent` where that cannot be done. */
export function needDebian(packages: readonly string[]): void {
  const missing = packages.filter((one) => !isInstalled(one));
  if (missing.length === 0) return;
  console.error(`Installing ${missing.join(', ')} …`);
  const undo = forbidServices();
  try {
    run('apt-get', ['update', '--quiet']);
    run('apt-get', ['install', '--quiet', '--yes', '--no-install-recommends', ...missing]);
  } catch (error) {
    throw new Absent(`the Debian packages ${missing.join(', ')} are absent: ${String(error)}`);
  } finally {
    undo();
  }
}

function isInstalled(name: string): boolean {
  const { stdout } = spawnSync('dpkg-query', ['--status', name], { encoding: 'utf8' });
  return stdout?.includes('\nStatus: install ok installed\n') === true;
}

const policy = '/usr/sbin/policy-rc.d';

/** A package that is installed must not start a service of its own: the tests start what they need, where they need it. */
function forbidServices(): () => void {
  if (existsSync(policy)) return () => {};
  try {
    writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  } catch {
    return () => {};
  }
  return () => rmSync(policy, { force: true });
}

function run(command: string, flags: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stderr, error } = spawnSync(command, flags, { encoding: 'utf8', env });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.trim().split('\n').at(-1)}`);
}

/** Installs the npm packages of a target, once, and tells the folder. Throws `Absent` where npm fails. */
export function needNpm(name: string): string {
  try {
    const manifest = join(import.meta.dirname, 'packages', name, 'package.json');
    return installInto(cacheFolder(`targets/${name}`), manifest);
  } catch (error) {
    throw new Absent(`the npm packages of ${name} are absent: ${String(error)}`);
  }
}
