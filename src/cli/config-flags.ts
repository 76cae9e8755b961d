import type { Command } from 'commander';
import { findConfig } from '../core/index.ts';

/** What `--config` and `--no-config` say. */
export interface ConfigFlags {
  /** A file; `false`: none is looked for. */
  readonly config?: string | false;
}

/** Declares which configuration a command reads. */
export function declareConfig(command: Command): Command {
  return command
    .option('--config <file>', 'apidouble.config.ts, .js, .json or .yaml (the nearest one)')
    .option('--no-config', 'read none');
}

/** The configuration that a command line means, before it is parsed; `undefined` where there is none. */
export function configFileFor(argv: readonly string[], cwd: string): string | undefined {
  const { config } = configFlagsIn(argv);
  return config === false ? undefined : (config ?? findConfig(cwd));
}

function configFlagsIn(argv: readonly string[]): ConfigFlags {
  const before = flagsIn(argv);
  if (before.includes('--no-config')) return { config: false };
  const index = before.indexOf('--config');
  const joined = before.find((word) => word.startsWith('--config='));
  const file = index === -1 ? joined?.slice('--config='.length) : before[index + 1];
  return file === undefined ? {} : { config: file };
}

/** The words that can be flags. */
export function flagsIn(argv: readonly string[]): readonly string[] {
  return argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
}
