import {
  applyBaseline,
  exitStatus,
  type ObservedTraffic,
  type Report,
  reportTraffic,
} from '../contract/index.ts';
import { counted, packageVersion } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import type { Traffic } from '../proxy/index.ts';
import { secretNames } from '../recording/index.ts';
import { baselineOf, today } from './baseline-file.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { TrafficFlags } from './proxy-flags.ts';
import type { Terminal } from './terminal.ts';
import { reportersOf, tellEnd } from './verify-reporters.ts';

/** Traffic that is over, and how it is to be reported. */
export interface Conclusion {
  readonly document: ApiDocument;
  readonly traffic: Traffic;
  readonly target: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly flags: TrafficFlags;
  readonly terminal: Terminal;
}

/** Writes the reports that are asked for, and gives the exit code. */
export async function concludeTraffic(conclusion: Conclusion): Promise<ExitCode> {
  const { flags, terminal } = conclusion;
  const { reporter = [], failOn } = flags;
  if (reporter.length === 0 && failOn === undefined) return exitCodes.done;
  const baseline = await baselineOf(flags.baseline);
  const { report, expired } = applyBaseline(await reportOf(conclusion), baseline, today());
  const reporters = reportersOf(terminal, reporter, {
    version: packageVersion(),
    secrets: [],
    secretNames: secretNames(conclusion.document),
    failOn: failOn ?? 'must',
    budget: {},
  });
  tellEnd(reporters, report);
  if (failOn === undefined) return exitCodes.done;
  return expired.length > 0 ? exitCodes.findings : exitStatus(report, { failOn });
}

function reportOf({ document, traffic, flags, notes, ...place }: Conclusion): Promise<Report> {
  const observed: ObservedTraffic = {
    ...place,
    document,
    requests: traffic.requests,
    operations: traffic.operations,
    findings: traffic.findings,
    notes: [...notes, ...notesOf(traffic)],
    secrets: { names: secretNames(document) },
    engineOpinion: flags.engineOpinion,
  };
  return reportTraffic(observed);
}

function notesOf({ undecided, findingsLost, unknown }: Traffic): string[] {
  const notes = [...undecided].map(
    ([reason, count]) => `Not judged in ${counted(count, 'exchange')}: ${reason}.`,
  );
  if (unknown > 0) notes.push(`${counted(unknown, 'request')} had no operation in the document.`);
  if (findingsLost > 0) notes.push(`${findingsLost} more different findings were not kept.`);
  return notes;
}
