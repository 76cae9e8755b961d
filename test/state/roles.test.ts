import { describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/index.ts';

/* Operations that are no plain collection and item: what each does to what is kept. */

const pet = {
  type: 'object',
  required: ['name', 'status'],
  properties: {
    id: { type: 'integer' },
    name: { type: 'string', description: 'Must be unique.' },
    status: { type: 'string', enum: ['available', 'sold'] },
    secret: { type: 'string', writeOnly: true },
  },
};
const content = (schema: object): object => ({ 'application/json': { schema } });
const answer = (schema?: object): object => ({
  description: '',
  ...(schema === undefined ? {} : { content: content(schema) }),
});
const body = (schema: object): object => ({ content: content(schema) });
const reference = { $ref: '#/components/schemas/Pet' };
const id = { name: 'petId', in: 'path', required: true, schema: { type: 'integer' } };
const settings = {
  type: 'object',
  required: ['theme'],
  properties: { theme: { type: 'string' }, size: { type: 'integer', default: 3 } },
};
const visit = {
  type: 'object',
  required: ['id', 'note'],
  properties: { id: { type: 'integer', readOnly: true }, note: { type: 'string' } },
};

const document = {
  openapi: '3.1.0',
  info: { title: 'pets', version: '1' },
  components: { schemas: { Pet: pet } },
  paths: {
    '/pet': {
      post: { requestBody: body(reference), responses: { 200: answer(reference), 400: answer() } },
      put: { requestBody: body(reference), responses: { 200: answer(reference), 404: answer() } },
    },
    '/pet/findByStatus': {
      get: {
        parameters: [{ name: 'status', in: 'query', schema: { type: 'string' } }],
        responses: { 200: answer({ type: 'array', items: reference }) },
      },
    },
    '/pet/{petId}': {
      parameters: [id],
      get: { responses: { 200: answer(reference), 404: answer() } },
      post: {
        requestBody: body({ type: 'object', properties: { status: { type: 'string' } } }),
        responses: { 200: answer(reference) },
      },
      delete: { responses: { 204: answer() } },
    },
    '/pet/{petId}/adopt': {
      parameters: [id],
      post: {
        responses: {
          200: answer({
            type: 'object',
            required: ['id', 'name', 'by'],
            properties: { id: { type: 'integer' }, name: { type: 'string' }, by: { type: 'string' } },
          }),
        },
      },
    },
    '/pet/{petId}/visits': {
      parameters: [id],
      get: { responses: { 200: answer({ type: 'array', items: visit }) } },
      post: {
        requestBody: body(visit),
        responses: { 201: { ...answer(visit), headers: { Location: { schema: { type: 'string' } } } } },
      },
    },
    '/visits/{visitId}': {
      parameters: [{ name: 'visitId', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: { 200: answer(visit), 404: answer() } },
    },
    '/settings': {
      get: { responses: { 200: answer(settings) } },
      put: { requestBody: body(settings), responses: { 200: answer(settings) } },
      patch: {
        requestBody: body({ type: 'object', properties: settings.properties }),
        responses: { 200: answer(settings) },
      },
    },
  },
};

async function ask(
  mock: Mock,
  line: string,
  sent?: unknown,
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const [method = '', path = ''] = line.split(' ');
  const response = await mock.fetch(
    new Request(`http://mock${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    }),
  );
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

async function petsMock(): Promise<Mock> {
  const mock = await createMock({ document, seed: 1, stateful: true, source: 'dynamic' });
  await ask(mock, 'POST /pet', { id: 7, name: 'Rex', status: 'available', secret: 's' });
  await ask(mock, 'POST /pet', { name: 'Mia', status: 'sold' });
  return mock;
}

describe('a mock with state', () => {
  it('keeps a key that the client gives, and makes one where it gives none', async () => {
    const mock = await petsMock();
    expect((await ask(mock, 'GET /pet/7')).body).toEqual({ id: 7, name: 'Rex', status: 'available' });
    expect((await ask(mock, 'GET /pet/findByStatus')).body).toMatchObject([
      { id: 7 },
      { id: 2, name: 'Mia' },
    ]);
  });

  it('filters a list that stands beside the collection', async () => {
    expect((await ask(await petsMock(), 'GET /pet/findByStatus?status=sold')).body).toMatchObject([
      { name: 'Mia' },
    ]);
  });

  it.each([
    ['the key that another has', { id: 7, name: 'Tom', status: 'sold' }],
    ['a value that must be unique', { name: 'Rex', status: 'sold' }],
  ])('refuses %s by the status that the document has', async (_, sent) => {
    const mock = await petsMock();
    expect((await ask(mock, 'POST /pet', sent)).status).toBe(400);
    expect((await ask(mock, 'GET /pet/findByStatus')).body).toHaveLength(2);
  });

  it('replaces by PUT to the collection, changes by POST to the item', async () => {
    const mock = await petsMock();
    expect((await ask(mock, 'PUT /pet', { id: 7, name: 'Max', status: 'sold' })).body).toMatchObject({
      name: 'Max',
    });
    expect((await ask(mock, 'PUT /pet', { id: 8, name: 'Ann', status: 'sold' })).status).toBe(404);
    expect((await ask(mock, 'POST /pet/7', { status: 'available' })).body).toEqual({
      id: 7,
      name: 'Max',
      status: 'available',
    });
  });

  it('answers an action with what the thing has, and with 404 where there is none', async () => {
    const mock = await petsMock();
    expect((await ask(mock, 'POST /pet/7/adopt')).body).toMatchObject({
      id: 7,
      name: 'Rex',
      by: expect.any(String),
    });
    expect((await ask(mock, 'POST /pet/9/adopt')).status).toBe(404);
  });

  it('keeps what is created below a thing and read by a path of its own', async () => {
    const mock = await petsMock();
    const made = await ask(mock, 'POST /pet/7/visits', { note: 'limps' });
    expect(made.headers.get('location')).toBe('/visits/1');
    expect((await ask(mock, 'GET /visits/1')).body).toEqual({ id: 1, note: 'limps' });
    expect((await ask(mock, 'GET /pet/7/visits')).body).toHaveLength(1);
    expect((await ask(mock, 'GET /pet/2/visits')).body).toEqual([]);
    expect((await ask(mock, 'GET /pet/9/visits')).status).toBe(404);
  });

  it('keeps what there is only one of', async () => {
    const mock = await petsMock();
    const before = await ask(mock, 'GET /settings');
    expect(before.status).toBe(200);
    expect((await ask(mock, 'PUT /settings', { theme: 'dark' })).body).toEqual({ theme: 'dark', size: 3 });
    expect((await ask(mock, 'PATCH /settings', { size: 9 })).body).toEqual({ theme: 'dark', size: 9 });
    expect((await ask(mock, 'GET /settings')).body).toEqual({ theme: 'dark', size: 9 });
    mock.reset();
    expect((await ask(mock, 'GET /settings')).body).toEqual(before.body);
  });
});
