import { describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';

/* Lists as the usual frameworks write them, from their documents alone: each is filled, paged, filtered and ordered. */

const task = {
  type: 'object',
  required: ['id', 'title', 'state', 'size'],
  properties: {
    id: { type: 'integer', readOnly: true },
    title: { type: 'string' },
    state: { type: 'string', enum: ['open', 'done'] },
    size: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
    languages: { type: 'array', items: { type: 'string' } },
    due_at: { type: 'string', format: 'date-time' },
  },
};
const integer = { type: 'integer' };
const link = { type: ['string', 'null'] };
const tasks = { type: 'array', items: task };

interface Dialect {
  readonly name: string;
  readonly body: object;
  readonly parameters: readonly string[];
  readonly headers?: object;
  /** The query of a page of two after the first. */
  readonly second: string;
  readonly rows: (body: never) => unknown;
  readonly says: (body: never, headers: Headers) => unknown;
  readonly said: unknown;
}

const object = (properties: object): object => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

const dialects: readonly Dialect[] = [
  {
    name: 'Django REST Framework',
    body: object({ count: integer, next: link, previous: link, results: tasks }),
    parameters: ['page', 'page_size'],
    second: 'page=2&page_size=2',
    rows: ({ results }: { results: unknown }) => results,
    says: ({ count, next, previous }: Record<string, unknown>) => [count, next, previous],
    said: [5, 'http://mock/tasks?page=3&page_size=2', 'http://mock/tasks?page=1&page_size=2'],
  },
  {
    name: 'Spring',
    body: object({
      content: tasks,
      totalElements: integer,
      totalPages: integer,
      number: integer,
      size: integer,
      first: { type: 'boolean' },
      last: { type: 'boolean' },
    }),
    parameters: ['page0', 'size'],
    second: 'page=1&size=2',
    rows: ({ content }: { content: unknown }) => content,
    says: ({ totalElements, totalPages, number, size, first, last }: Record<string, unknown>) => [
      totalElements,
      totalPages,
      number,
      size,
      first,
      last,
    ],
    said: [5, 3, 1, 2, false, false],
  },
  {
    name: 'HAL',
    body: object({
      _embedded: object({ tasks }),
      page: object({ size: integer, totalElements: integer, totalPages: integer, number: integer }),
    }),
    parameters: ['page0', 'size'],
    second: 'page=1&size=2',
    rows: ({ _embedded }: { _embedded: { tasks: unknown } }) => _embedded.tasks,
    says: ({ page }: Record<string, unknown>) => page,
    said: { size: 2, totalElements: 5, totalPages: 3, number: 1 },
  },
  {
    name: 'GitHub',
    body: tasks,
    parameters: ['page', 'per_page'],
    headers: { Link: { schema: { type: 'string' } } },
    second: 'page=2&per_page=2',
    rows: (body: unknown) => body,
    says: (_: unknown, headers: Headers) => headers.get('link'),
    said: '<http://mock/tasks?page=3&per_page=2>; rel="next", <http://mock/tasks?page=3&per_page=2>; rel="last", <http://mock/tasks?page=1&per_page=2>; rel="first", <http://mock/tasks?page=1&per_page=2>; rel="prev"',
  },
  {
    name: 'Google',
    body: object({ tasks, nextPageToken: { type: 'string' } }),
    parameters: ['pageSize', 'pageToken'],
    second: `pageSize=2&pageToken=${Buffer.from('offset:2').toString('base64url')}`,
    rows: (body: { tasks: unknown }) => body.tasks,
    says: ({ nextPageToken }: Record<string, unknown>) => nextPageToken,
    said: Buffer.from('offset:4').toString('base64url'),
  },
  {
    name: 'Stripe',
    body: object({ object: { const: 'list' }, data: tasks, has_more: { type: 'boolean' } }),
    parameters: ['limit', 'starting_after'],
    second: 'limit=2&starting_after=2',
    rows: ({ data }: { data: unknown }) => data,
    says: ({ has_more }: Record<string, unknown>) => has_more,
    said: true,
  },
  {
    name: 'a plain array with an offset',
    body: tasks,
    parameters: ['limit', 'offset'],
    headers: { 'X-Total-Count': { schema: integer } },
    second: 'limit=2&offset=2',
    rows: (body: unknown) => body,
    says: (_: unknown, headers: Headers) => headers.get('x-total-count'),
    said: '5',
  },
];

function parameter(name: string): object {
  if (name === 'page0')
    return { name: 'page', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } };
  const isText = /token|after/i.test(name);
  return { name, in: 'query', schema: { type: isText ? 'string' : 'integer' } };
}

const filters = [
  { name: 'state', in: 'query', schema: { type: 'string' } },
  { name: 'size__gte', in: 'query', schema: integer },
  { name: 'id__in', in: 'query', style: 'form', explode: false, schema: { type: 'array', items: integer } },
  { name: 'tag', in: 'query', schema: { type: 'string' } },
  { name: 'language', in: 'query', explode: false, schema: { type: 'array', items: { type: 'string' } } },
  { name: 'lang', in: 'query', schema: { type: 'string' } },
  { name: 'due_before', in: 'query', schema: { type: 'string', format: 'date-time' } },
  {
    name: 'size',
    in: 'query',
    style: 'deepObject',
    schema: { type: 'object', properties: { min: integer, max: integer } },
  },
  { name: 'sort', in: 'query', schema: { type: 'string' } },
  { name: 'q', in: 'query', schema: { type: 'string' } },
];

function documentOf({
  body,
  parameters,
  headers = {},
}: Pick<Dialect, 'body' | 'parameters' | 'headers'>): object {
  const content = (schema: object): object => ({ 'application/json': { schema } });
  const used = new Set(parameters);
  return {
    openapi: '3.1.0',
    info: { title: 'tasks', version: '1' },
    paths: {
      '/tasks': {
        get: {
          parameters: [...parameters.map(parameter), ...filters.filter(({ name }) => !used.has(name))],
          responses: { 200: { description: '', headers, content: content(body) } },
        },
        post: {
          requestBody: { content: content(task) },
          responses: { 201: { description: '', content: content(task) } },
        },
      },
      '/tasks/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
        get: { responses: { 200: { description: '', content: content(task) } } },
        patch: {
          requestBody: {
            content: {
              'application/json-patch+json': { schema: { type: 'array', items: {} } },
              'application/merge-patch+json': { schema: { type: 'object' } },
            },
          },
          responses: {
            200: { description: '', content: content(task) },
            422: { description: '' },
            409: { description: '' },
          },
        },
      },
    },
  };
}

async function furnished(dialect: Pick<Dialect, 'body' | 'parameters' | 'headers'>): Promise<Mock> {
  const mock = await createMock({
    document: documentOf(dialect),
    seed: 1,
    source: 'dynamic',
    stateful: true,
  });
  for (const [index, title] of ['Write', 'Read', 'Think', 'Walk', 'Rest'].entries()) {
    const day = `2024-03-0${index + 1}T08:00:00Z`;
    const sent = {
      title,
      state: index % 2 === 0 ? 'open' : 'done',
      size: index * 10,
      tags: [`t${index % 2}`, 'all'],
      languages: [index % 2 === 0 ? 'nl' : 'fr', 'en'],
      due_at: day,
    };
    const headers = { 'content-type': 'application/json' };
    const response = await mock.fetch(
      new Request('http://mock/tasks', { method: 'POST', headers, body: JSON.stringify(sent) }),
    );
    expect(response.status).toBe(201);
  }
  return mock;
}

async function read(mock: Mock, query: string): Promise<{ body: never; headers: Headers }> {
  const response = await mock.fetch(new Request(`http://mock/tasks?${query}`));
  expect(response.status).toBe(200);
  return { body: (await response.json()) as never, headers: response.headers };
}

describe('a list', () => {
  it.each(dialects)('of $name says where its page stands', async (dialect) => {
    const mock = await furnished(dialect);
    const { body, headers } = await read(mock, dialect.second);
    expect(dialect.rows(body)).toMatchObject([
      { id: 3, title: 'Think' },
      { id: 4, title: 'Walk' },
    ]);
    expect(dialect.says(body, headers)).toEqual(dialect.said);
  });

  const plain = { body: tasks, parameters: ['limit', 'offset'] };

  it.each([
    ['state=open', [1, 3, 5]],
    ['size__gte=20', [3, 4, 5]],
    ['id__in=2,5', [2, 5]],
    ['tag=t1', [2, 4]],
    ['language=fr', [2, 4]],
    ['lang=fr', [1, 2, 3, 4, 5]],
    ['due_before=2024-03-02T08:00:00Z', [1, 2]],
    ['size[min]=10&size[max]=30', [2, 3, 4]],
    ['state=open&size__gte=20', [3, 5]],
    ['sort=-size', [5, 4, 3, 2, 1]],
    ['sort=state,-id', [4, 2, 5, 3, 1]],
    ['sort=title:desc', [1, 4, 3, 5, 2]],
    ['q=think', [3]],
    ['q=t1 done', [2, 4]],
    ['q=nothing', []],
    ['state=', [1, 2, 3, 4, 5]],
  ])('asked for %s has what fits, in order', async (query, ids) => {
    const { body } = await read(await furnished(plain), query);
    expect((body as { id: number }[]).map(({ id }) => id)).toEqual(ids);
  });
});

describe('a change', () => {
  const plain = { body: tasks, parameters: ['limit', 'offset'] };

  it.each([
    [
      'json-patch+json',
      [
        { op: 'replace', path: '/title', value: 'New' },
        { op: 'remove', path: '/tags/0' },
      ],
      200,
      { title: 'New', tags: ['all'] },
    ],
    [
      'json-patch+json',
      [
        { op: 'test', path: '/title', value: 'Other' },
        { op: 'remove', path: '/tags' },
      ],
      409,
      { title: 'Write', tags: ['t0', 'all'] },
    ],
    ['json-patch+json', [{ op: 'remove', path: '/title' }], 422, { title: 'Write' }],
    [
      'json-patch+json',
      [
        { op: 'add', path: '/tags/-', value: 'new' },
        { op: 'replace', path: '/id', value: 99 },
      ],
      200,
      { id: 1, tags: ['t0', 'all', 'new'] },
    ],
    ['merge-patch+json', { tags: null, size: 7 }, 200, { size: 7, title: 'Write' }],
  ])('by %s %j is answered with %i and leaves %j', async (type, patch, status, left) => {
    const mock = await furnished(plain);
    const headers = { 'content-type': `application/${type}` };
    const request = new Request('http://mock/tasks/1', {
      method: 'PATCH',
      headers,
      body: JSON.stringify(patch),
    });
    expect((await mock.fetch(request)).status).toBe(status);
    const after = await (await mock.fetch(new Request('http://mock/tasks/1'))).json();
    expect(after).toMatchObject(left);
    if (type === 'merge-patch+json') expect(after).not.toHaveProperty('tags');
  });
});
