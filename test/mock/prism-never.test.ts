import { describe, expect, it } from 'vitest';
import { createMock, type Mock, type MockOptions } from '../../src/mock/index.ts';

/** Where Prism is wrong: each of its faults, and that we do not have it. */

const ok = { 200: { description: '' } };
const point = { type: 'object', required: ['x'], properties: { x: { type: 'integer' } } };

function documentOf(paths: object, rest: object = {}): object {
  return { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...rest };
}

async function mockOf(paths: object, options: Partial<MockOptions> & { rest?: object } = {}): Promise<Mock> {
  const { rest, ...given } = options;
  return createMock({ document: documentOf(paths, rest), seed: 1, ...given });
}

async function ask(mock: Mock, path: string, init?: RequestInit): Promise<Response> {
  return mock.fetch(new Request(`http://mock.test${path}`, init));
}

function post(body: string, type: string): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': type } };
}

function answering(schema: object, mediaType = 'application/json'): object {
  return { get: { responses: { 200: { description: '', content: { [mediaType]: { schema } } } } } };
}

function taking(mediaType: string, schema: object): object {
  return { post: { requestBody: { content: { [mediaType]: { schema } } }, responses: ok } };
}

describe('requests that Prism does not check, or refuses wrongly', () => {
  it('a malformed matrix or label parameter is a 422, and the next request is answered', async () => {
    const list = { type: 'array', items: { type: 'integer' } };
    const mock = await mockOf({
      '/m/{m}': {
        get: {
          parameters: [{ name: 'm', in: 'path', required: true, style: 'matrix', schema: list }],
          responses: ok,
        },
      },
      '/l/{l}': {
        get: {
          parameters: [{ name: 'l', in: 'path', required: true, style: 'label', schema: list }],
          responses: ok,
        },
      },
    });
    expect((await ask(mock, '/m/5')).status).toBe(422);
    expect((await ask(mock, '/l/5')).status).toBe(422);
    expect((await ask(mock, '/m/;m=5')).status).toBe(200);
    expect((await ask(mock, '/l/.5')).status).toBe(200);
  });

  it.each<[string, object, string, Record<string, string>, number]>([
    [
      'a cookie parameter',
      { in: 'cookie', name: 'c', schema: { type: 'integer' } },
      '',
      { cookie: 'c=x' },
      422,
    ],
    ['a good cookie', { in: 'cookie', name: 'c', schema: { type: 'integer' } }, '', { cookie: 'c=5' }, 200],
    [
      'a content parameter',
      { in: 'query', name: 'c', content: { 'application/json': { schema: point } } },
      '?c=%7B%7D',
      {},
      422,
    ],
    [
      'a good one',
      { in: 'query', name: 'c', content: { 'application/json': { schema: point } } },
      '?c=%7B%22x%22:1%7D',
      {},
      200,
    ],
    [
      'spaceDelimited',
      {
        in: 'query',
        name: 'c',
        style: 'spaceDelimited',
        explode: false,
        schema: { type: 'array', maxItems: 2, items: { type: 'integer' } },
      },
      '?c=1%202',
      {},
      200,
    ],
    [
      'spaceDelimited, too many',
      {
        in: 'query',
        name: 'c',
        style: 'spaceDelimited',
        explode: false,
        schema: { type: 'array', maxItems: 2, items: { type: 'integer' } },
      },
      '?c=1%202%203',
      {},
      422,
    ],
    [
      'an absent deepObject',
      { in: 'query', name: 'c', style: 'deepObject', explode: true, schema: point },
      '',
      {},
      200,
    ],
    [
      'a deepObject without what it needs',
      { in: 'query', name: 'c', style: 'deepObject', explode: true, schema: point },
      '?c%5By%5D=1',
      {},
      422,
    ],
  ])('%s', async (_, parameter, query, headers, status) => {
    const mock = await mockOf({ '/a': { get: { parameters: [parameter], responses: ok } } });
    expect((await ask(mock, `/a${query}`, { headers })).status).toBe(status);
  });

  it('XML is read by its schema', async () => {
    const mock = await mockOf({ '/a': taking('application/xml', point) });
    expect((await ask(mock, '/a', post('<a><x>1</x></a>', 'application/xml'))).status).toBe(200);
    expect((await ask(mock, '/a', post('<a><x>one</x></a>', 'application/xml'))).status).toBe(422);
  });

  it('JSON parts of a multipart body are read', async () => {
    const mock = await mockOf({
      '/a': taking('multipart/form-data', { type: 'object', properties: { p: point } }),
    });
    const form = (p: string) => {
      const data = new FormData();
      data.set('p', new Blob([p], { type: 'application/json' }));
      return { method: 'POST', body: data };
    };
    expect((await ask(mock, '/a', form('{"x":1}'))).status).toBe(200);
    expect((await ask(mock, '/a', form('{"x":"one"}'))).status).toBe(422);
  });

  it('x+json is not json', async () => {
    const mock = await mockOf({ '/a': taking('application/json', {}) });
    expect((await ask(mock, '/a', post('{}', 'application/vnd.x+json'))).status).toBe(415);
  });
});

describe('routes', () => {
  it.each(['/api/v3/events/', '/events/', '/api/v3//events/'])('%s is found', async (path) => {
    const rest = { servers: [{ url: 'https://x.test/api/v3/' }] };
    expect((await ask(await mockOf({ '/events/': { get: { responses: ok } } }, { rest }), path)).status).toBe(
      200,
    );
  });

  it('HEAD of a GET is answered, and a 405 says what there is', async () => {
    const mock = await mockOf({ '/a': { get: { responses: ok } } });
    expect((await ask(mock, '/a', { method: 'HEAD' })).status).toBe(200);
    const refused = await ask(mock, '/a', { method: 'POST' });
    expect([refused.status, refused.headers.get('allow')?.split(', ').sort()]).toEqual([
      405,
      ['GET', 'HEAD', 'OPTIONS'],
    ]);
  });

  it('a template matches all of its segment and nothing more, and the first of equals wins', async () => {
    const saying = (word: string) => ({
      get: { responses: { 200: { description: '', content: { 'text/plain': { example: word } } } } },
    });
    const mock = await mockOf({
      '/a/{x}.json': saying('json'),
      '/{one}/b': saying('first'),
      '/{two}/b': saying('second'),
    });
    expect((await ask(mock, '/a/b.json.x')).status).toBe(404);
    expect((await ask(mock, '/a/b/c.json')).status).toBe(404);
    expect(await (await ask(mock, '/a/b.json')).text()).toBe('json');
    expect(await (await ask(mock, '/z/b')).text()).toBe('first');
  });
});

describe('answers', () => {
  it('keep the discriminator, if and then, and have no junk', async () => {
    const kinds = ['cat', 'dog'];
    const branches = kinds.map((kind) => ({
      type: 'object',
      required: ['kind', kind],
      properties: { kind: { type: 'string' }, [kind]: { const: kind } },
    }));
    const schemas = { cat: branches[0], dog: branches[1] };
    const oneOf = kinds.map((kind) => ({ $ref: `#/components/schemas/${kind}` }));
    const conditional = {
      type: 'object',
      required: ['a', 'b'],
      properties: { a: { enum: [1, 2] }, b: { type: 'integer' } },
      if: { properties: { a: { const: 1 } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { b: { minimum: 100 } } },
      else: { properties: { b: { maximum: -100 } } },
    };
    const mock = await mockOf(
      {
        '/pet': answering({ oneOf, discriminator: { propertyName: 'kind' } }),
        '/if': answering(conditional),
      },
      { rest: { components: { schemas } }, source: 'dynamic' },
    );
    for (let seed = 0; seed < 20; seed += 1) {
      const prefer = { headers: { prefer: `seed=${seed}` } };
      const pet = (await (await ask(mock, '/pet', prefer)).json()) as Record<string, unknown>;
      expect(Object.keys(pet).sort()).toEqual([pet.kind, 'kind'].sort());
      const { a, b, ...rest } = (await (await ask(mock, '/if', prefer)).json()) as { a: number; b: number };
      expect([a === 1 ? b >= 100 : b <= -100, rest]).toEqual([true, {}]);
    }
  });

  it('never call a schema valid that cannot be compiled or satisfied', async () => {
    const mock = await mockOf({ '/a': answering({ allOf: [{ type: 'string' }, { type: 'integer' }] }) });
    expect((await ask(mock, '/a')).status).toBe(500);
  });

  it('have a count that counts', async () => {
    const page = {
      type: 'object',
      required: ['count', 'results'],
      properties: { count: { type: 'number' }, results: { type: 'array', items: point } },
    };
    const mock = await mockOf({ '/a': answering(page) }, { source: 'dynamic' });
    const { count, results } = (await (await ask(mock, '/a')).json()) as {
      count: number;
      results: unknown[];
    };
    expect(count).toBe(results.length);
  });

  it('are the documented 403 where an API documents no 401', async () => {
    const locked = {
      security: [{ t: [] }],
      responses: {
        ...ok,
        403: { description: '', content: { 'application/json': { example: { no: 'way' } } } },
      },
    };
    const mock = await mockOf(
      { '/a': { get: locked } },
      { rest: { components: { securitySchemes: { t: { type: 'http', scheme: 'bearer' } } } } },
    );
    const response = await ask(mock, '/a');
    expect([response.status, await response.json()]).toEqual([403, { no: 'way' }]);
  });

  it('hold for a seed, in whatever order they are asked for', async () => {
    const schema = {
      type: 'object',
      required: ['email'],
      properties: { email: { type: 'string', format: 'email' } },
    };
    const paths = { '/a': answering(schema), '/b': answering(schema) };
    const [one, two] = [
      await mockOf(paths, { source: 'dynamic' }),
      await mockOf(paths, { source: 'dynamic' }),
    ];
    await ask(two, '/b');
    await ask(two, '/a', { headers: { prefer: 'seed=other' } });
    expect(await (await ask(two, '/a')).text()).toBe(await (await ask(one, '/a')).text());
  });
});
