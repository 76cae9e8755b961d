import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createMock, type Mock, type MockOptions } from '../../src/index.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'apidouble-fixtures-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file below the folder of this test and gives its path. */
function fixture(name: string, text: unknown): string {
  const path = join(folder, name);
  mkdirSync(resolve(path, '..'), { recursive: true });
  writeFileSync(path, typeof text === 'string' ? text : JSON.stringify(text, null, 2));
  return path;
}

function eventsMock(options: Partial<MockOptions>): Promise<Mock> {
  return createMock({ document: 'openapi.yaml', cwd: root, seed: 1, source: 'dynamic', ...options });
}

async function list(mock: Mock, target: string): Promise<Record<string, unknown>> {
  const headers = { authorization: 'Bearer any' };
  const response = await mock.fetch(new Request(`http://mock${target}`, { headers }));
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

const events = '/api/v3/events/events/';

describe('what collections begin with', () => {
  it('is what the bundled fixtures hold, the newest first as the document says', async () => {
    const mock = await eventsMock({ fixtures: 'fixtures/events' });
    const { results } = (await list(mock, events)) as { results: { action: string; created: string }[] };
    expect(results).toHaveLength(12);
    const times = results.map(({ created }) => created);
    expect(times).toEqual([...times].sort().reverse());
  });

  it.each([
    ['a list in a file named after its resource', 'events.json', [{ action: 'login', app: 'a' }]],
    ['one thing in a folder named so', 'events/one.json', { action: 'login', app: 'a' }],
    ['lists by the names of resources', 'all.json', { events: [{ action: 'login', app: 'a' }] }],
    ['YAML', 'more/events.yaml', '- action: login\n  app: a\n'],
  ])('can be %s', async (_, name, content) => {
    const mock = await eventsMock({ fixtures: fixture(name, content) });
    const { results } = (await list(mock, events)) as { results: Record<string, unknown>[] };
    expect(results).toMatchObject([{ action: 'login', app: 'a' }]);
    expect(results[0]?.pk).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    [
      'a value that the document does not allow',
      'bad.json',
      [
        { action: 'login', app: 'a' },
        { action: 'sign_in', app: 'a' },
      ],
      /bad\.json:7:5 action must be/,
    ],
    ['what is no object', 'list.json', [1], /list\.json:2:3 it is no object/],
    [
      'two things with one key',
      'twice.json',
      [1, 2].map(() => ({
        pk: '9d6b3c0e-51f4-4b0c-8f0e-6a7d1f2c3b49',
        action: 'login',
        app: 'a',
        created: '2024-01-01T00:00:00Z',
      })),
      /twice\.json:8:3 another thing has the pk/,
    ],
    ['a file that is no JSON', 'broken.json', '[{', /broken\.json:1/],
  ])('is refused with file and line for %s', async (_, name, content, message) => {
    await expect(eventsMock({ fixtures: fixture(name, content) })).rejects.toThrow(message);
  });

  it('is refused in a few lines for ten thousand broken things', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => ({ action: 'nope', app: index }));
    const error = await eventsMock({ fixtures: fixture('many.json', rows) }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ERR_FIXTURE' });
    expect(error.message).toMatch(/in 10000 places: .* and 9995 more\./);
    expect(error.message.length).toBeLessThan(3000);
  });

  it('is refused where nothing is at the path', async () => {
    await expect(eventsMock({ fixtures: join(folder, 'nowhere') })).rejects.toThrow(
      /there is nothing at this path/,
    );
  });

  it('is as many generated things as are asked for, each read as it is listed', async () => {
    const mock = await eventsMock({ seedData: 50 });
    const { pagination, results } = (await list(mock, `${events}?page_size=50`)) as {
      pagination: { count: number };
      results: { pk: string }[];
    };
    expect(pagination.count).toBe(50);
    expect(new Set(results.map(({ pk }) => pk)).size).toBe(50);
    for (const one of results.slice(0, 3)) expect(await list(mock, `${events}${one.pk}/`)).toEqual(one);
  });
});

const shop = {
  openapi: '3.1.0',
  info: { title: 'shop', version: '1' },
  paths: {
    '/customers': {
      get: { responses: { 200: listOf('Customer') } },
      post: { requestBody: bodyOf('Customer'), responses: { 201: one('Customer') } },
    },
    '/customers/{id}': {
      get: { responses: { 200: one('Customer', { id: 7, name: 'Mia' }), 404: { description: '' } } },
    },
    '/orders': { get: { responses: { 200: listOf('Order') } } },
    '/orders/{id}': { get: { responses: { 200: one('Order') } } },
    '/customers/{customer_id}/notes': {
      get: { responses: { 200: listOf('Note') } },
      post: { requestBody: bodyOf('Note'), responses: { 201: one('Note') } },
    },
    '/customers/{customer_id}/notes/{id}': { get: { responses: { 200: one('Note') } } },
  },
  components: {
    schemas: {
      Customer: {
        type: 'object',
        required: ['id', 'name'],
        properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
      },
      Order: {
        type: 'object',
        required: ['id', 'customer_id'],
        properties: { id: { type: 'integer' }, customer_id: { type: 'integer' } },
      },
      Note: {
        type: 'object',
        required: ['id', 'text'],
        properties: {
          id: { type: 'integer', readOnly: true },
          customer_id: { type: 'integer', readOnly: true },
          text: { type: 'string' },
        },
      },
    },
  },
};

function content(schema: object, example?: unknown): object {
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } };
}
function reference(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}
function one(name: string, example?: unknown): object {
  return { description: '', content: content(reference(name), example) };
}
function listOf(name: string): object {
  return { description: '', content: content({ type: 'array', items: reference(name) }) };
}
function bodyOf(name: string): object {
  return { content: content(reference(name)) };
}

describe('things that name one another', () => {
  it('name what exists', async () => {
    const mock = await createMock({ document: shop, seed: 1, source: 'dynamic', seedData: 20 });
    const customers = (await list(mock, '/customers')) as unknown as { id: number }[];
    const orders = (await list(mock, '/orders')) as unknown as { customer_id: number }[];
    const ids = new Set(customers.map(({ id }) => id));
    expect(orders).toHaveLength(20);
    expect(orders.filter(({ customer_id }) => !ids.has(customer_id))).toEqual([]);
  });

  it('stand below what exists, and nowhere else', async () => {
    const mock = await createMock({ document: shop, seed: 1, source: 'dynamic', seedData: 3 });
    const notes = (await list(mock, '/customers/2/notes')) as unknown as { customer_id: number }[];
    expect(notes.map(({ customer_id }) => customer_id)).toEqual([2, 2, 2]);
    expect((await mock.fetch(new Request('http://mock/customers/4/notes'))).status).toBe(404);
  });

  it("begin with the document's examples, unless generated data is asked for", async () => {
    const mock = await createMock({ document: shop, seed: 1, stateful: true });
    expect(await list(mock, '/customers')).toEqual([{ id: 7, name: 'Mia' }]);
    const dynamic = await createMock({ document: shop, seed: 1, stateful: true, source: 'dynamic' });
    expect(await list(dynamic, '/customers')).toEqual([]);
  });

  it('are there without being asked for where nobody can create any', async () => {
    const mock = await createMock({ document: shop, seed: 1, stateful: true, source: 'dynamic' });
    expect(((await list(mock, '/orders')) as unknown as unknown[]).length).toBe(12);
  });
});
