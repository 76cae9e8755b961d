import type { Condition, Scope } from '../breach/breach.ts';
import type { Ask } from '../client.ts';
import { fullBook, leastBook } from '../messages.ts';
import { type Fault, scopeOf } from './fault.ts';
import { kindOf } from './keywords.ts';

interface Row {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly scope?: Scope;
  readonly line: readonly [line: string, ask?: Ask];
  readonly clean: 'refused' | 'taken';
}

/** A 500 with a stack trace, for some requests. */
function crashing({ operation, about, title, scope, line, clean }: Row): Fault {
  return {
    id: `crash/${operation}/${about}`,
    group: 'crash',
    title,
    plant: { by: 'wrapper', scope: scopeOf(operation, scope), breach: { kind: 'crash' } },
    expects: { operations: [operation], about },
    probe: async (send) => kindOf((await send(...line)).status),
    clean,
    faulty: 'crashed',
  };
}

const unknown = '00000000-0000-4000-8000-0000000000ff';
const first = '/books/00000001-0000-4000-8000-000000000001';
const query = (name: string, part?: string): Scope => {
  const condition: Condition = { has: 'query', name, ...(part === undefined ? {} : { with: part }) };
  return { when: [condition] };
};
const post = (change: Readonly<Record<string, unknown>>): readonly [string, Ask] => [
  'POST /books',
  { body: { ...fullBook, ...change } },
];

const rows: readonly Row[] = [
  {
    operation: 'getBook',
    about: 'unknown-id',
    title: 'a book that is not there is a crash',
    scope: { status: 404 },
    line: [`GET /books/${unknown}`],
    clean: 'refused',
  },
  {
    operation: 'patchBook',
    about: 'unknown-id',
    title: 'to change a book that is not there is a crash',
    scope: { status: 404 },
    line: [`PATCH /books/${unknown}`, { body: { price: 1 }, type: 'application/merge-patch+json' }],
    clean: 'refused',
  },
  {
    operation: 'getNote',
    about: 'malformed-id',
    title: 'an id that is no number is a crash',
    scope: { status: 400 },
    line: ['GET /notes/none'],
    clean: 'refused',
  },
  {
    operation: 'listBooks',
    about: 'invalid',
    title: 'a parameter that breaks its schema is a crash',
    scope: { status: 400 },
    line: ['GET /books?page=first'],
    clean: 'refused',
  },
  {
    operation: 'createBook',
    about: 'syntax',
    title: 'malformed JSON is a crash',
    scope: { status: 400 },
    line: ['POST /books', { body: '{"title":' }],
    clean: 'refused',
  },
  {
    operation: 'createNote',
    about: 'invalid',
    title: 'a note that breaks its schema is a crash',
    scope: { status: 422 },
    line: [`POST ${first}/notes`, { body: { kind: 'song' } }],
    clean: 'refused',
  },
  {
    operation: 'replaceBook',
    about: 'media-type',
    title: 'a body of another media type is a crash',
    scope: { status: 415 },
    line: [`PUT ${first}`, { body: leastBook, type: 'text/csv' }],
    clean: 'refused',
  },
  {
    operation: 'createBook',
    about: 'conflict',
    title: 'a book with the ISBN of another is a crash',
    scope: { status: 409 },
    line: ['POST /books', { body: { ...leastBook, isbn: '978-1000000000' } }],
    clean: 'refused',
  },
  {
    operation: 'deleteBook',
    about: 'role',
    title: 'a reader who deletes a book is a crash',
    scope: { status: 403 },
    line: [`DELETE ${first}`, { as: 'reader' }],
    clean: 'refused',
  },
  {
    operation: 'getStatus',
    about: 'accept',
    title: 'to ask for what there is not is a crash',
    scope: { status: 406 },
    line: ['GET /status', { headers: { Accept: 'image/png' } }],
    clean: 'refused',
  },
  {
    operation: 'listBooks',
    about: 'query.page/large',
    title: 'the largest page is a crash',
    scope: query('page', '10000'),
    line: ['GET /books?page=10000'],
    clean: 'taken',
  },
  {
    operation: 'listBooks',
    about: 'query.search/percent',
    title: 'a percent sign in the search is a crash',
    scope: query('search', '%25'),
    line: ['GET /books?search=%25%25'],
    clean: 'taken',
  },
  {
    operation: 'listBooks',
    about: 'query.genre+search',
    title: 'a genre and a search together are a crash, where no page size is given',
    scope: {
      when: [
        { has: 'query', name: 'genre' },
        { has: 'query', name: 'search' },
        { lacks: 'query', name: 'page_size' },
      ],
    },
    line: ['GET /books?genre=history&search=Sea'],
    clean: 'taken',
  },
  {
    operation: 'createBook',
    about: 'body/emoji',
    title: 'an emoji in a title is a crash',
    scope: { when: [{ body: '\u{1f30a}' }] },
    line: post({ title: 'Sea \u{1f30a}' }),
    clean: 'taken',
  },
  {
    operation: 'createBook',
    about: 'body/least',
    title: 'a book with only what it must have is a crash',
    scope: { when: [{ body: '"score":null' }] },
    line: ['POST /books', { body: leastBook }],
    clean: 'taken',
  },
  {
    operation: 'findShelves',
    about: 'header.X-Paint',
    title: 'to ask for paint is a crash',
    scope: { when: [{ has: 'header', name: 'X-Paint' }] },
    line: ['GET /shelves/0/.a/;from=1;to=4', { headers: { 'X-Paint': 'colour=red' } }],
    clean: 'taken',
  },
];

/** No operation of the document has these methods, so the fault is planted by its path. */
const otherMethod: Fault = {
  id: 'crash/findShelves/method',
  group: 'crash',
  title: 'a method that shelves do not know is a crash',
  plant: {
    by: 'wrapper',
    scope: { path: '/api/shelves/{floor}/{aisles}/{bays}', status: 405 },
    breach: { kind: 'crash' },
  },
  expects: { operations: ['findShelves'], about: 'method' },
  probe: async (send) => kindOf((await send('PATCH /shelves/0/.a/;from=1;to=4')).status),
  clean: 'refused',
  faulty: 'crashed',
};

/** Faults by which the server breaks down. */
export const crashFaults: readonly Fault[] = [...rows.map(crashing), otherMethod];
