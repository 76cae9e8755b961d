import { describe, expect, it } from 'vitest';
import { createMock, type Mock, type MockOptions } from '../../src/index.ts';

const document = new URL('../../openapi.yaml', import.meta.url).pathname;
const collection = 'http://mock/api/v3/events/events/';

async function eventsMock(options: Partial<MockOptions> = {}): Promise<Mock> {
  return createMock({ document, seed: 'state', source: 'dynamic', stateful: true, ...options });
}

interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function ask(
  mock: Mock,
  line: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Said> {
  const [method = '', target = ''] = line.split(' ');
  const response = await mock.fetch(
    new Request(new URL(target, collection), {
      method,
      headers: { authorization: 'Bearer any', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

const login = { action: 'login', app: 'authentik.events', client_ip: '203.0.113.7' };

describe('a mock with state', () => {
  it('keeps what is created until it is deleted', async () => {
    const mock = await eventsMock();
    const created = await ask(mock, 'POST .', login);
    expect(created.status).toBe(201);
    const { pk } = created.body;
    expect((await ask(mock, `GET ${pk}/`)).body).toEqual(created.body);
    expect((await ask(mock, 'GET .')).body).toMatchObject({
      pagination: { count: 1, total_pages: 1 },
      results: [created.body],
    });
    expect((await ask(mock, `DELETE ${pk}/`)).status).toBe(204);
    expect((await ask(mock, `GET ${pk}/`)).status).toBe(404);
    expect((await ask(mock, `DELETE ${pk}/`)).status).toBe(404);
    expect((await ask(mock, 'GET .')).body).toMatchObject({ pagination: { count: 0 }, results: [] });
  });

  it('makes up of what a client could have sent only what the document says how to make', async () => {
    const { body } = await ask(await eventsMock(), 'POST .', { action: 'login', app: 'a' });
    const names = ['action', 'app', 'brand', 'client_ip', 'context', 'created', 'pk', 'user'];
    expect(Object.keys(body).sort()).toEqual(names);
    expect(body).toMatchObject({ client_ip: expect.any(String), created: '2024-01-01T00:00:00.000Z' });
  });

  it('merges with PATCH and replaces with PUT; key and time of creation stay', async () => {
    const mock = await eventsMock();
    const { body: created } = await ask(mock, 'POST .', { ...login, context: { a: 1 } });
    const patched = await ask(mock, `PATCH ${created.pk}/`, { app: 'other', client_ip: null, pk: 'mine' });
    expect(patched.body).toEqual({ ...created, app: 'other', client_ip: null });
    const put = await ask(mock, `PUT ${created.pk}/`, { action: 'logout', app: 'third' });
    const { pk, created: time } = created;
    expect(put.body).toEqual({ pk, created: time, action: 'logout', app: 'third', client_ip: null });
    expect((await ask(mock, `GET ${pk}/`)).body).toEqual(put.body);
  });

  it('changes nothing by a request that is refused', async () => {
    const mock = await eventsMock();
    const { body: created } = await ask(mock, 'POST .', login);
    const before = mock.state?.snapshot();
    expect((await ask(mock, 'POST .', { app: 'no action' })).status).toBe(400);
    expect((await ask(mock, `PATCH ${created.pk}/`, { action: 'sign_in' })).status).toBe(400);
    expect((await ask(mock, `DELETE ${created.pk}/`, undefined, { authorization: '' })).status).toBe(403);
    expect(mock.state?.snapshot()).toEqual(before);
  });

  it('refuses what is asked for an old version, and sends no version twice', async () => {
    const mock = await eventsMock();
    const { body, headers } = await ask(mock, 'POST .', login);
    const tag = headers.get('etag') ?? '';
    expect((await ask(mock, `GET ${body.pk}/`, undefined, { 'if-none-match': tag })).status).toBe(304);
    expect((await ask(mock, `PATCH ${body.pk}/`, { app: 'new' }, { 'if-match': tag })).status).toBe(200);
    expect((await ask(mock, `PATCH ${body.pk}/`, { app: 'newer' }, { 'if-match': tag })).status).toBe(412);
    expect((await ask(mock, `GET ${body.pk}/`)).body.app).toBe('new');
  });

  it('gives each session a world of its own, by header and by cookie', async () => {
    const mock = await eventsMock();
    await ask(mock, 'POST .', login, { 'x-apidouble-session': 'one' });
    const counts = async (headers: Record<string, string>): Promise<unknown> =>
      (await ask(mock, 'GET .', undefined, headers)).body.pagination;
    expect(await counts({ 'x-apidouble-session': 'one' })).toMatchObject({ count: 1 });
    expect(await counts({ cookie: 'a=b; apidouble-session=one' })).toMatchObject({ count: 1 });
    expect(await counts({ 'x-apidouble-session': 'two' })).toMatchObject({ count: 0 });
    expect(await counts({})).toMatchObject({ count: 0 });
  });

  it('forgets a session that nobody has used for half an hour, and the oldest of too many', async () => {
    let time = 0;
    const mock = await eventsMock({ now: { now: () => time } });
    const use = (session: string): Promise<Said> =>
      ask(mock, 'POST .', login, { 'x-apidouble-session': session });
    await use('first');
    time = 29 * 60_000;
    await use('second');
    time = 31 * 60_000;
    await use('third');
    expect(mock.state?.sessions).toEqual(['second', 'third']);
    for (let index = 0; index < 250; index += 1) await use(`test ${index}`);
    expect(mock.state?.sessions).toHaveLength(200);
    expect(mock.state?.sessions).toContain('test 249');
  });

  it('can be put back to what it was, through JSON', async () => {
    const mock = await eventsMock();
    const { body } = await ask(mock, 'POST .', login);
    const snapshot = JSON.parse(JSON.stringify(mock.state?.snapshot()));
    await ask(mock, `DELETE ${body.pk}/`);
    mock.state?.restore(snapshot);
    expect((await ask(mock, `GET ${body.pk}/`)).body).toEqual(body);
    mock.reset();
    expect((await ask(mock, `GET ${body.pk}/`)).status).toBe(404);
    expect(() => mock.state?.restore(JSON.parse('{"collections": 1}'))).toThrow(/it is none/);
  });

  it('makes the same of the same requests in the same order, whatever their session', async () => {
    const story = async (session: string): Promise<unknown[]> => {
      const mock = await eventsMock({ seedData: 5 });
      const headers = { 'x-apidouble-session': session };
      const first = await ask(mock, 'POST .', login, headers);
      const second = await ask(mock, 'POST .', login, headers);
      return [first.body, second.body, (await ask(mock, 'GET .', undefined, headers)).body];
    };
    const told = await story('one');
    expect(await story('two')).toEqual(told);
    expect(told[0]).not.toEqual(told[1]);
  });

  it('answers as before where it is not asked to keep anything', async () => {
    const mock = await eventsMock({ stateful: false });
    const { body } = await ask(mock, 'POST .', login);
    expect((await ask(mock, 'POST .', login)).body).toEqual(body);
    expect(mock.state).toBeUndefined();
  });
});
