import { describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/mock/index.ts';
import { attempt, expectSound } from './sound.ts';

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'] as const;

/** A document in which everything that has a name has a name that every object has. */
function documentOf(name: string): string {
  const reference = { $ref: `#/components/schemas/${name}` };
  const content = { 'application/json': { schema: reference } };
  const header = { [name === '__proto__' ? 'x-proto' : name]: { schema: { type: 'integer' } } };
  return json({
    openapi: '3.1.0',
    info: { title: name, version: '1' },
    paths: {
      [`/${name}`]: {
        post: {
          operationId: name,
          security: [{ [name]: [] }],
          parameters: [
            { name, in: 'query', schema: { type: 'integer' } },
            { name, in: 'header', schema: { type: 'integer' } },
            { name, in: 'cookie', schema: { type: 'integer' } },
          ],
          requestBody: { required: true, content },
          responses: { 200: { description: name, headers: header, content }, 422: { description: 'No' } },
          callbacks: { [name]: { [name]: { post: { responses: { 200: { description: '' } } } } } },
        },
      },
      [`/${name}/{${name}}`]: {
        get: {
          parameters: [{ name, in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: { description: name, content } },
        },
      },
    },
    components: {
      securitySchemes: { [name]: { type: 'apiKey', in: 'query', name: 'key' } },
      schemas: {
        [name]: {
          type: 'object',
          required: [name],
          additionalProperties: false,
          properties: { [name]: { type: 'string', minLength: 2 }, inner: { type: 'object' } },
        },
      },
    },
  });
}

/** Keeps `__proto__` as a member, as `JSON.parse` does. */
function json(value: unknown): string {
  return JSON.stringify(value);
}

async function mockOf(name: string, handlers = {}): Promise<Mock> {
  return createMock({ document: JSON.parse(documentOf(name)) as object, seed: 1, handlers });
}

describe.each(names)('everything called %s', (name) => {
  const headers = { 'content-type': 'application/json' };
  const target = `/${name}?key=k`;

  it('is answered with what was sent', async () => {
    const mock = await mockOf(name);
    const response = await mock.send(
      attempt({ method: 'POST', target, headers, body: `{"${name}":"hello"}` }),
    );
    expectSound(response);
    expect(response.status).toBe(200);
    expect(Buffer.from(response.body).toString()).toContain(`{"${name}":"hello"`);
  });

  it('is looked for in the request, and in nothing else', async () => {
    const mock = await mockOf(name);
    const empty = await mock.send(attempt({ method: 'POST', target, headers, body: '{}' }));
    expect(empty.status).toBe(422);
    const wrong = await mock.send(
      attempt({ method: 'POST', target: `${target}&${name}=x`, headers, body: `{"${name}":"hello"}` }),
    );
    expect(wrong.status).toBe(422);
    const right = await mock.send(
      attempt({ method: 'POST', target: `${target}&${name}=1`, headers, body: `{"${name}":"hello"}` }),
    );
    expect(right.status).toBe(200);
  });

  it('asks for a credential', async () => {
    const mock = await mockOf(name);
    const body = `{"${name}":"hello"}`;
    const response = await mock.send(attempt({ method: 'POST', target: `/${name}`, headers, body }));
    expect(response.status).toBe(401);
  });

  it('has the value of the path', async () => {
    const mock = await mockOf(name);
    const response = await mock.send(attempt({ target: `/${name}/of-the-path` }));
    expect(Buffer.from(response.body).toString()).toContain(`"${name}":"of-the-path"`);
  });

  it('reaches handlers as plain data, and pollutes nothing', async () => {
    let seen: Readonly<Record<string, unknown>> = {};
    const mock = await mockOf(name, {
      [name]: (context: { request: { query: Record<string, unknown> } }) => {
        seen = context.request.query;
        return { status: 200, body: JSON.parse(`{"${name}":"by hand"}`) as unknown };
      },
    });
    const body = `{"${name}":"hello"}`;
    const response = await mock.send(
      attempt({ method: 'POST', target: `${target}&${name}=7`, headers, body }),
    );
    expect(Object.entries(seen)).toEqual([[name, 7]]);
    expect(Buffer.from(response.body).toString()).toBe(`{"${name}":"by hand"}`);
    expect(response.headers.has('sl-violations')).toBe(false);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).inner).toBeUndefined();
  });
});

describe('names that openapi-backend keeps for itself', () => {
  const kept = [
    'notFound',
    '404',
    'validationFail',
    'unauthorizedHandler',
    'notImplemented',
    'preRoutingHandler',
  ];
  const hooks = [
    'postRoutingHandler',
    'postSecurityHandler',
    'preOperationHandler',
    'postResponseHandler',
    '501',
  ];
  it.each([...kept, ...hooks])('%s is an operationId like any other', async (operationId) => {
    const responses = { 200: { description: '', content: { 'text/plain': { example: 'made up' } } } };
    const paths = { '/a': { get: { operationId, responses } }, '/b': { get: { responses } } };
    const document = { openapi: '3.1.0', info: { title: '', version: '' }, paths };
    const mock = await createMock({ document, seed: 1 });
    const text = async (target: string) =>
      Buffer.from((await mock.send(attempt({ target }))).body).toString();
    expect(await text('/a')).toBe('made up');
    mock.register(operationId, () => ({ body: 'by hand' }));
    expect(await text('/a')).toBe('by hand');
    expect(await text('/b')).toBe('made up');
    expect((await mock.send(attempt({ target: '/c' }))).status).toBe(404);
  });
});

describe('options that are objects', () => {
  it('have no credentials but those that were given', async () => {
    const mock = await createMock({
      document: JSON.parse(documentOf('constructor')) as object,
      credentials: {},
    });
    const headers = { 'content-type': 'application/json' };
    const body = '{"constructor":"hello"}';
    const response = await mock.send(
      attempt({ method: 'POST', target: '/constructor?key=any', headers, body }),
    );
    expect(response.status).toBe(200);
  });
});
