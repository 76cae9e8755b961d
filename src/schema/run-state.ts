import type { RawError } from './emitted.ts';

/**
 * What one judgement keeps beside its errors. Judging is synchronous, so that one is enough; it is reset by `beginRun`.
 */
interface RunState {
  /** Members that are not wanted in the direction and are there; only gathered while reporting. */
  readonly unwanted: RawError[];
  /** Whether there was any such member. */
  sawUnwanted: boolean;
  /** How many more choices may be judged before the run is given up: nested ones multiply. */
  choices: number;
  /** How many more failed choices may be explained. */
  explanations: number;
}

const maximumChoices = 1_000_000;
const maximumExplanations = 500;

/** The state of the judgement under way. */
export const runState: RunState = {
  unwanted: [],
  sawUnwanted: false,
  choices: maximumChoices,
  explanations: maximumExplanations,
};

/** Starts a judgement. */
export function beginRun(): void {
  // Shortening a list costs more than most judgements do.
  if (runState.unwanted.length > 0) runState.unwanted.length = 0;
  runState.sawUnwanted = false;
  runState.choices = maximumChoices;
  runState.explanations = maximumExplanations;
}

/** Counts a choice. Throws `RangeError` once there were too many, as a stack that overflows does. */
export function countChoice(): void {
  runState.choices -= 1;
  if (runState.choices < 0) throw new RangeError('too many choices');
}

/** Runs a part of the judgement, and forgets the unwanted members that it found unless the part holds. */
export function whereItHolds(judge: () => boolean): boolean {
  const { unwanted } = runState;
  const kept = unwanted.length;
  const holds = judge();
  if (!holds) unwanted.length = kept;
  return holds;
}
