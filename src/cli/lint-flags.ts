import type { Command } from 'commander';
import { collect, oneOf } from './option-values.ts';

/** How findings are written. */
const lintFormats = ['human', 'json', 'github', 'gitlab'] as const;

/** One of the ways to write findings. */
export type LintFormat = (typeof lintFormats)[number];

/** The flags of `apidouble lint`, read and checked. */
export interface LintFlags {
  readonly format: LintFormat;
  readonly resources: boolean;
  readonly failOn: 'error' | 'warning';
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
}

/** Declares the flags of `apidouble lint`. */
export function declareLintFlags(command: Command): Command {
  return command
    .option(
      '--format <format>',
      'human, json, github (workflow commands) or gitlab (code quality)',
      oneOf('--format', lintFormats),
      'human',
    )
    .option('--resources', 'print what is inferred of collections and their things too', false)
    .option(
      '--fail-on <severity>',
      'the least severity that ends with exit code 1: error or warning',
      oneOf('--fail-on', ['error', 'warning']),
      'error',
    )
    .option('--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated', collect)
    .option('--allow-host <host>', 'a host that references may be read from; may be repeated', collect);
}
