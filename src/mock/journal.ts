import { KeptExchange } from './kept-exchange.ts';
import type { JournalEntry } from './mock.ts';

/** Which exchanges are asked for. */
export interface JournalFilter {
  /** The operation's key. */
  readonly operation?: string | undefined;
  readonly session?: string | undefined;
}

/** The last exchanges of a mock, oldest first, bounded in number and in the bytes of their bodies. */
export interface Journal {
  /** The id of an entry that is about to be added. */
  nextId(): number;
  add(entry: JournalEntry): void;
  entries(filter?: JournalFilter): readonly JournalEntry[];
  /** Forgets one session, or all. */
  clear(session?: string): void;
}

/** The bytes that all bodies together may take. */
const usualRoom = 64 * 1024 * 1024;

/**
 * Makes a journal of so many exchanges: a ring, whose places are used again. Where the bodies need more than their room,
 * the oldest exchanges are left without.
 */
export function createJournal(limit: number, room: number = usualRoom): Journal {
  let ring: KeptExchange[] = [];
  let oldest = 0;
  let count = 0;
  let taken = 0;
  /** How many exchanges, from the oldest on, have lost their bodies. */
  let bare = 0;
  const inOrder = (): KeptExchange[] => [...ring.slice(oldest), ...ring.slice(0, oldest)];
  const makeRoom = (): void => {
    for (; taken > room && bare < ring.length; bare += 1) {
      const kept = ring[(oldest + bare) % ring.length];
      taken -= kept?.size ?? 0;
      kept?.cutBodies();
    }
  };
  return {
    nextId() {
      count += 1;
      return count;
    },
    add(entry) {
      const place = ring[oldest];
      if (ring.length < limit) {
        const kept = new KeptExchange(entry);
        ring.push(kept);
        taken += kept.size;
      } else if (place !== undefined) {
        taken -= place.size;
        place.keep(entry);
        taken += place.size;
        oldest = (oldest + 1) % limit;
        if (bare > 0) bare -= 1;
      }
      if (taken > room) makeRoom();
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
      bare = 0;
      taken = ring.reduce((sum, { size }) => sum + size, 0);
    },
  };
}
