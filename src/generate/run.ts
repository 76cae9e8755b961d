import type { Random } from '../core/index.ts';
import type { Bench } from './faker/bench.ts';
import type { GenerateContext, ListPlan } from './generator.ts';
import type { Pools } from './pool/pools.ts';
import type { Shared } from './realism/shared.ts';
import type { Shape } from './shape/shape.ts';

/** What one call of `generate` carries along. One per call; makers write to it. */
export interface Run {
  readonly now: number;
  readonly bench: Bench;
  /** Where values that hang on nothing but their place are kept; without, each is made afresh. */
  readonly pools: Pools | undefined;
  wanted: Readonly<Record<string, unknown>> | undefined;
  lists: Readonly<Record<string, ListPlan>> | undefined;
  /** How many levels below the root (or the row of a planned list) the value lies. */
  level: number;
  /** How many values the subtree that is being made may still have before only what is required is made. */
  allowance: number;
  /** The objects that are being made, outermost first: what contains itself is cut short. */
  open: readonly Shape[];
  /** How many values were made in all; bounded by `valueLimit`. */
  values: number;
  /** How many characters were made in all; bounded by `textLimit`. */
  characters: number;
  /** Which try of a place that is made by trying this is; from the second on, shapes vary too. */
  attempt: number;
  /** How many tries were made in all. */
  tries: number;
  /** How much was looked at in vain, or for one try only; bounded by `lookLimit`. */
  looks: number;
  /** Set where a value was made that construction alone does not prove. */
  uncertain: boolean;
  /** What the fields of the object that is being made share. */
  shared: Shared | undefined;
  /** Why the last place that could not be made could not. */
  failure: Failure | undefined;
}

/** The run of one call of `generate`. */
export function startRun(
  { now, pools, wanted, lists }: Omit<GenerateContext, 'random'>,
  bench: Run['bench'],
): Run {
  return {
    now,
    bench,
    pools,
    wanted,
    lists,
    level: 0,
    allowance: usualAllowance,
    open: [],
    values: 0,
    characters: 0,
    attempt: 0,
    tries: 0,
    looks: 0,
    uncertain: false,
    shared: undefined,
    failure: undefined,
  };
}

/** Why no value was made. */
export interface Failure {
  readonly reason: string;
  readonly proven: boolean;
  /** The names and indexes that lead to the place, outermost first. */
  readonly path: readonly (string | number)[];
  /** The schema object that stands there, for its place in the document. */
  readonly schema: object | undefined;
}

/** In place of a value: none was found, and `run.failure` says why. */
export const failed: unique symbol = Symbol('no value');

/** Makes a value; `owner` is the stream of the object that the value belongs to, which coherent values share. */
export type Make = (run: Run, random: Random, owner: Random) => unknown;

/** How many values one call may make. */
export const valueLimit = 200_000;

/** How many characters one call may make. */
export const textLimit = 20_000_000;

/** How much one call may look at, in shapes: some seconds, where a schema can be decided in very many ways and none is good. */
export const lookLimit = 200_000;

/** Whether more characters were made than one call may make. */
export function isTooLong(run: Run): boolean {
  return run.characters > textLimit;
}

/** How many values a row or a root has before only what is required is made. */
export const usualAllowance = 2_000;

/** How many values an object has that stands inside one of its own kind: enough for its scalars and a little below. */
const innerAllowances = [usualAllowance, 24, 0];

/** How many values an object may have, by how often it contains itself already. */
export function allowanceInside(run: Run, shape: Shape): number {
  let times = 0;
  for (const open of run.open) if (open === shape) times += 1;
  return Math.min(run.allowance, innerAllowances[times] ?? 0);
}

/** Notes why a place has no value. */
export function fail(run: Run, reason: string, proven: boolean): typeof failed {
  run.failure = { reason, proven, path: [], schema: undefined };
  return failed;
}

/** Begins a place anew: what another try failed by is not what this one does. */
export function forgetFailure(run: Run): void {
  run.failure = undefined;
}
