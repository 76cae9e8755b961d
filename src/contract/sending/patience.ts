import type { Unanswered } from './outcome.ts';

/** What is known of whether a server answers at all. */
export interface Patience {
  answered(): void;
  unanswered(outcome: Unanswered): void;
  /** Whether any answer came so far. */
  readonly heard: boolean;
  /** Why the run is given up, once it is. */
  readonly whyGivenUp: string | undefined;
}

/** Requests in a row that are waited for in vain before a run is given up: of a server that never answered, and of one that did. */
const mostSilences = { unheard: 3, heard: 12 };

/** Counts silences: a run against a server that has gone silent would last as many time-outs as it has requests. */
export function createPatience(gaveUp: (reason: string) => void): Patience {
  let heard = false;
  let silences = 0;
  let whyGivenUp: string | undefined;
  return {
    answered() {
      heard = true;
      silences = 0;
    },
    unanswered({ why }) {
      silences = why === 'timeout' ? silences + 1 : 0;
      if (silences < (heard ? mostSilences.heard : mostSilences.unheard) || whyGivenUp !== undefined) return;
      whyGivenUp = `the server left ${silences} requests in a row without an answer`;
      gaveUp(whyGivenUp);
    },
    get heard() {
      return heard;
    },
    get whyGivenUp() {
      return whyGivenUp;
    },
  };
}
