import type { Node } from '../document.ts';
import { fullBook, leastBook } from '../messages.ts';
import { Refusal } from '../server/answer.ts';
import { bookOf } from '../server/call.ts';
import { keepBook } from '../server/room.ts';
import { type Around, afterwards, forgetting, hearing, jsonOf } from './around.ts';
import type { Fault } from './fault.ts';
import { create, first, inLife, type LifeRow, patch, second, wrapped } from './life-fault.ts';

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

const changes: readonly LifeRow[] = [
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

/** Faults in how things change. */
export const changeFaults: readonly Fault[] = changes.map(inLife);
