import { setTimeout as wait } from 'node:timers/promises';
import { stopwatch } from '../../core/index.ts';

/** The pace of a run. */
export interface Pace {
  /** Waits until the next request may be sent; `closing`: somebody waits for the end. */
  takeSlot(closing: boolean): Promise<void>;
  /** A server that asks for a pause (milliseconds) gets it from all requests at once. */
  pause(milliseconds: number): void;
}

/** What a pace is made of. */
export interface PaceOptions {
  /** Requests a second. */
  readonly rate?: number | undefined;
  /** When the run ends, by the stopwatch. */
  readonly end?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const longestPauseAtEnd = 5000;

/** Makes the pace of a run. No pause is longer than the run lasts. */
export function createPace({ rate, end, signal }: PaceOptions): Pace {
  let nextSlot = 0;
  let pausedUntil = 0;
  return {
    async takeSlot(closing) {
      const now = stopwatch();
      const slot = Math.max(now, nextSlot, pausedUntil);
      if (rate !== undefined) nextSlot = slot + 1000 / rate;
      if (slot <= now) return;
      if (closing) {
        await wait(Math.min(slot - now, longestPauseAtEnd));
        return;
      }
      const left = end === undefined ? slot - now : end - now;
      const time = Math.max(0, Math.min(slot - now, left));
      await wait(time, undefined, signal === undefined ? {} : { signal }).catch(() => {});
    },
    pause(milliseconds) {
      pausedUntil = Math.max(pausedUntil, stopwatch() + milliseconds);
    },
  };
}
