import { setTimeout as wait } from 'node:timers/promises';
import type { Finding } from './journey.ts';

/** Looks again for a while before a promise is called broken: what was written may show a little later. */
export type Eventually = (look: () => Promise<Finding>) => Promise<Finding>;

const long = [80, 160, 300, 500];
const short = [80, 160];

/**
 * Makes the patience that the looks at one resource share. Once it was waited in vain, a server is known not to be late but wrong,
 * and the looks after that are short.
 */
export function createEventually(): Eventually {
  let pauses = long;
  return async (look) => {
    let finding = await look();
    for (const pause of pauses) {
      if (finding.kind !== 'broken') return finding;
      await wait(pause);
      finding = await look();
    }
    if (finding.kind === 'broken') pauses = short;
    return finding;
  };
}
