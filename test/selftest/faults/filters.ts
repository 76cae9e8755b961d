import type { HttpResponse } from '../../../src/http/index.ts';
import { editMember } from '../breach/edit.ts';
import type { Client } from '../client.ts';
import { node } from '../document.ts';
import { type Around, hearing, jsonOf, withValues } from './around.ts';
import { type Fault, scopeOf } from './fault.ts';
import { first, inLife, type LifeRow } from './life-fault.ts';
import { type Items, items, membersOf } from './list-items.ts';

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

const meanings: readonly LifeRow[] = [
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

/** Faults in the filters and the order of lists. */
export const filterFaults: readonly Fault[] = [
  ...meanings.map(inLife),
  ...filters.map(ignored),
  orderingIgnored,
];
