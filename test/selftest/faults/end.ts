import type { Node, Operation } from '../document.ts';
import { leastBook } from '../messages.ts';
import { Refusal } from '../server/answer.ts';
import { bookOf, type Call } from '../server/call.ts';
import { authenticate } from '../server/credentials.ts';
import { afterwards, changing, forgetting } from './around.ts';
import type { Fault } from './fault.ts';
import { create, first, idsOf, inLife, type LifeRow, wrapped } from './life-fault.ts';

/** To delete, any token will do. */
function withoutRoles(operation: Operation): Operation {
  return operation.id === 'deleteBook' ? { ...operation, security: [new Map([['token', []]])] } : operation;
}

/** Puts a deleted book back. */
const backInList = ({ room }: Call, old: Node): void => {
  room.state.books.set(String(old.id), old);
};

const ends: readonly LifeRow[] = [
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

/** Faults in how things end. */
export const endFaults: readonly Fault[] = ends.map(inLife);
