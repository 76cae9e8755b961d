import { expect, it } from 'vitest';
import { HeaderList } from '../../src/http/index.ts';
import { createMock } from '../../src/index.ts';

const name = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

/** Creates answer nothing, the list tells names alone, pages are numbered in texts and counted in texts. */
const document = {
  openapi: '3.1.0',
  info: { title: 'opaque', version: '1' },
  paths: {
    '/clusters': {
      post: { requestBody: json(name), responses: { 201: { description: 'made' } } },
      get: {
        parameters: [
          { name: 'page', in: 'query', schema: { type: 'string' } },
          { name: 'page_size', in: 'query', schema: { type: 'integer' } },
        ],
        responses: {
          200: {
            description: 'a page',
            ...json({
              type: 'object',
              required: ['clusters', 'total_pages'],
              properties: {
                clusters: { type: 'array', items: { type: 'string' } },
                total_pages: { type: 'string' },
              },
            }),
          },
        },
      },
    },
    '/clusters/{name}': {
      get: {
        parameters: [{ ...id, name: 'name' }],
        responses: { 200: { description: 'one', ...json(name) } },
      },
    },
  },
};

it('keeps what answers hardly tell of', async () => {
  const mock = await createMock({ document, stateful: true, source: 'dynamic', seed: 1 });
  const send = async (method: string, target: string, body?: object) => {
    const {
      status,
      headers,
      body: bytes,
    } = await mock.send({
      method,
      target,
      origin: 'http://mock',
      headers: HeaderList.from({ 'content-type': 'application/json' }),
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    });
    const text = Buffer.from(bytes).toString();
    return { status, location: headers.get('location'), body: text === '' ? undefined : JSON.parse(text) };
  };
  const made = [];
  for (const one of ['ada', 'bob', 'cid']) made.push(await send('POST', '/clusters', { name: one }));
  expect(made.map(({ location }) => location)).toEqual(['/clusters/ada', '/clusters/bob', '/clusters/cid']);
  expect((await send('GET', made[1]?.location ?? '')).body).toEqual({ name: 'bob' });
  const second = await send('GET', '/clusters?page=2&page_size=2');
  expect(second.body).toEqual({ clusters: ['cid'], total_pages: '2' });
  await mock.close();
});
