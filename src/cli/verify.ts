import {
  applyBaseline,
  type ExitOptions,
  exitStatus,
  planContract,
  type Report,
  type RunEvent,
  runContract,
  unproven,
} from '../contract/index.ts';
import { packageVersion, printable } from '../core/index.ts';
import { secretNames } from '../recording/index.ts';
import { baselineOf, today } from './baseline-file.ts';
import { loadedConfig, loadNamed, settingsFor } from './config.ts';
import { reportersIn } from './config-reporters.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';
import type { VerifyFlags } from './verify-flags.ts';
import { defined, secretsOf, verifyOptions } from './verify-options.ts';
import { planText } from './verify-plan.ts';
import { reportersOf, tellEnd } from './verify-reporters.ts';

/** `apidouble verify`: holds a server to its document and reports. Throws what keeps it from running. */
export async function runVerify(
  name: string | undefined,
  flags: VerifyFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  const loaded = await loadedConfig(flags);
  const document = await loadNamed(name, { flags, loaded, terminal });
  if (flags.plan) {
    const { grades, checks, include, exclude } = { ...loaded?.config, ...flags };
    const chosen = defined({ grades, checks, include, exclude });
    terminal.out.write(planText(document, planContract(document, chosen)));
    return exitCodes.done;
  }
  const settings = await settingsFor(loaded, flags.target);
  const baseline = await baselineOf(flags.baseline ?? settings.baseline);
  const stop = new AbortController();
  const options = await verifyOptions(flags, settings, { document, signal: stop.signal });
  void stopSignal().then(() => stop.abort());
  const exit = {
    ...settings.exit,
    ...defined({ failOn: flags.failOn, maxInconclusive: flags.maxInconclusive }),
  };
  const reporters = reportersOf(terminal, flags.reporter ?? reportersIn(loaded) ?? ['pretty'], {
    version: packageVersion(),
    secrets: secretsOf(options),
    secretNames: secretNames(document),
    failOn: exit.failOn ?? 'must',
    budget: options.budget ?? {},
  });
  const onEvent = (event: RunEvent): void => {
    if (endings.has(event.kind)) return;
    for (const reporter of reporters) reporter.onEvent(event);
  };
  const { report, expired } = applyBaseline(await runContract({ ...options, onEvent }), baseline, today());
  tellEnd(reporters, report);
  return conclude(report, { exit, expired: expired.length > 0, terminal });
}

/** What is told only after the baseline was applied. */
const endings: ReadonlySet<RunEvent['kind']> = new Set(['verdict', 'finding', 'finished']);

interface Ending {
  readonly exit: ExitOptions;
  readonly expired: boolean;
  readonly terminal: Terminal;
}

/** The exit code; on standard error, why it is 3. */
function conclude(report: Report, { exit, expired, terminal }: Ending): ExitCode {
  const status = exitStatus(report, exit);
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
