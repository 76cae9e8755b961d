import type { Change } from '../breach/breach.ts';
import { editMember } from '../breach/edit.ts';
import type { Client } from '../client.ts';
import { node } from '../document.ts';
import { type Around, answering, changing, hearing, jsonOf, withValues } from './around.ts';
import { type Fault, scopeOf } from './fault.ts';
import { first, inLife, type LifeRow } from './life-fault.ts';
import { type Items, membersOf } from './list-items.ts';

/** Pages through a list by `next`, twenty pages at most, and gives a member of each item. */
async function walkBooks(send: Client, query: string): Promise<unknown[]> {
  const found: unknown[] = [];
  let line = `/books?${query}`;
  for (let page = 0; page < 20; page += 1) {
    const answer = await send(`GET ${line}`);
    found.push(...membersOf(answer.at('results'), 'title'));
    const next = answer.at('next');
    if (typeof next !== 'string') return found;
    line = next.replace('/api', '');
  }
  return [...found, 'and so on'];
}

async function walkNotes(send: Client): Promise<unknown[]> {
  const found: unknown[] = [];
  let cursor: unknown;
  for (let page = 0; page < 20; page += 1) {
    const at = typeof cursor === 'string' ? `&cursor=${cursor}` : '';
    const answer = await send(`GET ${first}/notes?limit=3${at}`);
    found.push(...membersOf(answer.at('items'), 'id'));
    cursor = answer.at('nextCursor');
    if (cursor === null) return found;
  }
  return [...found, 'and so on'];
}

async function walkShelves(send: Client): Promise<number> {
  const codes = new Set<unknown>();
  for (let offset = 0; offset < 24; offset += 8) {
    const line = `GET /shelves/0/.a.b.c.d.e.f/;from=1;to=4?limit=8&offset=${offset}`;
    for (const code of membersOf((await send(line)).at('items'), 'code')) codes.add(code);
  }
  return codes.size;
}

/** How many books come, how many there are, and how many titles are different. */
async function booksSeen(send: Client): Promise<readonly number[]> {
  const titles = await walkBooks(send, 'page_size=5');
  return [titles.length, new Set(titles).size];
}

/** Moves each page but the first by some items. */
const shifted =
  (by: number): Around =>
  (handler) =>
  async (call) => {
    const page = Number(call.values.get('query.page'));
    const size = Number(call.values.get('query.page_size'));
    const response = await handler(call);
    if (page === 1) return response;
    const all = await handler({ ...call, ...withValues(call, { 'query.page': 1, 'query.page_size': 1000 }) });
    const results = (jsonOf(all).results as Items).slice((page - 1) * size + by, page * size + by);
    return editMember(response, 'results', { set: results });
  };

const member = (at: string, change: Change) => changing(at, change);

const paging: readonly LifeRow[] = [
  {
    operation: 'listBooks',
    about: 'paging/disjoint',
    title: 'the last book of a page is the first of the next',
    plant: shifted(-1),
    probe: booksSeen,
    clean: [12, 12],
    faulty: [13, 12],
  },
  {
    operation: 'listBooks',
    about: 'paging/union',
    title: 'a book between two pages is in neither',
    plant: shifted(1),
    probe: booksSeen,
    clean: [12, 12],
    faulty: [11, 11],
  },
  {
    operation: 'listBooks',
    about: 'paging/count',
    title: 'the count is that of the page',
    plant: answering((response) =>
      editMember(response, 'count', { set: (jsonOf(response).results as Items).length }),
    ),
    probe: async (send) => (await send('GET /books?page_size=5')).at('count'),
    clean: 12,
    faulty: 5,
  },
  {
    operation: 'listBooks',
    about: 'paging/count/filtered',
    title: 'the count does not know of filters',
    plant: (handler) => async (call) => {
      const bare = await handler({ ...call, ...withValues(call, { 'query.genre': undefined }) });
      return editMember(await handler(call), 'count', { set: jsonOf(bare).count });
    },
    probe: async (send) => (await send('GET /books?genre=poetry')).at('count'),
    clean: 3,
    faulty: 12,
  },
  {
    operation: 'listBooks',
    about: 'paging/next/ends',
    title: 'there is always a next page',
    plant: answering((response) =>
      editMember(response, 'next', { map: (next) => next ?? '/api/books?page_size=5&page=3' }),
    ),
    probe: async (send) => (await walkBooks(send, 'page_size=5')).at(-1),
    clean: 'Bread and Paper',
    faulty: 'and so on',
  },
  {
    operation: 'listBooks',
    about: 'paging/next/early',
    title: 'the first page says that there is no other',
    plant: member('next', { set: null }),
    probe: async (send) => (await walkBooks(send, 'page_size=5')).length,
    clean: 12,
    faulty: 5,
  },
  {
    operation: 'listBooks',
    about: 'paging/next/keeps-filters',
    title: 'the link to the next page forgets the filter',
    plant: member('next', {
      map: (next) => (typeof next === 'string' ? next.replace(/genre=[a-z]+&/, '') : next),
    }),
    probe: async (send) => (await walkBooks(send, 'genre=poetry&page_size=2')).length,
    clean: 3,
    faulty: 12,
  },
  {
    operation: 'listBooks',
    about: 'query.page_size/size',
    title: 'each page has ten books, whatever was asked for',
    plant: hearing((call) => withValues(call, { 'query.page_size': 10 })),
    probe: async (send) => membersOf((await send('GET /books?page_size=3')).at('results'), 'id').length,
    clean: 3,
    faulty: 10,
  },
  {
    operation: 'listBooks',
    about: 'query.page_size/over',
    title: 'a page has one book more than was asked for',
    plant: hearing((call) =>
      withValues(call, { 'query.page_size': Number(call.values.get('query.page_size')) + 1 }),
    ),
    probe: async (send) => membersOf((await send('GET /books?page_size=3')).at('results'), 'id').length,
    clean: 3,
    faulty: 4,
  },
  {
    operation: 'listBooks',
    about: 'paging/past-the-end',
    title: 'past the end the last page comes again',
    plant: hearing((call) =>
      withValues(call, { 'query.page': Math.min(Number(call.values.get('query.page')), 2) }),
    ),
    probe: async (send) => membersOf((await send('GET /books?page=9')).at('results'), 'id').length,
    clean: 0,
    faulty: 2,
  },
  {
    operation: 'listNotes',
    about: 'paging/cursor/repeats',
    title: 'a page begins with the last note of the page before',
    plant: (handler) => async (call) => {
      const response = await handler(call);
      const cursor = call.values.get('query.cursor');
      if (cursor === undefined) return response;
      const all = await handler({
        ...call,
        ...withValues(call, { 'query.cursor': undefined, 'query.limit': 99 }),
      });
      const notes = jsonOf(all).items as Items;
      const at = notes.findIndex(({ id }) => id === node((jsonOf(response).items as Items)[0]).id);
      return editMember(response, 'items', { map: (own) => [notes[Math.max(at - 1, 0)], ...(own as Items)] });
    },
    probe: walkNotes,
    clean: [1, 2, 4, 5, 7, 8, 10],
    faulty: [1, 2, 4, 4, 5, 7, 8, 8, 10],
  },
  {
    operation: 'listNotes',
    about: 'paging/cursor/skips',
    title: 'each page but the first leaves out its first note',
    plant: (handler) => async (call) => {
      const response = await handler(call);
      if (call.values.get('query.cursor') === undefined) return response;
      return editMember(response, 'items', { map: (own) => (own as Items).slice(1) });
    },
    probe: walkNotes,
    clean: [1, 2, 4, 5, 7, 8, 10],
    faulty: [1, 2, 4, 7, 8],
  },
  {
    operation: 'listNotes',
    about: 'paging/cursor/ends',
    title: 'the cursor leads to the same page for ever',
    plant: hearing((call) => withValues(call, { 'query.cursor': undefined })),
    probe: async (send) => (await walkNotes(send)).at(-1),
    clean: 10,
    faulty: 'and so on',
  },
  {
    operation: 'listNotes',
    about: 'query.limit/size',
    title: 'a page of notes takes no heed of the limit',
    plant: hearing((call) => withValues(call, { 'query.limit': 5 })),
    probe: async (send) => membersOf((await send(`GET ${first}/notes?limit=2`)).at('items'), 'id').length,
    clean: 2,
    faulty: 5,
  },
  {
    operation: 'findShelves',
    about: 'query.limit/size',
    title: 'a page of shelves takes no heed of the limit',
    plant: hearing((call) => withValues(call, { 'query.limit': 10 })),
    probe: async (send) =>
      membersOf((await send('GET /shelves/0/.a.b.c/;from=1;to=4?limit=3')).at('items'), 'code').length,
    clean: 3,
    faulty: 10,
  },
  {
    operation: 'findShelves',
    about: 'paging/total',
    title: 'the total of shelves is one too many',
    plant: member('total', { map: (total) => Number(total) + 1 }),
    probe: async (send) => (await send('GET /shelves/0/.a/;from=1;to=4')).at('total'),
    clean: 4,
    faulty: 5,
  },
];

const offsetIgnored: Fault = {
  id: 'life/findShelves/query.offset/ignored',
  group: 'life',
  title: 'the offset is not looked at',
  plant: {
    by: 'wrapper',
    scope: scopeOf('findShelves'),
    breach: { kind: 'request-query', name: 'offset' },
  },
  expects: { operations: ['findShelves'], about: 'query.offset' },
  probe: walkShelves,
  clean: 24,
  faulty: 8,
};

/** Faults in the pages of lists. */
export const pagingFaults: readonly Fault[] = [...paging.map(inLife), offsetIgnored];
