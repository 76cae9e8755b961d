import { inWords } from './faults/in-words.ts';
import { type Outcome, type Run, scoresOf } from './runner.ts';

/** The outcome as text: scores by group, what was missed, false alarms, requests and seconds. */
export function formatOutcome(outcome: Outcome): string {
  const quiet = [...outcome.clean, ...outcome.variants];
  const alarms = quiet.filter(({ findings, error }) => findings.length > 0 || error !== undefined);
  const lines = ['group          found  in group  planted', ...scoreLines(outcome), ''];
  for (const { fault, isFound, error } of outcome.faults) {
    if (isFound) continue;
    const notes = [inWords.has(fault.id) ? ['promised in words only'] : [], error ?? []].flat();
    lines.push(`missed  ${fault.id}: ${fault.title}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`);
  }
  lines.push(`false alarms: ${alarms.length} of ${quiet.length} runs`);
  for (const alarm of alarms) lines.push(`alarm   ${alarm.name}: ${alarm.error ?? idsOf(alarm)}`);
  const most = (runs: readonly Run[], value: (run: Run) => number): number => Math.max(0, ...runs.map(value));
  const requests = most(outcome.clean, (run) => run.requests);
  const seconds = most(outcome.clean, (run) => run.seconds);
  lines.push(`the clean server: at most ${requests} requests, ${seconds.toFixed(1)} s`);
  return lines.join('\n');
}

function scoreLines(outcome: Outcome): string[] {
  const scores = scoresOf(outcome);
  const sum = (value: (score: (typeof scores)[number]) => number): number =>
    scores.reduce((total, score) => total + value(score), 0);
  const total = {
    group: 'all',
    found: sum(({ found }) => found),
    foundInGroup: sum(({ foundInGroup }) => foundInGroup),
    planted: sum(({ planted }) => planted),
  };
  return [...scores, total].map(({ group, found, foundInGroup, planted }) =>
    [group.padEnd(13), cell(found, 6), cell(foundInGroup, 9), cell(planted, 8)].join(' '),
  );
}

function cell(value: number, width: number): string {
  return String(value).padStart(width);
}

function idsOf({ findings }: Run): string {
  return findings.map(({ id }) => id).join(', ');
}

/** Whether the goals are met: 97 % found, no false alarm, the clean server within 1,500 requests and 10 seconds. */
export function meetsGoals(outcome: Outcome): boolean {
  const found = outcome.faults.filter(({ isFound }) => isFound).length;
  const quiet = [...outcome.clean, ...outcome.variants];
  return (
    found >= 0.97 * outcome.faults.length &&
    quiet.every(({ findings, error }) => findings.length === 0 && error === undefined) &&
    outcome.clean.every(({ requests, seconds }) => requests < 1500 && seconds < 10)
  );
}
