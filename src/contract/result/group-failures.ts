import type { Exchange } from '../../http/index.ts';
import type { CountedFailure } from '../judging/ledger.ts';
import { allDuties, type OperationDuties } from '../planning/duty.ts';
import { byGrade } from '../report/group-findings.ts';
import { findUnchecked, kindOf, partOf } from './unchecked.ts';

/** Failures that have one cause. */
export interface Group {
  /** Of the finding: the same on each run, whatever was seen first. */
  readonly id: string;
  readonly cause: string;
  /** How far it goes, in a sentence, where it is about many places. */
  readonly extent?: string;
  /** The one to tell it by stands first. */
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
  const unchecked = findUnchecked(failures, operations);
  const order = byWeightAndPlan(operations);
  const groups = new Map<string, { wider: string | undefined; failures: CountedFailure[] }>();
  for (const [failure, all] of withEchoes(failures)) {
    const names = [partOf(failure.duty), kindOf(failure.duty)];
    const wider = names.find((one) => one !== undefined && unchecked.has(one));
    const key = wider === undefined ? failure.key : `unchecked ${wider}`;
    const group = groups.get(key) ?? { wider, failures: [] };
    group.failures.push(...all);
    groups.set(key, group);
  }
  const made = [...groups.values()].flatMap(({ wider, failures: all }) => {
    const ordered = all.toSorted(order);
    const [first] = ordered;
    const { id, ...said } = (wider === undefined ? undefined : unchecked.get(wider)) ?? {};
    if (first === undefined) return [];
    const key = first.duty.obligation.operation.key;
    return [
      { cause: first.cause, ...said, id: id === undefined ? idOf(first) : `${key}/${id}`, failures: ordered },
    ];
  });
  return withFreeIds(made);
}

function idOf({ duty, aspect }: CountedFailure): string {
  return aspect === undefined ? duty.obligation.id : `${duty.obligation.id}#${aspect}`;
}

/** Ids that are equal still are told apart by a number, in the order of their causes. */
function withFreeIds(groups: readonly Group[]): Group[] {
  const taken = new Set<string>();
  const free = new Map<Group, string>();
  for (const group of groups.toSorted((a, b) => (a.cause < b.cause ? -1 : 1))) {
    let id = group.id;
    for (let index = 2; taken.has(id); index += 1) id = `${group.id}#${index}`;
    taken.add(id);
    free.set(group, id);
  }
  return groups.map((group) => ({ ...group, id: free.get(group) ?? group.id }));
}

/**
 * The gravest first, since a finding is told by its first; what was accepted before what follows from it; then as planned, since
 * what is seen first differs from run to run.
 */
function byWeightAndPlan(
  operations: readonly OperationDuties[],
): (a: CountedFailure, b: CountedFailure) => number {
  const ids = operations.flatMap((duties) => allDuties(duties).map(({ obligation }) => obligation.id));
  const places = new Map(ids.map((id, index) => [id, index]));
  const place = ({ duty }: CountedFailure): number => places.get(duty.obligation.id) ?? ids.length;
  const follows = ({ duty }: CountedFailure): number => (partOf(duty) === undefined ? 1 : 0);
  return (a, b) =>
    byGrade(a.grade ?? a.duty.obligation.grade, b.grade ?? b.duty.obligation.grade) ||
    follows(a) - follows(b) ||
    place(a) - place(b);
}

/**
 * Each failure with those that only follow from it: answers that break a keyword because the server kept, and gives back, the
 * very value that it should have refused.
 */
function withEchoes(failures: readonly CountedFailure[]): Map<CountedFailure, CountedFailure[]> {
  const accepted = new Map<Exchange, CountedFailure[]>();
  for (const failure of failures) {
    if (partOf(failure.duty) === undefined) continue;
    accepted.set(failure.exchange, [...(accepted.get(failure.exchange) ?? []), failure]);
  }
  const sources = new Map<string, CountedFailure | undefined>();
  for (const failure of failures) {
    if (!sources.has(failure.key)) sources.set(failure.key, sourceOf(failure, accepted));
  }
  const groups = new Map<CountedFailure, CountedFailure[]>();
  for (const failure of failures) if (sources.get(failure.key) === undefined) groups.set(failure, [failure]);
  for (const failure of failures) {
    const source = sources.get(failure.key);
    if (source !== undefined) groups.get(source)?.push(failure);
  }
  return groups;
}

/** What was accepted in the very exchange that a failure shows in, and breaks the same keyword. */
function sourceOf(
  { finding, exchange, origin }: CountedFailure,
  accepted: ReadonlyMap<Exchange, readonly CountedFailure[]>,
): CountedFailure | undefined {
  if (finding === undefined) return undefined;
  return accepted.get(exchange)?.find((one) => keywordOf(origin) === keywordOf(one.origin));
}

function keywordOf(origin: CountedFailure['origin']): string | undefined {
  return origin?.pointer.split('/').at(-1);
}
