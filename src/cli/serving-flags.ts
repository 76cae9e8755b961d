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

/** The flags of commands that tell of themselves while they run. */
export interface AdminFlags {
  /** `--no-admin`. */
  readonly admin: boolean;
  readonly adminPath?: string;
  readonly adminRemote: boolean;
}

/** Declares where a command tells of itself, and to whom. */
export function declareAdmin(command: Command): Command {
  return command
    .option('--no-admin', 'turn off the pages under /__apidouble')
    .option('--admin-path <path>', 'path of those pages')
    .option('--admin-remote', 'answer them to other machines too', false);
}

/** Where those pages are to be. */
export function adminOption({ admin, adminPath }: AdminFlags): { adminPath?: string | false } {
  if (!admin) return { adminPath: false };
  return adminPath === undefined ? {} : { adminPath };
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
