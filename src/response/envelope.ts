import { allowsType, type EnvelopeMember, type PageWindow, type Paging, writeCursor } from '../plan/index.ts';

/** What links to other pages are made from. */
export interface PageLinks {
  readonly paging: Paging | undefined;
  /** Scheme, authority and target of the request: `http://127.0.0.1:4010/api/v3/events/?page=2`. */
  readonly url: string;
}

/** What an envelope's member says of a page; `undefined` leaves it as it is, `remove` takes it out. */
export function memberValue(member: EnvelopeMember, page: PageWindow, links: PageLinks): unknown {
  const last = page.offset + page.size >= page.total;
  const firstPage = links.paging?.firstPage ?? 1;
  switch (member.role) {
    case 'total':
      return page.total;
    case 'returned':
      return page.length;
    case 'pages':
      return page.pages;
    case 'page':
      return page.pageIndex + firstPage;
    case 'size':
      return page.size;
    case 'offset':
      return page.offset;
    case 'firstIndex':
      return page.length === 0 ? 0 : page.offset + 1;
    case 'lastIndex':
      return page.offset + page.length;
    case 'empty':
      return page.length === 0;
    case 'hasNext':
      return !last;
    case 'hasPrevious':
      return page.offset > 0;
    case 'next':
      return pageReference(member, last ? undefined : page.pageIndex + 1, { page, links });
    case 'previous':
      return pageReference(member, page.offset === 0 ? undefined : Math.max(0, page.pageIndex - 1), {
        page,
        links,
      });
    case 'first':
      return allowsType(member.schema, 'boolean')
        ? page.offset === 0
        : pageReference(member, 0, { page, links });
    case 'last':
      return allowsType(member.schema, 'boolean')
        ? last
        : pageReference(member, Math.max(0, page.pages - 1), { page, links });
    case 'cursor':
      return last ? absent(member) : writeCursor(page.offset + page.size);
    default:
      return member.role satisfies never;
  }
}

/** Stands for "take the member out". */
export const remove: unique symbol = Symbol('remove');

function absent(member: EnvelopeMember): unknown {
  if (allowsType(member.schema, 'null')) return null;
  if (allowsType(member.schema, 'integer')) return 0;
  return remove;
}

interface Surroundings {
  readonly page: PageWindow;
  readonly links: PageLinks;
}

function pageReference(
  member: EnvelopeMember,
  index: number | undefined,
  { page, links }: Surroundings,
): unknown {
  if (index === undefined) return absent(member);
  if (!allowsType(member.schema, 'string')) return index + (links.paging?.firstPage ?? 1);
  return pageUrl(links, index, page.size);
}

/** The request's URL with the page parameter changed. */
export function pageUrl({ paging, url }: PageLinks, index: number, size: number): string {
  const changed = new URL(url);
  if (paging?.page !== undefined) changed.searchParams.set(paging.page, String(index + paging.firstPage));
  else if (paging?.offset !== undefined) changed.searchParams.set(paging.offset, String(index * size));
  else if (paging?.cursor !== undefined) changed.searchParams.set(paging.cursor, writeCursor(index * size));
  return changed.href;
}
