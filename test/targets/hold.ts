import type { Report } from '../../src/contract/index.ts';
import type { Judgement, KnownViolation, Truth } from './truth.ts';
import { nameOf, type Unit, unitsOf } from './units.ts';

/** Reports of one target, held against its truth list. */
export interface Held {
  readonly trueUnits: readonly Unit[];
  readonly falseUnits: readonly Unit[];
  /** Nobody has judged them yet. */
  readonly unjudged: readonly Unit[];
  /** Known violations that every run found, and those that one missed. */
  readonly found: readonly KnownViolation[];
  readonly missed: readonly KnownViolation[];
  /** Judgements that no finding met. */
  readonly idle: readonly Judgement[];
  /** Units that were in some runs and not in others. */
  readonly unsteady: readonly Unit[];
}

/** Holds the reports of several runs against the list. */
export function holdAgainst({ known, judgements }: Truth, reports: readonly Report[]): Held {
  const runs = reports.map(unitsOf);
  const all = new Map(runs.flat().map((unit) => [nameOf(unit), unit]));
  const counts = new Map<string, number>();
  for (const unit of runs.flat()) counts.set(nameOf(unit), (counts.get(nameOf(unit)) ?? 0) + 1);
  const held = { trueUnits: [] as Unit[], falseUnits: [] as Unit[], unjudged: [] as Unit[] };
  const met = new Set<Judgement>();
  for (const unit of all.values()) {
    const judgement = judgements.find((one) => isAbout(one, unit));
    if (judgement === undefined) held.unjudged.push(unit);
    else {
      met.add(judgement);
      (judgement.isTrue ? held.trueUnits : held.falseUnits).push(unit);
    }
  }
  const isFound = (one: KnownViolation): boolean =>
    runs.every((units) => units.some((unit) => shows(unit, one)));
  return {
    ...held,
    found: known.filter(isFound),
    missed: known.filter((one) => !isFound(one)),
    idle: judgements.filter((one) => !met.has(one)),
    unsteady: [...all].filter(([name]) => counts.get(name) !== reports.length).map(([, unit]) => unit),
  };
}

function shows(unit: Unit, { operation, status, check }: KnownViolation): boolean {
  return unit.operation === operation && unit.status === status && unit.check === check;
}

/** Whether a judgement speaks of a unit. */
export function isAbout(judgement: Judgement, unit: Unit): boolean {
  const { check, cause, operations, statuses } = judgement;
  return (
    check === unit.check &&
    matches(cause, unit.cause) &&
    (operations?.some((glob) => matches(glob, unit.operation)) ?? true) &&
    (statuses?.includes(unit.status) ?? true)
  );
}

function matches(glob: string, text: string): boolean {
  const pattern = glob
    .split('*')
    .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`, 's').test(text);
}

/** Goals: nine of ten known violations, nothing false, nothing that nobody has judged. */
export function meetsGoals({ found, missed, falseUnits, unjudged }: Held): boolean {
  return found.length >= 0.9 * (found.length + missed.length) && falseUnits.length + unjudged.length === 0;
}
