import { expect, it } from 'vitest';
import { createMock } from '../../src/mock/index.ts';

const accepted = (properties: object) => ({
  description: 'accepted',
  headers: { Location: { required: true, schema: { type: 'string' } } },
  content: {
    'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } },
  },
});

const document = {
  openapi: '3.1.0',
  info: { title: 'jobs', version: '1' },
  paths: {
    '/transfers': { post: { responses: { 202: accepted({ transfer_id: { type: 'string' } }) } } },
    '/exports': { post: { responses: { 202: accepted({ state: { type: 'string' } }) } } },
  },
};

const post = (path: string): Request => new Request(`http://mock.test${path}`, { method: 'POST' });

it('says where the outcome of what was accepted will be', async () => {
  const mock = await createMock({ document, seed: 1 });
  const transfer = await mock.fetch(post('/transfers'));
  const { transfer_id } = JSON.parse(await transfer.text());
  expect(transfer.headers.get('location')).toBe(`/transfers/${transfer_id}`);
  expect((await mock.fetch(post('/exports'))).headers.get('location')).toMatch(/^\/exports\/\d+$/);
});
