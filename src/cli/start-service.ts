import { type Clock, type Finding, isApidoubleError, systemClock } from '../core/index.ts';
import type { Mock, MockOptions, MockServer } from '../mock/index.ts';
import { announcementText, findingLine } from './announcement.ts';
import { errorLine } from './failure.ts';
import { withKeptPaths } from './kept-paths.ts';
import type { MockFlags } from './mock-flags.ts';
import { listenOptions, mockOptions } from './mock-options.ts';
import { commandLimit, operationLines } from './operation-list.ts';
import { refuseOption } from './option-values.ts';
import { createLog, type Log } from './request-log.ts';
import { type CallSampler, createCallSampler } from './sample-call.ts';
import { createRequestSampler } from './sample-request.ts';
import type { Terminal } from './terminal.ts';
import { DocumentWatcher } from './watch.ts';

/** What is to be served, and how. */
export interface ServiceJob {
  /** What `createMock` reads: a path, a URL, or a document that was read already. */
  readonly document: MockOptions['document'];
  readonly flags: MockFlags;
  readonly terminal: Terminal;
  /** The seed and the time that the processes of one command share where none were given. */
  readonly drawn?: Pick<MockOptions, 'seed' | 'now'>;
  /** Whether this process says what its siblings would say too. */
  readonly speaks: boolean;
}

/** The one function of the mock room that a service is made with. */
export type CreateMock = (options: MockOptions) => Promise<Mock>;

/** A mock that serves. */
export interface Service {
  /** What is to be printed once everything is ready; ends with the ready line. */
  readonly announcement: string;
  /** Finishes what is in flight, then stops. */
  close(): Promise<void>;
}

/**
 * Makes the mock, lets it listen and watches its document.
 *
 * Throws what `createMock` and `listen` throw, and `ERR_OPTION` for credentials of schemes that the document has not.
 */
export async function startService(job: ServiceJob, createMock: CreateMock): Promise<Service> {
  const { flags, terminal } = job;
  const listen = listenOptions(flags);
  const log = createServiceLog(job, systemClock);
  const late: LateListener = { onFinding: () => {} };
  const mock = await createMock({
    ...(flags.seed === undefined ? job.drawn : {}),
    ...mockOptions(flags),
    document: job.document,
    onFinding: (finding) => late.onFinding(finding),
    ...(log.writes('error') ? { onExchange: log.exchange } : {}),
  });
  late.onFinding = (finding) => log.say('warn', findingLine(finding, mock.document, terminal.error.colors));
  refuseUnknownCredentials(mock, flags);
  const server = await mock.listen(listen);
  const watcher = wantsWatch(job) ? watchDocument(mock, log, job) : undefined;
  return {
    announcement: announce(job, mock, server),
    close: async () => {
      watcher?.close();
      await mock.close();
    },
  };
}

/** Faults can show while the mock is being made; they are in `mock.faults` then. */
interface LateListener {
  onFinding: (finding: Finding) => void;
}

function createServiceLog({ flags, terminal }: ServiceJob, clock: Clock): Log {
  return createLog({
    output: terminal.error,
    level: flags.verboseLevel,
    format: flags.logFormat ?? (terminal.error.isTerminal ? 'pretty' : 'json'),
    clock,
  });
}

function refuseUnknownCredentials(mock: Mock, { credential = {} }: MockFlags): void {
  const known = [...mock.document.securitySchemes.keys()];
  for (const name of Object.keys(credential)) {
    if (known.includes(name)) continue;
    const names = known.length === 0 ? 'It has none' : `Use one of ${known.join(', ')}`;
    throw refuseOption('--credential', name, `the document has no such security scheme. ${names}.`);
  }
}

function announce({ flags, terminal }: ServiceJob, mock: Mock, server: MockServer): string {
  const { document } = mock;
  const operations = operationLines({
    operations: document.operations,
    baseUrl: reachableUrl(server.url),
    sample: withKeptPaths(samplerOf(mock, flags), mock),
    list: flags.list ?? (terminal.out.isTerminal ? 'short' : 'all'),
    colors: terminal.out.colors,
  });
  return announcementText({
    document,
    operations,
    seed: mock.seed,
    seedGiven: flags.seed !== undefined,
    faults: mock.faults,
    scenarios: mock.scenarios.list().map(({ name }) => name),
    url: server.url,
    colors: terminal.out.colors,
  });
}

/** Whole requests cost the compilation of their operations, so they are made for short lists only. */
function samplerOf({ document, seed, now }: Mock, { credential = {} }: MockFlags): CallSampler {
  const fallback = createCallSampler(document, credential);
  if (document.operations.length > commandLimit) return fallback;
  return createRequestSampler(document, { seed, now, credentials: credential, fallback });
}

/** "Any address" can be listened on but, on some systems, not be called. */
function reachableUrl(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
}

function wantsWatch({ flags, terminal }: ServiceJob): boolean {
  return flags.watch ?? terminal.out.isTerminal;
}

function watchDocument(mock: Mock, log: Log, job: ServiceJob): DocumentWatcher {
  let lastFailure = '';
  const reload = async (): Promise<boolean> => {
    try {
      await mock.reload();
    } catch (error) {
      const failure = isApidoubleError(error) ? errorLine(error) : String(error);
      if (failure !== lastFailure && job.speaks) {
        log.say('error', `${failure} The last good document is still served.`, { event: 'reload-failed' });
      }
      lastFailure = failure;
      return false;
    }
    lastFailure = '';
    if (job.speaks) sayReloaded(mock, log, job);
    return true;
  };
  const files = (): readonly string[] => [
    ...(typeof job.document === 'string' ? mock.document.files : []),
    ...mock.scenarios.files,
  ];
  const watcher = new DocumentWatcher({ files, reload });
  if (watcher.count === 0 && job.flags.watch === true) {
    log.say('warn', 'Cannot watch the document: it is not a file. Restart to read it again.');
  }
  return watcher;
}

function sayReloaded(mock: Mock, log: Log, { terminal }: ServiceJob): void {
  const { document, faults } = mock;
  log.say('info', `Reloaded: ${document.operations.length} operations.`, { event: 'reloaded' });
  for (const fault of faults) log.say('warn', findingLine(fault, document, terminal.error.colors));
}
