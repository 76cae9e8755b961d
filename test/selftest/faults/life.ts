import type { Breach, Scope } from '../breach/breach.ts';
import type { Ask, Client } from '../client.ts';
import type { Node, Operation } from '../document.ts';
import { fullBook, leastBook } from '../messages.ts';
import { Refusal } from '../server/answer.ts';
import { bookOf, type Call } from '../server/call.ts';
import { authenticate } from '../server/credentials.ts';
import { keepBook } from '../server/room.ts';
import { type Around, afterwards, changing, forgetting, hearing, jsonOf } from './around.ts';
import { type Fault, type Plant, scopeOf } from './fault.ts';

interface Row {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly plant: Plant | Around;
  readonly probe: (send: Client) => Promise<unknown>;
  readonly clean: unknown;
  readonly faulty: unknown;
  /** Others that may rightly be blamed. */
  readonly orElse?: readonly string[];
}

/** A fault in the life of a resource. A bare handler is put around the operation's own. */
export function inLife({ operation, about, plant, orElse = [], ...row }: Row): Fault {
  return {
    ...row,
    id: `life/${operation}/${about}`,
    group: 'life',
    plant:
      typeof plant === 'function' ? { by: 'server', options: { around: { [operation]: plant } } } : plant,
    expects: { operations: [operation, ...orElse], about },
  };
}

function wrapped(operation: string, breach: Breach, scope: Scope = {}): Plant {
  return { by: 'wrapper', scope: scopeOf(operation, scope), breach };
}

const first = '/books/00000001-0000-4000-8000-000000000001';
const second = '/books/00000002-0000-4000-8000-000000000002';
const merge = 'application/merge-patch+json';

/** Creates a book, and gives its path. */
async function create(send: Client, change: Node = {}): Promise<string> {
  const answer = await send('POST /books', { body: { ...fullBook, ...change } });
  return `/books/${answer.at('id')}`;
}

const patch = (body: Node): Ask => ({ body, type: merge });

async function idsOf(send: Client, path: string, list: string): Promise<unknown[]> {
  const items = (await send(path)).at(list);
  return Array.isArray(items) ? items.map((item) => Object(item).id) : [];
}

/** The status of a book that was created. */
const readNew = async (send: Client): Promise<number> => (await send(`GET ${await create(send)}`)).status;

const listed = async (send: Client): Promise<boolean> => {
  const id = (await create(send)).slice('/books/'.length);
  return (await idsOf(send, 'GET /books?page_size=50', 'results')).includes(id);
};

/** A text as it comes back. */
function roundTrip(title: string): Row['probe'] {
  return async (send) => (await send(`GET ${await create(send, { title })}`)).at('title');
}

/** What a book is kept with, changed on the way in. */
function keeping(change: (book: Node) => Node): Around {
  return hearing((call) => ({ body: change(Object(call.body)) }));
}

const inTitle = (change: (title: string) => string): Around =>
  keeping((book) => ({ ...book, title: change(String(book.title)) }));

const creations: readonly Row[] = [
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

const texts: readonly Row[] = (
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

/** Puts a book as it was before the call. */
const restoring = (kept: (old: Node, now: Node) => Node): Around => {
  return (handler) => async (call) => {
    const old = bookOf(call, call.room.state.books);
    const response = await handler(call);
    const now = bookOf(call, call.room.state.books);
    call.room.state.books.set(String(old.id), kept(old, now));
    return response;
  };
};

const changes: readonly Row[] = [
  {
    operation: 'replaceBook',
    about: 'stored',
    title: 'a replaced book stays as it was',
    plant: forgetting,
    probe: async (send) => {
      await send(`PUT ${first}`, { body: leastBook });
      return (await send(`GET ${first}`)).at('title');
    },
    clean: 'Least',
    faulty: 'The Quiet Harbour',
    orElse: ['getBook'],
  },
  {
    operation: 'replaceBook',
    about: 'replaces',
    title: 'PUT keeps what was left out',
    plant: hearing((call) => ({
      body: { ...bookOf(call, call.room.state.books), ...Object(call.body) },
    })),
    probe: async (send) => (await send(`PUT ${first}`, { body: leastBook })).at('year'),
    clean: undefined,
    faulty: 1900,
  },
  {
    operation: 'replaceBook',
    about: 'idempotent',
    title: 'each PUT of the same book adds to its tags',
    plant: restoring((old, now) => ({
      ...now,
      tags: [...Object(old.tags ?? []), `put ${Object(old.tags ?? []).length}`],
    })),
    probe: async (send) => {
      const path = await create(send);
      for (const _ of [1, 2]) await send(`PUT ${path}`, { body: fullBook });
      return (await send(`GET ${path}`)).at('tags');
    },
    clean: fullBook.tags,
    faulty: ['sea', 'night', 'put 2', 'put 3'],
  },
  {
    operation: 'replaceBook',
    about: 'creates-none',
    title: 'PUT adds another book',
    plant: afterwards((call, response) => {
      keepBook(call.room, call.room.nextBookId(), jsonOf(response));
    }),
    probe: async (send) => {
      await send(`PUT ${first}`, { body: leastBook });
      return (await send('GET /books')).at('count');
    },
    clean: 12,
    faulty: 13,
  },
  {
    operation: 'patchBook',
    about: 'keeps-the-rest',
    title: 'PATCH drops what was not given',
    plant: restoring((_old, now) => {
      const { tags, homepage, ...rest } = now;
      return rest;
    }),
    probe: async (send) => {
      const path = await create(send);
      await send(`PATCH ${path}`, patch({ price: 1 }));
      return (await send(`GET ${path}`)).at('homepage');
    },
    clean: fullBook.homepage,
    faulty: undefined,
  },
  {
    operation: 'patchBook',
    about: 'stored',
    title: 'a PATCH is answered but not kept',
    plant: forgetting,
    probe: async (send) => {
      await send(`PATCH ${first}`, patch({ price: 1 }));
      return (await send(`GET ${first}`)).at('price');
    },
    clean: 1,
    faulty: 5,
    orElse: ['getBook'],
  },
  {
    operation: 'patchBook',
    about: 'one-property',
    title: 'of a PATCH of two properties one is kept',
    plant: restoring((old, now) => ({ ...now, price: old.price })),
    probe: async (send) => {
      await send(`PATCH ${first}`, patch({ title: 'T', price: 1 }));
      return (await send(`GET ${first}`)).at('price');
    },
    clean: 1,
    faulty: 5,
    orElse: ['getBook'],
  },
  {
    operation: 'patchBook',
    about: 'null',
    title: 'a PATCH with null leaves the value',
    plant: restoring((old, now) => ({ ...now, score: now.score ?? old.score })),
    probe: async (send) => {
      await send(`PATCH ${second}`, patch({ score: null }));
      return (await send(`GET ${second}`)).at('score');
    },
    clean: null,
    faulty: 1.5,
  },
  {
    operation: 'replaceBook',
    about: 'neighbour',
    title: 'a PUT changes another book too',
    plant: afterwards(({ room }, response) => {
      const { title } = jsonOf(response);
      for (const [id, book] of [...room.state.books].slice(-2)) room.state.books.set(id, { ...book, title });
    }),
    probe: async (send) => {
      const other = await create(send);
      await send(`PUT ${first}`, { body: leastBook });
      return (await send(`GET ${other}`)).at('title');
    },
    clean: fullBook.title,
    faulty: 'Least',
  },
  {
    operation: 'getBook',
    about: 'fresh',
    title: 'a book is shown as it was first asked for',
    plant: wrapped('getBook', { kind: 'stale' }),
    probe: async (send) => {
      await send(`GET ${first}`);
      await send(`PUT ${first}`, { body: leastBook });
      return (await send(`GET ${first}`)).at('title');
    },
    clean: 'Least',
    faulty: 'The Quiet Harbour',
    orElse: ['replaceBook', 'patchBook'],
  },
  {
    operation: 'replaceBook',
    about: 'refused-changes-nothing',
    title: 'a PUT that is refused for its ISBN changes the price all the same',
    plant: (handler) => async (call) => {
      try {
        return await handler(call);
      } catch (error) {
        const old = bookOf(call, call.room.state.books);
        call.room.state.books.set(String(old.id), { ...old, price: Object(call.body).price });
        throw error;
      }
    },
    probe: async (send) => {
      const path = await create(send);
      const isbn = (await send(`GET ${first}`)).at('isbn');
      await send(`PUT ${path}`, { body: { ...leastBook, isbn } });
      return (await send(`GET ${path}`)).at('price');
    },
    clean: 12.5,
    faulty: 0,
  },
  {
    operation: 'replaceBook',
    about: 'If-Match/ignored',
    title: 'a PUT for an old version is made',
    plant: wrapped('replaceBook', { kind: 'request-header', name: 'If-Match' }),
    probe: async (send) => {
      const ask = { body: leastBook, headers: { 'If-Match': '"old"' } };
      return (await send(`PUT ${first}`, ask)).status;
    },
    clean: 412,
    faulty: 200,
  },
  {
    operation: 'patchBook',
    about: 'If-Match/refused-changes-nothing',
    title: 'a PATCH of an old version is refused and made',
    plant: (handler) => async (call) => {
      const answer = await handler({ ...call, values: new Map([...call.values, ['header.If-Match', '*']]) });
      const wanted = call.values.get('header.If-Match');
      if (wanted === undefined || wanted === '*') return answer;
      throw new Refusal(412, 'The book has changed since.');
    },
    probe: async (send) => {
      await send(`PATCH ${first}`, { ...patch({ price: 2 }), headers: { 'If-Match': '"old"' } });
      return (await send(`GET ${first}`)).at('price');
    },
    clean: 5,
    faulty: 2,
  },
  {
    operation: 'createBook',
    about: 'conflict-keeps-nothing',
    title: 'a book that is refused for its ISBN is kept',
    plant: (handler) => async (call) => {
      try {
        return await handler(call);
      } catch (error) {
        keepBook(call.room, call.room.nextBookId(), Object(call.body));
        throw error;
      }
    },
    probe: async (send) => {
      await create(send);
      await create(send);
      return (await send('GET /books')).at('count');
    },
    clean: 13,
    faulty: 14,
    orElse: ['listBooks'],
  },
];

/** To delete, any token will do. */
function withoutRoles(operation: Operation): Operation {
  return operation.id === 'deleteBook' ? { ...operation, security: [new Map([['token', []]])] } : operation;
}

/** Puts a deleted book back. */
const backInList = ({ room }: Call, old: Node): void => {
  room.state.books.set(String(old.id), old);
};

const ends: readonly Row[] = [
  {
    operation: 'deleteBook',
    about: 'gone',
    title: 'a deleted book is still there',
    plant: wrapped('deleteBook', { kind: 'pretend' }),
    probe: async (send) => {
      await send(`DELETE ${first}`);
      return (await send(`GET ${first}`)).status;
    },
    clean: 404,
    faulty: 200,
    orElse: ['getBook', 'listBooks'],
  },
  {
    operation: 'deleteNote',
    about: 'gone',
    title: 'a deleted note is still there',
    plant: forgetting,
    probe: async (send) => {
      await send('DELETE /notes/1');
      return (await send('GET /notes/1')).status;
    },
    clean: 404,
    faulty: 200,
    orElse: ['getNote', 'listNotes'],
  },
  {
    operation: 'getBook',
    about: 'gone',
    title: 'a deleted book can be read for ever',
    plant: { by: 'wrapper', scope: { path: '/api/books/{bookId}' }, breach: { kind: 'undead' } },
    probe: async (send) => {
      await send(`GET ${first}`);
      await send(`DELETE ${first}`);
      return (await send(`GET ${first}`)).status;
    },
    clean: 404,
    faulty: 200,
    orElse: ['deleteBook'],
  },
  {
    operation: 'getNote',
    about: 'gone',
    title: 'a deleted note can be read for ever',
    plant: { by: 'wrapper', scope: { path: '/api/notes/{noteId}' }, breach: { kind: 'undead' } },
    probe: async (send) => {
      await send('GET /notes/1');
      await send('DELETE /notes/1');
      return (await send('GET /notes/1')).status;
    },
    clean: 404,
    faulty: 200,
    orElse: ['deleteNote'],
  },
  {
    operation: 'deleteBook',
    about: 'gone-from-list',
    title: 'a deleted book stays in the list',
    plant: {
      by: 'server',
      options: {
        around: {
          deleteBook: (handler) => async (call) => {
            const old = bookOf(call, call.room.state.books);
            const response = await handler(call);
            backInList(call, { ...old, deleted: true });
            return response;
          },
          getBook: (handler) => (call) => {
            const { books } = call.room.state;
            if (bookOf(call, books).deleted === true) throw new Refusal(404, 'It is gone.');
            return handler(call);
          },
          listBooks: changing('results.*.deleted', { drop: true }),
        },
      },
    },
    probe: async (send) => {
      const path = await create(send);
      await send(`DELETE ${path}`);
      const ids = await idsOf(send, 'GET /books?page_size=50', 'results');
      return [(await send(`GET ${path}`)).status, ids.includes(path.slice('/books/'.length))];
    },
    clean: [404, false],
    faulty: [404, true],
    orElse: ['listBooks'],
  },
  {
    operation: 'deleteBook',
    about: 'neighbour',
    title: 'with a book its neighbour is deleted',
    plant: afterwards(({ room }) => {
      const last = [...room.state.books.keys()].at(-1) ?? '';
      room.state.books.delete(last);
    }),
    probe: async (send) => {
      const other = await create(send);
      await send(`DELETE ${await create(send, { isbn: leastBook.isbn })}`);
      return (await send(`GET ${other}`)).status;
    },
    clean: 200,
    faulty: 404,
    orElse: ['getBook'],
  },
  {
    operation: 'deleteNote',
    about: 'all',
    title: 'with a note all of them are deleted',
    plant: afterwards(({ room }) => room.state.notes.clear()),
    probe: async (send) => {
      await send('DELETE /notes/1');
      return (await send('GET /notes/2')).status;
    },
    clean: 200,
    faulty: 404,
    orElse: ['getNote', 'listNotes'],
  },
  {
    operation: 'deleteBook',
    about: 'twice',
    title: 'to delete a book twice is a crash',
    plant: wrapped('deleteBook', { kind: 'crash' }, { status: 404 }),
    probe: async (send) => {
      await send(`DELETE ${first}`);
      return (await send(`DELETE ${first}`)).status;
    },
    clean: 404,
    faulty: 500,
  },
  {
    operation: 'deleteBook',
    about: 'refused-deletes-nothing',
    title: 'who may not delete a book is refused, and it is gone',
    plant: {
      by: 'server',
      options: {
        around: {
          deleteBook: (handler) => async (call) => {
            const response = await handler(call);
            if (call.who.roles.includes('admin')) return response;
            throw new Refusal(403, 'This takes the role admin.');
          },
        },
        authenticate: (request, operation) => authenticate(request, withoutRoles(operation)),
      },
    },
    probe: async (send) => {
      const refused = (await send(`DELETE ${first}`, { as: 'reader' })).status;
      return [refused, (await send(`GET ${first}`)).status];
    },
    clean: [403, 200],
    faulty: [403, 404],
    orElse: ['getBook'],
  },
];

/** Faults in what becomes of things: created, changed, deleted, and read in between. */
export const lifeFaults: readonly Fault[] = [...creations, ...texts, ...changes, ...ends].map(inLife);
