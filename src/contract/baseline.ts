import { ApidoubleError } from '../core/index.ts';
import { findingsByObligation } from './report/group-findings.ts';
import type { ContractFinding, ObligationResult, Report } from './report.ts';
import { countVerdicts } from './result/make-report.ts';

/** A finding that is known and borne with for now. */
export interface BaselineEntry {
  /** Of a finding, or of an obligation: of all that breaks it. */
  readonly id: string;
  readonly reason: string;
  /** The last day (`2027-01-31`) on which it is borne with; absent: no end. */
  readonly expires?: string;
}

/** A report without the findings that are borne with, and what became of the baseline's entries. */
export interface Baselined {
  readonly report: Report;
  /** Entries whose finding was seen. */
  readonly known: readonly BaselineEntry[];
  /** Entries past their day. Their findings stay in the report. */
  readonly expired: readonly BaselineEntry[];
  /** Entries whose obligation passed: they can go. */
  readonly vanished: readonly BaselineEntry[];
}

/** Reads the entries of a baseline, a list or `{ findings: [...] }`. Throws `ERR_OPTION` for any other shape. */
export function readBaseline(value: unknown, name: string): readonly BaselineEntry[] {
  const list = Array.isArray(value) ? value : fieldOf(value, 'findings');
  if (!Array.isArray(list)) throw refuse(name, 'it is no list of entries');
  return list.map((one: unknown, index) => readEntry(one, `${name}, entry ${index + 1}`));
}

function readEntry(value: unknown, name: string): BaselineEntry {
  const id = fieldOf(value, 'id');
  const reason = fieldOf(value, 'reason');
  const expires = fieldOf(value, 'expires');
  if (typeof id !== 'string' || id === '') throw refuse(name, 'it has no id');
  if (typeof reason !== 'string' || reason.trim() === '') throw refuse(name, 'it has no reason');
  if (expires === undefined) return { id, reason };
  if (typeof expires !== 'string' || !isDay(expires)) throw refuse(name, 'expires is no date');
  return { id, reason, expires };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function refuse(name: string, reason: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_OPTION',
    `Cannot use baseline "${name}": ${reason}. Write a list of { id, reason, expires: 2027-01-31 }.`,
  );
}

/** Takes out of a report what a baseline bears with. `today` is a day such as `2026-11-23`. */
export function applyBaseline(report: Report, entries: readonly BaselineEntry[], today: string): Baselined {
  const seen = entries.filter((entry) => report.findings.some((finding) => isAbout(entry, finding)));
  const vanished = entries.filter((entry) => !seen.includes(entry) && isMended(entry, report));
  const expired = entries.filter((one) => isExpired(one, today) && !vanished.includes(one));
  const known = seen.filter((one) => !isExpired(one, today));
  const findings = report.findings.filter((one) => !known.some((entry) => isAbout(entry, one)));
  const results = bear(report, findings, known);
  const notes = [...report.notes, ...notesOn({ known, expired, vanished })];
  const obligations = countVerdicts(results, findings);
  return { report: { ...report, results, findings, notes, obligations }, known, expired, vanished };
}

function isAbout({ id }: BaselineEntry, finding: ContractFinding): boolean {
  return finding.id === id || finding.instances.some(({ obligation }) => obligation === id);
}

/** What nobody sees any more, although what it was about was judged. */
function isMended({ id }: BaselineEntry, { results }: Report): boolean {
  const isMeant = obligationsOf(id);
  const own = results.filter(({ obligation }) => isMeant(obligation.id));
  return own.some(
    ({ verdict }) => verdict.kind === 'passed' || (verdict.kind === 'failed' && id.includes('#')),
  );
}

/** The obligations that a finding of this id is about. */
function obligationsOf(id: string): (obligation: string) => boolean {
  const part = /^(.*)\/unchecked(?:\.[^/]*)?$/.exec(id)?.[1];
  if (part !== undefined)
    return (obligation) =>
      obligation.startsWith(part) && /^[./].*\/rejected/.test(obligation.slice(part.length));
  const [base = id] = id.split('#');
  return (obligation) => obligation === base;
}

function isExpired({ expires }: BaselineEntry, today: string): boolean {
  return expires !== undefined && expires < today;
}

/** What broke in nothing else than what is borne with is skipped. */
function bear(
  { results, findings: all }: Report,
  left: readonly ContractFinding[],
  known: readonly BaselineEntry[],
): ObligationResult[] {
  const standing = findingsByObligation(left);
  const before = findingsByObligation(all);
  return results.map((result) => {
    const { obligation, verdict } = result;
    if (verdict.kind !== 'failed') return result;
    const other = standing.get(obligation.id)?.[0];
    if (other !== undefined) return { obligation, verdict: { kind: 'failed', finding: other.id } };
    const gone = before.get(obligation.id)?.[0];
    const entry = gone === undefined ? undefined : known.find((one) => isAbout(one, gone));
    if (entry === undefined) return result;
    const until = entry.expires === undefined ? '' : ` (until ${entry.expires})`;
    return { obligation, verdict: { kind: 'skipped', reason: `in the baseline${until}: ${entry.reason}` } };
  });
}

function notesOn({ known, expired, vanished }: Omit<Baselined, 'report'>): string[] {
  const notes: string[] = [];
  if (known.length > 0) notes.push(`In the baseline: ${idsOf(known)}.`);
  for (const { id, reason, expires } of expired) {
    notes.push(
      `The baseline's entry ${id} (${reason}) expired on ${expires}: correct the server, or renew it.`,
    );
  }
  if (vanished.length > 0) notes.push(`Vanished, take out of the baseline: ${idsOf(vanished)}.`);
  return notes;
}

function idsOf(entries: readonly BaselineEntry[]): string {
  return entries.map(({ id }) => id).join(', ');
}
