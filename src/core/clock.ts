/** Where time comes from. Nothing below `cli/` asks the machine for it in any other way. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still. */
export function pinnedClock(time: number | string | Date): Clock {
  const fixed = new Date(time).getTime();
  return { now: () => fixed };
}

/** The time that `--seed` pins the clock to, unless `--now` says otherwise. */
export const seededTime: string = '2024-01-01T00:00:00Z';

/** Milliseconds on a clock that never goes back, to measure how long something took. */
export function stopwatch(): number {
  return performance.now();
}
