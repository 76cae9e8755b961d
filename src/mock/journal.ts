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

/** Makes a journal of so many exchanges: a ring, so that no entry lives on longer than it must. */
export function createJournal(limit: number): Journal {
  let ring: JournalEntry[] = [];
  let oldest = 0;
  let count = 0;
  const inOrder = (): JournalEntry[] => [...ring.slice(oldest), ...ring.slice(0, oldest)];
  return {
    nextId() {
      count += 1;
      return count;
    },
    add(entry) {
      if (ring.length < limit) {
        ring.push(entry);
      } else if (limit > 0) {
        ring[oldest] = entry;
        oldest = (oldest + 1) % limit;
      }
    },
    entries({ operation, session } = {}) {
      return inOrder().filter(
        (entry) =>
          (operation === undefined || entry.operation === operation) &&
          (session === undefined || entry.session === session),
      );
    },
    clear(session) {
      ring = session === undefined ? [] : inOrder().filter((entry) => entry.session !== session);
      oldest = 0;
    },
  };
}
