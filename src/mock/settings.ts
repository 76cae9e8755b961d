import { ApidoubleError, type Clock, drawSeed, pinnedClock, seededTime, systemClock } from '../core/index.ts';
import type { Settings } from './engine.ts';
import type { MockOptions } from './mock.ts';

/** The options made whole. Throws `ERR_OPTION` for a time that is none. */
export function settingsOf(options: MockOptions): Settings {
  const clock = clockOf(options);
  return {
    seed: String(options.seed ?? drawSeed()),
    now: clock.now(),
    source: options.source ?? 'example',
    ignoreExamples: options.ignoreExamples ?? false,
    fillProperties: options.fillProperties ?? true,
    locale: options.locale,
    validateRequest: options.validateRequest ?? true,
    errors: options.errors ?? false,
    explain: options.explain ?? false,
    credentials: options.credentials ?? {},
    adminPath: options.adminPath ?? '/__apidouble',
    onFinding: options.onFinding ?? (() => undefined),
  };
}

/** The clock that made-up dates stand around: the one given, a pinned one where there is a seed, else the start of the mock. */
function clockOf({ now, seed }: MockOptions): Clock {
  if (now === undefined) return seed === undefined ? systemClock : pinnedClock(seededTime);
  if (typeof now === 'object' && !(now instanceof Date)) return now;
  const clock = pinnedClock(now);
  if (Number.isNaN(clock.now())) {
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot set the clock to "${String(now)}": that is no time. Give a date-time such as ${seededTime}.`,
    );
  }
  return clock;
}
