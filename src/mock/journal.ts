import { KeptExchange } from './kept-exchange.ts';
import type { JournalEntry } from './mock.ts';

/** Which exchanges are asked for. */
export interface JournalFilter {
  /** The operation's key. */
  readonly operation?: string | undefined;
  readonly session?: string | undefined;
}

/** The last exchanges of a mock, oldest first, bounded. */
export interface Journal {
  /** The id of an entry that is about to be added. */
  nextId(): number;
  add(entry: JournalEntry): void;
  entries(filter?: JournalFilter): readonly JournalEntry[];
  /** Forgets one session, or all. */
  clear(session?: string): void;
}

/** Makes a journal of so many exchanges: a ring, whose places are used again. */
export function createJournal(limit: number): Journal {
  let ring: KeptExchange[] = [];
  let oldest = 0;
  let count = 0;
  const inOrder = (): KeptExchange[] => [...ring.slice(oldest), ...ring.slice(0, oldest)];
  return {
    nextId() {
      count += 1;
      return count;
    },
    add(entry) {
      if (ring.length < limit) {
        ring.push(new KeptExchange(entry));
      } else if (limit > 0) {
        ring[oldest]?.keep(entry);
        oldest = (oldest + 1) % limit;
      }
    },
    entries({ operation, session } = {}) {
      return inOrder()
        .filter(
          ({ head }) =>
            (operation === undefined || head.operation === operation) &&
            (session === undefined || head.session === session),
        )
        .map(({ whole }) => whole);
    },
    clear(session) {
      ring = session === undefined ? [] : inOrder().filter(({ head }) => head.session !== session);
      oldest = 0;
    },
  };
}
