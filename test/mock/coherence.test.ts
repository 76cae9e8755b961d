import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/mock/index.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };
type Schema = Readonly<Record<string, unknown>>;

/** Schemas of fields that a client may set, with a value for each that is good. */
const field: fc.Arbitrary<{ schema: Schema; value: unknown }> = fc.oneof(
  fc.string({ maxLength: 20 }).map((value) => ({ schema: { ...text, maxLength: 40 }, value })),
  fc
    .integer({ min: -50, max: 50 })
    .map((value) => ({ schema: { ...whole, minimum: -50, maximum: 50 }, value })),
  fc.boolean().map((value) => ({ schema: { type: 'boolean' }, value })),
  fc.constantFrom('a', 'b').map((value) => ({ schema: { enum: ['a', 'b'] }, value })),
  fc.constant({ schema: { type: ['string', 'null'] }, value: null }),
  fc.uuid().map((value) => ({ schema: { ...text, format: 'uuid' }, value })),
  fc.array(fc.nat(9), { maxLength: 4 }).map((value) => ({ schema: { type: 'array', items: whole }, value })),
  fc
    .record({ x: fc.nat(9) })
    .map((value) => ({ schema: { type: 'object', properties: { x: whole, y: text } }, value })),
  fc
    .jsonValue({ maxDepth: 2 })
    .map((value) => ({ schema: {}, value: JSON.parse(JSON.stringify(value)) as unknown })),
);
const name = fc.constantFrom(
  'title',
  'count',
  'status',
  'owner',
  '__proto__',
  'constructor',
  'total',
  'next',
  'created',
  'x-y',
  'ключ',
);
const fields = fc.uniqueArray(fc.tuple(name, field), {
  minLength: 1,
  maxLength: 6,
  selector: ([key]) => key,
});

const ids: readonly (readonly [Schema, fc.Arbitrary<string | number>])[] = [
  [{ ...text, format: 'uuid' }, fc.uuid()],
  [{ ...whole, minimum: 1 }, fc.integer({ min: 1, max: 1e9 })],
  [{ ...text, pattern: '^[a-z]{3,8}$' }, fc.stringMatching(/^[a-z]{3,8}$/)],
  [
    text,
    fc
      .string({ minLength: 1, maxLength: 9, unit: fc.constantFrom(...'ab%/ ?#é;.') })
      .filter((id) => !/^\.+$/.test(id)),
  ],
];
const idNames = fc.constantFrom(
  ['thing_id', 'id'],
  ['id', 'id'],
  ['uuid', 'uuid'],
  ['thingId', 'thing_id'],
  ['slug', 'slug'],
  ['pk', 'pk'],
);

function described(schema: Schema): object {
  return { description: '', content: { 'application/json': { schema } } };
}

function objectOf(pairs: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(pairs);
}

async function ask(
  mock: Mock,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await mock.fetch(new Request(`http://m${path}`, { method, ...init }));
  expect(response.headers.get('sl-violations')).toBeNull();
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the law of echo', () => {
  it('what was sent comes back, and the id of the path is the id of the body', async () => {
    const kinds = fc.constantFrom(...ids).chain(([schema, values]) => fc.tuple(fc.constant(schema), values));
    await fc.assert(
      fc.asyncProperty(
        fields,
        kinds,
        idNames,
        async (members, [idSchema, id], [parameter = 'id', property = 'id']) => {
          const properties = objectOf([
            [property, { ...idSchema, readOnly: true }],
            ...members.map(([key, { schema }]) => [key, schema] as const),
          ]);
          const schema = { type: 'object', required: Object.keys(properties), properties };
          const requestBody = { required: true, content: { 'application/json': { schema } } };
          const mock = await createMock({
            seed: 1,
            document: {
              openapi: '3.1.0',
              info: { title: '', version: '' },
              paths: {
                '/things': { post: { requestBody, responses: { 201: described(schema) } } },
                [`/things/{${parameter}}`]: {
                  parameters: [{ name: parameter, in: 'path', required: true, schema: idSchema }],
                  get: { responses: { 200: described(schema) } },
                  put: { requestBody, responses: { 200: described(schema) } },
                },
              },
            },
          });
          const sent = objectOf(members.map(([key, { value }]) => [key, value] as const));
          const path = `/things/${encodeURIComponent(String(id))}`;
          for (const [method, target] of [
            ['POST', '/things'],
            ['PUT', path],
          ] as const) {
            const { status, body } = await ask(mock, method, target, sent);
            expect([status, objectOf(Object.keys(sent).map((key) => [key, body[key]]))]).toEqual(
              [method === 'POST' ? 201 : 200, sent].map((want, at) => (at === 1 ? merged(want, body) : want)),
            );
            if (method === 'PUT') expect(body[property]).toEqual(id);
          }
          expect((await ask(mock, 'GET', path)).body[property]).toEqual(id);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** What is sent in an object with declared members may come back with more of them. */
function merged(want: unknown, body: Record<string, unknown>): unknown {
  return objectOf(
    Object.entries(want as Record<string, unknown>).map(([key, value]) => {
      const got = body[key];
      const isRecord =
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).join() === 'x';
      return [key, isRecord ? { ...(got as object), ...value } : value];
    }),
  );
}

const item = { type: 'object', required: ['id'], properties: { id: whole, name: text } };
const list = { type: 'array', items: item };
const link = { type: ['string', 'null'], format: 'uri' };
const page = (properties: Record<string, Schema>) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const query = (key: string) => ({ name: key, in: 'query', schema: { ...whole, minimum: 0 } });
const word = (key: string) => ({ name: key, in: 'query', schema: text });

type Body = Readonly<Record<string, unknown>>;
interface Framework {
  readonly name: string;
  readonly schema: Schema;
  readonly parameters: readonly object[];
  readonly first: string;
  rows(body: Body): readonly { id: number }[];
  total?(body: Body): unknown;
  /** The target of the next page; `undefined` on the last. */
  next(body: Body, at: number): string | undefined;
}

function at(body: unknown, ...keys: readonly string[]): unknown {
  let value = body;
  for (const key of keys) value = (value as Record<string, unknown> | null | undefined)?.[key];
  return value;
}

function byLink(...keys: readonly string[]): (body: Body) => string | undefined {
  return (body) => {
    const url = at(body, ...keys);
    return typeof url === 'string' ? url.replace('http://m', '') : undefined;
  };
}

function rowsAt(...keys: readonly string[]): (body: Body) => readonly { id: number }[] {
  return (body) => at(body, ...keys) as { id: number }[];
}

const frameworks: readonly Framework[] = [
  {
    name: 'Django REST framework, by page',
    schema: page({ count: whole, next: link, previous: link, results: list }),
    parameters: [query('page'), query('page_size')],
    first: '/things?page_size=10',
    rows: rowsAt('results'),
    total: (body) => body.count,
    next: byLink('next'),
  },
  {
    name: 'Django REST framework, by offset',
    schema: page({ count: whole, next: link, previous: link, results: list }),
    parameters: [query('limit'), query('offset')],
    first: '/things?limit=10',
    rows: rowsAt('results'),
    total: (body) => body.count,
    next: byLink('next'),
  },
  {
    name: 'authentik',
    schema: page({
      pagination: page({
        next: whole,
        previous: whole,
        count: whole,
        current: whole,
        total_pages: whole,
        start_index: whole,
        end_index: whole,
      }),
      results: list,
    }),
    parameters: [query('page'), query('page_size')],
    first: '/things?page_size=10',
    rows: rowsAt('results'),
    total: (body) => at(body, 'pagination', 'count'),
    next: (body) =>
      Number(at(body, 'pagination', 'next')) > 0
        ? `/things?page_size=10&page=${at(body, 'pagination', 'next')}`
        : undefined,
  },
  {
    name: 'Spring Data',
    schema: page({
      content: list,
      totalElements: whole,
      totalPages: whole,
      number: whole,
      size: whole,
      numberOfElements: whole,
      first: { type: 'boolean' },
      last: { type: 'boolean' },
      empty: { type: 'boolean' },
    }),
    parameters: [{ ...query('page'), schema: { ...whole, default: 0, minimum: 0 } }, query('size')],
    first: '/things?size=10&page=0',
    rows: rowsAt('content'),
    total: (body) => body.totalElements,
    next: (body) => (body.last === true ? undefined : `/things?size=10&page=${Number(body.number) + 1}`),
  },
  {
    name: 'Laravel',
    schema: page({
      data: list,
      links: page({ first: link, last: link, prev: link, next: link }),
      meta: page({
        current_page: whole,
        last_page: whole,
        per_page: whole,
        total: whole,
        from: { type: ['integer', 'null'] },
        to: { type: ['integer', 'null'] },
      }),
    }),
    parameters: [query('page'), query('per_page')],
    first: '/things?per_page=10',
    rows: rowsAt('data'),
    total: (body) => at(body, 'meta', 'total'),
    next: byLink('links', 'next'),
  },
  {
    name: 'a cursor with a flag',
    schema: page({ data: list, has_more: { type: 'boolean' }, next_cursor: { type: ['string', 'null'] } }),
    parameters: [query('limit'), word('cursor')],
    first: '/things?limit=10',
    rows: rowsAt('data'),
    next: (body) => (body.has_more === true ? `/things?limit=10&cursor=${body.next_cursor}` : undefined),
  },
  {
    name: 'a page token',
    schema: { type: 'object', required: ['items'], properties: { items: list, nextPageToken: text } },
    parameters: [query('pageSize'), word('pageToken')],
    first: '/things?pageSize=10',
    rows: rowsAt('items'),
    next: (body) =>
      body.nextPageToken === undefined ? undefined : `/things?pageSize=10&pageToken=${body.nextPageToken}`,
  },
  {
    name: 'skip and limit',
    schema: page({ items: list, total: whole, skip: whole, limit: whole }),
    parameters: [query('skip'), query('limit')],
    first: '/things?limit=10',
    rows: rowsAt('items'),
    total: (body) => body.total,
    next: (body) =>
      Number(body.skip) + 10 < Number(body.total)
        ? `/things?limit=10&skip=${Number(body.skip) + 10}`
        : undefined,
  },
];

describe('the law of pages', () => {
  it.each(frameworks)(
    '$name: the pages are one list, and each row is its detail',
    async ({ schema, parameters, first, rows, total, next }) => {
      const id = { name: 'id', in: 'path', required: true, schema: whole };
      const mock = await createMock({
        seed: 3,
        source: 'dynamic',
        document: {
          openapi: '3.1.0',
          info: { title: '', version: '' },
          paths: {
            '/things': { get: { parameters, responses: { 200: described(schema) } } },
            '/things/{id}': { get: { parameters: [id], responses: { 200: described(item) } } },
          },
        },
      });
      const seen: { id: number }[] = [];
      const totals = new Set<unknown>();
      let target: string | undefined = first;
      for (let turn = 0; target !== undefined && turn < 20; turn += 1) {
        const { status, body } = await ask(mock, 'GET', target);
        expect(status).toBe(200);
        const found = rows(body as Body);
        seen.push(...found);
        if (total !== undefined) totals.add(total(body as Body));
        target = next(body as Body, turn);
        if (target !== undefined) expect(found).toHaveLength(10);
      }
      expect(target, 'the pages end').toBeUndefined();
      expect(new Set(seen.map((row) => row.id)).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThan(10);
      if (total !== undefined) expect([...totals]).toEqual([seen.length]);
      for (const row of [seen[0], seen.at(-1)])
        expect((await ask(mock, 'GET', `/things/${row?.id}`)).body).toEqual(row);
    },
  );
});
