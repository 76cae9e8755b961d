import type { CountedFailure } from '../judging/ledger.ts';
import type { OperationDuties, RejectedDuty } from '../planning/duty.ts';

/** Failures that have one cause. */
export interface Group {
  readonly cause: string;
  readonly failures: readonly CountedFailure[];
}

/**
 * One cause, one finding: what is refused nowhere in a part of an operation's requests is one; else what breaks the same keyword
 * of the same schema is one, wherever it shows.
 */
export function groupFailures(
  failures: readonly CountedFailure[],
  operations: readonly OperationDuties[],
): Group[] {
  const unchecked = uncheckedParts(failures, operations);
  const groups = new Map<string, { cause: string; failures: CountedFailure[] }>();
  for (const failure of failures) {
    const part = partOf(failure);
    const whole = part === undefined ? undefined : unchecked.get(part);
    const key = whole === undefined ? failure.key : `unchecked ${part}`;
    const group = groups.get(key) ?? { cause: whole ?? failure.cause, failures: [] };
    group.failures.push(failure);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const nouns: Readonly<Record<string, string>> = {
  query: 'query parameters',
  path: 'path parameters',
  header: 'headers',
  cookie: 'cookies',
  body: 'body',
};

/** `query` of an operation, for a failure of a refusal; `undefined` for other failures. */
function partOf({ duty }: { duty: CountedFailure['duty'] }): string | undefined {
  const { obligation } = duty;
  if (obligation.group !== 'rejected' || !obligation.check.startsWith('rejected.')) return undefined;
  return `${obligation.operation.key} ${placeOf(obligation.id.slice(obligation.operation.key.length + 1))}`;
}

function placeOf(id: string): string {
  return /^[a-z]+/.exec(id)?.[0] ?? '';
}

/** The parts of which most was accepted: at least three things, and more than half of all that can be told. */
function uncheckedParts(
  failures: readonly CountedFailure[],
  operations: readonly OperationDuties[],
): Map<string, string> {
  const planned = new Map<string, number>();
  const failed = new Map<string, Set<string>>();
  for (const { rejected, messages } of operations) {
    for (const duty of [...rejected, ...messages]) count(planned, partOf({ duty }));
  }
  for (const failure of failures) {
    const part = partOf(failure);
    if (part !== undefined) failed.set(part, (failed.get(part) ?? new Set()).add(failure.duty.obligation.id));
  }
  const found = new Map<string, string>();
  for (const [part, ids] of failed) {
    if (ids.size < 3 || ids.size * 2 <= (planned.get(part) ?? 0)) continue;
    found.set(part, causeOf(failures.filter((one) => partOf(one) === part)));
  }
  return found;
}

function count(counts: Map<string, number>, key: string | undefined): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
}

function causeOf(failures: readonly CountedFailure[]): string {
  const [first] = failures;
  if (first === undefined) return '';
  const { method, path, key } = first.duty.obligation.operation;
  const place = placeOf(first.duty.obligation.id.slice(key.length + 1));
  if (place === 'body') return `${method} ${path} does not check its body`;
  const names = new Set(
    failures.map(({ duty }) => ('site' in duty ? siteOf(duty as RejectedDuty) : duty.obligation.id)),
  );
  return `${names.size} ${nouns[place] ?? place} of ${method} ${path} are not checked`;
}

function siteOf({ site }: RejectedDuty): string {
  return site.kind === 'body' ? 'body' : site.parameter.name;
}
