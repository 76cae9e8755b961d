import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/mock/index.ts';

/** Users and their posts, below them and beside them; `variable` names a user in the paths, `member` in a post. */
function blog(variable: string, member: string, type = 'integer'): object {
  const post = {
    type: 'object',
    required: ['id', member, 'title'],
    properties: {
      id: { type: 'integer', readOnly: true },
      [member]: { type },
      title: { type: 'string' },
    },
  };
  const user = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
  const json = (schema: object) => ({
    description: 'ok',
    content: { 'application/json': { schema } },
  });
  const list = (items: object) => ({ responses: { 200: json({ type: 'array', items }) } });
  const create = {
    requestBody: { content: { 'application/json': { schema: post } } },
    responses: { 201: json(post) },
  };
  const parameters = (name: string) => [{ name, in: 'path', required: true, schema: { type: 'integer' } }];
  return {
    openapi: '3.1.0',
    info: { title: 'blog', version: '1' },
    paths: {
      '/users': { get: list(user) },
      [`/users/{${variable}}`]: { parameters: parameters(variable), get: { responses: { 200: json(user) } } },
      [`/users/{${variable}}/posts`]: { parameters: parameters(variable), get: list(post), post: create },
      '/posts': { get: list(post), post: create },
      '/posts/{id}': { parameters: parameters('id'), get: { responses: { 200: json(post) } } },
    },
  };
}

const spellings = [
  { variable: 'id', member: 'userId' },
  { variable: 'id', member: 'user_id' },
  { variable: 'user_id', member: 'userId' },
  { variable: 'userId', member: 'user' },
  { variable: 'id', member: 'userId', type: 'string' },
];

type Row = Readonly<Record<string, unknown>>;

const rowsOf = async (response: Response): Promise<Row[]> => JSON.parse(await response.text());

const send = (sent: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(sent),
});

describe.each(spellings)('what the path says of "$member" by "$variable"', ({ variable, member, type }) => {
  const document = blog(variable, member, type);
  const third = type === 'string' ? '3' : 3;

  it('is in every row, and in what is made', async () => {
    const mock = await createMock({ document, seed: 1 });
    const rows = await rowsOf(await mock.fetch(new Request('http://mock.test/users/3/posts')));
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row).toMatchObject({ [member]: third });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const made = await mock.fetch(
      new Request(
        'http://mock.test/users/3/posts',
        send({ [member]: type === 'string' ? '8' : 8, title: 'x' }),
      ),
    );
    expect(await made.json()).toMatchObject({ [member]: third, title: 'x' });
  });

  it('chooses what is kept', async () => {
    const mock = await createMock({ document, seed: 1, stateful: true, seedData: 5 });
    const get = async (path: string): Promise<Row[]> =>
      rowsOf(await mock.fetch(new Request(`http://mock.test${path}`)));
    const all = await get('/posts');
    const [first = {}] = await get('/users');
    const ofFirst = all.filter((post) => String(post[member]) === String(first.id));
    expect(await get(`/users/${first.id}/posts`)).toEqual(ofFirst);
    await mock.fetch(
      new Request(
        'http://mock.test/posts',
        send({ [member]: type === 'string' ? `${first.id}` : first.id, title: 'beside' }),
      ),
    );
    await mock.fetch(
      new Request(
        `http://mock.test/users/${first.id}/posts`,
        send({ [member]: type === 'string' ? '0' : 0, title: 'below' }),
      ),
    );
    const now = await get(`/users/${first.id}/posts`);
    expect(now.map(({ title }) => title)).toEqual([...ofFirst.map(({ title }) => title), 'beside', 'below']);
    expect(await get('/posts')).toHaveLength(7);
  });
});

it('stays out of what cannot hold it', async () => {
  const body = { type: 'object', required: ['day'], properties: { day: { type: 'number' } } };
  const ok = { description: 'ok', content: { 'application/json': { schema: body } } };
  const parameters = [{ name: 'day', in: 'path', required: true, schema: { type: 'string' } }];
  const paths = { '/plans/{day}': { post: { parameters, responses: { 200: ok } } } };
  const mock = await createMock({
    document: { openapi: '3.1.0', info: { title: 'plans', version: '1' }, paths },
    seed: 1,
  });
  const post = (day: string) => mock.fetch(new Request(`http://mock.test/plans/${day}`, { method: 'POST' }));
  expect(JSON.parse(await (await post('7')).text())).toEqual({ day: 7 });
  for (const day of ['monday', '1e999'])
    expect(JSON.parse(await (await post(day)).text())).toEqual({ day: expect.any(Number) });
});

it('is in the rows of a list that is named after its path, and that nothing pages', async () => {
  const row = { type: 'object', required: ['account_id'], properties: { account_id: { type: 'integer' } } };
  const body = {
    type: 'object',
    required: ['payments'],
    properties: { payments: { type: 'array', items: row } },
  };
  const ok = { description: 'ok', content: { 'application/json': { schema: body } } };
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
  const paths = { '/accounts/{id}/payments': { get: { parameters, responses: { 200: ok } } } };
  const mock = await createMock({
    document: { openapi: '3.1.0', info: { title: 'bank', version: '1' }, paths },
    seed: 1,
  });
  const answer = await mock.fetch(new Request('http://mock.test/accounts/5/payments'));
  const { payments } = JSON.parse(await answer.text());
  expect(payments.length).toBeGreaterThan(1);
  for (const payment of payments) expect(payment).toEqual({ account_id: 5 });
});
