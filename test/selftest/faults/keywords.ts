import type { Ask } from '../client.ts';
import { cover, fullBook, leastBook, multipart, multipartType } from '../messages.ts';
import type { Amendment } from '../server/amendments.ts';
import type { Fault } from './fault.ts';

type Row = readonly [
  operation: string,
  /** The place, then the keys down to the keyword: `body/properties/title/maxLength`. */
  pointer: string,
  line: string,
  ask?: Ask,
];

/** An invalid request that is taken, because the server does not look at one keyword in one place. */
function unjudged([operation, pointer, line, ask]: Row): Fault {
  const amendment = amendmentAt(operation, pointer);
  return {
    id: `rejected/${operation}/${pointer}`,
    group: 'rejected',
    title: `${operation} does not judge ${pointer}`,
    plant: { by: 'server', options: { amendments: [amendment] } },
    expects: { operations: [operation], about: pointer },
    probe: async (send) => kindOf((await send(line, ask)).status),
    clean: 'refused',
    faulty: 'taken',
  };
}

/** Takes a pointer apart: `query.price/properties/min/minimum`. */
export function amendmentAt(operation: string, pointer: string): Amendment {
  const [place = '', ...keys] = pointer.split('/');
  return { operation, place, at: keys.slice(0, -1), keyword: keys.at(-1) ?? '' };
}

/** What became of a request. */
export function kindOf(status: number): string {
  if (status < 300) return 'taken';
  return status < 500 ? 'refused' : 'crashed';
}

const books = (query: string): string => `GET /books?${query}`;

const listRows: readonly Row[] = [
  ['listBooks', 'query.page/minimum', books('page=0')],
  ['listBooks', 'query.page/maximum', books('page=10001')],
  ['listBooks', 'query.page/type', books('page=1.5')],
  ['listBooks', 'query.page_size/maximum', books('page_size=51')],
  ['listBooks', 'query.page_size/minimum', books('page_size=0')],
  ['listBooks', 'query.genre/items/enum', books('genre=drama')],
  ['listBooks', 'query.genre/maxItems', books('genre=fiction&genre=science&genre=history&genre=poetry')],
  ['listBooks', 'query.genre/uniqueItems', books('genre=fiction&genre=fiction')],
  ['listBooks', 'query.language/items/pattern', books('language=EN')],
  ['listBooks', 'query.language/maxItems', books('language=en,de,fr,it,es')],
  ['listBooks', 'query.price/additionalProperties', books('price[mid]=3')],
  ['listBooks', 'query.price/properties/min/minimum', books('price[min]=-1')],
  ['listBooks', 'query.price/properties/max/type', books('price[max]=cheap')],
  ['listBooks', 'query.in_stock/type', books('in_stock=maybe')],
  ['listBooks', 'query.released_after/format', books('released_after=2020-02-30')],
  ['listBooks', 'query.search/minLength', books('search=a')],
  ['listBooks', 'query.search/maxLength', books(`search=${'a'.repeat(41)}`)],
  ['listBooks', 'query.ordering/enum', books('ordering=size')],
  ['listBooks', 'header.X-Request-Id/format', 'GET /books', { headers: { 'X-Request-Id': 'seven' } }],
  ['listNotes', 'query.limit/maximum', 'GET /books/00000001-0000-4000-8000-000000000001/notes?limit=21'],
  ['listNotes', 'query.kind/items/enum', 'GET /books/00000001-0000-4000-8000-000000000001/notes?kind=song'],
  ['readFeed', 'query.topic/presence', 'GET /feed'],
  ['readFeed', 'query.topic/enum', 'GET /feed?topic=news'],
  [
    'readFeed',
    'header.Last-Event-ID/minimum',
    'GET /feed?topic=books',
    { headers: { 'Last-Event-ID': '-1' } },
  ],
];

const shelves = '/shelves/1/.a.b/;from=1;to=3';
const inShelves = (query: string): string => `GET ${shelves}?${query}`;

const styleRows: readonly Row[] = [
  ['findShelves', 'path.floor/maximum', 'GET /shelves/4/.a/;from=1;to=3'],
  ['findShelves', 'path.aisles/items/pattern', 'GET /shelves/1/.a.z/;from=1;to=3'],
  ['findShelves', 'path.aisles/uniqueItems', 'GET /shelves/1/.a.a/;from=1;to=3'],
  ['findShelves', 'path.bays/required', 'GET /shelves/1/.a/;from=1'],
  ['findShelves', 'path.bays/properties/from/minimum', 'GET /shelves/1/.a/;from=0;to=3'],
  ['findShelves', 'path.bays/additionalProperties', 'GET /shelves/1/.a/;from=1;to=3;by=2'],
  ['findShelves', 'query.width/items/multipleOf', inShelves('width=60%2065')],
  ['findShelves', 'query.width/maxItems', inShelves('width=60%2080%20100%20120')],
  ['findShelves', 'query.material/items/enum', inShelves('material=oak%7Cglass')],
  ['findShelves', 'query.material/uniqueItems', inShelves('material=oak%7Coak')],
  ['findShelves', 'query.box/required', inShelves('box=depth,10')],
  ['findShelves', 'query.box/properties/height/maximum', inShelves('box=height,201')],
  ['findShelves', 'query.state/properties/free/maximum', inShelves('state=%7B%22free%22:101%7D')],
  ['findShelves', 'query.state/properties/damaged/type', inShelves('state=%7B%22damaged%22:%22no%22%7D')],
  ['findShelves', 'query.state/additionalProperties', inShelves('state=%7B%22lit%22:true%7D')],
  ['findShelves', 'query.offset/minimum', inShelves('offset=-1')],
  ['findShelves', 'query.limit/maximum', inShelves('limit=26')],
  ['findShelves', 'header.X-Depths/items/minimum', `GET ${shelves}`, { headers: { 'X-Depths': '30,10' } }],
  ['findShelves', 'header.X-Depths/maxItems', `GET ${shelves}`, { headers: { 'X-Depths': '20,30,40,50' } }],
  [
    'findShelves',
    'header.X-Paint/properties/colour/enum',
    `GET ${shelves}`,
    { headers: { 'X-Paint': 'colour=blue' } },
  ],
  ['findShelves', 'header.X-Paint/required', `GET ${shelves}`, { headers: { 'X-Paint': 'gloss=true' } }],
  ['findShelves', 'cookie.units/enum', `GET ${shelves}`, { headers: { Cookie: 'units=mile' } }],
];

const post = (change: Readonly<Record<string, unknown>>): readonly [string, Ask] => [
  'POST /books',
  { body: { ...fullBook, ...change } },
];
const firstBook = '/books/00000001-0000-4000-8000-000000000001';

const bookRows: readonly Row[] = [
  ['createBook', 'body/required', ...post({ title: undefined })],
  ['createBook', 'body/additionalProperties', ...post({ shelf: '2b' })],
  ['createBook', 'body/properties/title/type', ...post({ title: 5 })],
  ['createBook', 'body/properties/title/minLength', ...post({ title: '' })],
  ['createBook', 'body/properties/title/maxLength', ...post({ title: 'x'.repeat(81) })],
  ['createBook', 'body/properties/isbn/pattern', ...post({ isbn: '1979-44400000011' })],
  ['createBook', 'body/properties/genre/enum', ...post({ genre: 'drama' })],
  ['createBook', 'body/properties/currency/const', ...post({ currency: 'USD' })],
  ['createBook', 'body/properties/price/minimum', ...post({ price: -0.5 })],
  ['createBook', 'body/properties/price/exclusiveMaximum', ...post({ price: 1000 })],
  ['createBook', 'body/properties/price/multipleOf', ...post({ price: 1.25 })],
  ['createBook', 'body/properties/price/type', ...post({ price: 'much' })],
  ['createBook', 'body/properties/year/maximum', ...post({ year: 2101 })],
  ['createBook', 'body/properties/score/exclusiveMinimum', ...post({ score: 0 })],
  ['createBook', 'body/properties/authors/minItems', ...post({ authors: [] })],
  [
    'createBook',
    'body/properties/authors/maxItems',
    ...post({ authors: ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name })) }),
  ],
  ['createBook', 'body/properties/authors/uniqueItems', ...post({ authors: [{ name: 'A' }, { name: 'A' }] })],
  [
    'createBook',
    'body/properties/authors/items/required',
    ...post({ authors: [{ email: 'a@example.org' }] }),
  ],
  [
    'createBook',
    'body/properties/authors/items/properties/email/format',
    ...post({ authors: [{ name: 'A', email: 'nobody' }] }),
  ],
  ['createBook', 'body/properties/languages/contains', ...post({ languages: ['fr'] })],
  ['createBook', 'body/properties/tags/uniqueItems', ...post({ tags: ['a', 'a'] })],
  ['createBook', 'body/properties/tags/items/not', ...post({ tags: ['all'] })],
  ['createBook', 'body/properties/size/items', ...post({ size: [1, 2, 3, 4] })],
  ['createBook', 'body/properties/size/minItems', ...post({ size: [1, 2] })],
  ['createBook', 'body/properties/size/prefixItems/1/exclusiveMinimum', ...post({ size: [1, 0, 2] })],
  ['createBook', 'body/properties/labels/propertyNames', ...post({ labels: { UP: 'x' } })],
  ['createBook', 'body/properties/labels/minProperties', ...post({ labels: {} })],
  ['createBook', 'body/properties/labels/maxProperties', ...post({ labels: { a: '', b: '', c: '', d: '' } })],
  ['createBook', 'body/properties/labels/additionalProperties', ...post({ labels: { a: 7 } })],
  ['createBook', 'body/properties/condition/anyOf', ...post({ condition: 11 })],
  ['createBook', 'body/properties/homepage/format', ...post({ homepage: 'not a link' })],
  ['createBook', 'body/properties/releasedOn/format', ...post({ releasedOn: '2023-02-30' })],
  ['createBook', 'body/properties/lastSeenAt/format', ...post({ lastSeenAt: 'yesterday' })],
  ['createBook', 'body/properties/acquisitionCode/minLength', ...post({ acquisitionCode: 'A' })],
  ['createBook', 'body/dependentRequired', ...post({ originalLanguage: undefined })],
  ['createBook', 'body/then', ...post({ year: undefined })],
  ['replaceBook', 'body/required', `PUT ${firstBook}`, { body: { title: 'Alone' } }],
  ['replaceBook', 'body/properties/year/minimum', `PUT ${firstBook}`, { body: { ...leastBook, year: 1449 } }],
];

const merge = 'application/merge-patch+json';
const notes = `POST ${firstBook}/notes`;
const upload = `PUT ${firstBook}/cover`;
const file = ['file', 'Content-Type: image/png\r\n', 'png'] as const;

const otherRows: readonly Row[] = [
  ['patchBook', 'body/minProperties', `PATCH ${firstBook}`, { body: {}, type: merge }],
  ['patchBook', 'body/additionalProperties', `PATCH ${firstBook}`, { body: { shelf: 1 }, type: merge }],
  ['patchBook', 'body/properties/score/maximum', `PATCH ${firstBook}`, { body: { score: 5.5 }, type: merge }],
  ['createNote', 'body/oneOf', notes, { body: { kind: 'song', text: 'la' } }],
  [
    'createNote',
    'body/oneOf/0/allOf/1/properties/text/maxLength',
    notes,
    { body: { kind: 'comment', text: 'x'.repeat(201) } },
  ],
  [
    'createNote',
    'body/oneOf/1/allOf/1/properties/stars/maximum',
    notes,
    { body: { kind: 'rating', stars: 6 } },
  ],
  ['createNote', 'body/oneOf/1/allOf/1/required', notes, { body: { kind: 'rating' } }],
  [
    'createNote',
    'body/oneOf/2/allOf/1/properties/pages/maxItems',
    notes,
    { body: { kind: 'quote', text: 'q', pages: [1, 2, 3] } },
  ],
  [
    'createNote',
    'body/oneOf/0/unevaluatedProperties',
    notes,
    { body: { kind: 'comment', text: 't', mood: 'glad' } },
  ],
  [
    'uploadCover',
    'body/required',
    upload,
    { type: multipartType, body: multipart([['caption', '', 'Front']]) },
  ],
  [
    'uploadCover',
    'body/properties/caption/maxLength',
    upload,
    { type: multipartType, body: multipart([file, ['caption', '', 'x'.repeat(41)]]) },
  ],
  [
    'uploadCover',
    'body/properties/focus/properties/x/maximum',
    upload,
    { type: multipartType, body: cover.replace('"x":0.5', '"x":2') },
  ],
  [
    'uploadCover',
    'body/additionalProperties',
    upload,
    { type: multipartType, body: multipart([file, ['title', '', 'T']]) },
  ],
];

/** Faults by which one keyword in one place is not judged. */
export const keywordFaults: readonly Fault[] = [...listRows, ...styleRows, ...bookRows, ...otherRows].map(
  unjudged,
);
