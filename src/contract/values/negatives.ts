import type { Spot } from '../planning/spots.ts';
import type { Breach } from './breach.ts';
import { choiceBreaches, typeBreaches } from './choice-breaches.ts';
import { listBreaches } from './list-breaches.ts';
import { numberBreaches } from './number-breaches.ts';
import { objectBreaches } from './object-breaches.ts';
import { textBreaches } from './text-breaches.ts';

/** Every way in which a value at a place can break what stands in the schema. */
export function breachesOf(spot: Spot): readonly Breach[] {
  const found = spot.parts.flatMap((part) => [
    ...typeBreaches(part),
    ...numberBreaches(part),
    ...textBreaches(part),
    ...listBreaches(part),
    ...objectBreaches(part),
    ...choiceBreaches(part),
  ]);
  const names = new Set<string>();
  return found.filter(({ name }) => !names.has(name) && names.add(name) !== undefined);
}
