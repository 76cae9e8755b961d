import { createRequire } from 'node:module';
import type { Faker } from '@faker-js/faker';
import { ApidoubleError, type Random } from '../../core/index.ts';
import { locales } from './locales.ts';

/** One faker of our own for a locale, drawing from whatever stream it was last given. Never the shared global one. */
export interface Bench {
  readonly locale: string;
  /** Faker's own lists: its methods copy the whole list to take one word of it. */
  readonly nouns: readonly string[];
  readonly adjectives: readonly string[];
  /** The faker, set to draw from the stream and to take `now` (milliseconds) for the present. */
  use(random: Random, now: number): Faker;
}

const load = createRequire(import.meta.url);
const benches = new Map<string, Bench>();

/**
 * The bench for a locale; its data is read on the first use.
 * Throws `ERR_OPTION` for a locale that faker does not know.
 */
export function benchOf(locale: string): Bench {
  const known = benches.get(locale);
  if (known !== undefined) return known;
  if (!locales.includes(locale)) {
    throw new ApidoubleError(
      'ERR_OPTION',
      `Cannot use the locale "${locale}": faker has no data for it. Use one of ${locales.join(', ')}.`,
    );
  }
  const bench = makeBench(locale);
  benches.set(locale, bench);
  return bench;
}

/** Faker's class is only exported beside all its locales; each locale's instance leads to it for a tenth of the time. */
function makeBench(locale: string): Bench {
  const shared = (load(`@faker-js/faker/locale/${locale}`) as { faker: Faker }).faker;
  const OwnFaker = shared.constructor as typeof Faker;
  let current: Random | undefined;
  let present = 0;
  const faker = new OwnFaker({
    locale: shared.rawDefinitions,
    randomizer: { next: () => current?.next() ?? 0, seed: () => undefined },
  });
  faker.setDefaultRefDate(() => new Date(present));
  return {
    locale,
    nouns: faker.definitions.word.noun,
    adjectives: faker.definitions.word.adjective,
    use(random, now) {
      current = random;
      present = now;
      return faker;
    },
  };
}
