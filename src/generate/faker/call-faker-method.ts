import type { Random } from '../../core/index.ts';
import { benchOf } from './bench.ts';
import { compileFaker } from './x-faker.ts';

/** What a call of faker draws from. */
export interface FakerCall {
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Default `en`. */
  readonly locale?: string;
}

/** Calls a faker method by name, as `x-faker` does: `['internet.email']`. `undefined` where there is none, or it does not like its arguments. */
export function callFakerMethod(
  wish: readonly unknown[],
  { random, now, locale = 'en' }: FakerCall,
): unknown {
  return compileFaker(wish)({ bench: benchOf(locale), now }, random);
}
