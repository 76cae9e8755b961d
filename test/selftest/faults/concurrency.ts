import type { Client } from '../client.ts';
import { fullBook, leastBook } from '../messages.ts';
import { bookOf, type Call } from '../server/call.ts';
import { copyOf } from '../server/room.ts';
import type { Around } from './around.ts';
import { type Fault, scopeOf } from './fault.ts';

interface Row {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly plant: Fault['plant'] | Around;
  readonly probe: (send: Client) => Promise<unknown>;
  readonly clean: unknown;
  readonly faulty: unknown;
}

function fault({ operation, about, plant, ...row }: Row): Fault {
  return {
    ...row,
    id: `concurrency/${operation}/${about}`,
    group: 'concurrency',
    plant:
      typeof plant === 'function' ? { by: 'server', options: { around: { [operation]: plant } } } : plant,
    expects: { operations: [operation], about },
  };
}

const first = '/books/00000001-0000-4000-8000-000000000001';

/** Long enough for requests that were sent together to be here together. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

/** Takes something from the room, waits, and puts it back before it goes on: what came between is lost. */
function late<Taken>(take: (call: Call) => Taken, putBack: (call: Call, taken: Taken) => void): Around {
  return (handler) => async (call) => {
    const taken = take(call);
    await pause();
    putBack(call, taken);
    return handler(call);
  };
}

/** Every call under way is answered as the latest would be. */
function mixing(part: (latest: Call) => Partial<Call>): Around {
  let latest: Call | undefined;
  return (handler) => async (call) => {
    latest = call;
    await pause();
    return handler({ ...call, ...part(latest) });
  };
}

const createdIds = async (send: Client): Promise<number> => {
  const isbns = ['979-0000000001', '979-0000000002', '979-0000000003', '979-0000000004'];
  const made = await Promise.all(isbns.map((isbn) => send('POST /books', { body: { ...leastBook, isbn } })));
  return new Set(made.map((one) => one.at('id'))).size;
};

const patch = (body: unknown) => ({ body, type: 'application/merge-patch+json' });

const bothChanges = async (send: Client): Promise<unknown[]> => {
  await Promise.all([
    send(`PATCH ${first}`, patch({ title: 'Both' })),
    send(`PATCH ${first}`, patch({ price: 1 })),
  ]);
  const book = await send(`GET ${first}`);
  return [book.at('title'), book.at('price')];
};

const rows: readonly Row[] = [
  {
    operation: 'createBook',
    about: 'ids',
    title: 'books that are created together have one id',
    plant: late(
      ({ room }) => room.counters.book,
      ({ room }, taken) => {
        room.counters.book = taken;
      },
    ),
    probe: createdIds,
    clean: 4,
    faulty: 1,
  },
  {
    operation: 'createNote',
    about: 'lost',
    title: 'of notes that are created together one is kept',
    plant: late(
      ({ room }) => copyOf(room.state),
      ({ room }, taken) => {
        room.state = taken;
      },
    ),
    probe: async (send) => {
      const path = `${first}/notes`;
      const before = Object((await send(`GET ${path}?limit=20`)).at('items')).length;
      await Promise.all([1, 2, 3].map((stars) => send(`POST ${path}`, { body: { kind: 'rating', stars } })));
      return Object((await send(`GET ${path}?limit=20`)).at('items')).length - before;
    },
    clean: 3,
    faulty: 1,
  },
  {
    operation: 'patchBook',
    about: 'lost-update',
    title: 'of two changes of one book that are made together one is lost',
    plant: late(
      (call) => bookOf(call, call.room.state.books),
      ({ room }, book) => {
        room.state.books.set(String(book.id), book);
      },
    ),
    probe: bothChanges,
    clean: ['Both', 1],
    faulty: ['The Quiet Harbour', 1],
  },
  {
    operation: 'replaceBook',
    about: 'If-Match/race',
    title: 'two replacements of one version are both made',
    plant: late(
      (call) => bookOf(call, call.room.state.books),
      ({ room }, book) => {
        room.state.books.set(String(book.id), book);
      },
    ),
    probe: async (send) => {
      const tag = (await send(`GET ${first}`)).header('etag') ?? '';
      const put = (body: unknown) => send(`PUT ${first}`, { body, headers: { 'If-Match': tag } });
      const both = await Promise.all([put(leastBook), put(fullBook)]);
      return both.map(({ status }) => status).sort();
    },
    clean: [200, 412],
    faulty: [200, 200],
  },
  {
    operation: 'listBooks',
    about: 'filter-leaks',
    title: 'the filter of one request is used for another',
    plant: { by: 'wrapper', scope: scopeOf('listBooks'), breach: { kind: 'mix' } },
    probe: async (send) => {
      const genres = ['poetry', 'fiction'];
      const pages = await Promise.all(genres.map((genre) => send(`GET /books?genre=${genre}`)));
      return pages.map((page) => page.at('results.0.genre'));
    },
    clean: ['poetry', 'fiction'],
    faulty: ['fiction', 'fiction'],
  },
  {
    operation: 'getBook',
    about: 'id-leaks',
    title: 'of books that are asked for together the last is shown for all',
    plant: { by: 'wrapper', scope: scopeOf('getBook'), breach: { kind: 'mix' } },
    probe: async (send) => {
      const paths = [first, first.replaceAll('1', '2')];
      const books = await Promise.all(paths.map((path) => send(`GET ${path}`)));
      return books.map((book) => book.at('title'));
    },
    clean: ['The Quiet Harbour', 'Salt and Light'],
    faulty: ['Salt and Light', 'Salt and Light'],
  },
  {
    operation: 'listNotes',
    about: 'identity-leaks',
    title: 'notes are listed for the one who asked last',
    plant: mixing(({ who }) => ({ who })),
    probe: async (send) => {
      const pages = await Promise.all([
        send(`GET ${first}/notes`),
        send(`GET ${first}/notes`, { as: 'reader' }),
      ]);
      return pages.map((page) => page.at('items.0.writtenBy'));
    },
    clean: ['admin', 'reader'],
    faulty: ['reader', 'reader'],
  },
  {
    operation: 'createBook',
    about: 'body-leaks',
    title: 'of books that are created together each has the title of the last',
    plant: mixing(({ body }) => ({ body })),
    probe: async (send) => {
      const made = await Promise.all([fullBook, leastBook].map((body) => send('POST /books', { body })));
      return made.map((one) => one.at('title'));
    },
    clean: ['The Night Ferry', 'Least'],
    faulty: ['Least', 'Conflict'],
  },
];

/** Faults that show when requests come together. */
export const concurrencyFaults: readonly Fault[] = rows.map(fault);
