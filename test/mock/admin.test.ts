import { describe, expect, it } from 'vitest';
import { HeaderList } from '../../src/http/index.ts';
import { createMock, exitStatus, type Mock, type MockOptions, runContract } from '../../src/index.ts';
import { shop } from './shop.ts';

const shopWith = (options: Partial<MockOptions> = {}): Promise<Mock> =>
  createMock({ document: shop, seed: 1, ...options });

/** JSON of whatever shape; each test looks at the part that it is about. */
interface Json {
  readonly [key: string]: Json;
}

interface Page {
  readonly status: number;
  readonly body: Json;
}

/** Asks an admin page. */
async function admin(mock: Mock, method: string, path: string, body?: unknown): Promise<Page> {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await mock.fetch(new Request(`http://localhost/__apidouble${path}`, { method, ...sent }));
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
}

const list = (mock: Mock, query = '', headers = {}): Promise<Response> =>
  mock.fetch(new Request(`http://localhost/things${query}`, { headers }));

describe('the admin pages', () => {
  it('keep their own document: the contract suite finds nothing', async () => {
    const mock = await shopWith({
      stateful: true,
      seedData: 3,
      scenarios: [
        {
          name: 'first',
          rules: [{ on: 'listThings', when: { query: { page: 9 } }, reply: { status: 418 } }],
        },
      ],
    });
    for (const query of ['', '?page=2', '?page=0']) await list(mock, query);
    const report = await runContract({
      document: (await admin(mock, 'GET', '/openapi.json')).body,
      target: mock.send,
      writes: true,
      leaveBehind: true,
      seed: 1,
      exampleData: {
        // What the mock's own document has; JSON Schema cannot say it.
        properties: { on: '*' },
        operations: {
          getScenario: { path: { name: 'first' } },
          setScenarioState: { path: { name: 'first' } },
          getExchange: { path: { id: 1 } },
        },
      },
      // What takes away the things that the others need; and faults, whose schema is that of rules and replies.
      exclude: ['reset', 'clearJournal', 'deleteScenario', 'putScenario/body.faults*'],
    });
    expect(report.findings).toEqual([]);
    expect(exitStatus(report)).toBe(0);
    expect(report.obligations.passed).toBeGreaterThan(350);
  });

  it('tell health and their document', async () => {
    const mock = await shopWith();
    expect((await admin(mock, 'GET', '/health')).body).toEqual({
      status: 'ok',
      document: {
        title: 'Shop',
        version: '1',
        openapi: '3.1.0',
        operations: mock.document.operations.length,
      },
    });
    expect((await admin(mock, 'GET', '/openapi.json')).body.info?.title).toBe('Apidouble admin');
    expect((await admin(mock, 'GET', '/nowhere')).status).toBe(404);
    expect((await admin(mock, 'DELETE', '/health')).status).toBe(405);
    expect(mock.requests()).toEqual([]);
  });

  it('say of an exchange that the journal had no room for its bodies, as `requests` and `expectCalled` do', async () => {
    const mock = await shopWith();
    const headers = { 'content-type': 'text/plain' };
    const body = new Uint8Array(9 * 1024 * 1024);
    for (let call = 0; call < 8; call += 1)
      await mock.fetch(new Request('http://localhost/things', { method: 'POST', headers, body }));
    expect(mock.requests().map(({ request, bodiesCut }) => [request.body.length, bodiesCut])).toEqual([
      [0, true],
      ...Array.from({ length: 7 }, () => [body.length, undefined]),
    ]);
    expect((await admin(mock, 'GET', '/journal/1')).body).toMatchObject({ id: 1, bodiesCut: true });
    expect(() => mock.expectCalled('createThing', { body: { name: 'x' } })).toThrow(
      /#1 POST \/things \(the journal had no room for its body\): /,
    );
  });

  it('can be moved and turned off', async () => {
    const moved = await shopWith({ adminPath: '/-/mock/' });
    const status = async (mock: Mock, path: string): Promise<number> =>
      (await mock.fetch(new Request(`http://localhost${path}`))).status;
    expect([await status(moved, '/-/mock/health'), await status(moved, '/__apidouble/health')]).toEqual([
      200, 404,
    ]);
    expect(await status(await shopWith({ adminPath: false }), '/__apidouble/health')).toBe(404);
    for (const adminPath of ['/', 'pages', '/a//b', '/a?b'])
      await expect(shopWith({ adminPath }), adminPath).rejects.toThrow(
        `Cannot put the admin pages at "${adminPath}"`,
      );
  });

  it('put, show, change and delete scenarios', async () => {
    const mock = await shopWith();
    const scenario = {
      state: 'open',
      rules: [{ on: 'listThings', when: { state: 'open' }, reply: { status: 418 } }],
    };
    expect((await admin(mock, 'PUT', '/scenarios/tea', scenario)).status).toBe(201);
    expect((await list(mock)).status).toBe(418);
    expect((await admin(mock, 'PUT', '/scenarios/tea', scenario)).status).toBe(200);
    expect((await admin(mock, 'PUT', '/scenarios/tea/state', { state: 'shut' })).body).toMatchObject({
      name: 'tea',
      state: 'shut',
    });
    expect((await list(mock)).status).toBe(200);
    expect((await admin(mock, 'GET', '/scenarios')).body).toEqual({
      scenarios: [{ name: 'tea', state: 'shut', definition: scenario }],
    });
    expect((await admin(mock, 'GET', '/scenarios/tea?session=other')).body.state).toBe('open');
    expect((await admin(mock, 'POST', '/reset')).status).toBe(204);
    expect((await admin(mock, 'GET', '/scenarios/tea')).body.state).toBe('open');
    expect((await admin(mock, 'DELETE', '/scenarios/tea')).status).toBe(204);
    for (const [method, path] of [
      ['DELETE', '/scenarios/tea'],
      ['GET', '/scenarios/tea'],
    ] as const)
      expect((await admin(mock, method, path)).status).toBe(404);
    expect((await admin(mock, 'PUT', '/scenarios/tea/state', { state: 'x' })).status).toBe(404);
    expect((await list(mock)).status).toBe(200);
  });

  it('refuse a scenario that is none (422) and one that makes no sense here (409)', async () => {
    const mock = await shopWith();
    expect((await admin(mock, 'PUT', '/scenarios/a', { rules: [{ on: 'listThings' }] })).status).toBe(422);
    const nowhere = await admin(mock, 'PUT', '/scenarios/a', {
      rules: [{ on: 'nothing', reply: { status: 403 } }],
    });
    expect(nowhere).toMatchObject({
      status: 409,
      body: { code: 'ERR_SCENARIO', detail: expect.stringContaining('no operation "nothing"') },
    });
    const broken = { rules: [{ on: 'listThings', reply: { status: 500 } }] };
    expect((await admin(mock, 'PUT', '/scenarios/a', broken)).body.detail).toContain('breaks the document');
    expect(mock.scenarios.list()).toEqual([]);
  });

  it('page and filter the journal, and forget it', async () => {
    const mock = await shopWith();
    for (let page = 1; page <= 5; page += 1)
      await list(mock, `?page=${page}`, page > 3 ? { 'x-apidouble-session': 'b' } : {});
    await mock.fetch(new Request('http://localhost/greeting'));
    const ids = async (query: string): Promise<number[]> =>
      Object.values((await admin(mock, 'GET', `/journal${query}`)).body.results ?? {}).map(({ id }) =>
        Number(id),
      );
    expect(await ids('')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await ids('?limit=2&offset=3')).toEqual([4, 5]);
    expect(await ids('?operation=listThings&session=b')).toEqual([4, 5]);
    expect(await ids('?status=404')).toEqual([]);
    expect((await admin(mock, 'GET', '/journal?limit=1')).body.count).toBe(6);
    expect((await admin(mock, 'GET', '/journal/4')).body).toMatchObject({
      id: 4,
      operation: 'listThings',
      session: 'b',
      request: {
        method: 'GET',
        target: '/things?page=4',
        headers: [['x-apidouble-session', 'b']],
        body: { encoding: 'utf8', text: '' },
      },
      response: { status: 200 },
    });
    expect((await admin(mock, 'GET', '/journal/99')).status).toBe(404);
    await admin(mock, 'DELETE', '/journal?session=b');
    expect(await ids('')).toEqual([1, 2, 3, 6]);
    await admin(mock, 'DELETE', '/journal');
    expect(await ids('')).toEqual([]);
  });

  it('explain what met no rule', async () => {
    const mock = await shopWith();
    mock
      .on('listThings')
      .when({ query: { page: 2 } })
      .reply(200);
    await list(mock, '?page=3');
    expect((await admin(mock, 'GET', '/unmatched')).body).toMatchObject({
      count: 1,
      results: [
        { near: [{ misses: [{ place: 'query.page', expected: '2', seen: '3' }] }], exchange: { id: 1 } },
      ],
    });
  });

  it('tell and set the seed', async () => {
    const mock = await shopWith();
    const first = await (await list(mock)).text();
    expect((await admin(mock, 'GET', '/seed')).body).toEqual({ seed: '1' });
    expect((await admin(mock, 'PUT', '/seed', { seed: '2' })).body).toEqual({ seed: '2' });
    expect(await (await list(mock)).text()).not.toBe(first);
    await admin(mock, 'PUT', '/seed', { seed: '1' });
    expect(await (await list(mock)).text()).toBe(first);
  });

  it('show, keep and put back what the mock keeps; 409 where it keeps nothing', async () => {
    const mock = await shopWith({ stateful: true, seedData: 2 });
    expect((await admin(mock, 'GET', '/state')).body.resources).toMatchObject([
      { name: '/things', operations: { list: 'listThings' } },
    ]);
    const counted = async (): Promise<number> =>
      ((await (await list(mock)).json()) as { count: number }).count;
    const snapshot = (await admin(mock, 'GET', '/state/snapshot')).body;
    const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
    await mock.fetch(
      new Request('http://localhost/things', { method: 'POST', headers, body: '{"name":"new"}' }),
    );
    expect(await counted()).toBe(3);
    expect((await admin(mock, 'PUT', '/state/snapshot', snapshot)).status).toBe(204);
    expect(await counted()).toBe(2);
    await mock.fetch(
      new Request('http://localhost/things', { method: 'POST', headers, body: '{"name":"new"}' }),
    );
    expect((await admin(mock, 'DELETE', '/state')).status).toBe(204);
    expect(await counted()).toBe(2);
    const twice = {
      resource: '/things',
      parents: [],
      things: [
        { id: 'a', thing: {} },
        { id: 'a', thing: {} },
      ],
    };
    expect((await admin(mock, 'PUT', '/state/snapshot', { ...snapshot, collections: [twice] })).status).toBe(
      409,
    );
    const without = await shopWith();
    expect((await admin(without, 'GET', '/state')).status).toBe(409);
  });
});

describe('who may use the admin pages', () => {
  const ask = async (
    mock: Mock,
    peer: string | undefined,
    origin = 'http://localhost:4010',
    headers: readonly string[] = [],
  ): Promise<number> => {
    const request = {
      method: 'POST',
      target: '/__apidouble/reset',
      origin,
      headers: new HeaderList(headers),
      body: new Uint8Array(0),
    };
    return (await mock.send(request, peer === undefined ? {} : { peer })).status;
  };

  it.each([
    [undefined, 'http://mock', 204],
    ['127.0.0.1', 'http://127.0.0.1:4010', 204],
    ['127.8.8.8', 'http://localhost:4010', 204],
    ['::1', 'http://[::1]:4010', 204],
    ['::ffff:127.0.0.1', 'http://app.localhost:4010', 204],
    ['192.168.0.7', 'http://127.0.0.1:4010', 403],
    ['127.0.0.1.evil', 'http://127.0.0.1:4010', 403],
    // A name of somebody else that leads to this machine.
    ['127.0.0.1', 'http://evil.example:4010', 403],
    ['127.0.0.1', 'http://localhost.evil.example:4010', 403],
  ])('a peer at %s under the name %s gets %i', async (peer, origin, status) => {
    expect(await ask(await shopWith(), peer, origin)).toBe(status);
    expect(await ask(await shopWith({ adminRemote: true }), peer, origin)).toBe(204);
  });

  it.each([
    [['Forwarded', 'for=127.0.0.1'], 204],
    [['Forwarded', 'For="[::1]:4711";proto=http, for=127.0.0.1:80'], 204],
    [['X-Forwarded-For', '127.0.0.1'], 204],
    [['Forwarded', 'for=192.0.2.1'], 403],
    [['Forwarded', 'for=127.0.0.1', 'Forwarded', 'for="[2001:db8::1]:4711"'], 403],
    [['Forwarded', 'proto=https;for=unknown;by=127.0.0.1'], 403],
    [['Forwarded', 'secret="', 'Forwarded', 'for=192.0.2.1'], 403],
    [['Forwarded', 'for='], 403],
    [['X-Forwarded-For', '127.0.0.1, 192.0.2.1:80'], 403],
    [['X-Real-IP', '192.0.2.1'], 403],
  ])('behind a proxy on this machine that says %j: %i', async (headers, status) => {
    expect(await ask(await shopWith(), '127.0.0.1', 'http://localhost:4010', headers)).toBe(status);
    expect(
      await ask(await shopWith({ adminRemote: true }), '127.0.0.1', 'http://localhost:4010', headers),
    ).toBe(204);
  });

  it('no page of another origin', async () => {
    for (const mock of [await shopWith(), await shopWith({ adminRemote: true })]) {
      expect(await ask(mock, '127.0.0.1', 'http://localhost:4010', ['Origin', 'http://evil.example'])).toBe(
        403,
      );
      expect(await ask(mock, '127.0.0.1', 'http://localhost:4010', ['Origin', 'null'])).toBe(403);
      expect(await ask(mock, '127.0.0.1', 'http://localhost:4010', ['Origin', 'http://localhost:3000'])).toBe(
        403,
      );
      expect(await ask(mock, '127.0.0.1', 'http://localhost:4010', ['Origin', 'http://localhost:4010'])).toBe(
        204,
      );
    }
  });

  it('is told by the server: no CORS, no leave to ask, and the peer of the socket', async () => {
    const mock = await shopWith();
    const server = await mock.listen();
    const preflight = { origin: 'http://evil.example', 'access-control-request-method': 'PUT' };
    const asked = await fetch(`${server.url}/__apidouble/seed`, { method: 'OPTIONS', headers: preflight });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    const page = await fetch(`${server.url}/__apidouble/seed`);
    expect([page.status, page.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    const other = await fetch(`${server.url}/things`, { method: 'OPTIONS', headers: preflight });
    expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'http://evil.example',
    ]);
    await mock.close();
  });
});
