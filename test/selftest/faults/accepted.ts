import type { Condition } from '../breach/breach.ts';
import type { Ask } from '../client.ts';
import { fullBook, leastBook } from '../messages.ts';
import { type Fault, scopeOf } from './fault.ts';
import { amendmentAt, kindOf } from './keywords.ts';

type Row = readonly [operation: string, pointer: string, value: unknown, line: string, ask?: Ask];

/** A valid request that is refused, because the server is stricter in one place than the document. */
function tightened([operation, pointer, value, line, ask]: Row): Fault {
  return {
    id: `accepted/${operation}/${pointer}`,
    group: 'accepted',
    title: `${operation} is stricter than the document about ${pointer}`,
    plant: { by: 'server', options: { amendments: [{ ...amendmentAt(operation, pointer), value }] } },
    expects: { operations: [operation], about: pointer },
    probe: async (send) => kindOf((await send(line, ask)).status),
    clean: 'taken',
    faulty: 'refused',
  };
}

const post = (change: Readonly<Record<string, unknown>>): readonly [string, Ask] => [
  'POST /books',
  { body: { ...fullBook, ...change } },
];
const firstBook = '/books/00000001-0000-4000-8000-000000000001';
const ascii = '^[ -~]*$';

const rows: readonly Row[] = [
  ['listBooks', 'query.page_size/maximum', 49, 'GET /books?page_size=50'],
  ['listBooks', 'query.page/exclusiveMinimum', 1, 'GET /books?page=1'],
  ['listBooks', 'query.genre/items/enum', ['fiction', 'science', 'history'], 'GET /books?genre=poetry'],
  ['listBooks', 'query.genre/maxItems', 1, 'GET /books?genre=poetry&genre=fiction'],
  ['listBooks', 'query.ordering/enum', ['title', 'price', '-title'], 'GET /books?ordering=-price'],
  ['listBooks', 'query.search/maxLength', 39, `GET /books?search=${'a'.repeat(40)}`],
  ['listBooks', 'query.price/minProperties', 2, 'GET /books?price[min]=1'],
  ['findShelves', 'path.floor/minimum', 1, 'GET /shelves/0/.a/;from=1;to=2'],
  ['findShelves', 'path.aisles/maxItems', 1, 'GET /shelves/1/.a.b/;from=1;to=2'],
  ['findShelves', 'query.width/maxItems', 1, 'GET /shelves/1/.a/;from=1;to=2?width=60%2080'],
  ['createBook', 'body/properties/title/maxLength', 79, ...post({ title: 'x'.repeat(80) })],
  ['createBook', 'body/properties/title/pattern', ascii, ...post({ title: 'Smørrebrød 🥪' })],
  ['createBook', 'body/properties/score/type', 'number', ...post({ score: null })],
  ['createBook', 'body/properties/price/exclusiveMinimum', 0, ...post({ price: 0 })],
  ['createBook', 'body/required', ['title', 'isbn', 'year'], 'POST /books', { body: leastBook }],
  ['createBook', 'body/properties/authors/maxItems', 1, 'POST /books', { body: fullBook }],
  [
    'createBook',
    'body/properties/lastSeenAt/pattern',
    'Z$',
    ...post({ lastSeenAt: '2024-01-01T10:00:00+01:00' }),
  ],
  ['createBook', 'body/properties/condition/type', 'string', ...post({ condition: 10 })],
  [
    'patchBook',
    'body/minProperties',
    2,
    `PATCH ${firstBook}`,
    { body: { price: 1 }, type: 'application/merge-patch+json' },
  ],
  [
    'createNote',
    'body/oneOf/1/allOf/1/properties/stars/maximum',
    4,
    `POST ${firstBook}/notes`,
    { body: { kind: 'rating', stars: 5 } },
  ],
];

interface Refused {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly status: number;
  readonly when: readonly Condition[];
  readonly line: readonly [line: string, ask?: Ask];
}

/** A valid request that something around the server refuses. */
function refused({ operation, about, title, status, when, line }: Refused): Fault {
  return {
    id: `accepted/${operation}/${about}`,
    group: 'accepted',
    title,
    plant: { by: 'wrapper', scope: scopeOf(operation, { when }), breach: { kind: 'refuse', status } },
    expects: { operations: [operation], about },
    probe: async (send) => kindOf((await send(...line)).status),
    clean: 'taken',
    faulty: 'refused',
  };
}

const refusedRows: readonly Refused[] = [
  {
    operation: 'listBooks',
    about: 'query.price',
    title: 'the list of books cannot be asked by price',
    status: 400,
    when: [{ has: 'query', name: 'price' }],
    line: ['GET /books?price[min]=1&price[max]=9'],
  },
  {
    operation: 'findShelves',
    about: 'header.X-Paint',
    title: 'shelves cannot be asked by paint',
    status: 400,
    when: [{ has: 'header', name: 'X-Paint' }],
    line: ['GET /shelves/1/.a/;from=1;to=2', { headers: { 'X-Paint': 'colour=red' } }],
  },
  {
    operation: 'createBook',
    about: 'body/properties/translator',
    title: 'a book with a translator is refused',
    status: 422,
    when: [{ body: '"translator"' }],
    line: ['POST /books', { body: fullBook }],
  },
  {
    operation: 'createBook',
    about: 'content-type/charset',
    title: 'JSON that says it is UTF-8 is refused',
    status: 415,
    when: [{ has: 'header', name: 'Content-Type', with: 'charset' }],
    line: ['POST /books', { body: fullBook, type: 'application/json; charset=utf-8' }],
  },
  {
    operation: 'createNote',
    about: 'body/oneOf/2',
    title: 'quotes are refused',
    status: 422,
    when: [{ body: '"quote"' }],
    line: [`POST ${firstBook}/notes`, { body: { kind: 'quote', text: 'q', pages: [1] } }],
  },
  {
    operation: 'replaceBook',
    about: 'everything',
    title: 'no book can be replaced',
    status: 409,
    when: [],
    line: [`PUT ${firstBook}`, { body: leastBook }],
  },
  {
    operation: 'getStatus',
    about: 'accept/application/xml',
    title: 'the status cannot be had as XML',
    status: 406,
    when: [{ has: 'header', name: 'Accept', with: 'xml' }],
    line: ['GET /status', { headers: { Accept: 'application/xml' } }],
  },
];

/** Faults by which the server refuses what it should take. */
export const acceptedFaults: readonly Fault[] = [...rows.map(tightened), ...refusedRows.map(refused)];
