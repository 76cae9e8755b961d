import { describe, expect, it } from 'vitest';
import type { Mock, MockOptions } from '../../src/index.ts';
import { createMock } from '../../src/index.ts';
import { shop } from './shop.ts';

const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };

type Scenarios = NonNullable<MockOptions['scenarios']>;

function shopWith(scenarios: Scenarios, more: Partial<MockOptions> = {}): Promise<Mock> {
  return createMock({ document: shop, seed: 1, scenarios, ...more });
}

/** Sends a request and gives status and body. */
async function call(
  mock: Mock,
  method: string,
  path: string,
  body?: object,
): Promise<readonly [number, unknown]> {
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const response = await mock.fetch(new Request(`http://mock${path}`, init));
  const text = await response.text();
  return [response.status, text === '' ? undefined : (JSON.parse(text) as unknown)];
}

const create = (mock: Mock, body: object = { name: 'x' }) => call(mock, 'POST', '/things', body);

async function statuses(mock: Mock, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n += 1) found.push((await create(mock))[0]);
  return found;
}

const id = '0b0a3e4e-6f5e-4c1a-9d0e-0d5f5e0c8f11';

describe('what a rule looks at', () => {
  const cases: readonly [
    title: string,
    when: object,
    requests: readonly (readonly [string, object, boolean])[],
  ][] = [
    [
      'a value of the query',
      { query: { page: 2 } },
      [
        ['/things?page=2', {}, true],
        ['/things?page=3', {}, false],
        ['/things', {}, false],
      ],
    ],
    [
      'a schema for it',
      { query: { page: { minimum: 3 } } },
      [
        ['/things?page=3', {}, true],
        ['/things?page=2', {}, false],
      ],
    ],
    [
      'what is not there',
      { query: { page: { absent: true } } },
      [
        ['/things', {}, true],
        ['/things?page=2', {}, false],
      ],
    ],
    [
      'what the document does not declare',
      { query: { debug: true } },
      [
        ['/things?debug=true', {}, true],
        ['/things?debug=1', {}, false],
      ],
    ],
    [
      'a header',
      { headers: { 'x-tenant': { pattern: '^a' } } },
      [
        ['/things', { 'X-Tenant': 'acme' }, true],
        ['/things', { 'X-Tenant': 'b' }, false],
      ],
    ],
    [
      'a cookie',
      { cookies: { who: 'ann' } },
      [
        ['/things', { cookie: 'a=b; who=ann' }, true],
        ['/things', { cookie: 'who=bob' }, false],
      ],
    ],
  ];
  it.each(cases)('%s', async (_, when, requests) => {
    const mock = await shopWith([{ rules: [{ on: 'listThings', when, reply: { status: 418 } }] }]);
    for (const [path, extra, fits] of requests) {
      const { status } = await mock.fetch(
        new Request(`http://mock${path}`, { headers: { ...headers, ...extra } }),
      );
      expect(status, path).toBe(fits ? 418 : 200);
    }
  });

  const bodies: readonly [title: string, when: object, fitting: object, other: object][] = [
    [
      'a part of the body',
      { body: { context: { a: 1 } } },
      { context: { a: 1, b: 2 } },
      { context: { a: 2 } },
    ],
    [
      'a JSONPath',
      { body: { '$.context.items[*].sku': 'B' } },
      { context: { items: [{ sku: 'A' }, { sku: 'B' }] } },
      { context: { items: [{ sku: 'A' }] } },
    ],
    [
      'a path and a part',
      { body: { name: 'n', '$..deep': { type: 'integer' } } },
      { context: { deep: 1 } },
      { context: { deep: 'x' } },
    ],
    ['a path to nothing', { body: { '$.size': { absent: true } } }, {}, { size: 2 }],
    ['a schema of the whole', { bodySchema: { required: ['size'] } }, { size: 1 }, {}],
  ];
  it.each(bodies)('%s', async (_, when, fitting, other) => {
    const mock = await shopWith([{ rules: [{ on: 'createThing', when, reply: { status: 403 } }] }]);
    expect((await create(mock, { name: 'n', ...fitting }))[0]).toBe(403);
    expect((await create(mock, { name: 'n', ...other }))[0]).toBe(201);
  });

  it.each<[object | number, number[]]>([
    [2, [201, 403, 201, 201, 201, 201]],
    [{ from: 3 }, [201, 201, 403, 403, 403, 403]],
    [{ from: 2, to: 3 }, [201, 403, 403, 201, 201, 201]],
    [{ every: 3 }, [201, 201, 403, 201, 201, 403]],
  ])('the number of the request: %j', async (count, want) => {
    const rules = [{ on: 'createThing', when: { count: count as number }, reply: { status: 403 } }];
    expect(await statuses(await shopWith([{ rules }]), 6)).toEqual(want);
  });

  it('operations by key and by pattern', async () => {
    const mock = await shopWith([
      {
        rules: [
          { on: ['GET /greeting', '*Thing'], reply: { headers: { 'X-Seen': '{{ request.method }}' } } },
        ],
      },
    ]);
    const seen = async (path: string): Promise<string | null> =>
      (await mock.fetch(new Request(`http://mock${path}`, { headers }))).headers.get('x-seen');
    expect(await seen('/greeting')).toBe('GET');
    expect(await seen(`/things/${id}`)).toBe('GET');
    expect(await seen('/things')).toBeNull();
  });
});

describe('what a rule answers', () => {
  it('goes through a sequence, whose last answer stays or is used up', async () => {
    const reply = [{ status: 400 }, { status: 403, times: 2 }, { status: 418 }];
    expect(await statuses(await shopWith([{ rules: [{ on: 'createThing', reply }] }]), 5)).toEqual([
      400, 403, 403, 418, 418,
    ]);
    const ends = [{ status: 400 }, { status: 403, times: 1 }];
    expect(await statuses(await shopWith([{ rules: [{ on: 'createThing', reply: ends }] }]), 4)).toEqual([
      400, 403, 201, 201,
    ]);
  });

  it('goes from state to state, each session for itself, until it is reset', async () => {
    const mock = await shopWith([
      {
        name: 'order',
        state: 'open',
        rules: [
          { on: 'createThing', when: { state: 'open' }, reply: { status: 201, goto: 'paid' } },
          { on: 'createThing', when: { state: ['paid', 'sent'] }, reply: { status: 403 } },
        ],
      },
    ]);
    expect(await statuses(mock, 3)).toEqual([201, 403, 403]);
    expect(mock.scenarios.list()).toMatchObject([{ name: 'order', state: 'paid' }]);
    expect(mock.scenarios.list('other')).toMatchObject([{ name: 'order', state: 'open' }]);
    expect(mock.scenarios.enter('order', 'open')).toBe(true);
    expect(await statuses(mock, 2)).toEqual([201, 403]);
    mock.reset();
    expect(mock.scenarios.list()).toMatchObject([{ state: 'open' }]);
    expect(await statuses(mock, 2)).toEqual([201, 403]);
  });

  it('fills templates, in bodies and headers', async () => {
    const mock = await shopWith([
      {
        rules: [
          {
            on: 'createThing',
            reply: {
              status: 201,
              body: {
                id: '{{ uuid() }}',
                name: '{{ request.body.name }}-{{ count }}',
                size: '{{ request.body.size }}',
              },
              headers: { Location: '/things/{{ counter("made") }}' },
            },
          },
        ],
      },
    ]);
    const [status, body] = await create(mock, { name: 'Rex', size: 4 });
    expect([status, body]).toEqual([
      201,
      { id: expect.stringMatching(/^[\da-f-]{36}$/), name: 'Rex-1', size: 4 },
    ]);
    const response = await mock.fetch(
      new Request('http://mock/things', { method: 'POST', headers, body: '{"name":"a"}' }),
    );
    expect(response.headers.get('location')).toBe('/things/2');
    expect(await response.json()).toEqual({
      id: expect.not.stringMatching(String((body as { id: string }).id)),
      name: 'a-2',
    });
  });

  it('serves named examples', async () => {
    const mock = await shopWith([{ rules: [{ on: 'GET /greeting', reply: { example: 'evening' } }] }]);
    expect(await call(mock, 'GET', '/greeting')).toEqual([200, { hello: 'good evening' }]);
  });

  it('changes what would have been answered: by the mock, and by a handler', async () => {
    const patch = {
      size: 9,
      context: { a: '{{ request.path.thing_id }}' },
      '$.name': 'patched',
      updated: null,
    };
    const scenarios: Scenarios = [{ rules: [{ on: 'readThing', reply: { patch } }] }];
    const generated = await call(await createMock({ document: shop, seed: 1 }), 'GET', `/things/${id}`);
    const [status, body] = await call(await shopWith(scenarios), 'GET', `/things/${id}`);
    expect(status).toBe(200);
    const { updated: _, ...kept } = generated[1] as Record<string, unknown>;
    expect(body).toEqual({ ...kept, size: 9, name: 'patched', context: expect.objectContaining({ a: id }) });
    const handled = await shopWith(scenarios, {
      handlers: { readThing: () => ({ body: { id, name: 'own' } }) },
    });
    expect(await call(handled, 'GET', `/things/${id}`)).toEqual([
      200,
      { id, name: 'patched', size: 9, context: { a: id } },
    ]);
  });

  it('is not blamed for what a handler answered before', async () => {
    const handlers = { readThing: () => ({ body: { id, name: 5 } }) };
    const passing = [{ rules: [{ on: 'readThing', reply: { headers: { 'X-One': '1' } } }] }];
    const mock = await shopWith(passing, { handlers });
    expect(await call(mock, 'GET', `/things/${id}`)).toEqual([200, { id, name: 5 }]);
    expect(mock.requests()[0]?.findings).toMatchObject([
      { code: 'schema.type', place: { pointer: '/name' } },
    ]);
    const breaking = [{ rules: [{ on: 'readThing', reply: { patch: { size: 99 } } }] }];
    expect((await call(await shopWith(breaking, { handlers }), 'GET', `/things/${id}`))[0]).toBe(500);
  });

  it('is a 500 that names the rule where it breaks the document after all, unless it may', async () => {
    const rule = { name: 'odd', on: 'readThing', reply: { patch: { size: 99 } } };
    const [status, body] = await call(await shopWith([{ name: 's', rules: [rule] }]), 'GET', `/things/${id}`);
    expect([status, body]).toMatchObject([
      500,
      { type: 'urn:apidouble:problem:scenario.breaks', detail: expect.stringContaining('s, "odd"') },
    ]);
    const free = { ...rule, reply: { ...rule.reply, breaks: true } };
    expect(await call(await shopWith([{ rules: [free] }]), 'GET', `/things/${id}`)).toMatchObject([
      200,
      { size: 99 },
    ]);
  });

  it('leaves refusals, and what a request asks for itself, alone', async () => {
    const mock = await shopWith([{ rules: [{ on: 'createThing', reply: { status: 403 } }] }]);
    expect((await create(mock, { name: '' }))[0]).toBe(400);
    const asked = { ...headers, prefer: 'code=201' };
    const response = await mock.fetch(
      new Request('http://mock/things', { method: 'POST', headers: asked, body: '{"name":"a"}' }),
    );
    expect(response.status).toBe(201);
  });

  it('gives the same answers to the same seed', async () => {
    const scenarios: Scenarios = [
      {
        rules: [
          {
            on: 'createThing',
            reply: { status: 201, body: { id: '{{ uuid() }}', name: "{{ faker('person.firstName') }}" } },
          },
        ],
      },
    ];
    const all = async (mock: Mock): Promise<unknown[]> => [
      await create(mock),
      await create(mock),
      await create(mock),
    ];
    const first = await all(await shopWith(scenarios));
    expect(new Set(first.map((one) => JSON.stringify(one))).size).toBe(3);
    expect(await all(await shopWith(scenarios))).toEqual(first);
    const other = await shopWith(scenarios);
    other.setSeed(2);
    const second = await all(other);
    expect(second).not.toEqual(first);
    other.reset();
    other.setSeed(1);
    expect(await all(other)).toEqual(first);
    expect(other.seed).toBe('1');
  });
});

describe('scenarios beside state and sessions', () => {
  const count = async (mock: Mock): Promise<unknown> =>
    ((await call(mock, 'GET', '/things'))[1] as { count: number }).count;

  it('what a rule answers or a fault refuses is not kept, what is passed on is', async () => {
    const mock = await shopWith(
      [
        {
          rules: [
            { on: 'createThing', reply: [{ status: 403 }, { passthrough: true }, { patch: { size: 9 } }] },
          ],
        },
      ],
      { stateful: true, faults: [{ on: 'createThing', status: 503, when: { count: 3 } }] },
    );
    expect(await statuses(mock, 1)).toEqual([403]);
    expect(await count(mock)).toBe(0);
    expect(await statuses(mock, 2)).toEqual([201, 503]);
    expect(await count(mock)).toBe(1);
    expect(await create(mock, { name: 'x', size: 1 })).toMatchObject([201, { size: 9 }]);
    expect(((await call(mock, 'GET', '/things'))[1] as { results: object[] }).results).toMatchObject([
      {},
      { size: 1 },
    ]);
  });

  it('each session has states, counts and calls of its own, and meets the same fate', async () => {
    const mock = await shopWith([
      { rules: [{ on: 'createThing', reply: [{ status: 403 }, { status: 418 }] }] },
    ]);
    const as = async (session: string): Promise<number> => {
      const named = { ...headers, 'x-apidouble-session': session };
      const request = new Request('http://mock/things', {
        method: 'POST',
        headers: named,
        body: '{"name":"a"}',
      });
      return (await mock.fetch(request)).status;
    };
    expect([await as('a'), await as('a'), await as('b'), await as('a'), await as('b')]).toEqual([
      403, 418, 403, 418, 418,
    ]);
    expect(mock.requests('createThing', { session: 'b' })).toHaveLength(2);
    mock.expectCalled('createThing', { session: 'a', times: 3 });
    mock.reset('a');
    expect([await as('a'), await as('b')]).toEqual([403, 418]);
    expect(mock.requests().map(({ session }) => session)).toEqual(['b', 'b', 'a', 'b']);
  });

  it('the session that all share is not lost among many others', async () => {
    const mock = await shopWith([
      { name: 'order', rules: [{ on: 'createThing', reply: [{ status: 403 }, { status: 418 }] }] },
    ]);
    expect(await statuses(mock, 1)).toEqual([403]);
    for (let n = 0; n < 1100; n += 1) mock.scenarios.list(`test ${n}`);
    expect(await statuses(mock, 1)).toEqual([418]);
  });

  it('counters that clients make up leave rules their counts', async () => {
    const counters = Array.from({ length: 10_001 }, (_, n) => `{{ counter("${n}") }}`);
    const mock = await shopWith([
      { rules: [{ on: 'listThings', reply: { status: 200, body: counters, breaks: true } }] },
      { rules: [{ on: 'createThing', reply: [{ status: 400 }, { status: 403 }] }] },
    ]);
    const [, body] = await call(mock, 'GET', '/things');
    expect(body).toHaveLength(counters.length);
    expect(await statuses(mock, 2)).toEqual([400, 403]);
  });

  it('an answer that may break the document is given even where errors are asked for', async () => {
    const reply = { patch: { size: 99 }, breaks: true };
    const mock = await shopWith([{ rules: [{ on: 'readThing', reply }] }], { errors: true });
    expect(await call(mock, 'GET', `/things/${id}`)).toMatchObject([200, { size: 99 }]);
    expect(mock.requests()[0]?.findings).toMatchObject([{ code: 'schema.maximum' }]);
  });
});

describe('scenarios while the mock runs', () => {
  it('are put, replaced and taken away by name; a wrong one changes nothing', async () => {
    const mock = await createMock({ document: shop, seed: 1 });
    mock.scenarios.put('s', { rules: [{ on: 'createThing', reply: { status: 403 } }] });
    expect(await statuses(mock, 1)).toEqual([403]);
    expect(() => mock.scenarios.put('s', { rules: [{ on: 'createThing', reply: { status: 500 } }] })).toThrow(
      'breaks the document',
    );
    expect(await statuses(mock, 1)).toEqual([403]);
    mock.scenarios.put('s', { rules: [{ on: 'createThing', reply: { status: 400 } }] });
    expect(await statuses(mock, 1)).toEqual([400]);
    expect([mock.scenarios.remove('s'), mock.scenarios.remove('s')]).toEqual([true, false]);
    expect(await statuses(mock, 1)).toEqual([201]);
  });

  it('begin anew when they are put again, and no other does', async () => {
    const rules = [{ on: 'createThing', reply: [{ status: 400 }, { status: 403, times: 1 }] }];
    const mock = await shopWith([{ name: 'a#b', rules }]);
    expect(await statuses(mock, 1)).toEqual([400]);
    mock.scenarios.put('a', { rules });
    mock.scenarios.put('a', { rules });
    expect(await statuses(mock, 3)).toEqual([403, 400, 403]);
  });

  it('come along to another document, and keep the old one where they do not fit the new', async () => {
    const mock = await shopWith([{ rules: [{ on: 'createThing', reply: { status: 403 } }] }]);
    await mock.reload();
    expect(await statuses(mock, 1)).toEqual([403]);
    const { '/things': things, ...others } = shop.paths;
    expect(things).toBeDefined();
    await expect(mock.reload({ ...shop, paths: others })).rejects.toThrow('has no operation "createThing"');
    expect(await statuses(mock, 1)).toEqual([403]);
  });
});
