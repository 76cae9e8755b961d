import {
  applyBaseline,
  type BaselineEntry,
  type ContractOptions,
  exitStatus,
  planContract,
  type Report,
  type RunEvent,
  readBaseline,
  runContract,
  unproven,
} from '../contract/index.ts';
import { packageVersion, printable, systemClock } from '../core/index.ts';
import { type ApiDocument, loadDocument, parseSource } from '../document/index.ts';
import { loadOptions } from './document-source.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { refuseOption } from './option-values.ts';
import { headersOf, httpOf, identityOf, readNamed } from './request-options.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';
import type { VerifyFlags } from './verify-flags.ts';
import { planText } from './verify-plan.ts';
import { reportersOf, tellEnd } from './verify-reporters.ts';

/** `apidouble verify`: holds a server to its document and reports. Throws what keeps it from running. */
export async function runVerify(name: string, flags: VerifyFlags, terminal: Terminal): Promise<ExitCode> {
  const document = await loadDocument(name, { ...loadOptions(flags), stdin: terminal.input });
  if (flags.plan) {
    terminal.out.write(planText(document, planContract(document, choiceOf(flags))));
    return exitCodes.done;
  }
  if (flags.target === undefined) {
    throw refuseOption(
      '--target',
      '',
      'it is missing. Name the server, such as --target http://127.0.0.1:8000.',
    );
  }
  const baseline = await baselineOf(flags.baseline);
  const stop = new AbortController();
  void stopSignal().then(() => stop.abort());
  const options = await optionsOf(flags, { document, target: flags.target, signal: stop.signal });
  const reporters = reportersOf(terminal, { flags, version: packageVersion(), secrets: secretsOf(options) });
  const onEvent = (event: RunEvent): void => {
    if (endings.has(event.kind)) return;
    for (const reporter of reporters) reporter.onEvent(event);
  };
  const { report, expired } = applyBaseline(await runContract({ ...options, onEvent }), baseline, today());
  tellEnd(reporters, report);
  return conclude(report, { flags, expired: expired.length > 0, terminal });
}

/** What is told only after the baseline was applied. */
const endings: ReadonlySet<RunEvent['kind']> = new Set(['verdict', 'finding', 'finished']);

function secretsOf({ auth, second }: ContractOptions): readonly string[] {
  return [...Object.values(auth ?? {}), ...Object.values(second?.auth ?? {})];
}

function choiceOf({ include, exclude }: VerifyFlags): Pick<ContractOptions, 'include' | 'exclude'> {
  return { ...(include === undefined ? {} : { include }), ...(exclude === undefined ? {} : { exclude }) };
}

interface Place {
  readonly document: ApiDocument;
  readonly target: string;
  readonly signal: AbortSignal;
}

async function optionsOf(flags: VerifyFlags, place: Place): Promise<ContractOptions> {
  const { seed, concurrency, rate, timeout, without, requests, time, second, writes } = flags;
  return {
    ...place,
    ...choiceOf(flags),
    ...(await identityOf(flags, place.document)),
    ...(second === undefined
      ? {}
      : { second: { auth: second.auth ?? {}, headers: headersOf(second.header ?? []) } }),
    writes,
    engineOpinion: flags.engineOpinion,
    http: await httpOf(flags),
    budget: {
      ...(requests === undefined ? {} : { requests }),
      ...(time === undefined ? {} : { seconds: time }),
    },
    ...(seed === undefined ? {} : { seed }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(rate === undefined ? {} : { rate }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(without === undefined ? {} : { without }),
  };
}

async function baselineOf(file: string | undefined): Promise<readonly BaselineEntry[]> {
  if (file === undefined) return [];
  const text = await readNamed('--baseline', file);
  return readBaseline(parseSource(text, { uri: file, file }).root, file);
}

function today(): string {
  return new Date(systemClock.now()).toISOString().slice(0, 10);
}

interface Ending {
  readonly flags: VerifyFlags;
  readonly expired: boolean;
  readonly terminal: Terminal;
}

/** The exit code; on standard error, why it is 3. */
function conclude(report: Report, { flags, expired, terminal }: Ending): ExitCode {
  const { failOn, maxInconclusive } = flags;
  const status = exitStatus(report, {
    failOn,
    ...(maxInconclusive === undefined ? {} : { maxInconclusive }),
  });
  if (expired) return exitCodes.findings;
  if (status === exitCodes.inconclusive) terminal.error.write(`${inconclusiveText(report)}\n`);
  return status;
}

function inconclusiveText(report: Report): string {
  const keys = unproven(report);
  if (keys.length === 0) return 'Inconclusive: too much could not be decided. The reasons are above.';
  const shown = keys.slice(0, 5).map(printable).join(', ');
  const more = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
  return `Inconclusive: no request of ${shown}${more} was accepted, so nothing is proven of ${keys.length === 1 ? 'it' : 'them'}.`;
}
