import type { Breach, Scope } from '../breach/breach.ts';
import type { Answer, Ask, Client } from '../client.ts';
import { leastBook } from '../messages.ts';
import { withTag } from './around.ts';
import { type Fault, type Plant, scopeOf } from './fault.ts';

interface Row {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly plant: Plant;
  readonly probe: (send: Client) => Promise<unknown>;
  readonly clean: unknown;
  readonly faulty: unknown;
  readonly onWire?: true;
}

function fault({ operation, about, ...row }: Row): Fault {
  const id = `exchange/${operation}/${about}`;
  return { ...row, id, group: 'exchange', expects: { operations: [operation], about } };
}

function wrapped(operation: string, breach: Breach, scope: Scope = {}): Plant {
  return { by: 'wrapper', scope: scopeOf(operation, scope), breach };
}

const firstBook = '/books/00000001-0000-4000-8000-000000000001';

const newNote = [`POST ${firstBook}/notes`, { body: { kind: 'rating', stars: 3 } }] as const;

async function created(send: Client, line: string, ask: Ask): Promise<number> {
  const location = (await send(line, ask)).header('location') ?? '';
  if (!location.startsWith('/api/')) return 0;
  return (await send(`GET ${location.slice('/api'.length)}`)).status;
}

/** Headers that are well formed and say what is not so. */
const headers: readonly Row[] = [
  {
    operation: 'createBook',
    about: '201/headers.Location/resolves',
    title: 'the Location of a new book leads nowhere',
    plant: wrapped(
      'createBook',
      { kind: 'header', name: 'Location', value: '/api/books/new' },
      { status: 201 },
    ),
    probe: (send) => created(send, 'POST /books', { body: leastBook }),
    clean: 200,
    faulty: 400,
  },
  {
    operation: 'createNote',
    about: '201/headers.Location/origin',
    title: 'the Location of a new note is on another host',
    plant: wrapped(
      'createNote',
      { kind: 'header', name: 'Location', value: 'http://other.example.org/api/notes/11' },
      { status: 201 },
    ),
    probe: (send) => created(send, ...newNote),
    clean: 200,
    faulty: 0,
  },
  {
    operation: 'createNote',
    about: '201/headers.Location/other',
    title: 'the Location of a new note is that of another one',
    plant: wrapped(
      'createNote',
      { kind: 'header', name: 'Location', value: '/api/notes/1' },
      { status: 201 },
    ),
    probe: async (send) => (await send(...newNote)).header('location'),
    clean: '/api/notes/12',
    faulty: '/api/notes/1',
  },
  {
    operation: 'getBook',
    about: '405/headers.Allow/missing',
    title: 'a 405 does not say what is allowed',
    plant: { by: 'wrapper', scope: { status: 405 }, breach: { kind: 'header', name: 'Allow' } },
    probe: async (send) => (await send(`POST ${firstBook}`, { body: {} })).header('allow') !== undefined,
    clean: true,
    faulty: false,
  },
  {
    operation: 'listBooks',
    about: '405/headers.Allow/agrees',
    title: 'a 405 leaves out a method that the document has',
    plant: {
      by: 'wrapper',
      scope: { path: '/api/books', status: 405 },
      breach: { kind: 'header', name: 'Allow', value: 'GET' },
    },
    probe: async (send) => (await send('DELETE /books')).header('allow')?.includes('POST'),
    clean: true,
    faulty: false,
  },
  {
    operation: 'getBook',
    about: '200/headers.ETag/changes',
    title: 'the ETag stays when the book changes',
    plant: {
      by: 'server',
      options: {
        around: { getBook: withTag('"1"'), replaceBook: withTag('"1"'), createBook: withTag('"1"') },
      },
    },
    probe: async (send) => {
      const before = (await send(`GET ${firstBook}`)).header('etag');
      await send(`PUT ${firstBook}`, { body: leastBook });
      return (await send(`GET ${firstBook}`)).header('etag') === before;
    },
    clean: false,
    faulty: true,
  },
  {
    operation: 'getBook',
    about: '304',
    title: 'a client that knows the book is sent it again',
    plant: wrapped('getBook', { kind: 'request-header', name: 'If-None-Match' }),
    probe: async (send) => {
      const tag = (await send(`GET ${firstBook}`)).header('etag') ?? '';
      return (await send(`GET ${firstBook}`, { headers: { 'If-None-Match': tag } })).status;
    },
    clean: 304,
    faulty: 200,
  },
  {
    operation: 'listBooks',
    about: '200/headers.X-Total-Count/agrees',
    title: 'the count in the header is not that in the body',
    plant: wrapped('listBooks', { kind: 'member', at: 'count', change: { set: 11 } }, { status: 200 }),
    probe: async (send) => {
      const page = await send('GET /books');
      return Number(page.header('x-total-count')) === page.at('count');
    },
    clean: true,
    faulty: false,
  },
  {
    operation: 'getStatus',
    about: 'accept',
    title: 'who asks for XML is sent JSON',
    plant: wrapped('getStatus', { kind: 'request-header', name: 'Accept' }),
    probe: async (send) => {
      const answer = await send('GET /status', { headers: { Accept: 'application/xml' } });
      return answer.header('content-type');
    },
    clean: 'application/xml',
    faulty: 'application/json',
  },
  {
    operation: 'createBook',
    about: '422/trace',
    title: 'a refusal shows the stack of the server',
    plant: wrapped('createBook', { kind: 'trace' }, { status: 422 }),
    probe: async (send) => (await send('POST /books', { body: {} })).text.includes('.js:41:17'),
    clean: false,
    faulty: true,
  },
];

const tagged: Row['probe'] = async (send) => {
  const tag = (await send(`GET ${firstBook}`)).header('etag') ?? '';
  return sizes(await send(`GET ${firstBook}`, { headers: { 'If-None-Match': tag } }));
};

/** Whether there is a body, what Content-Length says of it, and the encoding. */
function sizes(answer: Answer): string {
  const { body } = answer.exchange.response;
  const length = answer.header('content-length') ?? 'none';
  const coding = answer.header('content-encoding') ?? 'plain';
  return `${body.length > 0 ? 'body' : 'no body'}, ${length}, ${coding}`;
}

const deleted: Row['probe'] = async (send) => sizes(await send(`DELETE ${firstBook}`));
const listed: Row['probe'] = async (send) => sizes(await send('GET /books'));
const head: Row['probe'] = async (send) => sizes(await send(`HEAD ${firstBook}`));

/** What only a socket shows. */
const wire: readonly Row[] = [
  {
    operation: 'deleteBook',
    about: '204/body',
    title: 'a 204 has a body',
    plant: wrapped('deleteBook', { kind: 'body', to: 'text' }, { status: 204 }),
    probe: deleted,
    clean: 'no body, none, plain',
    faulty: 'body, none, plain',
    onWire: true,
  },
  {
    operation: 'getBook',
    about: '304/body',
    title: 'a 304 has a body',
    plant: wrapped('getBook', { kind: 'body', to: 'text' }, { status: 304 }),
    probe: tagged,
    clean: 'no body, none, plain',
    faulty: 'body, none, plain',
    onWire: true,
  },
  {
    operation: 'getBook',
    about: 'HEAD/body',
    title: 'a HEAD is answered with a body',
    plant: {
      by: 'wrapper',
      scope: { ...scopeOf('getBook', { status: 200 }), method: 'HEAD' },
      breach: { kind: 'body', to: 'text' },
    },
    probe: head,
    clean: 'no body, none, plain',
    faulty: 'body, none, plain',
    onWire: true,
  },
  ...(
    [
      ['long', '999999'],
      ['short', '20'],
    ] as const
  ).map(
    ([name, value]): Row => ({
      operation: 'listBooks',
      about: `200/content-length/${name}`,
      title: `the Content-Length of the list of books is too ${name}`,
      plant: wrapped('listBooks', { kind: 'header', name: 'Content-Length', value }, { status: 200 }),
      probe: listed,
      clean: 'body, none, plain',
      faulty: `body, ${value}, plain`,
      onWire: true,
    }),
  ),
  {
    operation: 'listBooks',
    about: '200/content-encoding',
    title: 'the list of books is called gzip and is none',
    plant: wrapped('listBooks', { kind: 'header', name: 'Content-Encoding', value: 'gzip' }, { status: 200 }),
    probe: listed,
    clean: 'body, none, plain',
    faulty: 'body, none, gzip',
    onWire: true,
  },
];

/** Faults whose exchange is well formed but not true, and those of the wire. */
export const meaningFaults: readonly Fault[] = [...headers, ...wire].map(fault);
