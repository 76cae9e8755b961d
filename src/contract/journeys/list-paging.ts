import type { Paging } from '../../plan/index.ts';
import { deepEqual } from '../../schema/index.ts';
import { isPlain } from '../values/at-steps.ts';
import { broken, type Finding, kept, unknown } from './journey.ts';
import { followNext, type Page, readPage, readWholeList } from './read-list.ts';
import type { ListContext } from './run-lists.ts';

/** Pages of different sizes have as many items as were asked for, where there are so many. */
export async function lookSize({ run, duties, path, all }: ListContext, paging: Paging): Promise<Finding> {
  if (paging.size === undefined) return unknown('no parameter gives the size');
  for (const size of [1, 2, 3, 5]) {
    if (size > paging.maxSize) continue;
    const page = await readPage(run, duties.operation, { path, query: { [paging.size]: size } });
    if (page === undefined) return unknown('a page could not be read');
    if (page.items.length > size)
      return broken(`${size} items were asked for, and ${page.items.length} came`, page.seen);
    if (page.items.length < Math.min(size, all.items.length)) {
      return broken(
        `${size} items were asked for and ${all.items.length} are there, but ${page.items.length} came`,
        page.seen,
      );
    }
  }
  return kept;
}

/** Small pages together are the whole list: nothing twice, nothing left out. A list that others write to meanwhile proves nothing. */
export async function lookPages(context: ListContext): Promise<Finding> {
  const finding = await comparePages(context);
  if (finding.kind !== 'broken') return finding;
  const { run, duties, path, all } = context;
  const now = await readWholeList(run, duties.operation, { path, size: 100 });
  const isSame =
    now?.items.length === all.items.length &&
    now.items.every((item, index) => sameItem(item, all.items[index]));
  return isSame ? finding : unknown('the list changed while it was read');
}

async function comparePages({ run, duties, path, all }: ListContext): Promise<Finding> {
  const size = all.items.length > 40 ? 10 : 2;
  const small = await readWholeList(run, duties.operation, { path, size });
  if (small === undefined) return unknown('the pages could not be read');
  const last = small.pages.at(-1);
  if (last === undefined) return unknown('the pages could not be read');
  if (small.lost) return unknown('a page does not say where the next one begins');
  if (!small.complete)
    return broken(`there is no end: ${small.pages.length} pages of ${size} came`, last.seen);
  const repeated = small.pages.find(
    (page, index) => index > 0 && page.items.some((item) => isBefore(small.pages.slice(0, index), item)),
  );
  const isSet = all.items.every((item) => idOf(item) !== undefined) || !hasTwins(all.items);
  if (repeated !== undefined && isSet)
    return broken('an item of one page is on a later page too', repeated.seen);
  const missing = all.items.filter((item) => !small.items.some((other) => sameItem(item, other)));
  if (missing.length > 0)
    return broken(`${missing.length} of ${all.items.length} items are on no page of ${size}`, last.seen);
  return kept;
}

function hasTwins(items: readonly unknown[]): boolean {
  return items.some((item, index) => items.slice(0, index).some((other) => deepEqual(item, other)));
}

function isBefore(pages: readonly Page[], item: unknown): boolean {
  return pages.some(({ items }) => items.some((other) => sameItem(item, other)));
}

/** The same thing, by its id where it has one. */
export function sameItem(left: unknown, right: unknown): boolean {
  const [one, other] = [idOf(left), idOf(right)];
  if (one === undefined || other === undefined) return deepEqual(left, right);
  return one === other && !differsByUuid(left, right);
}

/** What is called a key may be of the client's own making, as that of a license, beside `license_uuid`. */
function differsByUuid(left: unknown, right: unknown): boolean {
  if (!isPlain(left) || !isPlain(right)) return false;
  return Object.entries(left).some(
    ([name, value]) => /.uuid$/i.test(name) && typeof value === 'string' && right[name] !== value,
  );
}

function idOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  for (const name of ['id', 'pk', 'uuid', 'key', 'slug']) {
    const value = Object.hasOwn(item, name) ? (item as Readonly<Record<string, unknown>>)[name] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return undefined;
}

/** The count agrees with the items, and a header that counts too; what others add meanwhile is between the two looks. */
export async function lookCount({ run, duties, path }: ListContext): Promise<Finding> {
  const before = await readWholeList(run, duties.operation, { path });
  const small = await readWholeList(run, duties.operation, { path, size: 2, mostPages: 1 });
  const after = await readWholeList(run, duties.operation, { path });
  if (before === undefined || after === undefined || !before.complete)
    return unknown('the list could not be read to its end');
  const [least, most] = [before.items.length, after.items.length].toSorted((left, right) => left - right);
  const isWrong = (count: number | undefined): boolean =>
    count !== undefined && (count < (least ?? 0) || count > (most ?? 0));
  for (const page of [before.pages[0], small?.pages[0], after.pages[0]]) {
    if (page === undefined) continue;
    if (isWrong(page.total))
      return broken(`the count is ${page.total}, and ${least} items are there`, page.seen);
    if (isWrong(headerCount(page))) {
      return broken(`the header counts ${headerCount(page)}, and ${least} items are there`, page.seen);
    }
  }
  return kept;
}

function headerCount({ seen }: Page): number | undefined {
  const text = seen.exchange.response.headers.get('x-total-count');
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}

/** The chain of next pages leads to the end, and past the end there is nothing. */
export async function lookEnd(context: ListContext, paging: Paging): Promise<Finding> {
  const chained = await lookChain(context, paging);
  if (chained.kind === 'broken') return chained;
  const { run, duties, path, all } = context;
  const size = Math.min(5, paging.maxSize);
  const sized = paging.size === undefined ? {} : { [paging.size]: size };
  const used = paging.size === undefined ? paging.defaultSize : size;
  const behind =
    paging.page === undefined ? undefined : paging.firstPage + Math.ceil(all.items.length / used) + 3;
  const query =
    paging.page !== undefined
      ? { ...sized, [paging.page]: behind }
      : paging.offset !== undefined
        ? { ...sized, [paging.offset]: all.items.length + 5 }
        : undefined;
  if (query === undefined) return chained;
  const page = await readPage(run, duties.operation, { path, query });
  if (page === undefined || page.items.length === 0) return kept;
  if (!page.mayBeEmpty) return unknown('the document lets no page be empty');
  return broken(`past the end ${page.items.length} items came`, page.seen);
}

async function lookChain({ run, duties, path, all }: ListContext, paging: Paging): Promise<Finding> {
  const size = Math.max(2, Math.min(10, Math.floor(all.items.length / 3)));
  const sized = paging.size === undefined ? {} : { [paging.size]: size };
  const plan = run.api.compile(duties.operation);
  let page = await readPage(run, duties.operation, { path, query: sized });
  if (page === undefined || page.next === undefined) return unknown('the list does not name its next page');
  let count = page.items.length;
  for (let turns = 0; turns < 30; turns += 1) {
    if (page.next === null) {
      const missing = all.items.length - count;
      return missing > 0
        ? broken(`the list says that there is no next page, and ${missing} items are left`, page.seen)
        : kept;
    }
    if (typeof page.next !== 'string' || !/[/?]/.test(page.next))
      return unknown('the next page is no address');
    const next: Page | undefined = await followNext(run, plan, page);
    if (next === undefined) return broken(`the next page, ${page.next}, cannot be read`, page.seen);
    if (count >= all.items.length + size) return broken('there is always a next page', next.seen);
    page = next;
    count += page.items.length;
  }
  return unknown('the list is too long');
}
