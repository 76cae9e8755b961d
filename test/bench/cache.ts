import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The top of the repository. */
export const root: string = resolve(import.meta.dirname, '../..');

/** Makes (where it is missing) a git-ignored folder under `.cache/` and tells its path. */
export function cacheFolder(name: string): string {
  const folder = join(root, '.cache', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Installs the packages of a package.json into a folder of the cache, once, and tells that folder.
 * They never become dependencies of the project. Throws where npm fails.
 */
export function installInto(folder: string, manifest: string): string {
  const installed = join(folder, 'package.json');
  const fresh = existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(manifest, 'utf8');
  if (fresh && existsSync(join(folder, 'node_modules'))) return folder;
  cpSync(manifest, installed);
  console.error(`Installing the packages of ${manifest} …`);
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['install', ...flags], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  return folder;
}
