import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ApidoubleError, fileReason } from '../core/index.ts';
import { decodeText } from '../document/index.ts';
import type { ScenarioDefinition } from './definition.ts';
import { checkScenario, readScenario } from './read-scenario.ts';
import type { NamedScenario } from './stage.ts';

/** What was loaded, and the files that it came from. */
export interface LoadedScenarios {
  readonly scenarios: readonly NamedScenario[];
  /** URIs of the files and of their folders, for those who watch. */
  readonly files: readonly string[];
}

const sizeLimit = 10 * 1024 * 1024;
const fileLimit = 1000;

/**
 * Loads scenarios from files, folders (their `*.yaml`, `*.yml` and `*.json`, by name) and objects.
 * Throws `ERR_SCENARIO` for what cannot be read or is none, and for two of one name.
 */
export async function loadScenarios(
  given: readonly (string | ScenarioDefinition)[],
  cwd: string,
): Promise<LoadedScenarios> {
  const scenarios: NamedScenario[] = [];
  const files: string[] = [];
  for (const [index, one] of given.entries()) {
    if (typeof one === 'string') {
      const { folder, paths } = await filesAt(resolve(cwd, one), one);
      // A folder is another where a file has come or gone.
      if (folder !== undefined) files.push(pathToFileURL(folder).href);
      for (const path of paths) {
        const { href: uri } = pathToFileURL(path);
        files.push(uri);
        scenarios.push(readScenario(await readText(path, one), { uri, file: shownPath(path, cwd) }));
      }
    } else scenarios.push(ofObject(one, index));
  }
  refuseTwins(scenarios);
  return { scenarios, files };
}

function ofObject(value: ScenarioDefinition, index: number): NamedScenario {
  const name = typeof value.name === 'string' ? value.name : `scenario ${index + 1}`;
  const source = { label: name };
  return { name, definition: checkScenario(structuredClone(value), source), source };
}

function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below === '' || below.startsWith('..') ? path : below;
}

/** A file, or a folder with the scenarios in it. */
interface Found {
  readonly folder?: string;
  readonly paths: readonly string[];
}

async function filesAt(path: string, named: string): Promise<Found> {
  try {
    if (!(await stat(path)).isDirectory()) return { paths: [path] };
    const names = (await readdir(path)).filter((name) => /^[^.].*\.(?:ya?ml|json)$/i.test(name)).sort();
    if (names.length > fileLimit) throw new Error(`the folder has more than ${fileLimit} scenarios`);
    return { folder: path, paths: names.map((name) => join(path, name)) };
  } catch (cause) {
    throw unreadable(named, cause);
  }
}

async function readText(path: string, named: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > sizeLimit) throw new Error(`it has more than ${sizeLimit} bytes`);
    return decodeText(await readFile(path));
  } catch (cause) {
    throw unreadable(named, cause);
  }
}

function unreadable(named: string, cause: unknown): ApidoubleError {
  return new ApidoubleError(
    'ERR_SCENARIO',
    `Cannot read scenarios "${named}": ${fileReason(cause)}. Name a file, or a folder with *.yaml or *.json.`,
    { cause },
  );
}

function refuseTwins(scenarios: readonly NamedScenario[]): void {
  const seen = new Map<string, string>();
  for (const { name, source } of scenarios) {
    const other = seen.get(name);
    if (other !== undefined)
      throw new ApidoubleError(
        'ERR_SCENARIO',
        `Cannot use scenario "${source.label}": "${other}" has the name "${name}" too. Give it another name.`,
      );
    seen.set(name, source.label);
  }
}
