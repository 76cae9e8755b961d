import type { Command } from 'commander';
import { oneOf, wholeNumber } from './option-values.ts';

/** How much is logged, the most talkative first. */
export const verboseLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** One of Prism's levels. */
export type VerboseLevel = (typeof verboseLevels)[number];

/** The flags of commands that serve: where they listen, and what they log. */
export interface ServingFlags {
  readonly port: number;
  readonly host: string;
  readonly cors: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsCa?: string;
  readonly verboseLevel: VerboseLevel;
  readonly logFormat?: 'pretty' | 'json';
}

/** Declares where a command listens. */
export function declareServing(command: Command, cors: string): Command {
  return command
    .option(
      '-p, --port <number>',
      'port to listen on; 0 picks a free one',
      wholeNumber('--port', 0, 65_535),
      4010,
    )
    .option('-h, --host <address>', 'address to listen on', '127.0.0.1')
    .option('--cors', cors, true)
    .option('--no-cors', 'leave CORS alone')
    .option('--tls-cert <file>', 'certificate (PEM); serves https')
    .option('--tls-key <file>', 'private key (PEM) of the certificate')
    .option('--tls-ca <file>', 'authorities (PEM) whose client certificates are asked for');
}

/** Declares what a command logs. */
export function declareLog(command: Command): Command {
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
