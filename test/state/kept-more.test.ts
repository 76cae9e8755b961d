import { afterEach, describe, expect, it } from 'vitest';
import { HeaderList } from '../../src/http/index.ts';
import { createMock, type Mock } from '../../src/index.ts';

const text = { type: 'string' };
const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required });
const array = (items: object) => ({ type: 'array', items });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const answer = (schema: object, status = 200) => ({ [status]: { description: 'done', ...json(schema) } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };

const article = object(
  {
    id: { type: 'integer', readOnly: true },
    title: text,
    status: { type: 'string', enum: ['draft', 'published', 'archived'], default: 'draft' },
    is_locked: { type: 'boolean', default: false },
    published_at: { type: ['string', 'null'], format: 'date-time', default: null },
  },
  ['id', 'title'],
);

const acting = (operation: object) => ({ parameters: [id], ...operation });

const paths = {
  '/articles': {
    get: { responses: answer(array(article)) },
    post: {
      requestBody: json({ oneOf: [article, array(article)] }),
      responses: answer({ oneOf: [article, array(article)] }, 201),
    },
  },
  '/articles/bulk': {
    post: { requestBody: json(array(article)), responses: answer(array(article), 201) },
  },
  '/articles/{id}': acting({ get: { responses: answer(article) } }),
  '/articles/{id}/publish': acting({
    post: { responses: answer(article) },
    delete: { responses: { 204: { description: 'done' } } },
  }),
  '/articles/{id}/unlock': acting({ post: { responses: { 204: { description: 'done' } } } }),
  '/articles/{id}/lock': acting({ put: { responses: { 204: { description: 'done' } } } }),
  '/articles/{id}/rename': acting({
    post: { requestBody: json(object({ title: text, id: text, why: text })), responses: answer(article) },
  }),
  '/articles/{id}/comments': acting({
    post: {
      requestBody: json(object({ title: text })),
      responses: answer(object({ ok: { type: 'boolean' } })),
    },
  }),
  '/tax-rates': {
    get: { responses: answer(array(object({ id: text, label: text }))) },
    post: {
      requestBody: json(object({ taxRates: array(object({ id: text, label: text })) })),
      responses: answer(object({ taxRates: array(object({ id: text, label: text })) }), 201),
    },
  },
  '/tax-rates/{id}': acting({ get: { responses: answer(object({ id: text, label: text })) } }),
  '/lists': {
    post: {
      requestBody: {
        content: {
          'application/x-www-form-urlencoded': { schema: object({ FriendlyName: text, Data: {} }) },
        },
      },
      responses: answer(object({ sid: text, friendly_name: text, data: {} }), 201),
    },
  },
  '/lists/{sid}': {
    parameters: [{ ...id, name: 'sid', schema: text }],
    get: { responses: answer(object({ sid: text, friendly_name: text, data: {} })) },
  },
  '/files': {
    get: { responses: answer(array(object({ id: text, size: { type: 'integer' } }))) },
    post: {
      requestBody: {
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      responses: answer(object({ id: text, size: { type: 'integer' } }), 201),
    },
  },
  '/files/{id}': {
    parameters: [{ ...id, schema: text }],
    get: { responses: answer(object({ id: text, size: { type: 'integer' } })) },
  },
  '/tokens': {
    get: { responses: answer(object({ ok: { type: 'boolean' }, result: array({}) })) },
    post: {
      requestBody: json(object({ driver: text }, ['driver'])),
      responses: answer(object({ ok: { type: 'boolean' } }), 201),
    },
  },
  '/tokens/{token}': {
    parameters: [{ ...id, name: 'token', schema: text }],
    delete: { responses: { 204: { description: 'gone' } } },
  },
};

let mock: Mock | undefined;
afterEach(() => mock?.close());

interface Told {
  readonly status: number;
  readonly location: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the answer is
  readonly body: any;
}

async function begin(): Promise<
  (method: string, target: string, body?: unknown, type?: string) => Promise<Told>
> {
  const document = { openapi: '3.1.0', info: { title: 'more', version: '1' }, paths };
  const made = await createMock({ document, stateful: true, source: 'dynamic', seed: 1 });
  mock = made;
  return async (method, target, body, type = 'application/json') => {
    const response = await made.send({
      method,
      target,
      origin: 'http://mock',
      headers: HeaderList.from(body === undefined ? {} : { 'content-type': type }),
      body: Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)),
    });
    const written = Buffer.from(response.body).toString();
    return {
      status: response.status,
      location: response.headers.get('location'),
      body: written === '' ? undefined : JSON.parse(written),
    };
  };
}

describe('an action', () => {
  it('does what its name says, and takes it back', async () => {
    const send = await begin();
    await send('POST', '/articles', { title: 'one' });
    const published = await send('POST', '/articles/1/publish');
    expect(published.body).toMatchObject({ id: 1, title: 'one', status: 'published' });
    expect(published.body.published_at).toBe('2024-01-01T00:00:00.000Z');
    expect((await send('GET', '/articles/1')).body).toEqual(published.body);
    expect((await send('DELETE', '/articles/1/publish')).status).toBe(204);
    expect((await send('GET', '/articles/1')).body.published_at).toBeNull();
    await send('PUT', '/articles/1/lock');
    expect((await send('GET', '/articles/1')).body.is_locked).toBe(true);
    await send('POST', '/articles/1/unlock');
    expect((await send('GET', '/articles/1')).body.is_locked).toBe(false);
  });

  it('sets what its body shares with the thing where it answers with the thing, and never its key', async () => {
    const send = await begin();
    await send('POST', '/articles', { title: 'one' });
    expect(
      (await send('POST', '/articles/1/rename', { title: 'two', id: '7', why: 'x' })).body,
    ).toMatchObject({
      id: 1,
      title: 'two',
    });
    await send('POST', '/articles/1/comments', { title: 'of the comment' });
    expect((await send('GET', '/articles/1')).body).toMatchObject({ id: 1, title: 'two' });
    expect((await send('POST', '/articles/9/rename', { title: 'two' })).status).toBe(404);
  });
});

describe('several things at once', () => {
  it.each(['/articles', '/articles/bulk'])('are all kept where a list is posted to %s', async (path) => {
    const send = await begin();
    const made = await send('POST', path, [{ title: 'a' }, { title: 'b' }]);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject([
      { id: 1, title: 'a' },
      { id: 2, title: 'b' },
    ]);
    expect((await send('GET', '/articles')).body).toEqual(made.body);
  });

  it('are all kept where a body wraps them, or none where one is in conflict', async () => {
    const send = await begin();
    const made = await send('POST', '/tax-rates', { taxRates: [{ id: 'a', label: 'A' }, { label: 'B' }] });
    expect(made.body.taxRates).toMatchObject([{ id: 'a', label: 'A' }, { label: 'B' }]);
    const again = await send('POST', '/tax-rates', { taxRates: [{ id: 'c' }, { id: 'a' }] });
    expect(again.status).toBe(409);
    expect((await send('GET', '/tax-rates')).body).toEqual(made.body.taxRates);
  });
});

it('keeps what a form says under the names that the thing has', async () => {
  const send = await begin();
  const form = `FriendlyName=Mine&Data=${encodeURIComponent('{"a":[1]}')}`;
  const { body } = await send('POST', '/lists', form, 'application/x-www-form-urlencoded');
  expect(body).toMatchObject({ friendly_name: 'Mine', data: { a: [1] } });
  expect((await send('GET', `/lists/${body.sid}`)).body).toEqual(body);
});

it('makes a thing of a body that tells nothing of it', async () => {
  const send = await begin();
  const made = await send('POST', '/files', 'bytes', 'application/octet-stream');
  expect((await send('GET', '/files')).body).toEqual([made.body]);
});

it('keeps what no answer describes by what is asked for, and tells its name where a row may be anything', async () => {
  const send = await begin();
  const made = await send('POST', '/tokens', { driver: 'ada' });
  const [row] = (await send('GET', '/tokens')).body.result;
  expect(row).toMatchObject({ driver: 'ada' });
  expect(made.location).toBe(`/tokens/${row.id}`);
  expect((await send('DELETE', made.location ?? '')).status).toBe(204);
  expect((await send('GET', '/tokens')).body.result).toEqual([]);
});
