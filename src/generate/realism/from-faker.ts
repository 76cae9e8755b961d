import type { Faker } from '@faker-js/faker';
import { createRandom, type Random } from '../../core/index.ts';
import { benchOf } from '../faker/bench.ts';
import type { Run } from '../run.ts';

/** Draws a text; `owner` is the stream of the object that the text belongs to. */
export type DrawText = (run: Run, random: Random, owner: Random) => string;

/** What a method of faker gives, in English where the locale has no data for it. */
export const from =
  (draw: (faker: Faker) => string): DrawText =>
  (run, random) => {
    try {
      return draw(run.bench.use(random, run.now));
    } catch {
      return draw(benchOf('en').use(random, run.now));
    }
  };

/** How many different texts of one kind a locale has. */
const places = 2048;
const placeStream = createRandom('places');

/**
 * The same for texts that nobody expects to be unique: faker fills a template for each, which takes longer than the object around it.
 * Every place is filled once, from a stream of its own, so that what it holds does not depend on who comes first.
 */
export const kept = (draw: (faker: Faker) => string): DrawText => {
  const drawn = new WeakMap<Run['bench'], (string | undefined)[]>();
  const fresh = from(draw);
  return (run, random, owner) => {
    const texts = drawn.get(run.bench) ?? new Array<string | undefined>(places);
    drawn.set(run.bench, texts);
    const place = random.integer(0, places - 1);
    const text = texts[place] ?? fresh(run, placeStream.fork(place), owner);
    texts[place] = text;
    return text;
  };
};
