import { ApidoubleError } from '../core/index.ts';
import { inputOf, readSource, readToEnd } from './document-source.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { reportBug } from './failure.ts';
import type { MockFlags } from './mock-flags.ts';
import { refuseOption } from './option-values.ts';
import { startService } from './start-service.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';

/** `apidouble mock`: serves until a signal ends it. Throws what keeps it from starting. */
export async function runMock(argument: string, flags: MockFlags, terminal: Terminal): Promise<ExitCode> {
  if (flags.multiprocess) refuseSharedState(flags);
  if (flags.multiprocess) return runMultiprocess(argument, flags, terminal);
  const document = await readSource(argument, terminal.input, flags);
  const service = await startService({ document, flags, terminal, speaks: true });
  const stopped = stopSignal();
  surviveBugs(terminal);
  terminal.out.write(service.announcement);
  await stopped;
  await service.close();
  return exitCodes.done;
}

/** Each process would keep things of its own: what one has created another would not know. */
function refuseSharedState({ stateful, seedData, fixtures, scenarios }: MockFlags): void {
  if (scenarios !== undefined) {
    throw refuseOption(
      '--multiprocess',
      'with scenarios',
      'each process would count requests and go through states by itself. Leave --multiprocess away, or --scenarios.',
    );
  }
  if (!(stateful ?? (seedData !== undefined || fixtures !== undefined))) return;
  throw new ApidoubleError(
    'ERR_OPTION',
    'Cannot keep state in several processes: they have no store to share. Leave --multiprocess away, or --stateful, --seed-data and --fixtures.',
  );
}

/** This file runs in the first process, which has the workers and serves nothing, and again in each worker. */
async function runMultiprocess(argument: string, flags: MockFlags, terminal: Terminal): Promise<ExitCode> {
  const workers = await import('./workers.ts');
  if (!workers.isWorker()) {
    const input = argument === '-' ? await readToEnd(terminal.input) : undefined;
    return workers.runWorkers(input, terminal);
  }
  const { seed, now, input = '', speaks } = await workers.receiveStart();
  const document = await readSource(argument, inputOf(input), flags);
  const drawn = { seed, now };
  const service = await startService({ document, flags, terminal, drawn, speaks });
  surviveBugs(terminal);
  await workers.awaitStop(service.announcement);
  await service.close();
  return exitCodes.done;
}

/** A server that people develop against outlives a bug in one answer: it is reported, and the next request is served. */
function surviveBugs(terminal: Terminal): void {
  process.on('uncaughtException', (error) => reportBug(error, terminal.error));
}
