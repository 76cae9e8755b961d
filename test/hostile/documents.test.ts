import { describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/mock/index.ts';
import { type Attempt, attempt, expectSound } from './sound.ts';

/** A document with the given paths beside a good one. */
function withPaths(paths: object, components: object = {}): object {
  const good = { get: { responses: { 200: { description: 'Fine' } } } };
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/good': good, ...paths },
    components,
  };
}

/** An operation that answers with, and takes, the schema. */
function speaking(schema: unknown): object {
  const content = { 'application/json': { schema } };
  return {
    get: { responses: { 200: { description: '', content } } },
    post: { requestBody: { content }, responses: { 200: { description: '', content } } },
  };
}

async function statusOf(mock: Mock, one: Attempt): Promise<number> {
  const response = await mock.send(attempt(one));
  expectSound(response);
  return response.status;
}

async function tryAll(document: object): Promise<{ get: number; post: number; mock: Mock }> {
  const mock = await createMock({ document, seed: 1, journal: 5 });
  const get = await statusOf(mock, { target: '/odd' });
  const headers = { 'content-type': 'application/json' };
  const body = '{"a":{"a":{"a":1}},"b":[1,"x",null]}';
  const post = await statusOf(mock, { method: 'POST', target: '/odd', headers, body });
  expect(await statusOf(mock, { target: '/good' })).toBe(200);
  return { get, post, mock };
}

const self = { $ref: '#/components/schemas/A' };
const other = { $ref: '#/components/schemas/B' };

describe('a schema that recurs', () => {
  const impossible: Record<string, object> = {
    'in a required property': { A: { type: 'object', required: ['a'], properties: { a: self } } },
    'in a required property of another': {
      A: { type: 'object', required: ['a'], properties: { a: other } },
      B: { type: 'object', required: ['a'], properties: { a: self } },
    },
    'in items of which one is needed': { A: { type: 'array', minItems: 1, items: self } },
    'in a list that must contain itself': { A: { type: 'array', contains: self } },
  };
  it.each(Object.entries(impossible))('%s has no value: a 500 says so', async (_, schemas) => {
    const { get } = await tryAll(withPaths({ '/odd': speaking(self) }, { schemas }));
    expect(get).toBe(500);
  });

  const empty: Record<string, object> = {
    'in itself': { A: self },
    'in a loop of references': { A: other, B: self },
    'in allOf of itself': { A: { allOf: [self] } },
    'in anyOf of itself alone': { A: { anyOf: [self] } },
    'in oneOf of itself twice': { A: { oneOf: [self, self] } },
    'in not of itself': { A: { not: self } },
    'in if of itself': { A: { if: self, else: false } },
  };
  it.each(Object.entries(empty))('%s is answered', async (_, schemas) => {
    const { get } = await tryAll(withPaths({ '/odd': speaking(self) }, { schemas }));
    expect([200, 500]).toContain(get);
  });

  const finite: Record<string, object> = {
    'in an optional property': { A: { type: 'object', properties: { a: self, b: { type: 'integer' } } } },
    'in nullable': { A: { type: ['object', 'null'], required: ['a'], properties: { a: self } } },
    'in one of two branches': {
      A: { oneOf: [{ type: 'integer' }, { type: 'array', minItems: 1, items: self }] },
    },
    'in items': { A: { type: 'array', items: self } },
    'in values': { A: { type: 'object', additionalProperties: self } },
    'through anyOf, allOf and items': {
      A: { anyOf: [other, { type: 'string' }] },
      B: {
        allOf: [{ type: 'object' }, { required: ['x'], properties: { x: { type: 'array', items: self } } }],
      },
    },
  };
  it.each(Object.entries(finite))('%s ends in a value', async (_, schemas) => {
    const { get } = await tryAll(withPaths({ '/odd': speaking(self) }, { schemas }));
    expect(get).toBe(200);
  });
});

describe('a schema that asks for much or for nothing that can be', () => {
  const deepSchema = Array.from({ length: 200 }).reduce<object>(
    (inner) => ({ type: 'object', required: ['a'], properties: { a: inner } }),
    { type: 'string' },
  );
  const wide = Object.fromEntries(Array.from({ length: 2_200 }, (_, n) => [`p${n}`, { type: 'string' }]));
  const bomb = {
    type: 'array',
    minItems: 50,
    items: {
      type: 'array',
      minItems: 50,
      items: {
        type: 'array',
        minItems: 50,
        items: { type: 'array', minItems: 50, items: { type: 'array', minItems: 50, items: {} } },
      },
    },
  };
  it.each<[string, unknown]>([
    ['false', false],
    ['not anything', { not: {} }],
    ['an empty enum', { enum: [] }],
    ['two consts', { allOf: [{ const: 1 }, { const: 2 }] }],
    ['two types', { allOf: [{ type: 'string' }, { type: 'integer' }] }],
    ['huge minItems', { type: 'array', minItems: 1e12, items: { type: 'string' } }],
    ['lists that multiply', bomb],
    ['huge minLength', { type: 'string', minLength: 1e15 }],
    ['huge minProperties', { type: 'object', minProperties: 1e9 }],
    ['unique booleans', { type: 'array', minItems: 9, uniqueItems: true, items: { type: 'boolean' } }],
    [
      'unique lists of many',
      {
        type: 'array',
        minItems: 5_000,
        uniqueItems: true,
        items: { type: 'integer', minimum: 0, maximum: 4_999 },
      },
    ],
    ['a pattern of exponential time', { type: 'string', pattern: '^(a+)+$', minLength: 40 }],
    ['a pattern that is none', { type: 'string', pattern: '(' }],
    ['a pattern with huge counts', { type: 'string', pattern: '^(x{1000}){1000}$' }],
    ['a pattern nested', { type: 'string', pattern: `^${'('.repeat(500)}a${')'.repeat(500)}$` }],
    ['a pattern with a look-behind', { type: 'string', pattern: '(?<=a)b(?!c)\\1' }],
    ['a number without room', { type: 'integer', minimum: 0.1, maximum: 0.9 }],
    ['a tiny step', { type: 'number', multipleOf: 1e-300 }],
    ['a step of nothing', { type: 'number', multipleOf: 0 }],
    ['bounds beyond numbers', { type: 'number', minimum: 1.7e308, maximum: 1.79e308 }],
    ['200 levels', deepSchema],
    ['300 alternatives', { oneOf: Array.from({ length: 300 }, (_, n) => ({ const: n })) }],
    [
      '40 choices of two',
      {
        allOf: Array.from({ length: 40 }, (_, n) => ({
          anyOf: [{ required: [`a${n}`] }, { required: [`b${n}`] }],
        })),
      },
    ],
    [
      'a discriminator that leads nowhere',
      { oneOf: [{ type: 'object' }], discriminator: { propertyName: 'k', mapping: { a: '#/nowhere' } } },
    ],
  ])('%s is answered', async (_, schema) => {
    const { get } = await tryAll(withPaths({ '/odd': speaking(schema) }));
    expect([200, 500]).toContain(get);
  });

  it.each<[string, unknown]>([
    ['false', false],
    ['two consts', { allOf: [{ const: 1 }, { const: 2 }] }],
    ['unique booleans', { type: 'array', minItems: 9, uniqueItems: true, items: { type: 'boolean' } }],
    ['a number without room', { type: 'integer', minimum: 0.1, maximum: 0.9 }],
  ])('%s is a 500 that names the place, never a body that breaks it', async (_, schema) => {
    const mock = await createMock({ document: withPaths({ '/odd': speaking(schema) }), seed: 1 });
    const { status, body } = await mock.send(attempt({ target: '/odd' }));
    expect(status).toBe(500);
    expect(Buffer.from(body).toString()).toContain('~1odd');
  });

  it('is answered all the same where it has 2,200 properties', async () => {
    const { get, post } = await tryAll(
      withPaths({ '/odd': speaking({ type: 'object', required: Object.keys(wide), properties: wide }) }),
    );
    expect({ get, post }).toEqual({ get: 200, post: 422 });
  });

  it('is no way to keep the mock busy with a long text', async () => {
    const mock = await createMock({
      document: withPaths({ '/odd': speaking({ type: 'string', pattern: '^(a+)+$' }) }),
    });
    const headers = { 'content-type': 'application/json' };
    const body = `"${'a'.repeat(30_000)}!"`;
    expect(await statusOf(mock, { method: 'POST', target: '/odd', headers, body })).toBe(422);
  });
});

describe('things of the wrong type', () => {
  const odd: Record<string, unknown> = {
    'a schema that is a number': speaking(5),
    'a schema that is a list': speaking([]),
    'a schema that is null': speaking(null),
    'keywords of the wrong type': speaking({
      type: 7,
      properties: [],
      required: 'a',
      items: 'x',
      minLength: '3',
      enum: {},
      allOf: {},
      pattern: 5,
      format: [],
    }),
    'an unknown type': speaking({ type: 'any' }),
    'a reference to nothing': speaking({ $ref: '#/components/schemas/Nothing' }),
    'a reference that is a number': speaking({ $ref: 5 }),
    'a reference outside': speaking({ $ref: 'file:///etc/passwd' }),
    'a reference to the path itself': speaking({ $ref: '#/paths/~1odd' }),
    'no responses': { get: {}, post: {} },
    'empty responses': { get: { responses: {} }, post: { responses: {} } },
    'responses that are a list': { get: { responses: [] }, post: { responses: [] } },
    'responses of null': { get: { responses: { 200: null } }, post: { responses: { 200: null } } },
    'a status that is none': { get: { responses: { abc: {}, 2000: {} } }, post: { responses: { '': {} } } },
    'only a status below 200': {
      get: { responses: { 101: { description: '' } } },
      post: { responses: { '1XX': {} } },
    },
    'an operation that is text': { get: 'yes', post: [] },
    'an operation of null': { get: null, post: null },
    'an empty object': {},
    'a path of null': null,
    'a path that is a list': [],
    'content that is a list': {
      get: { responses: { 200: { content: [] } } },
      post: { requestBody: { content: [] } },
    },
    'a media type that is none': {
      get: { responses: { 200: { content: { '': {}, json: {}, '///': {} } } } },
    },
    'parameters of every wrong kind': {
      get: {
        parameters: [
          null,
          5,
          {},
          { name: 5, in: 'query' },
          { name: 'a', in: 'nowhere' },
          { name: 'b', in: 'query', style: 'wild', schema: 5 },
        ],
        responses: { 200: { description: '' } },
      },
    },
    'headers of every wrong kind': {
      get: {
        responses: {
          200: {
            headers: {
              '': {},
              'a b': { schema: { type: 'string' } },
              'x\ny': { schema: {}, example: 'z\r\nw' },
              ok: { schema: { const: 'a\r\nb: c' } },
              no: null,
            },
          },
        },
      },
    },
    'security of every wrong kind': {
      get: { security: [null, 5, { nothing: [] }], responses: { 200: { description: '' } } },
    },
    'security that is no list': { get: { security: 'yes', responses: { 200: { description: '' } } } },
    'examples that are none': {
      get: { responses: { 200: { content: { 'application/json': { examples: [1, null] } } } } },
    },
    'callbacks that are none': {
      get: { callbacks: [null], responses: { 200: { description: '' } } },
      post: {
        callbacks: { a: { '{$request.body#/~}': { post: 5 } } },
        responses: { 200: { description: '' } },
      },
    },
  };
  it.each(Object.entries(odd))('%s: an answer, and no harm beyond', async (_, item) => {
    await tryAll(withPaths({ '/odd': item }));
  });

  it.each<[string, object]>([
    ['no paths', { openapi: '3.1.0', info: {} }],
    ['paths that are a list', { openapi: '3.1.0', info: {}, paths: [] }],
    ['nothing', {}],
    ['a version that is none', { openapi: 7, paths: {} }],
  ])('a document with %s is refused with a code', async (_, document) => {
    await expect(createMock({ document })).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_/) as string,
    });
  });

  it('a header is drawn until it can be sent, and left out where none can and none is needed', async () => {
    const headers = (required: boolean) => ({
      'x-never': { required, schema: { const: 'a\r\nb' } },
      'x-often': { required: true, schema: { enum: ['\u03a9', 'ok', 'fine', '\u{1f3b2}', 'a\nb'] } },
    });
    const answering = (required: boolean) => ({
      get: { responses: { 200: { description: '', headers: headers(required) } } },
    });
    const document = withPaths({ '/odd': answering(false), '/needed': answering(true) });
    const mock = await createMock({ document, seed: 1 });
    for (let n = 0; n < 20; n += 1) {
      const response = await mock.send(attempt({ target: `/odd?__seed=${n}` }));
      expect([response.status, response.headers.get('x-never')]).toEqual([200, undefined]);
      expect(response.headers.get('x-often')).toMatch(/^(?:ok|fine)$/);
    }
    expect(await statusOf(mock, { target: '/needed' })).toBe(500);
    expect(await statusOf(mock, { target: '/good' })).toBe(200);
  });

  it('responses that are no status, and references that are no text, are told', async () => {
    const { get } = {
      get: { responses: { 200: { description: '' }, '20x': {}, 600: {}, '2xx': {}, 'x-a': 1 } },
    };
    const document = withPaths({ '/odd': { get, put: speaking({ $ref: 5 }) } });
    const mock = await createMock({ document, seed: 1 });
    const told = mock.faults.map(({ code, origin, seen }) => [code, origin?.pointer.split('/').pop(), seen]);
    expect(told).toContainEqual(['document.wrong-type', '20x', '"20x"']);
    expect(told).toContainEqual(['document.wrong-type', '600', '"600"']);
    expect(told.filter(([code]) => code === 'document.wrong-type')).toHaveLength(2);
  });

  it('names, components and servers of every wrong kind are no obstacle', async () => {
    const document = {
      ...withPaths({}),
      info: null,
      servers: [null, 5, { url: 7 }, { url: '{' }],
      tags: {},
      security: 9,
      components: 5,
    };
    const mock = await createMock({ document, seed: 1 });
    expect(await statusOf(mock, { target: '/good' })).toBe(200);
  });
});

describe('a thousand operations of which one is broken', () => {
  it('loses that one', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, n) => [
        `/p${n}/{id}`,
        speaking(n === 500 ? { $ref: '#/gone' } : { type: 'integer' }),
      ]),
    );
    const mock = await createMock({ document: withPaths(paths), seed: 1 });
    expect(mock.faults.length).toBeGreaterThan(0);
    for (const n of [0, 499, 501, 999]) expect(await statusOf(mock, { target: `/p${n}/1` })).toBe(200);
    expect(await statusOf(mock, { target: '/p500/1' })).toBe(500);
  });
});
