import type { Command } from 'commander';
import { declareOrigin } from './check-flags.ts';
import { type ConfigFlags, declareConfig } from './config-flags.ts';
import { collect } from './option-values.ts';
import { declareLog, declareServing, type ServingFlags } from './serving-flags.ts';

/** The flags of `apidouble replay`, read and checked. */
export interface ReplayFlags extends ServingFlags, ConfigFlags {
  readonly document?: string;
  readonly fill: boolean;
  readonly origin?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
}

/** Declares the flags of `apidouble replay`. */
export function declareReplayFlags(command: Command): Command {
  declareServing(command, 'answer preflights and send CORS headers')
    .option(
      '--document <document>',
      'the document of the API: which names are secret, and what to fill gaps from',
    )
    .option('--fill', 'answer what was not recorded from a mock of the document', false)
    .option('--allow-host <host>', 'a host that references may be read from; may be repeated', collect)
    .option('--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated', collect);
  declareOrigin(command);
  return declareConfig(declareLog(command));
}
