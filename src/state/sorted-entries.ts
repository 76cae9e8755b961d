import type { Entry } from './collection.ts';
import { compareEntries, type OrderKey, sortBy } from './order.ts';

/** Entries one after another. */
export interface Entries extends Iterable<Entry> {
  readonly length: number;
  slice(start: number, end: number): readonly Entry[];
}

/** Entries that stay in order while some come and go. */
export interface SortedEntries extends Entries {
  add(entry: Entry): void;
  /** Removes an entry: at once where it still has the thing that it was added with. */
  remove(entry: Entry): void;
}

/** A list that is newest first takes each new entry at its front: they stand in blocks, so that a block is all that moves. */
const blockSize = 128;

/** Sorts entries. */
export function createSortedEntries(entries: Iterable<Entry>, keys: readonly OrderKey[]): SortedEntries {
  const sorted = sortBy(entries, keys);
  const blocks: Entry[][] = [];
  for (let start = 0; start < sorted.length; start += blockSize)
    blocks.push(sorted.slice(start, start + blockSize));
  let length = sorted.length;
  const isBehind = (one: Entry, entry: Entry): boolean => compareEntries(one, entry, keys) >= 0;

  /** The first block that ends at the entry's place or behind it; else the last. */
  function blockFor(entry: Entry): number {
    const [first] = blocks[0] ?? [];
    // What is new comes first as often as last.
    if (first !== undefined && isBehind(first, entry)) return 0;
    const last = blocks.length - 1;
    const end = blocks[last]?.at(-1);
    if (end !== undefined && !isBehind(end, entry)) return last;
    return firstThat(blocks, (block) => block.slice(-1).some((one) => isBehind(one, entry)));
  }

  /** Takes an entry out if it is there. */
  function takeOut(entry: Entry, place: number, index: number): boolean {
    const block = blocks[place];
    if (block?.[index] !== entry) return false;
    length -= 1;
    block.splice(index, 1);
    if (block.length === 0) blocks.splice(place, 1);
    return true;
  }

  return {
    get length() {
      return length;
    },
    add(entry) {
      length += 1;
      const place = blockFor(entry);
      const block = blocks[place];
      if (block === undefined) return void blocks.push([entry]);
      block.splice(
        firstThat(block, (one) => isBehind(one, entry)),
        0,
        entry,
      );
      if (block.length === 2 * blockSize) blocks.splice(place + 1, 0, block.splice(blockSize));
    },
    remove(entry) {
      const place = blockFor(entry);
      const index = firstThat(blocks[place] ?? [], (one) => isBehind(one, entry));
      if (takeOut(entry, place, index)) return;
      // Whatever brought it elsewhere: what is gone must not be listed.
      for (const [other, block] of blocks.entries()) if (takeOut(entry, other, block.indexOf(entry))) return;
    },
    slice(start, end) {
      const found: Entry[] = [];
      let before = 0;
      for (const block of blocks) {
        if (before >= end) break;
        if (before + block.length > start)
          found.push(...block.slice(Math.max(0, start - before), end - before));
        before += block.length;
      }
      return found;
    },
    *[Symbol.iterator]() {
      for (const block of blocks) yield* block;
    },
  };
}

/** The place of the first for which a test holds, where it holds for all behind it, too; the length where it holds for none. */
function firstThat<One>(list: readonly One[], test: (one: One) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = list[middle];
    if (one === undefined || test(one)) high = middle;
    else low = middle + 1;
  }
  return low;
}
