import type { Command } from 'commander';
import { declareOrigin } from './check-flags.ts';
import { type VerboseLevel, verboseLevels } from './mock-flags.ts';
import { collect, oneOf, wholeNumber } from './option-values.ts';

/** The flags of `apidouble replay`, read and checked. */
export interface ReplayFlags {
  readonly port: number;
  readonly host: string;
  readonly cors: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly document?: string;
  readonly fill: boolean;
  readonly origin?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
  readonly verboseLevel: VerboseLevel;
  readonly logFormat?: 'pretty' | 'json';
}

/** Declares the flags of `apidouble replay`. */
export function declareReplayFlags(command: Command): Command {
  command
    .option(
      '-p, --port <number>',
      'port to listen on; 0 picks a free one',
      wholeNumber('--port', 0, 65_535),
      4010,
    )
    .option('-h, --host <address>', 'address to listen on', '127.0.0.1')
    .option('--cors', 'answer preflights and send CORS headers', true)
    .option('--no-cors', 'leave CORS alone')
    .option('--tls-cert <file>', 'certificate (PEM); serves https')
    .option('--tls-key <file>', 'private key (PEM) of the certificate')
    .option(
      '--document <document>',
      'the document of the API: which names are secret, and what to fill gaps from',
    )
    .option('--fill', 'answer what was not recorded from a mock of the document', false)
    .option('--allow-host <host>', 'a host that references may be read from; may be repeated', collect)
    .option('--overlay <file>', 'an OpenAPI Overlay to apply to the document; may be repeated', collect);
  declareOrigin(command);
  return command
    .option(
      '-v, --verbose-level <level>',
      `what to log: ${verboseLevels.join(', ')}`,
      oneOf('--verbose-level', verboseLevels),
      'info',
    )
    .option(
      '--log-format <format>',
      'pretty (in a terminal) or json',
      oneOf('--log-format', ['pretty', 'json']),
    );
}
