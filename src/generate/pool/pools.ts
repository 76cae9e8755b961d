import type { Random } from '../../core/index.ts';

/** A value that was made once, and judged where it is not proven. */
export interface Slot {
  /** The value as a member of its object, in JSON, with what stands before it. */
  readonly text: string;
  /** The value, for somebody who may change it. */
  take(): unknown;
}

/** In place of a slot: what stands there hangs on more than its place, and is made each time. */
export const afresh: unique symbol = Symbol('afresh');

/** The slots of the members of one kind of object, by `memberIndex * slotCount + slotIndex`. */
export type Slots = Map<number, Slot | typeof afresh>;

/**
 * How many values a property has that hang on nothing else. They repeat in long lists, what is put together of them does not; so few
 * that all the slots of an operation in use stay in the processor's cache, without which making afresh is as quick.
 */
export const slotCount = 512;

/**
 * The values of one seed and moment that hang on nothing but their place.
 *
 * A slot is a function of the seed, the place and its number, whoever asks for it first; so it can be forgotten and made again at any
 * time, and where too many are kept, all are forgotten.
 */
export interface Pools {
  /** The stream that slots are made from. */
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The slots of a place that are kept. */
  slotsOf(place: object): Slots;
  /** Keeps a slot. */
  keep(place: object, number: number, slot: Slot | typeof afresh): void;
}

/** What a slot takes beside its text, in bytes: measured, with its share of the map. */
const slotCost = 160;

/** Bytes that all slots of a mock may take. */
const usualRoom = 12_000_000;

/** Makes empty pools. */
export function createPools(random: Random, now: number, room: number = usualRoom): Pools {
  const byPlace = new Map<object, Slots>();
  let taken = 0;
  const slotsOf = (place: object): Slots => {
    const known = byPlace.get(place);
    if (known !== undefined) return known;
    const slots: Slots = new Map();
    byPlace.set(place, slots);
    return slots;
  };
  return {
    random,
    now,
    slotsOf,
    keep(place, number, slot) {
      taken += slotCost + (slot === afresh ? 0 : slot.text.length);
      if (taken > room) {
        byPlace.clear();
        taken = 0;
      }
      slotsOf(place).set(number, slot);
    },
  };
}
