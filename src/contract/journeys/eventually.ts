import { setTimeout as wait } from 'node:timers/promises';
import type { Finding } from './journey.ts';

/** Looks again for a while before a promise is called broken: what was written may show a little later. */
export type Eventually = (look: () => Promise<Finding>) => Promise<Finding>;

const long = [80, 160, 300, 500];
const short = [80, 160, 260];

/**
 * Makes the patience that the looks at one resource share. Once it was waited in vain, a server is taken to be not late but wrong,
 * and the looks after that are short; unless something did show late there, after which every look is long.
 */
export function createEventually(): Eventually {
  let [isLate, isWrong] = [false, false];
  return async (look) => {
    let finding = await look();
    if (finding.kind !== 'broken') return finding;
    for (const pause of isWrong && !isLate ? short : long) {
      await wait(pause);
      finding = await look();
      if (finding.kind !== 'broken') {
        isLate ||= finding.kind === 'kept';
        return finding;
      }
    }
    isWrong = true;
    return finding;
  };
}
