import type { HttpRequest } from '../../../src/http/index.ts';
import type { Condition } from '../breach/breach.ts';
import type { Ask } from '../client.ts';
import { cover, fullBook, leastBook, multipartType } from '../messages.ts';
import { Refusal } from '../server/answer.ts';
import { authenticate, credentials } from '../server/credentials.ts';
import { type CredentialRow, inCredentials } from './credentials.ts';
import { type Fault, operationOf, scopeOf } from './fault.ts';
import { kindOf } from './keywords.ts';

const first = '/books/00000001-0000-4000-8000-000000000001';

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
function remembered({ operation, about, title, when, good, bad }: Door): CredentialRow {
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

const shut: readonly CredentialRow[] = [
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
          asked.id === 'createBook' && request.headers.get('authorization') === undefined
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

/** Faults of doors that are open, or shut, whoever comes. */
export const doorFaults: readonly Fault[] = [...[...doors, ...forAnybody].map(remembered), ...shut].map(
  inCredentials,
);
