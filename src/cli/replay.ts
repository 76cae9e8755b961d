import type { LoadedConfig } from '../config/index.ts';
import { counted, stopwatch, systemClock } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import type { Target } from '../http/index.ts';
import type { Mock } from '../mock/index.ts';
import { createReplay, type ReplayOptions } from '../proxy/index.ts';
import { readRecording, secretNames, secretPaths } from '../recording/index.ts';
import { listen } from '../server/index.ts';
import { ofOrigins } from './check.ts';
import { loadNamed } from './config.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { reportBug } from './failure.ts';
import { createFallback } from './fallback-mock.ts';
import { tlsOptions } from './mock-options.ts';
import { refuseOption } from './option-values.ts';
import type { ReplayFlags } from './replay-flags.ts';
import { createLog, type Log } from './request-log.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';

/** What stands on the command line, and what the configuration says. */
export interface ReplayCommand {
  readonly file: string;
  readonly flags: ReplayFlags;
  readonly loaded: LoadedConfig | undefined;
}

/** `apidouble replay`: serves a recording until a signal ends it. Throws what keeps it from starting. */
export async function runReplay(
  { file, flags, loaded }: ReplayCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const { exchanges, notes } = await readRecording(file);
  const document = await documentOf({ flags, loaded, terminal });
  const mock = flags.fill && document !== undefined ? await createFallback(document, loaded) : undefined;
  const wanted = exchanges.filter(ofOrigins(flags.origin));
  const replay = createReplay(wanted, optionsOf(document, mock));
  const log = createLog({
    output: terminal.error,
    level: flags.verboseLevel,
    format: flags.logFormat ?? (terminal.error.isTerminal ? 'pretty' : 'json'),
    clock: systemClock,
  });
  for (const note of notes) log.say('warn', note);
  const tls = tlsOptions(flags);
  const { port, host, cors } = flags;
  const server = await listen(logged(replay.send, log), {
    port,
    host,
    cors,
    ...(tls === undefined ? {} : { tls }),
  });
  const stopped = stopSignal();
  process.on('uncaughtException', (error) => reportBug(error, terminal.error));
  terminal.out.write(
    `${counted(wanted.length, 'exchange')} of ${counted(replay.size, 'different request')} from ${file}\n` +
      `Apidouble is listening on ${server.url}\n`,
  );
  await stopped;
  await server.close();
  await mock?.close();
  return exitCodes.done;
}

interface Place extends Pick<ReplayCommand, 'flags' | 'loaded'> {
  readonly terminal: Terminal;
}

async function documentOf(place: Place): Promise<ApiDocument | undefined> {
  const { flags, loaded } = place;
  if (flags.document !== undefined || loaded?.config.document !== undefined)
    return loadNamed(flags.document, place);
  if (flags.fill)
    throw refuseOption('--fill', '', 'there is nothing to fill from. Name the document with --document.');
  return undefined;
}

function optionsOf(document: ApiDocument | undefined, mock: Mock | undefined): ReplayOptions {
  return {
    ...(mock === undefined ? {} : { fallback: mock.send }),
    ...(document === undefined
      ? {}
      : { secrets: { names: secretNames(document), paths: secretPaths(document) } }),
  };
}

function logged(target: Target, log: Log): Target {
  let id = 0;
  return async (request, options) => {
    const start = stopwatch();
    const response = await target(request, options);
    id += 1;
    const milliseconds = stopwatch() - start;
    log.exchange({
      id,
      session: '',
      time: systemClock.now(),
      milliseconds,
      request,
      response,
      findings: [],
      reason: [],
    });
    return response;
  };
}
