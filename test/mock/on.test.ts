import { describe, expect, expectTypeOf, it } from 'vitest';
import type { operations } from '../../contracts/events/events-api.ts';
import type { Mock } from '../../src/index.ts';
import { createMock } from '../../src/index.ts';
import { shop } from './shop.ts';

const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };

const shopMock = (): Promise<Mock> => createMock({ document: shop, seed: 1 });

async function create(mock: Mock, body: object = { name: 'x' }): Promise<number | string> {
  const request = new Request('http://mock/things', { method: 'POST', headers, body: JSON.stringify(body) });
  return mock.fetch(request).then(
    ({ status }) => status,
    () => 'cut',
  );
}

async function series(mock: Mock, count: number): Promise<(number | string)[]> {
  const found: (number | string)[] = [];
  for (let n = 0; n < count; n += 1) found.push(await create(mock));
  return found;
}

describe('mock.on', () => {
  it.each<[string, (mock: Mock) => unknown, (number | string)[]]>([
    ['reply', (mock) => mock.on('createThing').reply(403), [403, 403, 403]],
    ['reply once', (mock) => mock.on('createThing').reply(403).once(), [403, 201, 201]],
    ['once reply', (mock) => mock.on('createThing').once().reply(403), [403, 201, 201]],
    ['times', (mock) => mock.on('createThing').reply(403).times(2), [403, 403, 201]],
    ['a sequence', (mock) => mock.on('createThing').reply(400).reply(403), [400, 403, 403]],
    [
      'a sequence with an end',
      (mock) => mock.on('createThing').reply(400).reply(403).once(),
      [400, 403, 201],
    ],
    ['passthrough, then reply', (mock) => mock.on('createThing').passthrough().reply(403), [201, 403, 403]],
    ['fail', (mock) => mock.on('createThing').fail().once(), ['cut', 201, 201]],
    ['fail with a status', (mock) => mock.on('createThing').fail({ status: 503 }), [503, 503, 503]],
    ['a delay alone', (mock) => mock.on('createThing').delay(1), [201, 201, 201]],
    ['what may break', (mock) => mock.on('createThing').breaks().reply(599, 'oops'), [599, 599, 599]],
  ])('%s', async (_, arrange, want) => {
    const mock = await shopMock();
    arrange(mock);
    expect(await series(mock, 3)).toEqual(want);
  });

  it('answers with the rule that was begun last, and falls back on the others', async () => {
    const mock = await createMock({
      document: shop,
      seed: 1,
      scenarios: [{ rules: [{ on: 'createThing', reply: { status: 418 } }] }],
    });
    const first = mock.on('createThing').reply(400);
    mock.on('createThing').reply(403).once();
    expect(await series(mock, 2)).toEqual([403, 400]);
    first.remove();
    expect(await series(mock, 1)).toEqual([418]);
  });

  it('looks at the request', async () => {
    const mock = await shopMock();
    mock
      .on('createThing')
      .when({ body: { name: 'bad' }, headers: { 'x-tenant': { absent: true } } })
      .reply(403);
    expect(await create(mock, { name: 'bad' })).toBe(403);
    expect(await create(mock, { name: 'good' })).toBe(201);
  });

  it('gives body and headers as they are, templates and all', async () => {
    const mock = await shopMock();
    mock.on('GET /greeting').reply(200, { hello: '{{ state }}' }, { 'X-One': '1' });
    const response = await mock.fetch(new Request('http://mock/greeting'));
    expect([await response.json(), response.headers.get('x-one')]).toEqual([{ hello: '{{ state }}' }, '1']);
    mock.on('GET /greeting').patch({ hello: 'patched' });
    expect(await (await mock.fetch(new Request('http://mock/greeting'))).json()).toEqual({
      hello: 'patched',
    });
    mock.on('GET /greeting').replyExample('evening');
    expect(await (await mock.fetch(new Request('http://mock/greeting'))).json()).toEqual({
      hello: 'good evening',
    });
  });

  it('throws for what makes no sense against the document, and leaves all as it was', async () => {
    const mock = await shopMock();
    expect(() => mock.on('createThin')).toThrow(
      'has no operation "createThin". Did you mean one of: createThing',
    );
    const rule = mock.on('createThing').reply(403);
    expect(() => rule.reply(201, { name: 5 })).toThrow(
      "mock.on('createThing') at /reply/1\": the answer breaks the document",
    );
    expect(() => rule.replyExample('none')).toThrow('has no example "none"');
    expect(() => rule.when({ body: { '$[': 1 } })).toThrow('is no JSONPath');
    expect(await series(mock, 2)).toEqual([403, 403]);
  });

  it('is typed by the operations of the document', async () => {
    const mock = await createMock<operations>({ document: 'openapi.yaml', seed: 1 });
    mock
      .on('events_events_create')
      .when({ headers: { a: '1' } })
      .reply(403);
    mock
      .on('events_events_list')
      .when({ query: { action: 'login' } })
      .reply(403, { detail: 'no' });
    mock.expectCalled('events_events_create', { times: 0 });
    // @ts-expect-error: the document has no such operation
    expect(() => mock.on('events_events_creat')).toThrow('no operation');
    // @ts-expect-error: nor such a status
    expect(() => mock.on('events_events_create').reply(500)).toThrow('breaks the document');
    // @ts-expect-error: nor such a body
    expect(() => mock.on('events_events_create').reply(403, { detail: 5 })).toThrow('breaks the document');
    // @ts-expect-error: nor such a parameter
    mock.on('events_events_list').when({ query: { actoin: 'login' } });
    expectTypeOf(mock.on<'events_events_create'>)
      .parameter(0)
      .toEqualTypeOf<'events_events_create'>();
  });

  it('is taken away by a reset', async () => {
    const mock = await shopMock();
    mock.on('createThing').reply(403);
    mock.reset();
    expect(await series(mock, 1)).toEqual([201]);
  });
});

describe('mock.expectCalled', () => {
  it('gives the calls that are as expected', async () => {
    const mock = await shopMock();
    await create(mock, { name: 'a', size: 1 });
    await create(mock, { name: 'b', size: 2 });
    expect(mock.expectCalled('createThing', { body: { name: 'b' } })).toEqual([
      mock.requests('createThing')[1],
    ]);
    expect(mock.expectCalled('createThing')).toHaveLength(2);
    expect(
      mock.expectCalled('createThing', { times: 2, headers: { authorization: { pattern: '^Bearer' } } }),
    ).toHaveLength(2);
    expect(mock.expectCalled('listThings', { times: 0 })).toEqual([]);
    expect(() => mock.expectCalled('createThings', { times: 0 })).toThrow(
      'Cannot expect calls of "createThings": the document has no such operation. Did you mean one of: createThing?',
    );
  });

  it('says what was different', async () => {
    const mock = await shopMock();
    expect(() => mock.expectCalled('createThing')).toThrow(
      'Cannot confirm the calls of "createThing": at least 1 call was expected, and none came.',
    );
    await create(mock, { name: 'a', size: 1 });
    await create(mock, { name: 'b' });
    expect(() => mock.expectCalled('createThing', { times: 2, body: { '$.size': 1 } })).toThrow(
      [
        'Cannot confirm the calls of "createThing": 2 calls were expected, and 1 of the 2 that came is as expected.',
        '  #2 POST /things: body $.size: expected 1, seen nothing',
      ].join('\n'),
    );
    expect(() => mock.expectCalled('createThing', { times: 1 })).toThrow(
      '  #1 POST /things\n  #2 POST /things',
    );
  });
});

describe('mock.unmatched', () => {
  it('lists what met no operation and no rule, with all that was different', async () => {
    const mock = await shopMock();
    mock
      .on('createThing')
      .when({ body: { name: 'Rex' }, query: { dry: true } })
      .reply(403);
    mock.on('createThing').when({ count: 9 }).reply(403);
    await create(mock, { name: 'Max' });
    await mock.fetch(new Request('http://mock/thing'));
    await mock.fetch(new Request('http://mock/things'));
    const found = mock.unmatched();
    expect(found.map(({ explanation }) => explanation)).toEqual([
      [
        'mock.on(\'createThing\'): count: expected {"from":9,"to":9}, seen 1',
        "mock.on('createThing'): query.dry: expected true, seen nothing",
        'mock.on(\'createThing\'): body.name: expected "Rex", seen "Max"',
      ],
      [expect.stringContaining('The nearest is /v1/things')],
    ]);
    expect(found[0]?.near).toHaveLength(2);
  });
});
