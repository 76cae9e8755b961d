import type { CountedFailure } from '../judging/ledger.ts';
import type { Duty, OperationDuties, RejectedDuty } from '../planning/duty.ts';
import { byGrade } from '../report/group-findings.ts';

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
  for (const [failure, all] of withEchoes(failures)) {
    const wider = [partOf(failure), kindOf(failure)].find((one) => one !== undefined && unchecked.has(one));
    const key = wider === undefined ? failure.key : `unchecked ${wider}`;
    const cause = wider === undefined ? failure.cause : (unchecked.get(wider) ?? failure.cause);
    const group = groups.get(key) ?? { cause, failures: [] };
    group.failures.push(...all);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ ...group, failures: group.failures.toSorted(byWeight) }));
}

/** The gravest first, since a finding is told by its first; what was accepted before what follows from it. */
function byWeight(a: CountedFailure, b: CountedFailure): number {
  return byGrade(a.grade ?? a.duty.obligation.grade, b.grade ?? b.duty.obligation.grade);
}

/**
 * Each failure with those that only follow from it: answers that break a keyword because the server kept, and gives back, the
 * very value that it should have refused.
 */
function withEchoes(failures: readonly CountedFailure[]): Map<CountedFailure, CountedFailure[]> {
  const accepted = failures.filter((failure) => partOf(failure) !== undefined);
  const sources = new Map<string, CountedFailure | undefined>();
  for (const failure of failures) {
    if (!sources.has(failure.key)) {
      sources.set(
        failure.key,
        accepted.find((one) => isEcho(failure, one)),
      );
    }
  }
  const groups = new Map<CountedFailure, CountedFailure[]>();
  for (const failure of failures) if (sources.get(failure.key) === undefined) groups.set(failure, [failure]);
  for (const failure of failures) {
    const source = sources.get(failure.key);
    if (source !== undefined) groups.get(source)?.push(failure);
  }
  return groups;
}

function isEcho({ finding, exchange, origin }: CountedFailure, accepted: CountedFailure): boolean {
  return (
    finding !== undefined &&
    exchange === accepted.exchange &&
    keywordOf(origin) === keywordOf(accepted.origin)
  );
}

function keywordOf(origin: CountedFailure['origin']): string | undefined {
  return origin?.pointer.split('/').at(-1);
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

/**
 * The parts that are hardly checked: at least three things of them were accepted, and these are more than half of all that can
 * be told, or they leave half of the places of the part, or three, as good as unchecked.
 */
function uncheckedParts(
  failures: readonly CountedFailure[],
  operations: readonly OperationDuties[],
): Map<string, string> {
  const planned = { parts: new Map<string, number>(), sites: new Map<string, number>() };
  for (const { rejected, messages } of operations) {
    for (const duty of [...rejected, ...messages]) {
      count(planned.parts, partOf({ duty }));
      count(planned.sites, siteOf(duty));
    }
  }
  const found = new Map<string, string>();
  for (const [part, those] of byPart(failures)) {
    const sites = new Map<string, number>();
    for (const { duty } of those) count(sites, siteOf(duty));
    const loose = [...sites].filter(([site, accepted]) => accepted * 2 >= (planned.sites.get(site) ?? 0));
    const places = [...planned.sites.keys()].filter((site) => site.startsWith(`${part}.`)).length;
    const enough = Math.max(2, Math.min(3, places / 2));
    const most = those.length * 2 > (planned.parts.get(part) ?? 0);
    if (those.length >= 3 && (most || loose.length >= enough)) found.set(part, causeOf(those, most));
  }
  return found;
}

/** The failures of refusals, one for each obligation, by the part of the request. */
function byPart(failures: readonly CountedFailure[]): Map<string, CountedFailure[]> {
  const parts = new Map<string, CountedFailure[]>();
  const told = new Set<string>();
  for (const failure of failures) {
    const part = partOf(failure);
    if (part === undefined || told.has(failure.duty.obligation.id)) continue;
    told.add(failure.duty.obligation.id);
    parts.set(part, [...(parts.get(part) ?? []), failure]);
  }
  return parts;
}

function count(counts: Map<string, number>, key: string | undefined): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
}

function causeOf(failures: readonly CountedFailure[], most: boolean): string {
  const [first] = failures;
  if (first === undefined) return '';
  const { method, path, key } = first.duty.obligation.operation;
  const place = placeOf(first.duty.obligation.id.slice(key.length + 1));
  const names = new Set(failures.map(({ duty }) => siteOf(duty)));
  if (place !== 'body') return `${names.size} ${nouns[place] ?? place} of ${method} ${path} are not checked`;
  return `${method} ${path} ${most ? 'does not check its body' : `does not check ${names.size} parts of its body`}`;
}

/** The place in a request, with its operation: `createPet/body.name`, of each rule for it, the one that it must be there too. */
function siteOf({ obligation: { id, operation } }: Duty): string {
  const [site = '', rule = ''] = id.slice(operation.key.length + 1).split('/');
  const required = /^required\.(.+)/.exec(rule)?.[1];
  return `${operation.key} ${site}${required === undefined ? '' : `.${required}`}`;
}
