import {
  ApidoubleError,
  type Clock,
  drawSeed,
  type Finding,
  pinnedClock,
  seededTime,
  systemClock,
} from '../core/index.ts';
import { locales } from '../generate/index.ts';
import { adminPathOf } from '../server/index.ts';
import type { DataSource, MockOptions } from './mock.ts';

/** The options of a mock, made whole. */
export interface Settings {
  /** Set anew while the mock runs, by `setSeed`. */
  seed: string;
  /** Milliseconds since 1970: the time that made-up dates stand around. */
  readonly now: number;
  /** Where the time of what happens comes from. */
  readonly clock: Clock;
  readonly source: DataSource;
  readonly ignoreExamples: boolean;
  readonly fillProperties: boolean;
  readonly locale: string | undefined;
  readonly validateRequest: boolean;
  readonly errors: boolean;
  readonly explain: boolean;
  readonly adminPath: string | false;
  readonly adminRemote: boolean;
  readonly credentials: Readonly<Record<string, string>>;
  readonly onFinding: (finding: Finding) => void;
}

/** The options made whole. Throws `ERR_OPTION` for a time that is none and a locale without data. */
export function settingsOf(options: MockOptions): Settings {
  const clock = clockOf(options);
  return {
    seed: String(options.seed ?? drawSeed()),
    now: clock.now(),
    clock,
    source: options.source ?? 'example',
    ignoreExamples: options.ignoreExamples ?? false,
    fillProperties: options.fillProperties ?? true,
    locale: localeOf(options),
    validateRequest: options.validateRequest ?? true,
    errors: options.errors ?? false,
    explain: options.explain ?? false,
    credentials: options.credentials ?? {},
    adminPath: adminPathOf(options),
    adminRemote: options.adminRemote ?? false,
    onFinding: options.onFinding ?? (() => undefined),
  };
}

/** Whether a mock keeps anything: it is asked to, or is given something to begin with. */
export function wantsState({ stateful, seedData, fixtures }: MockOptions): boolean {
  return stateful ?? (seedData !== undefined || fixtures !== undefined);
}

function localeOf({ locale }: MockOptions): string | undefined {
  if (locale === undefined || locales.includes(locale)) return locale;
  throw new ApidoubleError(
    'ERR_OPTION',
    `Cannot use the locale "${locale}": faker has no data for it. Use one of ${locales.join(', ')}.`,
  );
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
