import type { Target } from '../../src/http/index.ts';
import { listen } from '../../src/server/index.ts';
import { documentFile } from './document.ts';
import { type Fault, type Group, groups, plantFault } from './faults/fault.ts';
import { listenVerbatim } from './listen-verbatim.ts';
import { createReferenceServer } from './server/serve.ts';
import type { Variant } from './variants.ts';

/** What a suite has to say of one promise that it saw broken. */
export interface SuiteFinding {
  /** Of the obligation. */
  readonly id: string;
  readonly group: Group;
  /** The operationId. */
  readonly operation: string;
}

/** What a suite gives back. */
export interface SuiteReport {
  readonly findings: readonly SuiteFinding[];
  readonly requests: number;
}

export interface SuiteOptions {
  readonly seed: number;
}

/** A contract suite: it learns the promises from a document, by its file, and tries a server that listens at a URL. */
export type Suite = (document: string, url: string, options: SuiteOptions) => Promise<SuiteReport>;

/** What is tried, and how. */
export interface Trial {
  readonly suite: Suite;
  readonly faults: readonly Fault[];
  readonly variants: readonly Variant[];
  /** The clean server and each variant are tried with each of them; faults with the first. */
  readonly seeds: readonly number[];
  /** Milliseconds, from wherever. */
  readonly now: () => number;
  /** Told of each run before it begins. */
  readonly onRun?: (name: string) => void;
}

/** One run of the suite. */
export interface Run {
  readonly name: string;
  readonly findings: readonly SuiteFinding[];
  readonly requests: number;
  readonly seconds: number;
  /** The suite threw; it found nothing then. */
  readonly error?: string;
}

/** A fault with what came of it. */
export interface FaultRun extends Run {
  readonly fault: Fault;
  /** A finding blames an operation that is to blame. */
  readonly isFound: boolean;
  /** One of those is of the fault's own group. */
  readonly isFoundInGroup: boolean;
}

/** What a trial has shown. */
export interface Outcome {
  /** On the clean server, one for each seed. */
  readonly clean: readonly Run[];
  /** On the variants, one for each seed. */
  readonly variants: readonly Run[];
  readonly faults: readonly FaultRun[];
}

/** Runs a suite on the clean server, on each variant, and on each fault. A suite that throws has found nothing; nothing is thrown. */
export async function runTrial(trial: Trial): Promise<Outcome> {
  const clean: Run[] = [];
  const variants: Run[] = [];
  const faults: FaultRun[] = [];
  for (const seed of trial.seeds) {
    clean.push(
      await run(trial, { name: `clean, seed ${seed}`, target: createReferenceServer().target, seed }),
    );
    for (const { name, create } of trial.variants) {
      variants.push(await run(trial, { name: `${name}, seed ${seed}`, target: create(), seed }));
    }
  }
  for (const fault of trial.faults) faults.push(await runFault(trial, fault));
  return { clean, variants, faults };
}

async function runFault(trial: Trial, fault: Fault): Promise<FaultRun> {
  const seed = trial.seeds[0] ?? 1;
  const isVerbatim = fault.onWire === true;
  const result = await run(trial, { name: fault.id, target: plantFault(fault), seed, isVerbatim });
  const blaming = result.findings.filter(({ operation }) => fault.expects.operations.includes(operation));
  const isFoundInGroup = blaming.some(({ group }) => group === fault.group);
  return { ...result, fault, isFound: blaming.length > 0, isFoundInGroup };
}

interface Subject {
  readonly name: string;
  readonly target: Target;
  readonly seed: number;
  readonly isVerbatim?: boolean;
}

async function run(trial: Trial, { name, target, seed, isVerbatim = false }: Subject): Promise<Run> {
  trial.onRun?.(name);
  const server = await (isVerbatim ? listenVerbatim(target) : listen(target, { cors: false }));
  const start = trial.now();
  const seconds = (): number => (trial.now() - start) / 1000;
  try {
    const { findings, requests } = await trial.suite(documentFile, server.url, { seed });
    return { name, findings, requests, seconds: seconds() };
  } catch (error) {
    return { name, findings: [], requests: 0, seconds: seconds(), error: String(error) };
  } finally {
    await server.close();
  }
}

/** Found and planted, by group. */
export interface Score {
  readonly group: Group;
  readonly found: number;
  readonly foundInGroup: number;
  readonly planted: number;
}

/** The score of every group that had a fault. */
export function scoresOf({ faults }: Outcome): readonly Score[] {
  const scores = groups.map((group) => {
    const own = faults.filter(({ fault }) => fault.group === group);
    const found = own.filter(({ isFound }) => isFound).length;
    const foundInGroup = own.filter((one) => one.isFoundInGroup).length;
    return { group, found, foundInGroup, planted: own.length };
  });
  return scores.filter(({ planted }) => planted > 0);
}
