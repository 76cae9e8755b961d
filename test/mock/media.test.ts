import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/index.ts';
import { createMock, type Mock } from '../../src/mock/index.ts';

const thing = {
  type: 'object',
  required: ['id', 'tags'],
  properties: { id: { type: 'integer' }, tags: { type: 'array', minItems: 2, items: { type: 'string' } } },
};

function answering(mediaType: string, media: object): object {
  return { get: { responses: { 200: { description: '', content: { [mediaType]: media } } } } };
}

async function textOf(mediaType: string, media: object, openapi = '3.1.0'): Promise<string> {
  const document = {
    openapi,
    info: { title: '', version: '' },
    paths: { '/a': answering(mediaType, media) },
  };
  const mock = await createMock({ document, seed: 1 });
  const response = await mock.fetch(new Request('http://m/a'));
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(response.headers.get('content-type')?.split(';')[0]).toBe(mediaType);
  expect(response.headers.get('sl-violations')).toBeNull();
  return text;
}

describe('an answer in', () => {
  it('+json is JSON', async () => {
    expect(JSON.parse(await textOf('application/hal+json', { schema: thing }))).toHaveProperty('id');
  });

  it('XML follows the schema’s xml objects', async () => {
    const schema = {
      ...thing,
      xml: { name: 'thing', namespace: 'urn:t' },
      properties: {
        id: { type: 'integer', xml: { attribute: true } },
        tags: {
          ...thing.properties.tags,
          xml: { wrapped: true },
          items: { type: 'string', xml: { name: 'tag' } },
        },
      },
    };
    const text = await textOf('application/xml', { schema });
    expect(text).toMatch(/<thing xmlns="urn:t" id="-?\d+"><tags>(<tag>[^<]*<\/tag>){2,}<\/tags><\/thing>/);
  });

  it('text is a string', async () => {
    expect(await textOf('text/plain', { schema: { type: 'string', pattern: '^[a-c]{5}$' } })).toMatch(
      /^[a-c]{5}$/,
    );
  });

  it('a form is names and values', async () => {
    const pairs = [
      ...new URLSearchParams(await textOf('application/x-www-form-urlencoded', { schema: thing })),
    ];
    expect(pairs.map(([name]) => name).filter((name) => name === 'tags').length).toBeGreaterThanOrEqual(2);
  });

  it('bytes has bytes', async () => {
    expect(
      (await textOf('image/png', { schema: { type: 'string', format: 'binary', minLength: 4 } })).length,
    ).toBeGreaterThan(0);
  });

  it('an event stream is events', async () => {
    const itemSchema = {
      type: 'object',
      required: ['data'],
      properties: { data: { type: 'string' }, event: { const: 'tick' } },
    };
    const text = await textOf('text/event-stream', { itemSchema }, '3.2.0');
    expect(text).toMatch(/^(?:(?:data|event): ?[^\n]*\n)+\n/);
  });

  it('an event stream of a document before 3.2 has the schema’s values as data, or text', async () => {
    const [data] = (await textOf('text/event-stream', { schema: thing }, '3.0.3')).split('\n');
    expect(JSON.parse(data?.replace('data: ', '') ?? '')).toHaveProperty('id');
    for (const media of [{}, { schema: {} }]) {
      expect(await textOf('text/event-stream', media, '3.0.3')).toMatch(/^data: [^\n]+\n\n/);
    }
  });

  it.each([{}, { schema: {} }])('JSON lines are objects where the schema is %j', async (media) => {
    const lines = (await textOf('application/x-ndjson', media)).trim().split('\n');
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'));
  });

  it('bytes under a range are bytes, unless JSON is asked for', async () => {
    const media = { '*/*': { schema: { type: 'string', format: 'binary' } } };
    const paths = { '/a': { get: { responses: { 200: { description: '', content: media } } } } };
    const document = { openapi: '3.0.3', info: { title: '', version: '' }, paths };
    const mock = await createMock({ document, seed: 1 });
    const typeFor = async (accept?: string) => {
      const headers = accept === undefined ? {} : { accept };
      return (await mock.fetch(new Request('http://m/a', { headers }))).headers.get('content-type');
    };
    expect(await typeFor()).toBe('application/octet-stream');
    expect(await typeFor('*/*')).toBe('application/octet-stream');
    expect(await typeFor('image/png, */*;q=0.1')).toBe('image/png');
    expect(await typeFor('application/json')).toBe('application/json');
  });

  it.each(['application/jsonl', 'application/x-ndjson'])('%s is a value a line', async (mediaType) => {
    const lines = (await textOf(mediaType, { itemSchema: thing }, '3.2.0')).trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('id');
  });

  it('multipart has its parts', async () => {
    expect(await textOf('multipart/form-data', { schema: thing })).toMatch(/name="?id"?/);
  });
});

describe('an external value', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apidouble-'));
    await writeFile(join(folder, 'good.json'), '{"id": 5, "tags": ["a", "b"]}');
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function mockOf(externalValue: string, findings: Finding[] = []): Promise<Mock> {
    const paths = {
      '/a': answering('application/json', { schema: thing, examples: { far: { externalValue } } }),
    };
    const path = join(folder, 'openapi.json');
    await writeFile(path, JSON.stringify({ openapi: '3.1.0', info: { title: '', version: '' }, paths }));
    return createMock({ document: path, seed: 1, onFinding: (one) => findings.push(one) });
  }

  it('is read and served as it stands', async () => {
    const mock = await mockOf('good.json');
    const texts = await Promise.all(
      [0, 1].map(async () => (await mock.fetch(new Request('http://m/a'))).text()),
    );
    expect(texts).toEqual(Array(2).fill('{"id": 5, "tags": ["a", "b"]}'));
  });

  it.each(['none.json', '/etc/passwd', '../../../../etc/passwd', 'http://169.254.169.254/x', 'http://[', ''])(
    'at %j is not served, and the answer is made up',
    async (externalValue) => {
      const findings: Finding[] = [];
      const mock = await mockOf(externalValue, findings);
      const response = await mock.fetch(new Request('http://m/a'));
      expect(response.status).toBe(200);
      expect(await response.json()).toHaveProperty('id');
      const named = await mock.fetch(new Request('http://m/a', { headers: { prefer: 'example=far' } }));
      expect(named.status).toBeGreaterThanOrEqual(200);
      expect((await named.text()).includes('root:')).toBe(false);
    },
  );

  it('that cannot be read is a 500 that names it, where it is asked for by name', async () => {
    const mock = await mockOf('none.json');
    const named = await mock.fetch(new Request('http://m/a', { headers: { prefer: 'example=far' } }));
    expect(named.status).toBe(500);
    expect(await named.json()).toMatchObject({
      type: 'urn:apidouble:problem:ERR_REFERENCE',
      detail: expect.stringMatching(/Cannot serve the example at "file:.*none\.json": it could not be read/),
    });
  });
});

const documents = join(import.meta.dirname, '../../fixtures/documents');

describe('a document of 3.2', () => {
  it.each([
    ['GET', '/reports?city=Kiel', undefined, 200],
    ['QUERY', '/reports', '{"city":"Kiel"}', 200],
    ['QUERY', '/reports', undefined, 422],
    ['LINK', '/reports', undefined, 204],
    ['UNLINK', '/reports', undefined, 405],
  ])('%s %s is %4$s', async (method, target, body, status) => {
    const mock = await createMock({ document: join(documents, 'three-two.yaml'), seed: 1 });
    const init = body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } };
    const response = await mock.fetch(new Request(`http://m${target}`, { method, ...init }));
    expect(response.status).toBe(status);
    expect(response.headers.get('sl-violations') === null).toBe(status < 300 || status === 405);
  });
});

describe('a document of Swagger 2.0', () => {
  const key = { 'x-key': 'k' };
  const json = { 'content-type': 'application/json' };
  it.each<[string, string, RequestInit, number]>([
    ['a list', '/api/ferries', { headers: key }, 200],
    ['its bound, exclusive', '/api/ferries?limit=50', { headers: key }, 422],
    ['below its bound', '/api/ferries?limit=49', { headers: key }, 200],
    ['pipes', '/api/ferries?ports=Kiel|Oslo', { headers: key }, 200],
    ['pipes that are wrong', '/api/ferries?ports=Kiel|Rome', { headers: key }, 422],
    ['multi', '/api/ferries?days=1&days=2', { headers: key }, 200],
    ['multi that is wrong', '/api/ferries?days=1&days=x', { headers: key }, 422],
    ['a format', '/api/ferries', { headers: { ...key, 'x-trace': 'x' } }, 422],
    ['no key', '/api/ferries', {}, 401],
    [
      'a body',
      '/api/ferries',
      {
        method: 'POST',
        body: '{"name":"Stena","captain":null}',
        headers: { ...json, authorization: 'Bearer t' },
      },
      201,
    ],
    [
      'a body that is wrong',
      '/api/ferries',
      { method: 'POST', body: '{"captain":1}', headers: { ...json, authorization: 'Bearer t' } },
      422,
    ],
    ['a documented code', '/api/ferries', { headers: { ...key, prefer: 'code=410' } }, 410],
  ])('%s', async (_, target, init, status) => {
    const mock = await createMock({ document: join(documents, 'swagger.yaml'), seed: 1 });
    const response = await mock.fetch(new Request(`http://m${target}`, init));
    expect(response.status, await response.clone().text()).toBe(status);
    if (status === 200) expect(await response.json()).toEqual([{ name: 'Stena' }]);
  });

  it('takes a file by a form', async () => {
    const mock = await createMock({ document: join(documents, 'swagger.yaml'), seed: 1 });
    const put = (body: FormData) =>
      mock.fetch(new Request('http://m/api/ferries/Stena/photo', { method: 'PUT', body, headers: key }));
    const form = new FormData();
    form.set('tags', 'a,b');
    expect((await put(form)).status).toBe(422);
    form.set('photo', new Blob([Uint8Array.of(1, 2, 3)], { type: 'image/png' }), 'photo.png');
    const response = await put(form);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
  });
});
