import type { Random } from '../core/index.ts';
import { type PageWindow, type Paging, windowOf } from '../plan/index.ts';

/** The page that a request asks for, of a collection whose length is drawn. */
export function pageWindow(
  paging: Paging | undefined,
  query: Readonly<Record<string, unknown>>,
  collection: Random,
): PageWindow {
  const total =
    paging === undefined ? collection.fork('length').integer(3, 8) : collection.fork('total').integer(23, 61);
  return windowOf(paging, query, total);
}
