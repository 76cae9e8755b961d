import type { CountedFailure } from '../judging/ledger.ts';
import type { OperationDuties, RejectedDuty } from '../planning/duty.ts';

/** Failures that have one cause. */
export interface Group {
  readonly cause: string;
  readonly failures: readonly CountedFailure[];
}

/**
 * One cause, one finding: what is refused nowhere in a part of an operation's requests is one; else a check that is missing at
 * several places of it; else what breaks the same keyword of the same schema, wherever it shows.
 */
export function groupFailures(
  failures: readonly CountedFailure[],
  operations: readonly OperationDuties[],
): Group[] {
  const unchecked = new Map([...uncheckedKinds(failures), ...uncheckedParts(failures, operations)]);
  const groups = new Map<string, { cause: string; failures: CountedFailure[] }>();
  for (const failure of failures) {
    const wider = [partOf(failure), kindOf(failure)].find((one) => one !== undefined && unchecked.has(one));
    const key = wider === undefined ? failure.key : `unchecked ${wider}`;
    const cause = wider === undefined ? failure.cause : (unchecked.get(wider) ?? failure.cause);
    const group = groups.get(key) ?? { cause, failures: [] };
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

/** What is accepted, in a part of an operation: null, wherever it stands in the body. */
function kindOf({ duty }: { duty: CountedFailure['duty'] }): string | undefined {
  const part = partOf({ duty });
  return part === undefined || !('breach' in duty)
    ? undefined
    : `${part} ${(duty as RejectedDuty).breach.name}`;
}

function placeOf(id: string): string {
  return /^[a-z]+/.exec(id)?.[0] ?? '';
}

/** Where one check is missing at three places or more of a part: what is accepted there, in words. */
function uncheckedKinds(failures: readonly CountedFailure[]): Map<string, string> {
  const kinds = new Map<string, CountedFailure[]>();
  for (const failure of failures) {
    const kind = kindOf(failure);
    if (kind !== undefined) kinds.set(kind, [...(kinds.get(kind) ?? []), failure]);
  }
  const found = new Map<string, string>();
  for (const [kind, those] of kinds) {
    const [first] = those;
    if (first === undefined || those.length < 3) continue;
    const { method, path, key } = first.duty.obligation.operation;
    const place = placeOf(first.duty.obligation.id.slice(key.length + 1));
    const { words, name } = (first.duty as RejectedDuty).breach;
    const what = name === 'type' ? 'values of other types' : words;
    found.set(
      kind,
      `${method} ${path} accepts ${what} at ${those.length} places of its ${nouns[place] ?? place}`,
    );
  }
  return found;
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
