/** Work that is done between requests, in the order it came. */
export interface JudgeQueue<Item> {
  push(item: Item, bytes: number): void;
  /** Resolves when everything that was pushed is done. */
  drained(): Promise<void>;
}

/** What a queue may hold before requests have to wait for it. */
export interface QueueBounds {
  readonly items: number;
  readonly bytes: number;
  /** Milliseconds that the queue works at a time, as long as it is within its bounds. */
  readonly slice: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/**
 * A queue that works after the answers have gone out, a little at a time. Nothing is dropped: where more comes than can be done, it
 * works on until it is within its bounds, and requests are slowed by that.
 */
export function createJudgeQueue<Item>(
  work: (item: Item) => void,
  { items, bytes, slice, now }: QueueBounds,
): JudgeQueue<Item> {
  let waiting: { readonly item: Item; readonly bytes: number }[] = [];
  let next = 0;
  let held = 0;
  let isDue = false;
  let listeners: (() => void)[] = [];

  function run(): void {
    const until = now() + slice;
    while (next < waiting.length) {
      const isOver = waiting.length - next > items || held > bytes;
      if (!isOver && now() > until) break;
      const one = waiting[next];
      next += 1;
      if (one === undefined) continue;
      held -= one.bytes;
      work(one.item);
    }
    if (next < waiting.length) {
      waiting = waiting.slice(next);
      next = 0;
      setImmediate(run);
      return;
    }
    waiting = [];
    next = 0;
    isDue = false;
    for (const listener of listeners) listener();
    listeners = [];
  }

  return {
    push(item, size) {
      waiting.push({ item, bytes: size });
      held += size;
      if (isDue) return;
      isDue = true;
      setImmediate(run);
    },
    drained: () =>
      new Promise((resolve) => {
        if (isDue) listeners.push(resolve);
        else resolve();
      }),
  };
}
