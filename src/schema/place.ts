import { childOrigin, type Origin, originOf } from '../core/index.ts';
import type { Schema } from './schema.ts';

/** Where a schema stands: the node itself, and the way to it from the nearest node that is known to have an origin. */
export interface Place {
  readonly node: Schema;
  readonly above?: Place;
  readonly keys: readonly (string | number)[];
}

/** Where the schema was written: its own origin, or that of the nearest node above with the keys on the way down. */
export function placeOrigin(place: Place): Origin | undefined {
  const way: Place['keys'][] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.above) {
    const own = originOf(at.node);
    if (own !== undefined) return childOrigin(own, ...way.reverse().flat());
    way.push(at.keys);
  }
  return undefined;
}
