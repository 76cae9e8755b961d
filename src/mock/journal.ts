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

export function createJournal(limit: number): Journal {
  let kept: JournalEntry[] = [];
  let count = 0;
  return {
    nextId() {
      count += 1;
      return count;
    },
    add(entry) {
      if (limit === 0) return;
      kept.push(entry);
      // Cut seldom and in one go, so that adding stays cheap.
      if (kept.length >= limit * 2) kept = kept.slice(-limit);
    },
    entries({ operation, session } = {}) {
      return kept
        .slice(-limit)
        .filter(
          (entry) =>
            (operation === undefined || entry.operation === operation) &&
            (session === undefined || entry.session === session),
        );
    },
    clear(session) {
      kept = session === undefined ? [] : kept.filter((entry) => entry.session !== session);
    },
  };
}
