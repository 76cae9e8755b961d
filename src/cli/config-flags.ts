import type { Command } from 'commander';

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
