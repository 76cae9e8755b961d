import { type Outcome, type Run, scoresOf } from './runner.ts';

/** The outcome as text: scores by group, what was missed, every variant's false alarms by seed, requests and seconds. */
export function formatOutcome(ground: string, outcome: Outcome): string {
  const lines = [`== ${ground} ==`, ...scoreLines(outcome), ...missedLines(outcome), ''];
  const quiet = [...outcome.clean, ...outcome.variants];
  const alarms = quiet.filter(({ findings, error }) => findings.length > 0 || error !== undefined);
  lines.push(...quietLines(quiet), '');
  for (const alarm of alarms) lines.push(`alarm   ${alarm.subject.name}: ${alarm.error ?? idsOf(alarm)}`);
  lines.push(`false alarms: ${alarms.length} of ${quiet.length} runs`);
  for (const name of outcome.unsteady) lines.push(`unsteady  ${name}: two runs decided differently`);
  const requests = most(outcome.clean, (run) => run.requests);
  const seconds = most(outcome.clean, (run) => run.seconds);
  lines.push(`the clean server: at most ${requests} requests, ${seconds.toFixed(1)} s`);
  return lines.join('\n');
}

/** The scores of all grounds together. */
export function formatTotal(outcomes: readonly Outcome[]): string {
  return ['== all ==', ...scoreLines({ faults: outcomes.flatMap(({ faults }) => faults) })].join('\n');
}

function most(runs: readonly Run[], value: (run: Run) => number): number {
  return Math.max(0, ...runs.map(value));
}

function scoreLines(outcome: Pick<Outcome, 'faults'>): string[] {
  const scores = scoresOf(outcome);
  const sum = (value: (score: (typeof scores)[number]) => number): number =>
    scores.reduce((total, score) => total + value(score), 0);
  const total = {
    group: 'all',
    found: sum(({ found }) => found),
    foundInGroup: sum(({ foundInGroup }) => foundInGroup),
    planted: sum(({ planted }) => planted),
  };
  const rows = [...scores, total].map(({ group, found, foundInGroup, planted }) =>
    [group.padEnd(13), cell(found, 6), cell(foundInGroup, 9), cell(planted, 8)].join(' '),
  );
  return ['group          found  in group  planted', ...rows];
}

function missedLines({ faults }: Outcome): string[] {
  const lines: string[] = [];
  for (const { planted, isFound, error } of faults) {
    if (isFound) continue;
    const notes = [planted.note ?? [], error ?? []].flat();
    const title = planted.title === planted.id ? '' : `: ${planted.title}`;
    lines.push(`missed  ${planted.id}${title}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`);
  }
  return lines;
}

/** One line for each quiet server: false alarms with each seed. */
function quietLines(quiet: readonly Run[]): string[] {
  const servers = new Map<string, Run[]>();
  for (const run of quiet) {
    const name = run.subject.name.replace(/, seed \d+$/, '');
    servers.set(name, [...(servers.get(name) ?? []), run]);
  }
  const rows = [...servers].map(([name, runs]) =>
    [
      name.padEnd(22),
      runs
        .map(({ error, findings }) => (error === undefined ? findings.length : 'E'))
        .join(' ')
        .padEnd(28),
      cell(
        most(runs, (run) => run.requests),
        8,
      ),
      most(runs, (run) => run.seconds)
        .toFixed(1)
        .padStart(8),
    ].join(' '),
  );
  return [`${'server'.padEnd(22)} ${'false alarms, by seed'.padEnd(28)} requests  seconds`, ...rows];
}

function cell(value: number, width: number): string {
  return String(value).padStart(width);
}

function idsOf({ findings }: Run): string {
  return findings.map(({ id }) => id).join(', ');
}

/**
 * Whether the goals are met: 97 % found of all, and on each ground no false alarm, the same verdicts each time, the clean server within
 * 1,500 requests and 10 seconds.
 */
export function meetGoals(outcomes: readonly Outcome[]): boolean {
  const faults = outcomes.flatMap((outcome) => outcome.faults);
  const found = faults.filter(({ isFound }) => isFound).length;
  return found >= 0.97 * faults.length && outcomes.every(isTrustworthy);
}

function isTrustworthy(outcome: Outcome): boolean {
  const quiet = [...outcome.clean, ...outcome.variants];
  return (
    outcome.unsteady.length === 0 &&
    quiet.every(({ findings, error }) => findings.length === 0 && error === undefined) &&
    outcome.clean.every(({ requests, seconds }) => requests < 1500 && seconds < 10)
  );
}
