import type { Paging } from './paging.ts';

/** The part of a collection that one answer shows. */
export interface PageWindow {
  /** How many things the collection has in all. */
  readonly total: number;
  readonly size: number;
  /** The index of the first thing on the page, from 0. */
  readonly offset: number;
  /** How many things are on the page. */
  readonly length: number;
  /** Counted from 0. */
  readonly pageIndex: number;
  readonly pages: number;
}

/** The page of so many things that a request asks for; all of them where the list is not paged. */
export function windowOf(
  paging: Paging | undefined,
  query: Readonly<Record<string, unknown>>,
  total: number,
): PageWindow {
  if (paging === undefined) return { total, size: total, offset: 0, length: total, pageIndex: 0, pages: 1 };
  const size =
    Math.min(wholeNumber(query[paging.size ?? '']) ?? paging.defaultSize, paging.maxSize) ||
    paging.defaultSize;
  return windowAt(offsetOf(paging, query, size), size, total);
}

/** The page that begins at an offset. */
export function windowAt(offset: number, size: number, total: number): PageWindow {
  return {
    total,
    size,
    offset,
    length: Math.max(0, Math.min(size, total - offset)),
    pageIndex: Math.floor(offset / size),
    pages: Math.ceil(total / size),
  };
}

/** A cursor of ours says where it goes on; any other begins at the start. */
function offsetOf(paging: Paging, query: Readonly<Record<string, unknown>>, size: number): number {
  const page = wholeNumber(query[paging.page ?? '']);
  if (page !== undefined) return Math.max(0, page - paging.firstPage) * size;
  const cursor = query[paging.cursor ?? ''];
  if (typeof cursor === 'string') return readCursor(cursor) ?? 0;
  return wholeNumber(query[paging.offset ?? '']) ?? 0;
}

/** Some documents declare a page's number as a text. */
function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** Writes the place where the next page begins as a token that a client cannot mistake for a number. */
export function writeCursor(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url');
}

/** Reads a token that `writeCursor` wrote. */
export function readCursor(token: string): number | undefined {
  const match = /^offset:(\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString('latin1'));
  return match === null ? undefined : Number(match[1]);
}
