import { describe, expect, it } from 'vitest';
import { createMock, type Mock, type MockOptions } from '../../src/mock/index.ts';
import { prismDocument } from './prism-document.ts';

type Given = RequestInit & { readonly path: string };

async function mockWith(options: Partial<MockOptions> = {}): Promise<Mock> {
  return createMock({ document: prismDocument, seed: 1, ...options });
}

async function ask({ path, ...init }: Given, options: Partial<MockOptions> = {}): Promise<Response> {
  return (await mockWith(options)).fetch(new Request(`http://mock.test${path}`, init));
}

async function wordOf(response: Response): Promise<unknown> {
  const body = (await response.json()) as { word?: unknown; name?: unknown };
  return body.word ?? body.name;
}

function prefer(text: string): RequestInit {
  return { headers: { prefer: text } };
}

function json(body: unknown, type = 'application/json'): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

describe('per-request overrides', () => {
  it.each<[string, Given, number, unknown]>([
    ['a code', { path: '/pets', ...prefer('code=404') }, 404, 'gone'],
    ['an example', { path: '/pets', ...prefer('example=dog') }, 200, 'dog'],
    ['several', { path: '/pets', ...prefer('code=200, example=dog') }, 200, 'dog'],
    ['keys without case', { path: '/pets', ...prefer('CODE=200, Example=dog') }, 200, 'dog'],
    ['quoted values', { path: '/pets', ...prefer('code="200", example="dog"') }, 200, 'dog'],
    [
      'repeated headers',
      {
        path: '/pets',
        headers: [
          ['prefer', 'code=200'],
          ['prefer', 'example=dog'],
        ],
      },
      200,
      'dog',
    ],
    ['the query, where there is no header', { path: '/pets?__code=404' }, 404, 'gone'],
    ['the query, an example', { path: '/pets?__example=dog&__code=200' }, 200, 'dog'],
    ['the header, not the query', { path: '/pets?__code=404', ...prefer('example=dog') }, 200, 'dog'],
  ])('%s', async (_, given, status, word) => {
    const response = await ask(given);
    expect([response.status, await wordOf(response)]).toEqual([status, word]);
  });

  it.each(['code=20', 'code=abc', 'code=2000', 'code=-1', 'code=', 'dynamic=yes', 'dynamic=1', 'dynamic='])(
    '%s is a 422',
    async (text) => {
      expect((await ask({ path: '/pets', ...prefer(text) })).status).toBe(422);
      expect((await ask({ path: `/pets?__${text}` })).status).toBe(422);
    },
  );

  it('dynamic=true makes data up, dynamic=false does not, over what the mock was told', async () => {
    expect(await wordOf(await ask({ path: '/pets', ...prefer('dynamic=true') }))).not.toBe('cat');
    expect(await wordOf(await ask({ path: '/pets' }, { source: 'dynamic' }))).not.toBe('cat');
    expect(
      await wordOf(await ask({ path: '/pets', ...prefer('dynamic=false') }, { source: 'dynamic' })),
    ).toBe('cat');
    expect(await wordOf(await ask({ path: '/pets?__dynamic=true' }))).not.toBe('cat');
  });

  it('seed=… decides what is made up, for that request alone', async () => {
    const mock = await mockWith({ source: 'dynamic' });
    const text = async (init?: RequestInit) =>
      (await mock.fetch(new Request('http://mock.test/pets', init))).text();
    const [before, one, other] = [
      await text(),
      await text(prefer('seed=abc')),
      await text(prefer('seed=def')),
    ];
    expect(await text(prefer('seed=abc'))).toBe(one);
    expect(other).not.toBe(one);
    expect(await text()).toBe(before);
    const query = await mock.fetch(new Request('http://mock.test/pets?__seed=abc'));
    expect(await query.text()).toBe(one);
  });

  it('__server names a server of the operation, and any other is a 404', async () => {
    expect((await ask({ path: '/server?__server=https://one.example.test' })).status).toBe(200);
    expect((await ask({ path: '/server?__server=https://two.example.test/' })).status).toBe(404);
  });
});

describe('which answer', () => {
  it.each<[string, Given, number, unknown]>([
    ['the lowest 2xx', { path: '/lowest', ...prefer('code=201') }, 201, '201'],
    ['a range under the code asked for', { path: '/range', ...prefer('code=418') }, 418, '4XX'],
    ['default under the code asked for', { path: '/default', ...prefer('code=503') }, 503, 'default'],
    ['2XX as 200', { path: '/range' }, 200, '2XX'],
    ['default as 200', { path: '/default' }, 200, 'default'],
    ['the first that is declared', { path: '/first' }, 404, '404'],
    ['the first example', { path: '/pets' }, 200, 'cat'],
    ['422 before 400', { path: '/422' }, 422, '422'],
    ['400 where there is no 422', { path: '/400' }, 400, '400'],
    ['a range for a refusal', { path: '/4xx' }, 422, '4XX'],
    ['default for a refusal, under the first code wanted', { path: '/refused-default' }, 422, 'default'],
    ['415 first for a media type', { path: '/415', ...json('x', 'text/plain') }, 415, '415'],
    ['then 422', { path: '/415-422', ...json('x', 'text/plain') }, 422, '422'],
    ['then 400', { path: '/415-400', ...json('x', 'text/plain') }, 400, '400'],
    ['401 before 403', { path: '/401' }, 401, '401'],
    ['403 where there is no 401', { path: '/403' }, 403, '403'],
    ['400 for malformed JSON', { path: '/415', ...json('{') }, 400, '400'],
    ['422 for JSON that breaks the schema', { path: '/415', ...json({}) }, 422, '422'],
  ])('%s', async (_, given, status, word) => {
    const response = await ask(given);
    expect([response.status, await wordOf(response)]).toEqual([status, word]);
  });

  it('without a code asked for is the lowest 2xx, a 201 before a 204', async () => {
    expect((await ask({ path: '/lowest' })).status).toBe(201);
  });

  it.each<[string, Given, number]>([
    ['a code that is not documented', { path: '/pets', ...prefer('code=500') }, 404],
    ['an example that does not exist', { path: '/pets', ...prefer('example=fish') }, 404],
    ['no path', { path: '/nowhere' }, 404],
    ['no method', { path: '/pets', method: 'DELETE' }, 405],
    ['the wrong server', { path: '/pets?__server=https://no.example.test' }, 404],
    ['not acceptable', { path: '/pets', headers: { accept: 'image/png' } }, 406],
    ['unauthorized', { path: '/locked' }, 401],
    ['a media type that is not documented', { path: '/undocumented', ...json('x', 'text/plain') }, 415],
    ['invalid', { path: '/undocumented?limit=9' }, 422],
    ['malformed JSON', { path: '/undocumented', ...json('{') }, 400],
  ])('a problem of ours for %s', async (_, given, status) => {
    const response = await ask(given);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status });
    for (const name of ['type', 'title', 'detail']) expect(typeof problem[name]).toBe('string');
    if (status === 401) expect(response.headers.get('www-authenticate')).toBe('Bearer');
    if (status === 405) expect(response.headers.get('allow')).toContain('GET');
  });

  it.each<[string | undefined, string, string]>([
    [undefined, '/types', 'application/json'],
    ['*/*', '/types', 'application/json'],
    ['text/plain', '/types', 'text/plain'],
    ['text/*', '/types', 'text/plain'],
    ['application/json;q=0.1, text/plain;q=0.9', '/types', 'text/plain'],
    ['application/x+json', '/types', 'application/x+json'],
    ['image/png, application/xml;q=0.2', '/types', 'application/xml'],
    ['application/json;q=0, */*;q=0.1', '/types', 'text/plain'],
    ['text/csv', '/any-type', 'text/csv'],
  ])('Accept %s at %s gives %s', async (accept, path, want) => {
    const response = await ask({ path, ...(accept === undefined ? {} : { headers: { accept } }) });
    expect(response.headers.get('content-type')?.split(';')[0]).toBe(want);
  });

  it.each([
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json', '{"any":true}'],
    ['application/xml', 'application/xml', '<xml><any>true</any></xml>'],
    ['text/csv', 'text/csv', 'a,b'],
  ])('writes what stands under */* for Accept %s as %s', async (accept, type, text) => {
    const response = await ask({ path: '/any-type', headers: { accept } });
    expect([response.headers.get('content-type')?.split(';')[0], await response.text()]).toEqual([
      type,
      text,
    ]);
  });

  it('has an empty body and no Content-Type where nothing is declared', async () => {
    const response = await ask({ path: '/no-content' });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      null,
      '',
    ]);
  });

  it('gives HEAD the headers of GET and no body', async () => {
    const [get, head] = [await ask({ path: '/pets' }), await ask({ path: '/pets', method: 'HEAD' })];
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect(await head.text()).toBe('');
  });

  it('has the declared headers, and tells of deprecation', async () => {
    const { headers } = await ask({ path: '/headers' });
    expect(headers.get('x-example')).toBe('as documented');
    expect(headers.get('x-made')).toBe('5');
    expect(headers.get('deprecation')).toBe('true');
  });
});

interface Violation {
  readonly location: string[];
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

describe('findings', () => {
  it('stand in a problem’s validation, each with location, severity, code and message', async () => {
    const response = await ask({ path: '/undocumented?limit=9' });
    const { validation } = (await response.json()) as { validation: Violation[] };
    expect(validation).toMatchObject([{ location: ['query', 'limit'], severity: 'Error', code: 'maximum' }]);
    expect(typeof validation[0]?.message).toBe('string');
  });

  it('stand in the header sl-violations, the request’s first', async () => {
    const handlers = { 'GET /400': () => ({ status: 204 }) };
    const refused = await ask({ path: '/400' });
    const [first] = JSON.parse(refused.headers.get('sl-violations') ?? '[]') as Violation[];
    expect(first).toMatchObject({
      location: ['request', 'query', 'limit'],
      severity: 'Error',
      code: 'required',
    });
    const odd = await ask({ path: '/400?limit=1' }, { handlers });
    const [answer] = JSON.parse(odd.headers.get('sl-violations') ?? '[]') as Violation[];
    expect(answer?.location[0]).toBe('response');
  });

  it('are left out of an answer that has none', async () => {
    expect((await ask({ path: '/pets' })).headers.has('sl-violations')).toBe(false);
  });

  it('are cut at about 8,000 characters, and are JSON all the same', async () => {
    const body = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`ключ ${n}`, n]));
    const schema = { type: 'object', additionalProperties: { type: 'string' } };
    const document = {
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: {
        '/a': {
          post: {
            requestBody: { content: { 'application/json': { schema } } },
            responses: { 200: { description: '' } },
          },
        },
      },
    };
    const mock = await createMock({ document });
    const response = await mock.fetch(new Request('http://mock.test/a', json(body)));
    const text = response.headers.get('sl-violations') ?? '';
    expect(text.length).toBeGreaterThan(1_000);
    expect(text.length).toBeLessThanOrEqual(8_200);
    expect(text).toMatch(/^[\x20-\x7e]*$/);
    expect((JSON.parse(text) as Violation[]).length).toBeGreaterThan(5);
  });
});

describe('with errors on', () => {
  it('a violation in the answer becomes a 500 problem', async () => {
    const handlers = { 'GET /pets': () => ({ body: { name: 5 } }) };
    expect((await ask({ path: '/pets' }, { handlers })).status).toBe(200);
    const strict = await ask({ path: '/pets' }, { handlers, errors: true });
    expect(strict.status).toBe(500);
    expect(await strict.json()).toMatchObject({ validation: [{ location: ['body', 'name'], code: 'type' }] });
  });

  it('an answer without one stays', async () => {
    expect((await ask({ path: '/pets' }, { errors: true })).status).toBe(200);
  });
});

describe('over a port', () => {
  it('answers CORS, a preflight on any path, and a body over 10 MB', async () => {
    const mock = await mockWith();
    const { url } = await mock.listen({ port: 0 });
    try {
      const plain = await fetch(`${url}/pets`);
      expect(plain.headers.get('access-control-allow-origin')).toBe('*');
      expect(plain.headers.get('access-control-allow-credentials')).toBe('true');
      expect(plain.headers.get('access-control-expose-headers')).toBe('*');
      const preflight = await fetch(`${url}/nowhere`, {
        method: 'OPTIONS',
        headers: {
          origin: 'http://page.test',
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'x-a',
        },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe('http://page.test');
      expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
      expect(preflight.headers.get('access-control-allow-headers')).toBe('x-a');
      const large = await fetch(`${url}/undocumented`, json(`"${'x'.repeat(10 * 1024 * 1024)}"`));
      expect(large.status).toBe(413);
      expect(large.headers.get('content-type')).toMatch(/problem\+json/);
    } finally {
      await mock.close();
    }
  });
});
