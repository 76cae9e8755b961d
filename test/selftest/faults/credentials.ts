import type { HttpRequest } from '../../../src/http/index.ts';
import { editMember } from '../breach/edit.ts';
import type { Ask, Client } from '../client.ts';
import { fullBook, leastBook } from '../messages.ts';
import type { Identity } from '../server/call.ts';
import { authenticate, credentials, identityOf } from '../server/credentials.ts';
import type { Fault, Plant } from './fault.ts';
import { kindOf } from './keywords.ts';

const first = '/books/00000001-0000-4000-8000-000000000001';

/** A fault in who is let in, in short. */
export interface CredentialRow {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly plant: Plant;
  readonly probe: (send: Client) => Promise<unknown>;
  readonly clean: unknown;
  readonly faulty: unknown;
}

/** Makes one of it. */
export function inCredentials({ operation, about, ...row }: CredentialRow): Fault {
  const id = `credentials/${operation}/${about}`;
  return { ...row, id, group: 'credentials', expects: { operations: [operation], about } };
}

/** A request whose credentials are wrong in some way, and who the faulty server takes the sender for. */
interface LetIn {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly knows: (request: HttpRequest) => Identity | undefined;
  readonly line: readonly [line: string, ask: Ask];
}

function letIn({ operation, about, title, knows, line }: LetIn): CredentialRow {
  const plant: Plant = {
    by: 'server',
    options: {
      authenticate: (request, asked) => {
        const who = asked.id === operation ? knows(request) : undefined;
        return who ?? authenticate(request, asked);
      },
    },
  };
  const probe = async (send: Client): Promise<string> => kindOf((await send(...line)).status);
  return { operation, about, title, plant, probe, clean: 'refused', faulty: 'taken' };
}

const field = (request: HttpRequest): string => request.headers.get('authorization') ?? '';
const tokenOf = (request: HttpRequest): string => field(request).replace(/^bearer +/i, '');
const bearer = (token: string): Ask => ({ as: 'nobody', headers: { Authorization: `Bearer ${token}` } });
const admin = identityOf(credentials.admin);
const almost = `${credentials.admin.slice(0, -1)}0`;

const openDoors: readonly LetIn[] = [
  {
    operation: 'listBooks',
    about: 'none',
    title: 'the books are listed for anybody',
    knows: (request) => (field(request) === '' ? admin : undefined),
    line: ['GET /books', { as: 'nobody' }],
  },
  {
    operation: 'deleteBook',
    about: 'none',
    title: 'anybody may delete a book',
    knows: (request) => (field(request) === '' ? admin : undefined),
    line: [`DELETE ${first}`, { as: 'nobody' }],
  },
  {
    operation: 'getBook',
    about: 'empty',
    title: 'an empty token is good for a book',
    knows: (request) => (/^bearer\s*$/i.test(field(request)) ? admin : undefined),
    line: [`GET ${first}`, bearer('')],
  },
  {
    operation: 'listNotes',
    about: 'wrong-scheme',
    title: 'a token is good for notes whatever the scheme before it',
    knows: (request) => identityOf(field(request).replace(/^\S+ /, '')),
    line: [`GET ${first}/notes`, { as: 'nobody', headers: { Authorization: `Basic ${credentials.admin}` } }],
  },
  {
    operation: 'findShelves',
    about: 'wrong',
    title: 'any token is good for shelves',
    knows: (request) => (tokenOf(request) === '' ? undefined : admin),
    line: ['GET /shelves/0/.a/;from=1;to=2', bearer('this-is-no-token-at-all')],
  },
  {
    operation: 'createBook',
    about: 'wrong',
    title: 'any token is good to create a book',
    knows: (request) => (tokenOf(request) === '' ? undefined : admin),
    line: ['POST /books', { ...bearer('wrong'), body: leastBook }],
  },
  {
    operation: 'getNote',
    about: 'almost',
    title: 'a token with another last character is good for a note',
    knows: (request) => (tokenOf(request).startsWith(credentials.admin.slice(0, -1)) ? admin : undefined),
    line: ['GET /notes/1', bearer(almost)],
  },
  {
    operation: 'patchBook',
    about: 'almost/longer',
    title: 'a token with something behind it is good to change a book',
    knows: (request) => (tokenOf(request).startsWith(credentials.admin) ? admin : undefined),
    line: [
      `PATCH ${first}`,
      { ...bearer(`${credentials.admin}x`), body: { price: 1 }, type: 'application/merge-patch+json' },
    ],
  },
  {
    operation: 'replaceBook',
    about: 'almost/case',
    title: 'a token in capitals is good to replace a book',
    knows: (request) => identityOf(tokenOf(request).toLowerCase()),
    line: [`PUT ${first}`, { ...bearer(credentials.admin.toUpperCase()), body: leastBook }],
  },
  {
    operation: 'readFeed',
    about: 'key/wrong',
    title: 'any key is good for the feed',
    knows: (request) => (request.headers.has('x-api-key') ? { name: 'machine', roles: [] } : undefined),
    line: ['GET /feed?topic=books', { as: 'nobody', headers: { 'X-Api-Key': 'key' } }],
  },
];

/** Roles are not looked at. */
function anyRole(operation: string): Plant {
  const security = [new Map([['token', []]])];
  return {
    by: 'server',
    options: {
      authenticate: (request, asked) =>
        authenticate(request, asked.id === operation ? { ...asked, security } : asked),
    },
  };
}

const roles: readonly CredentialRow[] = (
  [
    ['createBook', 201, 'POST /books', { as: 'reader', body: fullBook }],
    ['deleteBook', 204, `DELETE ${first}`, { as: 'reader' }],
    ['replaceBook', 200, `PUT ${first}`, { as: 'reader', body: leastBook }],
  ] as const
).map(([operation, taken, line, ask]) => ({
  operation,
  about: 'role',
  title: `${operation} is for readers too`,
  plant: anyRole(operation),
  probe: async (send: Client): Promise<number> => (await send(line, ask)).status,
  clean: 403,
  faulty: taken,
}));

/** The one who asks is taken for the one who wrote the note. */
function anyOwner(operation: string): Plant {
  return {
    by: 'server',
    options: {
      around: {
        [operation]: (handler) => (call) => {
          const note = call.room.state.notes.get(Number(call.values.get('path.noteId')));
          const name = String(note?.value.writtenBy ?? call.who.name);
          return handler({ ...call, who: { ...call.who, name } });
        },
      },
    },
  };
}

const others: readonly CredentialRow[] = [
  {
    operation: 'getNote',
    about: 'other',
    title: 'a note can be read by somebody else',
    plant: anyOwner('getNote'),
    probe: async (send) => (await send('GET /notes/1', { as: 'reader' })).status,
    clean: 403,
    faulty: 200,
  },
  {
    operation: 'deleteNote',
    about: 'other',
    title: 'a note can be deleted by somebody else',
    plant: anyOwner('deleteNote'),
    probe: async (send) => (await send('DELETE /notes/1', { as: 'reader' })).status,
    clean: 403,
    faulty: 204,
  },
  {
    operation: 'listNotes',
    about: 'other',
    title: 'the list of notes shows those of everybody',
    plant: {
      by: 'server',
      options: {
        around: {
          listNotes: (handler) => async (call) => {
            const mine = await handler(call);
            const all = [...call.room.state.notes.values()].map(({ value }) => value);
            return editMember(mine, 'items', { set: all.slice(0, Number(call.values.get('query.limit'))) });
          },
        },
      },
    },
    probe: async (send) =>
      (await send(`GET ${first}/notes?limit=20`, { as: 'reader' })).at('items.0.writtenBy'),
    clean: 'reader',
    faulty: 'admin',
  },
];

/** Faults in who is taken for whom. */
export const credentialFaults: readonly Fault[] = [...openDoors.map(letIn), ...roles, ...others].map(
  inCredentials,
);
