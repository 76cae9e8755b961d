import { expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';
import { describeParts } from '../../src/plan/index.ts';

const item = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    is_published: { type: 'boolean' },
    published_at: { type: 'string', format: 'date-time' },
    status: { type: 'string', enum: ['new', 'archived'] },
  },
};
const answer = (schema: object) => ({
  responses: { 200: { description: 'done', content: { 'application/json': { schema } } } },
});
const body = { requestBody: { content: { 'application/json': { schema: item } } } };
const id = { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }] };

it('tells of every operation that has a part in what is kept beside the usual collections', async () => {
  const document = await loadDocument({
    openapi: '3.1.0',
    info: { title: 'parts', version: '1' },
    paths: {
      '/items': { get: answer({ type: 'array', items: item }), post: { ...body, ...answer(item) } },
      '/items/{id}': { ...id, get: answer(item) },
      '/items/{id}/publish': { ...id, post: answer(item), get: answer(item) },
      '/items/{id}/archive': { ...id, put: answer(item) },
      '/items/{id}/share': { ...id, post: answer(item) },
      '/items/bulk': { post: { ...body, ...answer({ type: 'array', items: item }) } },
      '/books/{id}/items': { ...id, get: answer({ type: 'array', items: item }) },
      '/me': { get: answer(item), put: { ...body, ...answer(item) } },
      '/log': { get: answer({ type: 'array', items: item }), post: { ...body, ...answer(item) } },
    },
  });
  expect(describeParts(document).map(({ operation, does }) => `${operation} ${does}`)).toEqual([
    'POST /items/{id}/publish acts on one of /items, sets is_published to true, published_at to the time',
    'GET /items/{id}/publish acts on one of /items',
    'PUT /items/{id}/archive acts on one of /items, sets status to "archived"',
    'POST /items/{id}/share acts on one of /items',
    'POST /items/bulk makes several of /items at once',
    'GET /books/{id}/items lists those of /items that belong to what its path names',
    'GET /me reads the one thing there is',
    'PUT /me replaces the one thing there is',
    'GET /log lists things that have no path of their own',
    'POST /log makes things that have no path of their own',
  ]);
});
