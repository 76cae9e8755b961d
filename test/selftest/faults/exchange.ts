import type { Breach, Change, Scope } from '../breach/breach.ts';
import type { Ask, Client } from '../client.ts';
import { createKeeper } from '../keeps-document.ts';
import { cover, fullBook, multipartType } from '../messages.ts';
import { type Fault, scopeOf } from './fault.ts';

const brokenIn = createKeeper();

/** A request that shows a fault. */
export type Line = readonly [line: string, ask?: Ask];

interface Row {
  readonly operation: string;
  readonly about: string;
  readonly title: string;
  readonly breach: Breach;
  readonly scope?: Scope;
  /** The request that shows it; default: the usual one of the operation. */
  readonly line?: Line;
  /** A piece of the sentence in which ajv, or the keeper, says what is wrong. */
  readonly shows: string;
}

const firstBook = '/books/00000001-0000-4000-8000-000000000001';

/** A request that each operation answers with success. */
export const usual: Readonly<Record<string, Line>> = {
  getStatus: ['GET /status', { as: 'nobody' }],
  listBooks: ['GET /books'],
  createBook: ['POST /books', { body: fullBook }],
  getBook: [`GET ${firstBook}`],
  deleteBook: [`DELETE ${firstBook}`],
  uploadCover: [`PUT ${firstBook}/cover`, { body: cover, type: multipartType }],
  listNotes: [`GET ${firstBook}/notes`],
  createNote: [`POST ${firstBook}/notes`, { body: { kind: 'comment', text: 'Smørrebrød' } }],
  getNote: ['GET /notes/1'],
  findShelves: ['GET /shelves/0/.a.b/;from=1;to=4'],
  readFeed: ['GET /feed?topic=books'],
};

/** A fault in one exchange, which the keeper of the document sees. */
export function inExchange(row: Row): Fault {
  const { operation, about, title, breach, shows } = row;
  const [line, ask] = row.line ?? usual[operation] ?? ['GET /nowhere'];
  return {
    id: `exchange/${operation}/${about}`,
    group: 'exchange',
    title,
    plant: { by: 'wrapper', scope: scopeOf(operation, { status: 2, ...row.scope }), breach },
    expects: { operations: [operation], about },
    probe: async (send) => sentence(await broken(send, line, ask), shows),
    clean: '',
    faulty: shows,
  };
}

async function broken(send: Client, line: string, ask?: Ask): Promise<readonly string[]> {
  return brokenIn((await send(line, ask)).exchange);
}

function sentence(faults: readonly string[], wanted: string): string {
  return faults.some((one) => one.includes(wanted)) ? wanted : faults.join('; ');
}

type MemberRow = readonly [operation: string, at: string, about: string, change: Change, shows: string];

/** A fault in a place of a JSON body. */
export function inMember([operation, at, about, change, shows]: MemberRow): Fault {
  return inExchange({
    operation,
    about: `${at}/${about}`,
    title: `${at} of ${operation} breaks ${about}`,
    breach: { kind: 'member', at, change },
    shows,
  });
}

type StatusRow = readonly [operation: string, from: number, to: number, line?: Line];

function inStatus([operation, from, to, line]: StatusRow): Fault {
  return inExchange({
    operation,
    about: `status-${to}`,
    title: `${operation} answers ${to} where it promised ${from}`,
    breach: { kind: 'status', to },
    scope: { status: from },
    ...(line === undefined ? {} : { line }),
    shows: `status ${to}`,
  });
}

const statuses: readonly StatusRow[] = [
  ['listBooks', 200, 206],
  ['createBook', 201, 200],
  ['deleteBook', 204, 202],
  ['getBook', 200, 302],
  ['findShelves', 200, 203],
  ['getNote', 404, 410, ['GET /notes/99']],
  ['readFeed', 200, 226],
  ['uploadCover', 200, 207],
  ['createNote', 201, 202],
];

type FieldRow = readonly [
  operation: string,
  status: number,
  name: string,
  value: string | undefined,
  shows: string,
  line?: Line,
];

function inField([operation, status, name, value, shows, line]: FieldRow): Fault {
  return inExchange({
    operation,
    about: `${status}/headers.${name}/${value === undefined ? 'missing' : value}`,
    title: `${name} of ${operation} is ${value === undefined ? 'missing' : `"${value}"`}`,
    breach: { kind: 'header', name, ...(value === undefined ? {} : { value }) },
    scope: { status },
    ...(line === undefined ? {} : { line }),
    shows,
  });
}

const anonymous: Line = ['GET /books', { as: 'nobody' }];
const requestId = { 'X-Request-Id': '00000000-0000-4000-8000-0000000000aa' };

const fields: readonly FieldRow[] = [
  ['listBooks', 200, 'Content-Type', 'text/html', 'media type'],
  ['getBook', 200, 'Content-Type', undefined, 'media type'],
  ['findShelves', 200, 'Content-Type', 'application/vnd.shelves+json', 'media type'],
  ['getNote', 404, 'Content-Type', 'application/json', 'media type', ['GET /notes/99']],
  ['readFeed', 200, 'Content-Type', 'text/plain', 'media type'],
  ['listNotes', 200, 'Content-Type', 'application/json; charset=utf-16', 'charset'],
  ['getBook', 200, 'ETag', undefined, 'ETag is missing'],
  ['getBook', 200, 'ETag', 'abc', 'ETag: value must match'],
  ['createBook', 201, 'Location', undefined, 'Location is missing'],
  ['createNote', 201, 'Location', 'the new one', 'Location: value must match'],
  ['listBooks', 200, 'X-Total-Count', undefined, 'X-Total-Count is missing'],
  ['listBooks', 200, 'X-Total-Count', 'many', 'X-Total-Count: value must be integer'],
  ['listBooks', 200, 'X-Total-Count', '-1', 'X-Total-Count: value must be >= 0'],
  ['listBooks', 200, 'Link', 'next', 'Link: value must match'],
  ['listBooks', 200, 'X-Request-Id', '7', 'X-Request-Id: value must', ['GET /books', { headers: requestId }]],
  ['getStatus', 200, 'Cache-Control', 'public', 'Cache-Control: value must match'],
  ['listBooks', 401, 'WWW-Authenticate', undefined, 'WWW-Authenticate is missing', anonymous],
  ['listBooks', 401, 'WWW-Authenticate', 'Form', 'WWW-Authenticate: value must match', anonymous],
];

const long = 'x'.repeat(81);
const comment = (value: unknown): unknown => ({ ...Object(value), mood: 'glad' });

/** So many of the first of some items. */
function repeated(items: unknown, count: number): unknown[] {
  return Array.isArray(items) ? Array.from({ length: count }, () => items[0]) : [];
}

const members: readonly MemberRow[] = [
  ['listBooks', 'count', 'required', { drop: true }, "required property 'count'"],
  ['listBooks', 'results.*.title', 'required', { drop: true }, "required property 'title'"],
  ['createBook', 'id', 'required', { drop: true }, "required property 'id'"],
  ['getBook', 'price', 'type', { map: String }, 'price must be number'],
  ['getBook', 'inStock', 'type', { set: 'yes' }, 'inStock must be boolean'],
  ['getBook', 'title', 'nullable', { set: null }, 'title must be string'],
  ['listBooks', 'results', 'type', { set: {} }, 'results must be array'],
  ['listBooks', 'results.3.price', 'type', { set: '5.00' }, 'results/3/price must be number'],
  ['getBook', 'genre', 'enum', { set: 'drama' }, 'equal to one of the allowed'],
  ['getBook', 'currency', 'const', { set: 'USD' }, 'equal to constant'],
  ['getBook', 'title', 'minLength', { set: '' }, 'fewer than 1'],
  ['getBook', 'title', 'maxLength', { set: long }, 'more than 80'],
  ['getBook', 'isbn', 'pattern', { set: '12-34' }, 'must match pattern'],
  ['getBook', 'year', 'minimum', { set: 1000 }, 'must be >= 1450'],
  ['getBook', 'year', 'integer', { set: 1900.5 }, 'must be integer'],
  ['getBook', 'score', 'maximum', { set: 6 }, 'must be <= 5'],
  ['getBook', 'score', 'exclusiveMinimum', { set: 0 }, 'must be > 0'],
  ['getBook', 'price', 'exclusiveMaximum', { set: 1000 }, 'must be < 1000'],
  ['getBook', 'price', 'multipleOf', { set: 1.25 }, 'multiple of 0.5'],
  ['getBook', 'authors', 'minItems', { set: [] }, 'fewer than 1 items'],
  ['getBook', 'authors', 'uniqueItems', { set: [{ name: 'A' }, { name: 'A' }] }, 'duplicate items'],
  ['getBook', 'authors.0.email', 'format', { set: 'nobody' }, 'format "email"'],
  ['getBook', 'authors.*', 'additionalProperties', { set: { name: 'A', age: 1 } }, 'additional properties'],
  ['getBook', 'languages', 'contains', { set: ['fr'] }, 'must contain at least 1'],
  ['getBook', 'languages', 'maxItems', { set: ['en', 'de', 'fr', 'it', 'es', 'pt'] }, 'more than 5 items'],
  ['createBook', 'size.1', 'prefixItems', { set: 0 }, 'size/1 must be > 0'],
  ['createBook', 'size', 'items', { set: [1, 1, 1, 1] }, 'more than 3 items'],
  ['createBook', 'labels', 'propertyNames', { set: { UP: 'x' } }, 'property name must be valid'],
  ['createBook', 'labels', 'minProperties', { set: {} }, 'fewer than 1 properties'],
  ['createBook', 'labels.room', 'additionalProperties', { set: 7 }, 'labels/room must be string'],
  ['createBook', 'tags', 'not', { set: ['all'] }, 'must NOT be valid'],
  ['createBook', 'condition', 'anyOf', { set: 11 }, 'schema in anyOf'],
  ['createBook', 'originalLanguage', 'dependentRequired', { drop: true }, 'originalLanguage when'],
  ['createBook', 'year', 'then', { drop: true }, "required property 'year'"],
  ['createBook', 'acquisitionCode', 'writeOnly', { set: 'A-1234' }, 'boolean schema is false'],
  ['getBook', 'shelf', 'additionalProperties', { set: '2b' }, 'additional properties'],
  ['getBook', 'id', 'format', { set: '0001' }, 'format "uuid"'],
  ['getBook', 'createdAt', 'format', { set: '2024-01-01 00:00:00Z' }, 'format "date-time"'],
  ['createBook', 'createdAt', 'offset', { set: '2024-01-01T00:00:00' }, 'format "date-time"'],
  ['getBook', 'releasedOn', 'format', { set: '2023-02-30' }, 'format "date"'],
  ['createBook', 'homepage', 'format', { set: '/ferry' }, 'format "uri"'],
  ['getStatus', 'address', 'format', { set: '192.0.2.700' }, 'format "ipv4"'],
  ['listNotes', 'items.*.kind', 'discriminator', { set: 'song' }, 'must'],
  ['getNote', '', 'unevaluatedProperties', { map: comment }, 'unevaluated properties'],
  ['listNotes', 'nextCursor', 'required', { drop: true }, "required property 'nextCursor'"],
  ['listNotes', 'items.*.writtenAt', 'format', { set: '2024-13-01T00:00:00Z' }, 'must'],
  ['createNote', 'id', 'minimum', { set: 0 }, 'must be >= 1'],
  ['uploadCover', 'bytes', 'minimum', { set: -1 }, 'must be >= 0'],
  ['uploadCover', 'mediaType', 'enum', { set: 'image/gif' }, 'allowed values'],
  ['uploadCover', 'sha256', 'pattern', { map: (value) => String(value).toUpperCase() }, 'must match pattern'],
  ['findShelves', 'total', 'type', { map: String }, 'total must be integer'],
  ['findShelves', 'items.*.code', 'pattern', { set: 'A1' }, 'must match pattern'],
  ['findShelves', 'items.*.paint.colour', 'enum', { set: 'blue' }, 'allowed values'],
  ['findShelves', 'items', 'maxItems', { map: (value) => repeated(value, 26) }, 'more than 25 items'],
  ['findShelves', 'items.*.paint.gloss', 'required', { drop: true }, "required property 'gloss'"],
];

const xml: Line = ['GET /status', { headers: { Accept: 'application/xml' } }];
const plain: Line = ['GET /status', { headers: { Accept: 'text/plain' } }];

const bodies: readonly Row[] = [
  {
    operation: 'getStatus',
    about: 'xml/syntax',
    title: 'the XML of the status never ends',
    breach: { kind: 'text', from: '</status>', to: '' },
    scope: { type: 'xml' },
    line: xml,
    shows: 'cannot be read',
  },
  {
    operation: 'getStatus',
    about: 'xml/uptime',
    title: 'the uptime in the XML is negative',
    breach: { kind: 'text', from: 'uptime="', to: 'uptime="-' },
    scope: { type: 'xml' },
    line: xml,
    shows: 'uptime must be >= 0',
  },
  {
    operation: 'getStatus',
    about: 'text/enum',
    title: 'the status as text is a word that is not promised',
    breach: { kind: 'text', from: 'open', to: 'ajar' },
    scope: { type: 'text/plain' },
    line: plain,
    shows: 'allowed values',
  },
  {
    operation: 'listBooks',
    about: 'body/truncated',
    title: 'half of the list of books is sent',
    breach: { kind: 'body', to: 'half' },
    shows: 'cannot be read',
  },
  {
    operation: 'getBook',
    about: 'body/empty',
    title: 'a book has no body',
    breach: { kind: 'body', to: 'empty' },
    shows: 'cannot be read',
  },
  {
    operation: 'findShelves',
    about: 'body/html',
    title: 'an HTML page is called JSON',
    breach: { kind: 'body', to: 'html' },
    shows: 'cannot be read',
  },
  {
    operation: 'createNote',
    about: 'body/latin1',
    title: 'a note comes in Latin-1 and is called JSON',
    breach: { kind: 'body', to: 'latin1' },
    shows: 'cannot be read',
  },
  {
    operation: 'getBook',
    about: '404/title',
    title: 'a problem has no title',
    breach: { kind: 'member', at: 'title', change: { drop: true } },
    scope: { status: 404 },
    line: ['GET /books/00000000-0000-4000-8000-0000000000ff'],
    shows: "required property 'title'",
  },
  {
    operation: 'createBook',
    about: '422/status',
    title: 'the status in a problem is a text',
    breach: { kind: 'member', at: 'status', change: { map: String } },
    scope: { status: 422 },
    line: ['POST /books', { body: {} }],
    shows: 'status must be integer',
  },
];

/** Faults that one exchange shows. */
export const exchangeFaults: readonly Fault[] = [
  ...statuses.map(inStatus),
  ...fields.map(inField),
  ...members.map(inMember),
  ...bodies.map(inExchange),
];
