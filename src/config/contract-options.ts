import { readFile } from 'node:fs/promises';
import {
  type BaselineEntry,
  type ContractOptions,
  type ExitOptions,
  readBaseline,
} from '../contract/index.ts';
import { ApidoubleError, environment, findConfig } from '../core/index.ts';
import { readData } from '../document/index.ts';
import { contractSettings } from './contract-settings.ts';
import { readConfig } from './read-config.ts';

/** Which configuration, and what of it. */
export interface ConfigChoice {
  /** A file. Default: the nearest `apidouble.config.*`. */
  readonly config?: string;
  /** The name of a target, or a URL. Default: the configuration's own. */
  readonly target?: string;
  /** The folder to look from. Default: the working directory. */
  readonly cwd?: string;
}

/** What a configuration says of a run, for code: options without what it leaves open, when a run is green, and the baseline. */
export interface ConfiguredRun {
  readonly options: Partial<ContractOptions>;
  readonly exit: ExitOptions;
  readonly baseline: readonly BaselineEntry[];
}

/** Reads what a configuration says of a run. Throws `ERR_CONFIG` where there is none, or it cannot be used. */
export async function configuredRun({
  config,
  target,
  cwd = process.cwd(),
}: ConfigChoice): Promise<ConfiguredRun> {
  const file = config ?? findConfig(cwd);
  if (file === undefined) {
    throw new ApidoubleError(
      'ERR_CONFIG',
      `Cannot find a configuration in "${cwd}": neither it nor a folder above has one. Write apidouble.config.ts.`,
    );
  }
  const loaded = await readConfig(file, cwd);
  const { options, reading, exit, document, baseline } = await contractSettings(loaded, {
    target,
    environment: environment(),
  });
  const { corrections, allowHosts, overlays } = reading;
  return {
    options: {
      ...options,
      ...(document === undefined ? {} : { document }),
      ...(corrections === undefined ? {} : { operations: corrections }),
      ...(allowHosts === undefined ? {} : { allowHosts }),
      ...(overlays === undefined ? {} : { overlays }),
    },
    exit,
    baseline: baseline === undefined ? [] : await baselineOf(baseline),
  };
}

/**
 * The options of a run as a configuration has them, for `runContract`. Throws `ERR_CONFIG` where it names no document or no
 * target.
 *
 * @example
 * const report = await runContract({ ...(await contractOptions({ target: 'stage' })), writes: false });
 */
export async function contractOptions(choice: ConfigChoice = {}): Promise<ContractOptions> {
  const { options } = await configuredRun(choice);
  const { document, target } = options;
  if (document !== undefined && target !== undefined) return { ...options, document, target };
  const missing = document === undefined ? 'document' : 'target';
  throw new ApidoubleError(
    'ERR_CONFIG',
    `Cannot run by the configuration "${choice.config ?? 'of this folder'}": it names no ${missing}. Name one in it.`,
  );
}

async function baselineOf(file: string): Promise<readonly BaselineEntry[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ApidoubleError(
      'ERR_CONFIG',
      `Cannot read baseline "${file}": there is no such file. Correct "baseline".`,
    );
  });
  return readBaseline(readData(text, { uri: file, file }).root, file);
}
