import type { HttpResponse } from '../../../src/http/index.ts';
import type { Change } from '../breach/breach.ts';
import { editMember } from '../breach/edit.ts';
import type { Client } from '../client.ts';
import { node } from '../document.ts';
import { type Around, answering, changing, hearing, jsonOf, withValues } from './around.ts';
import { type Fault, scopeOf } from './fault.ts';
import { inLife } from './life.ts';

type Items = readonly Readonly<Record<string, unknown>>[];

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

const first = '/books/00000001-0000-4000-8000-000000000001';

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

function membersOf(items: unknown, name: string): unknown[] {
  return Array.isArray(items) ? items.map((item) => node(item)[name]) : [];
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

interface Row {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly plant: Around;
  readonly probe: (send: Client) => Promise<unknown>;
  readonly clean: unknown;
  readonly faulty: unknown;
}

const items = (name: string, edit: (items: Items) => Items): Around =>
  changing(name, { map: (value) => edit(value as Items) });

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

const paging: readonly Row[] = [
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

/** The titles of books, or the codes of shelves. */
const titles =
  (query: string) =>
  async (send: Client): Promise<number> =>
    membersOf((await send(`GET /books?page_size=50&${query}`)).at('results'), 'title').length;

type Filter = readonly [operation: string, name: string, line: string, clean: number, faulty: number];

const place = '/shelves/0/.a.b.c.d.e.f/;from=1;to=4?limit=25';
const filters: readonly Filter[] = [
  ['listBooks', 'genre', '/books?page_size=50&genre=poetry', 3, 12],
  ['listBooks', 'language', '/books?page_size=50&language=fr', 3, 12],
  ['listBooks', 'price', '/books?page_size=50&price[min]=20', 6, 12],
  ['listBooks', 'in_stock', '/books?page_size=50&in_stock=false', 4, 12],
  ['listBooks', 'released_after', '/books?page_size=50&released_after=2015-01-01', 7, 12],
  ['listBooks', 'search', '/books?page_size=50&search=harbour', 2, 12],
  ['listNotes', 'kind', `${first}/notes?limit=20&kind=rating`, 2, 7],
  ['findShelves', 'width', `${place}&width=60`, 6, 24],
  ['findShelves', 'material', `${place}&material=oak%7Cpine`, 16, 24],
  ['findShelves', 'box', `${place}&box=height,200`, 8, 24],
  ['findShelves', 'state', `${place}&state=%7B%22damaged%22:true%7D`, 4, 24],
];

/** The filter is judged, and then forgotten. */
function ignored([operation, name, line, clean, faulty]: Filter): Fault {
  const about = `query.${name}/filters`;
  return {
    id: `life/${operation}/${about}`,
    group: 'life',
    title: `${operation} does not filter by ${name}`,
    plant: { by: 'wrapper', scope: scopeOf(operation), breach: { kind: 'request-query', name } },
    expects: { operations: [operation], about },
    probe: async (send) => {
      const answer = await send(`GET ${line}`);
      const list = answer.at('results') ?? answer.at('items');
      return Array.isArray(list) ? list.length : list;
    },
    clean,
    faulty,
  };
}

const prices = async (send: Client, line: string): Promise<unknown[]> =>
  membersOf((await send(`GET /books?page_size=4&ordering=${line}`)).at('results'), 'price');

/** Turns a list around, or sorts it in another way. */
const results = (edit: (books: Items) => Items): Around => items('results', edit);

const meanings: readonly Row[] = [
  {
    operation: 'listBooks',
    about: 'query.genre/several',
    title: 'of several genres the first counts',
    plant: hearing((call) => {
      const genre = call.values.get('query.genre');
      return withValues(call, { 'query.genre': Array.isArray(genre) ? genre.slice(0, 1) : genre });
    }),
    probe: titles('genre=poetry&genre=fiction'),
    clean: 6,
    faulty: 3,
  },
  {
    operation: 'listBooks',
    about: 'query.language/explode',
    title: 'languages between commas count as one',
    plant: hearing((call) => {
      const language = call.values.get('query.language');
      return withValues(call, { 'query.language': Array.isArray(language) ? [language.join()] : language });
    }),
    probe: titles('language=fr,it'),
    clean: 6,
    faulty: 0,
  },
  {
    operation: 'listBooks',
    about: 'query.price/max',
    title: 'the upper bound of a price leaves out what costs just that',
    plant: hearing((call) => {
      const { max, ...price } = node(call.values.get('query.price'));
      return withValues(call, {
        'query.price': max === undefined ? price : { ...price, max: Number(max) - 0.5 },
      });
    }),
    probe: titles('price[max]=5'),
    clean: 1,
    faulty: 0,
  },
  {
    operation: 'listBooks',
    about: 'query.in_stock/false',
    title: 'to ask for books that are not here gives all',
    plant: hearing((call) =>
      withValues(call, { 'query.in_stock': call.values.get('query.in_stock') === true ? true : undefined }),
    ),
    probe: titles('in_stock=false'),
    clean: 4,
    faulty: 12,
  },
  {
    operation: 'listBooks',
    about: 'query.search/no-match',
    title: 'a search without a match gives everything',
    plant: (handler) => async (call) => {
      const response = await handler(call);
      if ((jsonOf(response).results as Items).length > 0) return response;
      return handler({ ...call, ...withValues(call, { 'query.search': undefined }) });
    },
    probe: titles('search=zzzz'),
    clean: 0,
    faulty: 12,
  },
  {
    operation: 'listBooks',
    about: 'query.ordering/descending',
    title: 'a minus sign before the ordering is not looked at',
    plant: hearing((call) => {
      const ordering = call.values.get('query.ordering');
      return withValues(call, { 'query.ordering': ordering && String(ordering).replace('-', '') });
    }),
    probe: (send) => prices(send, '-price'),
    clean: [32.5, 30, 27.5, 25],
    faulty: [5, 7.5, 10, 12.5],
  },
  {
    operation: 'listBooks',
    about: 'query.ordering/as-text',
    title: 'prices are ordered as if they were text',
    plant: (handler) => async (call) => {
      if (call.values.get('query.ordering') !== 'price') return handler(call);
      const all = await handler({ ...call, ...withValues(call, { 'query.page_size': 1000 }) });
      const size = Number(call.values.get('query.page_size'));
      return results((books) =>
        books.toSorted((a, b) => (String(a.price) < String(b.price) ? -1 : 1)).slice(0, size),
      )(() => all)(call);
    },
    probe: (send) => prices(send, 'price'),
    clean: [5, 7.5, 10, 12.5],
    faulty: [10, 12.5, 15, 17.5],
  },
  {
    operation: 'listBooks',
    about: 'query.ordering/page',
    title: 'each page is ordered for itself',
    plant: (handler) => async (call) => {
      const response: HttpResponse = await handler({
        ...call,
        ...withValues(call, { 'query.ordering': undefined }),
      });
      if (call.values.get('query.ordering') !== 'price') return handler(call);
      return results((books) => books.toSorted((a, b) => Number(a.price) - Number(b.price)))(() => response)(
        call,
      );
    },
    probe: (send) => prices(send, 'price'),
    clean: [5, 7.5, 10, 12.5],
    faulty: [5, 10, 22.5, 27.5],
  },
  {
    operation: 'findShelves',
    about: 'path.bays/to',
    title: 'the last bay that was asked for is left out',
    plant: hearing((call) => {
      const bays = node(call.values.get('path.bays'));
      return withValues(call, { 'path.bays': { ...bays, to: Number(bays.to) - 1 } });
    }),
    probe: async (send) => (await send('GET /shelves/0/.a/;from=1;to=4')).at('total'),
    clean: 4,
    faulty: 3,
  },
  {
    operation: 'findShelves',
    about: 'path.aisles/several',
    title: 'of several aisles the first counts',
    plant: hearing((call) => {
      const aisles = call.values.get('path.aisles');
      return withValues(call, { 'path.aisles': Array.isArray(aisles) ? aisles.slice(0, 1) : aisles });
    }),
    probe: async (send) => (await send('GET /shelves/0/.a.b/;from=1;to=4')).at('total'),
    clean: 8,
    faulty: 4,
  },
  {
    operation: 'listNotes',
    about: 'nested',
    title: 'the notes on a book are those on every book',
    plant: (handler) => async (call) => {
      const response = await handler(call);
      const own = [...call.room.state.notes.values()].filter(
        ({ value }) => value.writtenBy === call.who.name,
      );
      const limit = Number(call.values.get('query.limit'));
      return editMember(response, 'items', { set: own.slice(0, limit).map(({ value }) => value) });
    },
    probe: async (send) => {
      const second = first.replaceAll('1', '2');
      return membersOf((await send(`GET ${second}/notes?limit=20`)).at('items'), 'id').length;
    },
    clean: 1,
    faulty: 8,
  },
];

const orderingIgnored: Fault = {
  id: 'life/listBooks/query.ordering/ignored',
  group: 'life',
  title: 'the ordering is not looked at',
  plant: {
    by: 'wrapper',
    scope: scopeOf('listBooks'),
    breach: { kind: 'request-query', name: 'ordering' },
  },
  expects: { operations: ['listBooks'], about: 'query.ordering' },
  probe: (send) => prices(send, 'price'),
  clean: [5, 7.5, 10, 12.5],
  faulty: [5, 22.5, 10, 27.5],
};

/** Faults in lists: their pages, filters and order. */
export const listFaults: readonly Fault[] = [
  ...[...paging, ...meanings].map(inLife),
  ...filters.map(ignored),
  offsetIgnored,
  orderingIgnored,
];
