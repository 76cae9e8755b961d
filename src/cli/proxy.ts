import type { LoadedConfig } from '../config/index.ts';
import { counted, isApidoubleError, printable, systemClock } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import type { Mock } from '../mock/index.ts';
import { type ApiProxy, createProxy, type ProxyOptions } from '../proxy/index.ts';
import { createRecorder, type Recorder, type Secrets, secretNames, secretPaths } from '../recording/index.ts';
import { loadNamed } from './config.ts';
import { coverageTable } from './coverage-table.ts';
import { environmentProxy } from './environment-proxy.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { errorLine, reportBug } from './failure.ts';
import { createFallback } from './fallback-mock.ts';
import { createLoggable } from './loggable-entry.ts';
import { tlsOptions } from './mock-options.ts';
import type { ProxyFlags } from './proxy-flags.ts';
import { createQuietCoverage, type QuietCoverage } from './quiet-coverage.ts';
import { concludeTraffic } from './report-traffic.ts';
import { createLog, type Log } from './request-log.ts';
import { readNamed } from './request-options.ts';
import { adminOption } from './serving-flags.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';
import { type UpstreamSettings, upstreamSettings } from './upstream-settings.ts';

/** What stands on the command line. */
export interface ProxyCommand {
  readonly document: string | undefined;
  /** A URL, or the name of a target of the configuration. */
  readonly upstream: string | undefined;
  readonly flags: ProxyFlags;
  readonly loaded: LoadedConfig | undefined;
}

/** `apidouble proxy`: stands in front of a server until a signal ends it. Throws what keeps it from starting. */
export async function runProxy(
  { document: name, upstream, flags, loaded }: ProxyCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const startedAt = systemClock.now();
  const log = createLog({
    output: terminal.error,
    level: flags.verboseLevel,
    format: flags.logFormat ?? (terminal.error.isTerminal ? 'pretty' : 'json'),
    clock: systemClock,
    reasons: true,
  });
  const settings = await upstreamSettings(upstream ?? flags.target, loaded);
  const document = await loadNamed(name, { flags, loaded, terminal });
  const mock = flags.mockOn === undefined ? undefined : await createFallback(document, loaded);
  const options = await optionsOf({ flags, document, settings, log, mock });
  const secrets = flags.redact && {
    names: secretNames(document),
    paths: secretPaths(document),
    values: settings.secrets,
  };
  const recorder = flags.record === undefined ? undefined : openRecorder(flags.record, secrets, log);
  const quiet =
    flags.coverage && terminal.error.isTerminal && log.writes('info')
      ? createQuietCoverage(() => proxy.coverage(), terminal.error)
      : undefined;
  const proxy: ApiProxy = await createProxy({
    ...options,
    ...(recorder === undefined ? {} : { recorder }),
    ...listening(log, quiet, secrets),
  });
  try {
    const tls = tlsOptions(flags);
    const { port, host, cors } = flags;
    const server = await proxy.listen({ port, host, cors, ...(tls === undefined ? {} : { tls }) });
    const stopped = stopSignal();
    process.on('uncaughtException', (error) => reportBug(error, terminal.error));
    process.on('SIGUSR2', () => terminal.error.write(coverageTable(proxy.coverage(), terminal.error.colors)));
    if (flags.multiprocess) log.say('warn', 'One process serves: findings are summed up in one place.');
    terminal.out.write(announcementOf(proxy, server.url));
    await stopped;
  } finally {
    await proxy.close();
    quiet?.close();
    await mock?.close();
  }
  if (flags.coverage) terminal.error.write(coverageTable(proxy.coverage(), terminal.error.colors));
  const fault = recorder?.fault();
  const code = await concludeTraffic({
    document,
    traffic: proxy.coverage(),
    target: proxy.upstream,
    source: 'proxy',
    secrets: settings.secrets,
    baseline: settings.baseline,
    startedAt,
    seconds: Math.round(systemClock.now() - startedAt) / 1000,
    notes: recorder === undefined ? [] : notesOf(recorder),
    flags,
    loaded,
    usual: {},
    terminal,
  });
  return fault === undefined ? code : exitCodes.misuse;
}

interface Job {
  readonly flags: ProxyFlags;
  readonly document: ApiDocument;
  readonly settings: UpstreamSettings;
  readonly log: Log;
  readonly mock: Mock | undefined;
}

async function optionsOf({ flags, document, settings, log, mock }: Job): Promise<ProxyOptions> {
  const { ca, cert, key, insecure, timeout, judgeLimit, mockOn } = flags;
  const { url: upstream, tls } = settings;
  const upstreamProxy = flags.upstreamProxy ?? environmentProxy(upstream);
  return {
    document,
    upstream,
    validateRequest: flags.validateRequest,
    errors: flags.errors,
    violationsHeader: flags.violationsHeader,
    adminRemote: flags.adminRemote,
    ...adminOption(flags),
    ...(judgeLimit === undefined ? {} : { judgeLimit }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(upstreamProxy === undefined ? {} : { upstreamProxy }),
    ...tls,
    ...(ca === undefined ? {} : { ca: await readNamed('--ca', ca) }),
    ...(cert === undefined ? {} : { cert: await readNamed('--cert', cert) }),
    ...(key === undefined ? {} : { key: await readNamed('--key', key) }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(mock === undefined || mockOn === undefined ? {} : { fallback: mock.send, fallbackOn: mockOn }),
    onError: (error) => log.say('error', isApidoubleError(error) ? errorLine(error) : String(error)),
  };
}

function openRecorder(file: string, redact: Secrets | false, log: Log): Recorder {
  return createRecorder(file, {
    redact,
    onResume: (lost) =>
      log.say('warn', `The recording goes on: there is room again. ${notRecorded(lost)}.`, { lost }),
  });
}

/** What the report says of a recording that has gaps. */
function notesOf(recorder: Recorder): string[] {
  const fault = recorder.fault();
  const lost =
    recorder.lost === 0 ? [] : [`${notRecorded(recorder.lost)}: each was cut off, or answered with a 507.`];
  return fault === undefined ? lost : [...lost, fault.message];
}

function notRecorded(count: number): string {
  return count === 1 ? '1 exchange was not recorded' : `${count} exchanges were not recorded`;
}

function listening(
  log: Log,
  quiet: QuietCoverage | undefined,
  secrets: Secrets | false,
): Pick<ProxyOptions, 'onExchange'> {
  if (!log.writes('error')) return {};
  const loggable = createLoggable(secrets, log);
  return {
    onExchange(entry) {
      log.exchange(loggable(entry));
      quiet?.passed();
    },
  };
}

/** Its last line is the one that scripts wait for. */
function announcementOf({ document, upstream }: ApiProxy, url: string): string {
  const { info, operations } = document;
  const lines = [
    `${printable(info.title)} ${printable(info.version)}, ${counted(operations.length, 'operation')}, in front of ${upstream}`,
    `Apidouble is listening on ${url}`,
  ];
  return `${lines.join('\n')}\n`;
}
