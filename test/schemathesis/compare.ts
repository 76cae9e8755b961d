import { type Group, groups } from '../selftest/faults/fault.ts';
import type { Ground, Subject, SuiteFinding } from '../selftest/runner.ts';

/** What one suite made of one server. */
export interface Tried {
  readonly subject: Subject;
  readonly findings: readonly SuiteFinding[];
  readonly requests: number;
  readonly seconds: number;
}

/** What one suite made of all servers. */
export interface Scored {
  readonly name: string;
  readonly found: ReadonlyMap<Group, number>;
  readonly missed: readonly string[];
  /** Runs of the clean server and of the variants in which something was found. */
  readonly alarms: readonly Tried[];
  readonly quiet: number;
  /** Of one run, in the middle. */
  readonly requests: number;
  readonly seconds: number;
}

/** Tries a suite on every server of a ground, one after the other. */
export async function tryAll(ground: Ground, onRun: (name: string) => void): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const subject of await ground.subjects()) {
    onRun(subject.name);
    const begun = performance.now();
    const { findings, requests } = await ground.try(subject);
    tried.push({ subject, findings, requests, seconds: (performance.now() - begun) / 1000 });
  }
  return tried;
}

/** A fault is found where something is reported that is not reported of any clean server: whatever it is, and whichever operation it blames. */
export function score(name: string, tried: readonly Tried[]): Scored {
  const usual = new Set(
    tried
      .filter(({ subject }) => subject.kind === 'clean')
      .flatMap(({ findings }) => findings.map(({ id }) => id)),
  );
  const faults = tried.filter(({ subject }) => subject.planted !== undefined);
  const isFound = ({ findings }: Tried): boolean => findings.some(({ id }) => !usual.has(id));
  const quiet = tried.filter(({ subject }) => subject.kind !== 'fault');
  const found = new Map<Group, number>();
  for (const { subject } of faults.filter(isFound)) {
    const { group } = subject.planted ?? {};
    if (group !== undefined) found.set(group, (found.get(group) ?? 0) + 1);
  }
  return {
    name,
    found,
    missed: faults.filter((one) => !isFound(one)).map(({ subject }) => subject.name),
    alarms: quiet.filter(({ findings }) => findings.length > 0),
    quiet: quiet.length,
    requests: middle(tried.map(({ requests }) => requests)),
    seconds: middle(tried.map(({ seconds }) => seconds)),
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

/** The scores side by side, as the table of the manual. */
export function tableOf(scores: readonly Scored[], planted: ReadonlyMap<Group, number>): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const total = (counts: ReadonlyMap<Group, number>): number =>
    [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [
    row(['', ...scores.map(({ name }) => name), 'planted']),
    row(['---', ...scores.map(() => '---:'), '---:']),
    ...groups
      .filter((group) => planted.has(group))
      .map((group) =>
        row([group, ...scores.map(({ found }) => String(found.get(group) ?? 0)), String(planted.get(group))]),
      ),
    row(['**all faults**', ...scores.map(({ found }) => `**${total(found)}**`), `**${total(planted)}**`]),
    row([
      'runs with false alarms',
      ...scores.map(({ alarms }) => String(alarms.length)),
      `of ${scores[0]?.quiet ?? 0}`,
    ]),
    row(['requests of a run', ...scores.map(({ requests }) => String(requests)), '']),
    row(['seconds of a run', ...scores.map(({ seconds }) => seconds.toFixed(1)), '']),
  ].join('\n');
}

/** How many faults each group has. */
export function plantedOf(tried: readonly Tried[]): ReadonlyMap<Group, number> {
  const counts = new Map<Group, number>();
  for (const { subject } of tried) {
    if (subject.planted !== undefined)
      counts.set(subject.planted.group, (counts.get(subject.planted.group) ?? 0) + 1);
  }
  return counts;
}
