import { describe, expect, it } from 'vitest';
import { HeaderList, noBody } from '../../src/http/index.ts';
import { createMock, type MockHandler } from '../../src/mock/index.ts';
import { attempt, expectSound } from '../hostile/sound.ts';

const schema = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, big: {} } };
const document = {
  openapi: '3.1.0',
  info: { title: '', version: '' },
  paths: {
    '/a': {
      get: {
        operationId: 'a',
        responses: {
          200: { description: '', content: { 'application/json': { schema } } },
          404: { description: '', content: { 'application/json': { example: { no: 'thing' } } } },
        },
      },
    },
    '/alive': { get: { responses: { 200: { description: '' } } } },
  },
};

const circular: Record<string, unknown> = { id: 1 };
circular.big = circular;

/** What a handler may give by mistake; none of it is what the types allow. */
const odd: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  'a text': 'text',
  'a number': 5,
  'a function': () => 1,
  'a circle': { body: circular },
  'a bigint': { body: { id: 1n } },
  'a symbol': { body: Symbol('x') },
  'a date': { body: new Date(Number.NaN) },
  'a status of no kind': { status: 'ok' },
  'a status below all': { status: 99 },
  'a status below 200': { status: 101 },
  'a status beyond all': { status: 1_000 },
  'a status between': { status: 200.5 },
  'headers of no kind': { headers: 5 },
  'headers with lines': { headers: { 'x-a': 'b\r\nx-c: d' }, body: { id: 1 } },
  'headers with odd names': { headers: { 'x a': 'b', '': 'c', __proto__: 'd' }, body: { id: 1 } },
  'headers with odd values': { headers: { 'x-a': 5, 'x-b': null }, body: { id: 1 } },
  'an answer without bytes': { status: 200, headers: new HeaderList(), body: 'text' },
  'an answer with a wrong status': { status: -1, headers: new HeaderList(), body: noBody },
};

describe('a handler that gives', () => {
  it.each(Object.keys(odd))('%s: there is a sound answer', async (name) => {
    const given = odd[name];
    const mock = await createMock({ document, handlers: { a: (() => given) as MockHandler } });
    expectSound(await mock.send(attempt({ target: '/a' })));
    const { url } = await mock.listen({ port: 0 });
    const response = await fetch(`${url}/a`);
    expect(response.status).toBeGreaterThanOrEqual(200);
    expect(response.headers.get('x-c')).toBeNull();
    await response.arrayBuffer();
    expect((await fetch(`${url}/alive`)).status).toBe(200);
    await mock.close();
  });
});

describe('a handler', () => {
  it('may answer with bytes, another status, and what the mock would say', async () => {
    const answers: MockHandler[] = [
      () => ({
        status: 200,
        headers: HeaderList.from({ 'content-type': 'text/x' }),
        body: Buffer.from('raw'),
      }),
      () => ({ status: 404, body: { my: 'own' } }),
      (_, __, tools) => tools.generate({ status: 404 }),
      (_, __, tools) => tools.generate({ status: 500 }),
    ];
    const mock = await createMock({ document });
    const seen: string[] = [];
    for (const answer of answers) {
      mock.register('a', answer);
      const response = await mock.fetch(new Request('http://m/a'));
      seen.push(
        `${response.status} ${response.headers.get('content-type')} ${(await response.text()).slice(0, 16)}`,
      );
    }
    expect(seen.slice(0, 3)).toEqual([
      '200 text/x raw',
      '404 application/json {"my":"own"}',
      '404 application/json {"no":"thing"}',
    ]);
    expect(seen[3]).toMatch(/^404 /);
    mock.register('a', () => ({ headers: { 'x-name': 'ключ' }, body: { id: 1 } }));
    const { url } = await mock.listen({ port: 0 });
    expect((await fetch(`${url}/a`)).status).toBe(200);
    await mock.close();
  });

  it('that an observer of exchanges fails does not fail with it', async () => {
    const mock = await createMock({
      document,
      onExchange: () => {
        throw new Error('the log is full');
      },
    });
    expect((await mock.send(attempt({ target: '/alive' }))).status).toBe(200);
  });
});
