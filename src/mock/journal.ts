import type { JournalEntry } from './mock.ts';

/** The last exchanges of a mock, oldest first, bounded. */
export interface Journal {
  add(entry: Omit<JournalEntry, 'id'>): JournalEntry;
  entries(operation?: string): readonly JournalEntry[];
  clear(): void;
}

export function createJournal(limit: number): Journal {
  let kept: JournalEntry[] = [];
  let count = 0;
  return {
    add(entry) {
      count += 1;
      const numbered: JournalEntry = { id: count, ...entry };
      if (limit === 0) return numbered;
      kept.push(numbered);
      // Cut seldom and in one go, so that adding stays cheap.
      if (kept.length >= limit * 2) kept = kept.slice(-limit);
      return numbered;
    },
    entries(operation) {
      const last = kept.slice(-limit);
      return operation === undefined ? last : last.filter((entry) => entry.operation === operation);
    },
    clear() {
      kept = [];
    },
  };
}
