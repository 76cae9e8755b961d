import type { Ask } from '../client.ts';
import { cover, fullBook, leastBook, multipartType } from '../messages.ts';
import { type Fault, scopeOf } from './fault.ts';
import { kindOf } from './keywords.ts';

const firstBook = '/books/00000001-0000-4000-8000-000000000001';
const shelves = '/shelves/1/.a.b/;from=1;to=3';
const merge = 'application/merge-patch+json';
const notes = `POST ${firstBook}/notes`;
const upload = `PUT ${firstBook}/cover`;

interface Swallowed {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly statuses: readonly number[];
  /** A good request, whose answer is given again; then one that is to be refused. */
  readonly good: readonly [line: string, ask?: Ask];
  readonly bad: readonly [line: string, ask?: Ask];
}

/** An invalid request that is answered like the good one before it. */
function swallowed(row: Swallowed): Fault {
  const { operation, about, title, statuses, good, bad } = row;
  return {
    id: `rejected/${operation}/${about}`,
    group: 'rejected',
    title,
    plant: { by: 'wrapper', scope: scopeOf(operation), breach: { kind: 'swallow', statuses } },
    expects: { operations: [operation], about },
    probe: async (send) => {
      await send(...good);
      return kindOf((await send(...bad)).status);
    },
    clean: 'refused',
    faulty: 'taken',
  };
}

const goodPatch: readonly [string, Ask] = [`PATCH ${firstBook}`, { body: { price: 2 }, type: merge }];
const goodNote: readonly [string, Ask] = [notes, { body: { kind: 'rating', stars: 2 } }];
const goodPost: readonly [string, Ask] = ['POST /books', { body: fullBook }];

const swallowedRows: readonly Swallowed[] = [
  {
    operation: 'createBook',
    about: 'body/syntax',
    title: 'malformed JSON is taken for a book',
    statuses: [400],
    good: goodPost,
    bad: ['POST /books', { body: '{"title": "Broken' }],
  },
  {
    operation: 'createNote',
    about: 'body/missing',
    title: 'a note without a body is taken',
    statuses: [400, 415],
    good: goodNote,
    bad: [notes],
  },
  {
    operation: 'createNote',
    about: 'body/encoding',
    title: 'JSON in Latin-1 is taken',
    statuses: [400],
    good: goodNote,
    bad: [notes, { body: Buffer.from('{"kind":"comment","text":"\u00d8"}', 'latin1') }],
  },
  {
    operation: 'createBook',
    about: 'body/everything',
    title: 'whatever breaks the schema of a book is taken',
    statuses: [422],
    good: goodPost,
    bad: ['POST /books', { body: [] }],
  },
  {
    operation: 'listBooks',
    about: 'query/everything',
    title: 'no parameter of the list of books is judged',
    statuses: [400],
    good: ['GET /books'],
    bad: ['GET /books?page=first'],
  },
  {
    operation: 'replaceBook',
    about: 'content-type',
    title: 'a book that is called XML is taken',
    statuses: [415],
    good: [`PUT ${firstBook}`, { body: leastBook }],
    bad: [`PUT ${firstBook}`, { body: leastBook, type: 'application/xml' }],
  },
  {
    operation: 'patchBook',
    about: 'If-Match',
    title: 'a change of an old version is made',
    statuses: [412],
    good: goodPatch,
    bad: [goodPatch[0], { ...goodPatch[1], headers: { 'If-Match': '"old"' } }],
  },
  {
    operation: 'createBook',
    about: 'conflict',
    title: 'two books may have one ISBN',
    statuses: [409],
    good: goodPost,
    bad: goodPost,
  },
  {
    operation: 'uploadCover',
    about: 'body/file/contentType',
    title: 'a GIF is taken for a cover',
    statuses: [415],
    good: [upload, { type: multipartType, body: cover }],
    bad: [upload, { type: multipartType, body: cover.replace('image/png', 'image/gif') }],
  },
  {
    operation: 'uploadCover',
    about: 'body/syntax',
    title: 'a multipart body without its end is taken',
    statuses: [400],
    good: [upload, { type: multipartType, body: cover }],
    bad: [upload, { type: multipartType, body: cover.slice(0, -20) }],
  },
  {
    operation: 'getBook',
    about: 'path.bookId/unknown',
    title: 'an unknown id is answered with some book',
    statuses: [404],
    good: [`GET ${firstBook}`],
    bad: ['GET /books/00000000-0000-4000-8000-0000000000ff'],
  },
  {
    operation: 'getNote',
    about: 'path.noteId/format',
    title: 'an id that is none is answered with some note',
    statuses: [400],
    good: ['GET /notes/1'],
    bad: ['GET /notes/none'],
  },
  {
    operation: 'listNotes',
    about: 'query.cursor/unknown',
    title: 'a cursor that was never given out is taken',
    statuses: [400],
    good: [`GET ${firstBook}/notes`],
    bad: [`GET ${firstBook}/notes?cursor=nowhere`],
  },
  {
    operation: 'findShelves',
    about: 'accept',
    title: 'JSON is sent to a client that takes none',
    statuses: [406],
    good: [`GET ${shelves}`],
    bad: [`GET ${shelves}`, { headers: { Accept: 'text/csv' } }],
  },
];

type Unread = readonly [operation: string, where: 'query' | 'header', name: string, bad: string];

const page = `${firstBook}/notes`;
const badParameters: readonly Unread[] = [
  ['listBooks', 'query', 'page', '/books?page=none'],
  ['listBooks', 'query', 'page_size', '/books?page_size=1000'],
  ['listBooks', 'query', 'genre', '/books?genre=drama'],
  ['listBooks', 'query', 'language', '/books?language=english'],
  ['listBooks', 'query', 'price', '/books?price[min]=cheap'],
  ['listBooks', 'query', 'in_stock', '/books?in_stock=maybe'],
  ['listBooks', 'query', 'released_after', '/books?released_after=today'],
  ['listBooks', 'query', 'search', '/books?search=a'],
  ['listBooks', 'query', 'ordering', '/books?ordering=size'],
  ['listNotes', 'query', 'limit', `${page}?limit=0`],
  ['listNotes', 'query', 'kind', `${page}?kind=song`],
  ['findShelves', 'query', 'width', `${shelves}?width=wide`],
  ['findShelves', 'query', 'material', `${shelves}?material=glass`],
  ['findShelves', 'query', 'box', `${shelves}?box=height,0`],
  ['findShelves', 'query', 'state', `${shelves}?state=free`],
  ['findShelves', 'query', 'offset', `${shelves}?offset=-1`],
  ['findShelves', 'header', 'X-Depths', shelves],
  ['findShelves', 'header', 'X-Paint', shelves],
  ['findShelves', 'header', 'Cookie', shelves],
  ['readFeed', 'query', 'topic', '/feed?topic=news'],
];

const badFields: Readonly<Record<string, string>> = {
  'X-Depths': 'deep',
  'X-Paint': 'red',
  Cookie: 'units=mile',
};

/** Nothing that is wrong with one parameter is refused. */
function unread([operation, where, name, bad]: Unread): Fault {
  const about = `${where}.${name}/everything`;
  const good = operation === 'readFeed' ? '/feed?topic=books' : (bad.split('?')[0] ?? bad);
  const ask = where === 'header' ? { headers: { [name]: badFields[name] ?? '' } } : {};
  return {
    id: `rejected/${operation}/${about}`,
    group: 'rejected',
    title: `${operation} takes whatever stands in ${name}`,
    plant: {
      by: 'wrapper',
      scope: scopeOf(operation, { when: [{ has: where, name }] }),
      breach: { kind: 'swallow', statuses: [400] },
    },
    expects: { operations: [operation], about },
    probe: async (send) => {
      await send(`GET ${good}`);
      return kindOf((await send(`GET ${bad}`, ask)).status);
    },
    clean: 'refused',
    faulty: 'taken',
  };
}

/** Unsupported methods are for no operation of the document, so this one is planted by its path. */
const anyMethod: Fault = {
  id: 'rejected/readFeed/method',
  group: 'rejected',
  title: 'a method that the feed does not know is answered with the feed',
  plant: {
    by: 'wrapper',
    scope: { path: '/api/feed' },
    breach: { kind: 'swallow', statuses: [405] },
  },
  expects: { operations: ['readFeed'], about: 'method' },
  probe: async (send) => {
    await send('GET /feed?topic=books');
    return kindOf((await send('DELETE /feed?topic=books')).status);
  },
  clean: 'refused',
  faulty: 'taken',
};

/** Faults by which the server takes what it should refuse. */
export const rejectedFaults: readonly Fault[] = [
  ...swallowedRows.map(swallowed),
  ...badParameters.map(unread),
  anyMethod,
];
