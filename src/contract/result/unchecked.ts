import type { CountedFailure } from '../judging/ledger.ts';
import { type Duty, isRejectedDuty, type OperationDuties } from '../planning/duty.ts';

/** What an operation does not check: a whole part of its requests, or one thing wherever it stands in that part. */
export interface Unchecked {
  /** The same on each run, however much of it a run came to see. */
  readonly cause: string;
  /** Ends the id of the finding: `body/unchecked`. */
  readonly id: string;
  /** How much of it was seen, in a sentence. */
  readonly extent: string;
}

const nouns: Readonly<Record<string, string>> = {
  query: 'query parameters',
  path: 'path parameters',
  header: 'headers',
  cookie: 'cookies',
  body: 'body',
};

/** `query` of an operation, for a duty of refusing something there; `undefined` for other duties. */
export function partOf({ obligation }: Duty): string | undefined {
  if (obligation.group !== 'rejected' || !obligation.check.startsWith('rejected.')) return undefined;
  return `${obligation.operation.key} ${placeOf(obligation)}`;
}

/** What has to be refused, in a part of an operation: null, wherever it stands in the body. */
export function kindOf(duty: Duty): string | undefined {
  const part = partOf(duty);
  return part === undefined || !isRejectedDuty(duty) ? undefined : `${part} ${duty.breach.name}`;
}

function placeOf({ id, operation }: Duty['obligation']): string {
  return /^[a-z]+/.exec(id.slice(operation.key.length + 1))?.[0] ?? '';
}

/** Everything that these failures show to go unchecked, by what `partOf` and `kindOf` say. */
export function findUnchecked(
  failures: readonly CountedFailure[],
  operations: readonly OperationDuties[],
): ReadonlyMap<string, Unchecked> {
  return new Map([...uncheckedKinds(failures), ...uncheckedParts(failures, operations)]);
}

/** Where one check is missing at three places or more of a part. */
function uncheckedKinds(failures: readonly CountedFailure[]): Map<string, Unchecked> {
  const found = new Map<string, Unchecked>();
  for (const [kind, those] of by(kindOf, failures)) {
    const duty = those[0]?.duty;
    if (duty === undefined || !isRejectedDuty(duty) || those.length < 3) continue;
    const { method, path } = duty.obligation.operation;
    const place = placeOf(duty.obligation);
    found.set(kind, {
      cause: `${method} ${path} accepts ${wordsFor(duty.breach.name)} at several places of its ${nouns[place] ?? place}`,
      id: `${place}/unchecked.${duty.breach.name}`,
      extent: `It is accepted at ${those.length} places.`,
    });
  }
  return found;
}

/** The words of a breach tell of one place: these hold for all. */
function wordsFor(name: string): string {
  switch (name) {
    case 'type':
      return 'values of other types';
    case 'type.null':
      return 'null';
    case 'type.fraction':
      return 'fractions';
    default:
      return `what breaks ${name}`;
  }
}

/**
 * The parts that are hardly checked: at least three things of them were accepted, and these are more than half of all that can
 * be told, or they leave half of the places of the part, or three, as good as unchecked.
 */
function uncheckedParts(
  failures: readonly CountedFailure[],
  operations: readonly OperationDuties[],
): Map<string, Unchecked> {
  const planned = { parts: new Map<string, number>(), sites: new Map<string, number>() };
  for (const { rejected, messages } of operations) {
    for (const duty of [...rejected, ...messages]) {
      count(planned.parts, partOf(duty));
      count(planned.sites, siteOf(duty));
    }
  }
  const found = new Map<string, Unchecked>();
  for (const [part, those] of by(partOf, failures)) {
    const sites = new Map<string, number>();
    for (const { duty } of those) count(sites, siteOf(duty));
    const loose = [...sites].filter(([site, accepted]) => accepted * 2 >= (planned.sites.get(site) ?? 0));
    const places = [...planned.sites.keys()].filter((site) => site.startsWith(`${part}.`)).length;
    const enough = Math.max(2, Math.min(3, places / 2));
    const all = planned.parts.get(part) ?? 0;
    const isMost = those.length * 2 > all;
    const duty = those[0]?.duty;
    if (duty === undefined || those.length < 3 || !(isMost || loose.length >= enough)) continue;
    found.set(part, uncheckedPart(duty, `${those.length} of ${all} such requests were accepted.`));
  }
  return found;
}

function uncheckedPart({ obligation }: Duty, extent: string): Unchecked {
  const { method, path } = obligation.operation;
  const place = placeOf(obligation);
  return {
    cause: `${method} ${path} does not check its ${nouns[place] ?? place} as documented`,
    id: `${place}/unchecked`,
    extent,
  };
}

/** Failures by a name that their duties have, one for each obligation. */
function by(
  name: (duty: Duty) => string | undefined,
  failures: readonly CountedFailure[],
): Map<string, CountedFailure[]> {
  const groups = new Map<string, CountedFailure[]>();
  const told = new Set<string>();
  for (const failure of failures) {
    const key = name(failure.duty);
    if (key === undefined || told.has(failure.duty.obligation.id)) continue;
    told.add(failure.duty.obligation.id);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [failure]);
    else group.push(failure);
  }
  return groups;
}

function count(counts: Map<string, number>, key: string | undefined): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The place in a request, with its operation: `createPet/body.name`, of each rule for it, the one that it must be there too. */
function siteOf({ obligation: { id, operation } }: Duty): string {
  const [site = '', rule = ''] = id.slice(operation.key.length + 1).split('/');
  const required = /^required\.(.+)/.exec(rule)?.[1];
  return `${operation.key} ${site}${required === undefined ? '' : `.${required}`}`;
}
