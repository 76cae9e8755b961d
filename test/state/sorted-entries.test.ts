import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCollection, type Entry } from '../../src/state/collection.ts';
import { createSortedEntries } from '../../src/state/sorted-entries.ts';

const path = { steps: ['rank'], loose: [], schema: undefined };
const other = { steps: ['name'], loose: [], schema: undefined };

/** Adds, changes and removes, by numbers that stand for any entry. */
const steps = fc.array(
  fc.record({
    does: fc.constantFrom('add', 'add', 'add', 'change', 'remove'),
    which: fc.nat(1000),
    rank: fc.option(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constantFrom(Infinity, -Infinity, NaN, -0)), {
      nil: undefined,
    }),
    name: fc.constantFrom('a', 'b', 'B', '2024-01-01', '2023-12-31T10:00:00Z'),
  }),
  { maxLength: 400 },
);

const idsOf = (entries: Iterable<Entry>): string[] => [...entries].map(({ id }) => id);

const entryOf = (rank: number): Entry => ({
  id: `id${rank}`,
  sequence: rank + 1,
  version: 1,
  thing: { rank },
  plainTo: undefined,
});

describe('what is kept up to date for lists', () => {
  it('is what it would be if it were made anew', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (list, descending) => {
        const keys = [
          { path, descending },
          { path: other, descending: !descending },
        ];
        const [kept, anew] = [createCollection(), createCollection()];
        kept.sorted(keys);
        kept.index(path);
        for (const { does, which, rank, name } of list) {
          const entry = [...kept.entries()][which % Math.max(1, kept.size)];
          const thing = rank === undefined ? { name } : { rank, name };
          if (does === 'add') kept.add(`id${kept.next}`, thing);
          else if (entry !== undefined && does === 'change') kept.replace(entry, thing);
          else if (entry !== undefined) kept.remove(entry.id);
          if (which % 7 === 0) kept.sorted(keys);
        }
        for (const { id, thing } of kept.entries()) anew.add(id, thing);
        expect(idsOf(kept.sorted(keys))).toEqual(idsOf(anew.sorted(keys)));
        expect(idsOf(kept.sorted(keys).slice(3, 9))).toEqual(idsOf(anew.sorted(keys)).slice(3, 9));
        for (const value of [null, 0, 1, 5, Infinity])
          expect(idsOf(kept.index(path).get(value) ?? [])).toEqual(idsOf(anew.index(path).get(value) ?? []));
      }),
      { numRuns: 60 },
    );
  });

  it.each([false, true])(
    'removes what is infinite beside what has no value (descending: %s)',
    (descending) => {
      const collection = createCollection();
      const keys = [{ path, descending }];
      const ranks = [undefined, Infinity, 1, -Infinity];
      for (const rank of ranks) collection.add(String(rank), rank === undefined ? {} : { rank });
      const sorted = ['-Infinity', '1', 'Infinity'];
      expect(idsOf(collection.sorted(keys))).toEqual([
        ...(descending ? sorted.toReversed() : sorted),
        'undefined',
      ]);
      for (const rank of [Infinity, undefined, -Infinity]) collection.remove(String(rank));
      expect(idsOf(collection.sorted(keys))).toEqual(['1']);
    },
  );

  it('removes an entry that is not where it belongs', () => {
    const entries = Array.from({ length: 300 }, (_, rank) => entryOf(rank));
    const sorted = createSortedEntries(entries, [{ path, descending: false }]);
    const [moved] = entries;
    if (moved === undefined) throw new Error('There are entries.');
    moved.thing = { rank: 299.5 };
    sorted.remove(moved);
    sorted.remove(entryOf(0));
    expect([sorted.length, [...sorted].includes(moved)]).toEqual([299, false]);
  });

  it('keeps its order over many blocks, the newest first', () => {
    const collection = createCollection();
    const keys = [{ path, descending: true }];
    collection.sorted(keys);
    for (let rank = 0; rank < 1000; rank += 1) collection.add(`id${rank}`, { rank });
    for (let rank = 0; rank < 1000; rank += 3) collection.remove(`id${rank}`);
    const left = Array.from({ length: 1000 }, (_, rank) => `id${999 - rank}`).filter(
      (id) => Number(id.slice(2)) % 3 !== 0,
    );
    expect(idsOf(collection.sorted(keys))).toEqual(left);
    expect(idsOf(collection.sorted(keys).slice(500, 520))).toEqual(left.slice(500, 520));
  });
});
