import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { ApidoubleError } from '../core/index.ts';
import { type DataFile, readDataFile } from '../document/index.ts';

/** A file of fixtures with the words of its path that may name a resource, the nearest first. */
export interface FixtureFile extends DataFile {
  readonly names: readonly string[];
}

const mostFiles = 10_000;
const deepest = 6;

/**
 * Reads files, or the files of folders, that hold things to begin with (.json, .yaml, .yml).
 *
 * Throws `ERR_FIXTURE` for a path where nothing is, and a folder with too much below it; `ERR_DOCUMENT_SYNTAX` for a file that
 * is neither JSON nor YAML.
 */
export async function readFixtureFiles(paths: readonly string[], cwd: string): Promise<FixtureFile[]> {
  const found: FixtureFile[] = [];
  for (const path of paths) {
    const root = resolve(cwd, path);
    const files = await filesOf(root, path);
    for (const file of files) found.push({ ...(await readDataFile(file, cwd)), names: namesOf(file) });
  }
  return found;
}

async function filesOf(root: string, given: string): Promise<string[]> {
  const isFolder = await stat(root).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined)
    throw unreadable(given, 'there is nothing at this path. Name a file or a folder');
  if (!isFolder) return [root];
  const files = await walk(root, 0);
  if (files.length === 0)
    throw unreadable(given, 'the folder has no .json, .yaml or .yml file. Name another');
  if (files.length > mostFiles)
    throw unreadable(given, `it has more than ${mostFiles} files. Name a smaller folder`);
  return files;
}

async function walk(folder: string, depth: number): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || files.length > mostFiles) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < deepest) files.push(...(await walk(path, depth + 1)));
    if (entry.isFile() && /^\.(?:json|ya?ml)$/i.test(extname(entry.name))) files.push(path);
  }
  return files;
}

function namesOf(file: string): string[] {
  return [basename(file, extname(file)), basename(dirname(file)), basename(dirname(dirname(file)))];
}

function unreadable(path: string, reason: string): ApidoubleError {
  return new ApidoubleError('ERR_FIXTURE', `Cannot read fixtures "${path}": ${reason}.`);
}
