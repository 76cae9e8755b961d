import type { Client } from '../client.ts';
import type { Node } from '../document.ts';
import { fullBook, leastBook } from '../messages.ts';
import { keepBook } from '../server/room.ts';
import { type Around, changing, forgetting, hearing, jsonOf } from './around.ts';
import type { Fault } from './fault.ts';
import { create, first, idsOf, inLife, type LifeRow, second, wrapped } from './life-fault.ts';

/** The status of a book that was created. */
const readNew = async (send: Client): Promise<number> => (await send(`GET ${await create(send)}`)).status;

const listed = async (send: Client): Promise<boolean> => {
  const id = (await create(send)).slice('/books/'.length);
  return (await idsOf(send, 'GET /books?page_size=50', 'results')).includes(id);
};

/** A text as it comes back. */
function roundTrip(title: string): LifeRow['probe'] {
  return async (send) => (await send(`GET ${await create(send, { title })}`)).at('title');
}

/** What a book is kept with, changed on the way in. */
function keeping(change: (book: Node) => Node): Around {
  return hearing((call) => ({ body: change(Object(call.body)) }));
}

const inTitle = (change: (title: string) => string): Around =>
  keeping((book) => ({ ...book, title: change(String(book.title)) }));

const creations: readonly LifeRow[] = [
  {
    operation: 'createBook',
    about: 'stored',
    title: 'a new book is not kept',
    plant: forgetting,
    probe: readNew,
    clean: 200,
    faulty: 404,
    orElse: ['getBook'],
  },
  {
    operation: 'createNote',
    about: 'stored',
    title: 'a new note is not kept',
    plant: forgetting,
    probe: async (send) => {
      const note = await send(`POST ${first}/notes`, { body: { kind: 'rating', stars: 1 } });
      return (await send(`GET /notes/${note.at('id')}`)).status;
    },
    clean: 200,
    faulty: 404,
    orElse: ['getNote'],
  },
  {
    operation: 'createBook',
    about: 'keeps-every-property',
    title: 'the tags of a new book are lost',
    plant: keeping(({ tags, ...book }) => book),
    probe: async (send) => (await send(`GET ${await create(send)}`)).at('tags'),
    clean: fullBook.tags,
    faulty: undefined,
    orElse: ['getBook'],
  },
  {
    operation: 'createBook',
    about: 'keeps-nested',
    title: 'of several authors the first is kept',
    plant: keeping((book) => ({ ...book, authors: [Object(book.authors)[0]] })),
    probe: async (send) => Object((await send(`GET ${await create(send)}`)).at('authors')).length,
    clean: 2,
    faulty: 1,
    orElse: ['getBook'],
  },
  {
    operation: 'createBook',
    about: 'answer-equals-stored',
    title: 'the answer to a creation shows another price than is kept',
    plant: changing('price', { set: 1 }),
    probe: async (send) => (await send('POST /books', { body: fullBook })).at('price'),
    clean: fullBook.price,
    faulty: 1,
  },
  {
    operation: 'createBook',
    about: 'ids-unique',
    title: 'each new book has the id of the last',
    plant: hearing(({ room }) => {
      room.counters.book = 50;
      return {};
    }),
    probe: async (send) => {
      const one = await create(send);
      return one === (await create(send, { isbn: leastBook.isbn }));
    },
    clean: false,
    faulty: true,
  },
  {
    operation: 'createNote',
    about: 'once',
    title: 'a new note is kept twice',
    plant: wrapped('createNote', { kind: 'twice' }),
    probe: async (send) => {
      const before = (await idsOf(send, `GET ${second}/notes?limit=20`, 'items')).length;
      await send(`POST ${second}/notes`, { body: { kind: 'rating', stars: 1 } });
      return (await idsOf(send, `GET ${second}/notes?limit=20`, 'items')).length - before;
    },
    clean: 1,
    faulty: 2,
    orElse: ['listNotes'],
  },
  {
    operation: 'listNotes',
    about: 'contains-created',
    title: 'a new note is not in the list',
    plant: wrapped('listNotes', { kind: 'stale' }),
    probe: async (send) => {
      const path = `${first}/notes?limit=20`;
      const before = (await idsOf(send, `GET ${path}`, 'items')).length;
      await send(`POST ${first}/notes`, { body: { kind: 'rating', stars: 1 } });
      return (await idsOf(send, `GET ${path}`, 'items')).length - before;
    },
    clean: 1,
    faulty: 0,
    orElse: ['createNote'],
  },
  {
    operation: 'listBooks',
    about: 'contains-created',
    title: 'a new book is not in the list',
    plant: wrapped('listBooks', { kind: 'stale' }),
    probe: async (send) => {
      await send('GET /books?page_size=50');
      return listed(send);
    },
    clean: true,
    faulty: false,
    orElse: ['createBook'],
  },
  {
    operation: 'createBook',
    about: 'read-only',
    title: 'a client may choose the id of a new book',
    plant: (handler) => async (call) => {
      const { id } = Object(call.body);
      const response = await handler(call);
      if (typeof id !== 'string' || response.status >= 300) return response;
      keepBook(call.room, id, { ...jsonOf(response) });
      return changing('id', { set: id })(() => response)(call);
    },
    probe: async (send) =>
      (await create(send, { id: '00000000-0000-4000-8000-0000000000aa' })).endsWith('aa'),
    clean: false,
    faulty: true,
  },
];

const texts: readonly LifeRow[] = (
  [
    [
      'emoji',
      'Sea 🌊 song',
      inTitle((title) => title.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?')),
      'Sea ? song',
    ],
    [
      'non-ascii',
      'Smørrebrød',
      inTitle((title) => Buffer.from(title, 'utf8').toString('latin1')),
      'SmÃ¸rrebrÃ¸d',
    ],
    ['spaces', '  two  spaces ', inTitle((title) => title.trim()), 'two  spaces'],
    ['inner-spaces', 'two  spaces', inTitle((title) => title.replaceAll(/ +/g, ' ')), 'two spaces'],
    ['quotes', `"it's"`, inTitle((title) => title.replaceAll(/["']/g, '\\$&')), `\\"it\\'s\\"`],
    ['percent', '50%20off', inTitle((title) => decodeURIComponent(title)), '50 off'],
    [
      'markup',
      '<b> & more',
      inTitle((title) => title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
      '&lt;b> &amp; more',
    ],
    ['nul', 'before\u0000after', inTitle((title) => title.split('\u0000')[0] ?? ''), 'before'],
    ['length', 'y'.repeat(80), inTitle((title) => title.slice(0, 64)), 'y'.repeat(64)],
  ] as const
).map(([name, title, plant, faulty]) => ({
  operation: 'createBook',
  about: `round-trip/${name}`,
  title: `a title does not survive: ${name}`,
  plant,
  probe: roundTrip(title),
  clean: title,
  faulty,
  orElse: ['getBook'],
}));

/** Faults in how things come to be, and in what is kept of them. */
export const creationFaults: readonly Fault[] = [...creations, ...texts].map(inLife);
