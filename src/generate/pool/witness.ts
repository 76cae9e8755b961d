import type { Random } from '../../core/index.ts';

/** The stream of an object that is not there yet: it notes whether a value that is made for it hangs on it. */
export interface Witness extends Random {
  readonly wasAsked: boolean;
}

/** Makes a witness that answers as the stream does. */
export function createWitness(random: Random): Witness {
  let wasAsked = false;
  const ask = (): Random => {
    wasAsked = true;
    return random;
  };
  return {
    get wasAsked() {
      return wasAsked;
    },
    next: () => ask().next(),
    integer: (min, max) => ask().integer(min, max),
    pick: (items) => ask().pick(items),
    chance: (probability) => ask().chance(probability),
    spot: (name) => ask().spot(name),
    fork: (name) => ask().fork(name),
  };
}
