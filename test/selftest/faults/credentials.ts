import type { HttpRequest } from '../../../src/http/index.ts';
import type { Condition } from '../breach/breach.ts';
import { editMember } from '../breach/edit.ts';
import type { Ask, Client } from '../client.ts';
import { cover, fullBook, leastBook, multipartType } from '../messages.ts';
import { Refusal } from '../server/answer.ts';
import type { Identity } from '../server/call.ts';
import { authenticate, credentials, identityOf } from '../server/credentials.ts';
import { type Fault, operationOf, type Plant, scopeOf } from './fault.ts';
import { kindOf } from './rejected.ts';

const first = '/books/00000001-0000-4000-8000-000000000001';

interface Row {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly plant: Plant;
  readonly probe: (send: Client) => Promise<unknown>;
  readonly clean: unknown;
  readonly faulty: unknown;
}

function fault({ operation, about, ...row }: Row): Fault {
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

function letIn({ operation, about, title, knows, line }: LetIn): Row {
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

const roles: readonly Row[] = (
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

const others: readonly Row[] = [
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

/** A door that opens, or stays shut, around the server. */
interface Door {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly when: readonly Condition[];
  readonly good: readonly [line: string, ask?: Ask];
  readonly bad: readonly [line: string, ask?: Ask];
}

/** A 401 is answered like the good request before it. */
function remembered({ operation, about, title, when, good, bad }: Door): Row {
  return {
    operation,
    about,
    title,
    plant: {
      by: 'wrapper',
      scope: scopeOf(operation, { when }),
      breach: { kind: 'swallow', statuses: [401] },
    },
    probe: async (send) => {
      await send(...good);
      return kindOf((await send(...bad)).status);
    },
    clean: 'refused',
    faulty: 'taken',
  };
}

const without: Condition = { lacks: 'header', name: 'Authorization' };
const note = `POST ${first}/notes`;
const rating = { kind: 'rating', stars: 2 };

const doors: readonly Door[] = [
  {
    operation: 'getBook',
    about: 'none',
    title: 'a book that was read before is shown to anybody',
    when: [without],
    good: [`GET ${first}`],
    bad: [`GET ${first}`, { as: 'nobody' }],
  },
  {
    operation: 'createNote',
    about: 'wrong-scheme',
    title: 'Basic is as good as a token for a note',
    when: [{ has: 'header', name: 'Authorization', with: 'Basic ' }],
    good: [note, { body: rating }],
    bad: [note, { as: 'nobody', body: rating, headers: { Authorization: 'Basic YTpi' } }],
  },
  {
    operation: 'readFeed',
    about: 'none',
    title: 'the feed can be read by anybody',
    when: [without],
    good: ['GET /feed?topic=books'],
    bad: ['GET /feed?topic=books', { as: 'nobody' }],
  },
  {
    operation: 'listNotes',
    about: 'empty',
    title: 'an empty Authorization is good for notes',
    when: [{ has: 'header', name: 'Authorization' }],
    good: [`GET ${first}/notes`],
    bad: [`GET ${first}/notes`, { as: 'nobody', headers: { Authorization: '' } }],
  },
];

const merge = 'application/merge-patch+json';
const upload: Ask = { body: cover, type: multipartType };

/** Operations that let anybody in, by the answer that somebody else got before. */
const forAnybody: readonly Door[] = (
  [
    ['createBook', 'POST /books', { body: fullBook }],
    ['replaceBook', `PUT ${first}`, { body: leastBook }],
    ['patchBook', `PATCH ${first}`, { body: { price: 1 }, type: merge }],
    ['uploadCover', `PUT ${first}/cover`, upload],
    ['listNotes', `GET ${first}/notes`, {}],
    ['createNote', note, { body: rating }],
    ['getNote', 'GET /notes/1', {}],
    ['findShelves', 'GET /shelves/0/.a/;from=1;to=4', {}],
  ] as const
).map(([operation, line, ask]) => ({
  operation,
  about: 'none/remembered',
  title: `${operation} lets anybody in after somebody`,
  when: [without],
  good: [line, ask],
  bad: [line, { ...ask, as: 'nobody' }],
}));

const shut: readonly Row[] = [
  {
    operation: 'getStatus',
    about: 'public',
    title: 'the status, which is for anybody, demands a token',
    plant: {
      by: 'wrapper',
      scope: scopeOf('getStatus', { when: [without] }),
      breach: { kind: 'refuse', status: 403 },
    },
    probe: async (send) => (await send('GET /status', { as: 'nobody' })).status,
    clean: 200,
    faulty: 403,
  },
  {
    operation: 'readFeed',
    about: 'key',
    title: 'the key, which is promised to be enough for the feed, is not',
    plant: {
      by: 'wrapper',
      scope: scopeOf('readFeed'),
      breach: { kind: 'request-header', name: 'X-Api-Key' },
    },
    probe: async (send) =>
      (await send('GET /feed?topic=books', { as: 'nobody', headers: { 'X-Api-Key': credentials.key } }))
        .status,
    clean: 200,
    faulty: 401,
  },
  {
    operation: 'createBook',
    about: 'refused-writes',
    title: 'a book that is refused for want of a token is kept',
    plant: {
      by: 'server',
      options: {
        authenticate: (request, asked) =>
          asked.id === 'createBook' && field(request) === ''
            ? { name: 'nobody', roles: [] }
            : authenticate(request, asked),
        around: {
          createBook: (handler) => async (call) => {
            const response = await handler(call);
            return call.who.name === 'nobody' ? refuse(call.request) : response;
          },
        },
      },
    },
    probe: async (send) => {
      const { status } = await send('POST /books', { as: 'nobody', body: leastBook });
      return [status, (await send('GET /books')).at('count')];
    },
    clean: [401, 12],
    faulty: [401, 13],
  },
];

/** The refusal that the clean server gives, too late. */
function refuse(request: HttpRequest): never {
  authenticate(request, operationOf('createBook'));
  throw new Refusal(500, 'This cannot be reached.');
}

/** Faults in who is let in. */
export const credentialFaults: readonly Fault[] = [
  ...openDoors.map(letIn),
  ...roles,
  ...others,
  ...[...doors, ...forAnybody].map(remembered),
  ...shut,
].map(fault);
