import type { Command } from 'commander';
import { declareOrigin } from './check-flags.ts';
import { type ConfigFlags, declareConfig } from './config-flags.ts';
import { collect } from './option-values.ts';

/** The flags of `apidouble learn`, read and checked. */
export interface LearnFlags extends ConfigFlags {
  readonly document?: string;
  readonly out: string;
  readonly origin?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
}

/** Declares the flags of `apidouble learn`. */
export function declareLearnFlags(command: Command): Command {
  command
    .option(
      '--document <document>',
      'the document of the API: a file, a URL, or - (the one of the configuration)',
    )
    .requiredOption('--out <folder>', 'where fixtures/ and examples.overlay.json are written');
  declareOrigin(command);
  command
    .option('--allow-host <host>', 'a host that references may be read from; may be repeated', collect)
    .option('--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated', collect);
  return declareConfig(command);
}
