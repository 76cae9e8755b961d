import type { Command } from 'commander';
import { declareConfig } from './config-flags.ts';
import { collect, refuseOption } from './option-values.ts';
import { declareTraffic, failOn, type TrafficFlags } from './proxy-flags.ts';

/** The flags of `apidouble check`, read and checked. */
export interface CheckFlags extends TrafficFlags {
  readonly document?: string;
  readonly origin?: readonly string[];
}

/** Declares the flags of `apidouble check`. */
export function declareCheckFlags(command: Command): Command {
  command.option(
    '--document <document>',
    'the document to hold the recording to: a file, a URL, or - (the one of the configuration)',
  );
  declareOrigin(command);
  command
    .option('--validate-request', 'judge requests too', true)
    .option('--no-validate-request', 'judge answers only')
    .option('--reporter <name[=file]>', 'how to report (pretty); may be repeated', collect)
    .option(
      '--fail-on <grade>',
      'the mildest finding that ends with exit code 1: must or should (must)',
      failOn,
    );
  declareTraffic(command);
  return declareConfig(command);
}

/** Declares `--origin`, for recordings of more than one server. */
export function declareOrigin(command: Command): void {
  command.option(
    '--origin <url>',
    'take only what went to this server, such as https://api.example.com; may be repeated',
    origin,
  );
}

function origin(text: string, earlier: readonly string[] = []): readonly string[] {
  if (URL.canParse(text) && new URL(text).origin !== 'null') return [...earlier, new URL(text).origin];
  throw refuseOption('--origin', text, 'it is no URL of a server. Write it as https://api.example.com.');
}
