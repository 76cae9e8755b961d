import { createHash } from 'node:crypto';
import type { Target } from '../../src/http/index.ts';
import { type Group, groups } from './faults/fault.ts';

/** What a suite has to say of one promise that it saw broken. */
export interface SuiteFinding {
  /** Of the obligation. */
  readonly id: string;
  readonly group: Group;
  /** The operationId, or the operation's key where it has none. */
  readonly operation: string;
}

/** What a suite gives back. */
export interface SuiteReport {
  readonly findings: readonly SuiteFinding[];
  readonly requests: number;
  /** A line for each thing that was decided, and how. Two runs of one subject have to agree on all of them. */
  readonly verdicts?: readonly string[];
}

export interface SuiteOptions {
  readonly seed: number;
}

/** A contract suite: it learns the promises from a document, by its file, and tries a server that listens at a URL, or a target. */
export type Suite = (
  document: string,
  target: string | Target,
  options: SuiteOptions,
) => Promise<SuiteReport>;

/** A fault as it is counted. */
export interface Planted {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  /** A finding has to blame one of them. */
  readonly operations: readonly string[];
  /** Something that a reader of the score should know of it. */
  readonly note?: string;
}

/** One server that a suite is tried on: plain data, so that another process can be told of it. */
export interface Subject {
  /** Its own within its ground. */
  readonly name: string;
  readonly kind: 'clean' | 'variant' | 'fault';
  readonly seed: number;
  readonly planted?: Planted;
  /** It waits more than it works. */
  readonly isSlow?: boolean;
}

/** A document with servers for it. */
export interface Ground {
  readonly name: string;
  subjects(): Promise<readonly Subject[]>;
  /** Makes the server of a subject and runs the suite on it. */
  try(subject: Subject): Promise<SuiteReport>;
}

/** One run of the suite. */
export interface Run {
  readonly subject: Subject;
  readonly findings: readonly SuiteFinding[];
  readonly requests: number;
  readonly seconds: number;
  /** Equal for two runs in which the same was decided of everything. */
  readonly digest: string;
  /** The suite threw; it found nothing then. */
  readonly error?: string;
}

/** Tries one subject. A suite that throws has found nothing; nothing is thrown. `now` is in milliseconds, from wherever. */
export async function runSubject(ground: Ground, subject: Subject, now: () => number): Promise<Run> {
  const start = now();
  const seconds = (): number => (now() - start) / 1000;
  try {
    const { findings, requests, verdicts = [] } = await ground.try(subject);
    const digest = createHash('sha256').update(verdicts.join('\n')).digest('hex');
    return { subject, findings, requests, seconds: seconds(), digest };
  } catch (error) {
    return failedRun(subject, error, seconds());
  }
}

/** The run of a subject that gave no report. */
export function failedRun(subject: Subject, error: unknown, seconds: number): Run {
  return { subject, findings: [], requests: 0, seconds, digest: '', error: String(error) };
}

/** A fault with what came of it. */
export interface FaultRun extends Run {
  readonly planted: Planted;
  /** A finding blames an operation that is to blame. */
  readonly isFound: boolean;
  /** One of those is of the fault's own group. */
  readonly isFoundInGroup: boolean;
}

/** What runs over one ground have shown. */
export interface Outcome {
  readonly clean: readonly Run[];
  readonly variants: readonly Run[];
  readonly faults: readonly FaultRun[];
  /** Subjects of which two runs decided differently. */
  readonly unsteady: readonly string[];
}

/** Sums up runs; a subject may have been run more than once. */
export function outcomeOf(runs: readonly Run[]): Outcome {
  const firsts = new Map<string, Run>();
  const unsteady = new Set<string>();
  for (const run of runs) {
    const first = firsts.get(run.subject.name);
    if (first === undefined) firsts.set(run.subject.name, run);
    else if (first.digest !== run.digest) unsteady.add(run.subject.name);
  }
  const of = (kind: Subject['kind']): Run[] =>
    [...firsts.values()].filter((run) => run.subject.kind === kind);
  return {
    clean: of('clean'),
    variants: of('variant'),
    faults: of('fault').flatMap(faultRun),
    unsteady: [...unsteady],
  };
}

function faultRun(run: Run): FaultRun[] {
  const { planted } = run.subject;
  if (planted === undefined) return [];
  const blaming = run.findings.filter(({ operation }) => planted.operations.includes(operation));
  const isFoundInGroup = blaming.some(({ group }) => group === planted.group);
  return [{ ...run, planted, isFound: blaming.length > 0, isFoundInGroup }];
}

/** Found and planted, by group. */
export interface Score {
  readonly group: Group;
  readonly found: number;
  readonly foundInGroup: number;
  readonly planted: number;
}

/** The score of every group that had a fault. */
export function scoresOf({ faults }: Pick<Outcome, 'faults'>): readonly Score[] {
  const scores = groups.map((group) => {
    const own = faults.filter(({ planted }) => planted.group === group);
    const found = own.filter(({ isFound }) => isFound).length;
    const foundInGroup = own.filter((one) => one.isFoundInGroup).length;
    return { group, found, foundInGroup, planted: own.length };
  });
  return scores.filter(({ planted }) => planted > 0);
}
