import type { Command } from 'commander';
import { declareOrigin } from './check-flags.ts';
import { collect } from './option-values.ts';

/** The flags of `apidouble learn`, read and checked. */
export interface LearnFlags {
  readonly document: string;
  readonly out: string;
  readonly origin?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
}

/** Declares the flags of `apidouble learn`. */
export function declareLearnFlags(command: Command): Command {
  command
    .requiredOption('--document <document>', 'the document of the API: a file, a URL, or -')
    .requiredOption('--out <folder>', 'where fixtures/ and examples.overlay.json are written');
  declareOrigin(command);
  return command
    .option('--allow-host <host>', 'a host that references may be read from; may be repeated', collect)
    .option('--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated', collect);
}
