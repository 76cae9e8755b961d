import { type Clock, type Finding, isApidoubleError, systemClock } from '../core/index.ts';
import { type Mock, type MockOptions, serveMock } from '../mock/index.ts';
import { findingLine } from './announcement.ts';
import { errorLine } from './failure.ts';
import type { MockFlags } from './mock-flags.ts';
import { listenOptions, mockOptions } from './mock-options.ts';
import { refuseOption } from './option-values.ts';
import { createLog, type Log } from './request-log.ts';
import type { Terminal } from './terminal.ts';
import type { DocumentWatcher } from './watch.ts';

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
export async function startService(job: ServiceJob): Promise<Service> {
  const { flags, terminal } = job;
  const log = createServiceLog(job, systemClock);
  const late: LateListener = { onFinding: () => {} };
  const options = {
    ...(flags.seed === undefined ? job.drawn : {}),
    ...(await mockOptions(flags)),
    document: job.document,
    onFinding: (finding: Finding) => late.onFinding(finding),
    ...(log.writes('error') ? { onExchange: log.exchange } : {}),
  };
  const { mock, server } = await serveMock(options, listenOptions(flags));
  late.onFinding = (finding) => log.say('warn', findingLine(finding, mock.document, terminal.error.colors));
  await refuseUnknownCredentials(mock, flags);
  const watcher = wantsWatch(job) ? await watchDocument(mock, log, job) : undefined;
  // Loaded last: what samples requests is no part of getting ready.
  const { announce } = await import('./announce.ts');
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

async function refuseUnknownCredentials(mock: Mock, { credential = {} }: MockFlags): Promise<void> {
  const known = [...mock.document.securitySchemes.keys()];
  for (const name of Object.keys(credential)) {
    if (known.includes(name)) continue;
    await mock.close();
    const names = known.length === 0 ? 'It has none' : `Use one of ${known.join(', ')}`;
    throw refuseOption('--credential', name, `the document has no such security scheme. ${names}.`);
  }
}

function wantsWatch({ flags, terminal }: ServiceJob): boolean {
  return flags.watch ?? terminal.out.isTerminal;
}

async function watchDocument(mock: Mock, log: Log, job: ServiceJob): Promise<DocumentWatcher> {
  const { DocumentWatcher } = await import('./watch.ts');
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
