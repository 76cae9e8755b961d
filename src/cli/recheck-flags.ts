import type { Command } from 'commander';
import { declareRequestFlags, type RequestFlags } from './verify-flags.ts';

/** The flags of `apidouble recheck`, read and checked. */
export interface RecheckFlags extends RequestFlags {
  readonly document?: string;
  readonly target?: string;
}

/** Declares the flags of `apidouble recheck`. */
export function declareRecheckFlags(command: Command): Command {
  command
    .option('--document <document>', 'instead of the one that the report names')
    .option('--target <url>', 'another server than the one that the report names (scheme, host and port)');
  return declareRequestFlags(command);
}
