import { counted, stopwatch, systemClock } from '../core/index.ts';
import { type ApiDocument, loadDocument } from '../document/index.ts';
import type { Target } from '../http/index.ts';
import { createMock, type Mock } from '../mock/index.ts';
import { createReplay, type ReplayOptions } from '../proxy/index.ts';
import { readRecording, secretNames } from '../recording/index.ts';
import { listen } from '../server/index.ts';
import { ofOrigins } from './check.ts';
import { loadOptions } from './document-source.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { reportBug } from './failure.ts';
import { tlsOptions } from './mock-options.ts';
import { refuseOption } from './option-values.ts';
import type { ReplayFlags } from './replay-flags.ts';
import { createLog, type Log } from './request-log.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';

/** `apidouble replay`: serves a recording until a signal ends it. Throws what keeps it from starting. */
export async function runReplay(file: string, flags: ReplayFlags, terminal: Terminal): Promise<ExitCode> {
  const { exchanges, notes } = await readRecording(file);
  const document = await documentOf(flags, terminal);
  const mock = await mockOf(flags, document);
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

async function documentOf(flags: ReplayFlags, terminal: Terminal): Promise<ApiDocument | undefined> {
  if (flags.document !== undefined)
    return loadDocument(flags.document, { ...loadOptions(flags), stdin: terminal.input });
  if (flags.fill)
    throw refuseOption('--fill', '', 'there is nothing to fill from. Name the document with --document.');
  return undefined;
}

async function mockOf({ fill }: ReplayFlags, document: ApiDocument | undefined): Promise<Mock | undefined> {
  return fill && document !== undefined ? createMock({ document, adminPath: false }) : undefined;
}

function optionsOf(document: ApiDocument | undefined, mock: Mock | undefined): ReplayOptions {
  return {
    ...(mock === undefined ? {} : { fallback: mock.send }),
    ...(document === undefined ? {} : { secrets: { names: secretNames(document) } }),
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
