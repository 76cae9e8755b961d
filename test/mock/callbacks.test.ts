import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/index.ts';
import { HeaderList } from '../../src/http/index.ts';
import { createMock, type Mock, type MockOptions } from '../../src/mock/index.ts';

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly body: unknown;
}

const event = { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } };
const content = { 'application/json': { schema: event } };
const ok = { 200: { description: '' } };

function documentOf(expression: string): object {
  return {
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {
      '/subscriptions/{name}': {
        post: {
          parameters: [
            { name: 'name', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'back', in: 'query', schema: { type: 'string' } },
          ],
          requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
          responses: {
            201: {
              description: '',
              headers: { 'X-Back': { schema: { type: 'string' }, example: 'http://localhost:1/header' } },
              content: { 'application/json': { example: { id: 'r1', where: 'http://localhost:1/answer' } } },
              links: { odd: { operationRef: '#/nowhere', parameters: { a: '$request.body#/~' } }, bad: null },
            },
            400: { description: '' },
          },
          callbacks: {
            happened: { [expression]: { post: { requestBody: { required: true, content }, responses: ok } } },
          },
        },
      },
    },
    webhooks: {
      ping: { post: { requestBody: { content }, responses: ok }, put: { responses: ok } },
    },
  };
}

async function trial(
  expression: string,
  options: Partial<MockOptions> = {},
): Promise<{ mock: Mock; sent: Sent[]; findings: Finding[] }> {
  const [sent, findings]: [Sent[], Finding[]] = [[], []];
  const mock = await createMock({
    document: documentOf(expression),
    seed: 1,
    fetch: async (url, init) => {
      const text = init?.body === undefined ? undefined : Buffer.from(init.body as Uint8Array).toString();
      sent.push({
        url: String(url),
        method: init?.method ?? '',
        body: text === undefined ? undefined : (JSON.parse(text) as unknown),
      });
      return new Response(null, { status: String(url).includes('broken') ? 500 : 204 });
    },
    onFinding: (finding) => findings.push(finding),
    ...options,
  });
  return { mock, sent, findings };
}

async function subscribe(mock: Mock, url = 'http://127.0.0.1:1/body', query = ''): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-url': 'http://localhost:1/from-header' };
  const init = {
    method: 'POST',
    headers,
    body: JSON.stringify({ url, 'a/b': { 'c~d': 'http://[::1]:1/odd' } }),
  };
  const { status } = await mock.fetch(new Request(`http://m/subscriptions/mine${query}`, init));
  await mock.close();
  return status;
}

describe('a callback', () => {
  it.each([
    ['{$request.body#/url}', 'http://127.0.0.1:1/body'],
    ['$request.body#/url', 'http://127.0.0.1:1/body'],
    ['{$request.body#/a~1b/c~0d}', 'http://[::1]:1/odd'],
    ['{$request.header.x-url}?from={$method}', 'http://localhost:1/from-header?from=POST'],
    ['http://localhost:1/{$request.path.name}/{$response.body#/id}', 'http://localhost:1/mine/r1'],
    ['{$request.query.back}', 'http://localhost:1/query'],
    ['{$response.header.X-Back}', 'http://localhost:1/header'],
    ['{$response.body#/where}/{$statusCode}', 'http://localhost:1/answer/201'],
    ['http://localhost:1/fixed', 'http://localhost:1/fixed'],
  ])('by %s goes to %s', async (expression, url) => {
    const { mock, sent, findings } = await trial(expression);
    expect(await subscribe(mock, undefined, '?back=http%3A%2F%2Flocalhost%3A1%2Fquery')).toBe(201);
    expect(sent).toMatchObject([
      { url, method: 'POST', body: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string } },
    ]);
    expect(findings).toEqual([]);
  });

  it.each([
    'http://example.test/x',
    'http://169.254.169.254/latest',
    'http://127.0.0.1.example.test/',
    'http://localhost.example.test/',
    'http://localhost@example.test/',
    'http://[::ffff:10.0.0.1]/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'not a url',
    '',
  ])('does not go to %j, and says so', async (url) => {
    const { mock, sent, findings } = await trial('{$request.body#/url}');
    expect(await subscribe(mock, url)).toBe(201);
    expect(sent).toEqual([]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.code).toBe('callback.failed');
  });

  it('goes to a host that was named', async () => {
    const { mock, sent } = await trial('{$request.body#/url}', { allowHosts: ['hooks.example.test'] });
    await subscribe(mock, 'http://hooks.example.test/x');
    expect(sent).toHaveLength(1);
  });

  it('that fails is a finding, and the answer stands', async () => {
    const { mock, findings } = await trial('{$request.body#/url}');
    expect(await subscribe(mock, 'http://localhost:1/broken')).toBe(201);
    expect(findings[0]?.message).toContain('500');
  });

  it.each([
    '{$request.body#/nothing}',
    '{$response.body#/~}',
    '{$request.nothing}',
    '{$request.path.__proto__}',
    '{}',
  ])('by %s goes nowhere and harms nothing', async (expression) => {
    const { mock, sent } = await trial(expression);
    expect(await subscribe(mock)).toBe(201);
    expect(sent).toEqual([]);
  });

  it('by a value nested too deeply to be written goes nowhere, and the answer stands', async () => {
    const body = Buffer.from(`{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    const handlers = {
      'POST /subscriptions/{name}': () => ({ status: 201, headers: HeaderList.from({}), body }),
    };
    const { mock, sent } = await trial('{$response.body#/x}', { handlers });
    expect(await subscribe(mock)).toBe(201);
    expect(sent).toEqual([]);
  });

  it('is not made for a refusal', async () => {
    const { mock, sent } = await trial('http://localhost:1/fixed');
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' };
    expect((await mock.fetch(new Request('http://m/subscriptions/x', init))).status).toBe(400);
    await mock.close();
    expect(sent).toEqual([]);
  });
});

describe('a webhook', () => {
  it('is sent on demand, with a body of its schema or one that is given', async () => {
    const { mock, sent } = await trial('http://localhost:1/x');
    expect((await mock.sendWebhook('ping', 'http://localhost:1/hook')).status).toBe(204);
    await mock.sendWebhook('ping', 'http://localhost:1/hook', { body: { id: 'mine' } });
    await mock.sendWebhook('ping', 'http://localhost:1/hook', { method: 'put' });
    expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST', 'PUT']);
    expect(sent[0]?.body).toMatchObject({ id: expect.any(String) as string });
    expect(sent[1]?.body).toEqual({ id: 'mine' });
  });

  it.each<[string, Parameters<Mock['sendWebhook']>, string, RegExp]>([
    [
      'the document does not have',
      ['pong', 'http://localhost:1/'],
      'ERR_OPERATION_UNKNOWN',
      /It has: .*POST ping/,
    ],
    [
      'has no such method',
      ['ping', 'http://localhost:1/', { method: 'get' }],
      'ERR_OPERATION_UNKNOWN',
      /webhook "GET ping"/,
    ],
    ['has nowhere to go', ['ping', 'hook'], 'ERR_OPTION', /to "hook": that is no http URL/],
    ['is to leave http', ['ping', 'file:///etc/passwd'], 'ERR_OPTION', /that is no http URL/],
  ])('that %s is refused', async (_, words, code, message) => {
    const { mock, sent } = await trial('http://localhost:1/x');
    await expect(mock.sendWebhook(...words)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(sent).toEqual([]);
  });

  it('that nobody receives is told as that', async () => {
    const fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }));
    const post = { responses: { 200: { description: '' } } };
    const document = {
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: { '/a': { post } },
      webhooks: { ping: { post } },
    };
    const mock = await createMock({ document, fetch });
    await expect(mock.sendWebhook('ping', 'http://localhost:1/')).rejects.toMatchObject({
      code: 'ERR_TARGET',
      message: expect.stringMatching(/"ping" to "http:\/\/localhost:1\/": connect ECONNREFUSED\. Start/),
    });
  });
});
