import { expect, it } from 'vitest';
import { createMock } from '../../src/mock/index.ts';

const token = {
  type: 'object',
  required: ['id', 'note'],
  properties: { id: { type: 'integer' }, note: { type: 'string' } },
};
const ok = { description: 'ok', content: { 'application/json': { schema: token } } };
const parameters = [{ name: 'token_id', in: 'path', required: true, schema: { type: 'string' } }];
const document = {
  openapi: '3.1.0',
  info: { title: 'tokens', version: '1' },
  paths: {
    '/tokens': { post: { responses: { 201: ok } } },
    '/tokens/{token_id}': { get: { parameters, responses: { 200: ok } } },
  },
};

it('makes a thing whose path names it by what its id cannot be', async () => {
  const mock = await createMock({ document, seed: 1 });
  const response = await mock.fetch(new Request('http://mock.test/tokens/secret'));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ id: expect.any(Number), note: expect.any(String) });
});
