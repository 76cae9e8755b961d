import type { JournalEntry } from './mock.ts';
import { sessionOf } from './session.ts';

/** Which exchanges are asked for. */
export interface JournalFilter {
  /** The operation's key. */
  readonly operation?: string;
  readonly session?: string;
}

/** The last exchanges of a mock, oldest first, bounded. */
export interface Journal {
  add(entry: Omit<JournalEntry, 'id' | 'session'>): JournalEntry;
  entries(filter?: JournalFilter): readonly JournalEntry[];
  /** Forgets one session, or all. */
  clear(session?: string): void;
}

export function createJournal(limit: number): Journal {
  let kept: JournalEntry[] = [];
  let count = 0;
  return {
    add(entry) {
      count += 1;
      const numbered: JournalEntry = {
        id: count,
        ...entry,
        // Read when it is asked for, which is seldom.
        get session() {
          return sessionOf(entry.request);
        },
      };
      if (limit === 0) return numbered;
      kept.push(numbered);
      // Cut seldom and in one go, so that adding stays cheap.
      if (kept.length >= limit * 2) kept = kept.slice(-limit);
      return numbered;
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
