import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';

const time = { type: 'string', format: 'date-time' };
const schema = {
  type: 'object',
  properties: { id: { type: 'string' }, title: { type: 'string' }, updated: time },
};
const content = { 'application/json': { schema } };
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
const document = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: {
    '/notes': { post: { requestBody: { content }, responses: { 201: { description: '.', content } } } },
    '/notes/{id}': {
      parameters,
      get: { responses: { 200: { description: '.', content } } },
      patch: { requestBody: { content }, responses: { 200: { description: '.', content } } },
    },
  },
};

describe('the time of the last change', () => {
  it('is set by the server, unless the client may set it and does', async () => {
    const mock = await createMock({ document, seed: 1, stateful: true });
    const send = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
      const headers = { 'content-type': 'application/json' };
      const request = new Request(`http://mock${path}`, { method, headers, body: JSON.stringify(body) });
      return (await (await mock.fetch(request)).json()) as Record<string, unknown>;
    };
    const { id } = await send('POST', '/notes', { title: 'a', updated: '1999-12-31T00:00:00Z' });
    const path = `/notes/${String(id)}`;
    const set = { updated: '2000-01-01T00:00:00Z' };
    expect(await send('PATCH', path, set)).toMatchObject(set);
    expect(await send('PATCH', path, set)).toMatchObject(set);
    expect((await send('PATCH', path, { title: 'b' })).updated).toMatch(/^2024-01-01T/);
  });
});
