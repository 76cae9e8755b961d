import type { LoadedConfig } from '../config/index.ts';
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
import { secretNames, secretPaths } from '../recording/index.ts';
import { baselineOf, today } from './baseline-file.ts';
import { reportersIn } from './config-reporters.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { TrafficFlags } from './proxy-flags.ts';
import type { Terminal } from './terminal.ts';
import { reportersOf, tellEnd } from './verify-reporters.ts';

/** Traffic that is over, and how it is to be reported. */
export interface Conclusion {
  readonly document: ApiDocument;
  readonly traffic: Traffic;
  readonly target: string;
  readonly source: NonNullable<Report['source']>;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly flags: TrafficFlags;
  readonly loaded: LoadedConfig | undefined;
  /** What holds where neither the flags nor the configuration say. */
  readonly usual: { readonly reporters?: readonly string[]; readonly failOn?: 'must' | 'should' };
  /** The configuration's. */
  readonly baseline: string | undefined;
  /** Values that must not be written anywhere. */
  readonly secrets: readonly string[];
  readonly terminal: Terminal;
}

/** Writes the reports that are asked for, and gives the exit code. */
export async function concludeTraffic(conclusion: Conclusion): Promise<ExitCode> {
  const { flags, loaded, usual, secrets, terminal } = conclusion;
  const { config } = loaded ?? {};
  const names = flags.reporter ?? reportersIn(loaded) ?? usual.reporters ?? [];
  const failOn = flags.failOn ?? config?.failOn ?? usual.failOn;
  if (names.length === 0 && failOn === undefined) return exitCodes.done;
  const baseline = await baselineOf(flags.baseline ?? conclusion.baseline);
  const { report, expired } = applyBaseline(await reportOf(conclusion), baseline, today());
  const reporters = reportersOf(terminal, names, {
    version: packageVersion(),
    secrets,
    secretNames: secretNames(conclusion.document),
    failOn: failOn ?? 'must',
    budget: {},
  });
  tellEnd(reporters, report);
  if (failOn === undefined) return exitCodes.done;
  return expired.length > 0 ? exitCodes.findings : exitStatus(report, { failOn });
}

function reportOf({
  document,
  traffic,
  flags,
  loaded,
  secrets,
  notes,
  ...place
}: Conclusion): Promise<Report> {
  const { grades, engineOpinion = true } = loaded?.config ?? {};
  const observed: ObservedTraffic = {
    target: place.target,
    source: place.source,
    startedAt: place.startedAt,
    seconds: place.seconds,
    document,
    requests: traffic.requests + traffic.refused,
    operations: traffic.operations,
    findings: traffic.findings,
    notes: [...notes, ...notesOf(traffic)],
    secrets: { names: secretNames(document), paths: secretPaths(document), values: secrets },
    engineOpinion: flags.engineOpinion ?? engineOpinion,
    ...(grades === undefined ? {} : { grades }),
  };
  return reportTraffic(observed);
}

function notesOf({ undecided, findingsLost, unknown, refused, replaced }: Traffic): string[] {
  const notes = [...undecided].map(
    ([reason, count]) => `Not judged in ${counted(count, 'exchange')}: ${reason}.`,
  );
  if (refused > 0)
    notes.push(`${counted(refused, 'request')} did not get to the server: refused, as --errors asks.`);
  if (replaced > 0)
    notes.push(`${counted(replaced, 'answer')} did not get back: replaced by a 500, as --errors asks.`);
  if (unknown > 0) notes.push(`${counted(unknown, 'request')} had no operation in the document.`);
  if (findingsLost > 0) notes.push(`${findingsLost} more different findings were not kept.`);
  return notes;
}
