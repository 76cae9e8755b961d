import { describe, expect, it } from 'vitest';
import { createMock, type Mock, type MockOptions } from '../../src/mock/index.ts';
import { shop } from './shop.ts';

const origin = 'http://mock.test';
const authorized = { authorization: 'Bearer abc' };

async function shopMock(options: Partial<MockOptions> = {}): Promise<Mock> {
  return createMock({ document: shop, seed: 1, ...options });
}

async function ask(mock: Mock, path: string, init: RequestInit = {}): Promise<Response> {
  return mock.fetch(new Request(origin + path, init));
}

function post(value: unknown, headers: Record<string, string> = authorized): RequestInit {
  return {
    method: 'POST',
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json', ...headers },
  };
}

interface Thing {
  readonly id: string;
  readonly name: string;
  readonly size?: number;
  readonly created?: string;
  readonly updated?: string;
  readonly context?: unknown;
}

interface Page {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly Thing[];
}

describe('a created thing', () => {
  it('comes back with the values that were sent and the rest made up', async () => {
    const mock = await shopMock();
    const response = await ask(
      mock,
      '/v1/things',
      post({ name: 'lamp', size: 3, context: { any: ['thing'] } }),
    );
    expect(response.status).toBe(201);
    const thing = (await response.json()) as Thing;
    expect(thing).toMatchObject({ name: 'lamp', size: 3, context: { any: ['thing'] } });
    expect(thing.id).toMatch(/^[0-9a-f]{8}-/);
    expect(response.headers.get('location')).toBe(`/v1/things/${thing.id}`);
  });

  it('keeps the id to the server, whatever the client proposes', async () => {
    const mock = await shopMock();
    const proposed = '11111111-1111-4111-8111-111111111111';
    const thing = (await (await ask(mock, '/v1/things', post({ id: proposed, name: 'x' }))).json()) as Thing;
    expect(thing.id).not.toBe(proposed);
  });
});

describe('a refusal', () => {
  it('uses the documented response and says all that is wrong', async () => {
    const mock = await shopMock();
    const response = await ask(mock, '/v1/things', post({ size: 10 }));
    expect(response.status).toBe(400);
    const { detail } = (await response.json()) as { detail: string };
    expect(detail).toContain('name');
    expect(detail).toContain('size');
    const violations = JSON.parse(response.headers.get('sl-violations') ?? '[]') as {
      code: string;
      location: string[];
    }[];
    expect(violations.map(({ code }) => code).sort()).toEqual(['maximum', 'required']);
  });

  it.each([
    ['no credential', {}],
    ['the wrong scheme', { authorization: 'Basic YTpi' }],
    ['an empty one', { authorization: 'Bearer ' }],
  ])('for %s is the 403 that the document has', async (_, headers) => {
    const mock = await shopMock();
    const response = await ask(mock, '/v1/things', post({ name: 'lamp' }, headers));
    expect(response.status).toBe(403);
  });

  it('without a documented response is a problem with a challenge, places and lines', async () => {
    const mock = await shopMock();
    const unauthorized = await ask(mock, '/v1/things/11111111-1111-4111-8111-111111111111', {
      method: 'DELETE',
    });
    expect(unauthorized.status).toBe(401);
    expect(unauthorized.headers.get('www-authenticate')).toBe('Bearer');
    const invalid = await ask(mock, '/v1/things?page=0');
    expect(invalid.status).toBe(422);
    expect(invalid.headers.get('content-type')).toContain('application/problem+json');
    const { validation } = (await invalid.json()) as {
      validation: { code: string; place: object; document: object }[];
    };
    expect(validation).toHaveLength(1);
    expect(validation[0]).toMatchObject({
      code: 'minimum',
      location: ['query', 'page'],
      place: { part: 'query', name: 'page' },
      document: { pointer: '/paths/~1things/get/parameters/0/schema/minimum' },
    });
  });

  it('of a credential that is not the configured one', async () => {
    const mock = await shopMock({ credentials: { token: 'right' } });
    const thing = { name: 'lamp' };
    expect((await ask(mock, '/v1/things', post(thing, { authorization: 'Bearer wrong' }))).status).toBe(403);
    expect((await ask(mock, '/v1/things', post(thing, { authorization: 'Bearer right' }))).status).toBe(201);
  });

  it('is left out when it is not wanted', async () => {
    const mock = await shopMock({ validateRequest: false });
    expect((await ask(mock, '/v1/things', post({ size: 10 }))).status).toBe(201);
  });
});

describe('a list', () => {
  it('agrees with itself from page to page, and its rows with their details', async () => {
    const mock = await shopMock();
    const seen = new Map<string, Thing>();
    let url: string | null = '/v1/things?page_size=10';
    let pages = 0;
    let count = 0;
    while (url !== null && pages < 20) {
      const page = (await (await ask(mock, url.replace(origin, ''))).json()) as Page;
      for (const thing of page.results) seen.set(thing.id, thing);
      count = page.count;
      pages += 1;
      url = page.next;
    }
    expect(seen.size).toBe(count);
    expect(pages).toBe(Math.ceil(count / 10));
    for (const [id, thing] of [...seen].slice(0, 5)) {
      const detail = (await (await ask(mock, `/v1/things/${id}`)).json()) as Thing;
      expect(detail).toEqual(thing);
    }
  });

  it('is empty past its end', async () => {
    const mock = await shopMock();
    const page = (await (await ask(mock, '/v1/things?page=1000')).json()) as Page;
    expect(page.results).toEqual([]);
    expect(page.next).toBeNull();
  });

  it('has no thing updated before it was created', async () => {
    const mock = await shopMock();
    const { results } = (await (await ask(mock, '/v1/things?page_size=50')).json()) as Page;
    for (const { created, updated } of results)
      expect(Date.parse(updated ?? '')).toBeGreaterThanOrEqual(Date.parse(created ?? ''));
  });
});

describe('a detail', () => {
  it('has the id of the path', async () => {
    const mock = await shopMock();
    const id = '11111111-1111-4111-8111-111111111111';
    expect(await (await ask(mock, `/v1/things/${id}`)).json()).toMatchObject({ id });
  });
});

describe('overrides', () => {
  it.each([
    ['a code', '/v1/things/11111111-1111-4111-8111-111111111111', 'code=404', 404],
    ['a code that is not documented', '/v1/things', 'code=500', 404],
    ['a code that is none', '/v1/things', 'code=abc', 422],
    ['an example', '/v1/greeting', 'example=evening', 200],
    ['an example that is not there', '/v1/greeting', 'example=noon', 404],
  ])('by header: %s', async (_, path, prefer, status) => {
    const mock = await shopMock();
    expect((await ask(mock, path, { headers: { prefer } })).status).toBe(status);
  });

  it('by query parameter, where there is no header', async () => {
    const mock = await shopMock();
    const response = await ask(mock, '/v1/greeting?__example=evening');
    expect(await response.json()).toEqual({ hello: 'good evening' });
    const both = await ask(mock, '/v1/greeting?__example=evening', {
      headers: { prefer: 'example=morning' },
    });
    expect(await both.json()).toEqual({ hello: 'good morning' });
  });
});

describe('examples', () => {
  it('gives the first that is valid, and a broken one only by name', async () => {
    const mock = await shopMock();
    expect(await (await ask(mock, '/v1/greeting')).json()).toEqual({ hello: 'good morning' });
    const broken = await ask(mock, '/v1/greeting', { headers: { prefer: 'example=broken' } });
    expect(await broken.json()).toEqual({ hello: 1 });
  });

  it('is made up instead when data is dynamic', async () => {
    const mock = await shopMock({ source: 'dynamic' });
    expect(await (await ask(mock, '/v1/greeting')).json()).not.toEqual({ hello: 'good morning' });
  });

  it('chooses the media type by Accept', async () => {
    const mock = await shopMock();
    const text = await ask(mock, '/v1/greeting', { headers: { accept: 'text/plain' } });
    expect(await text.text()).toBe('hello');
    expect((await ask(mock, '/v1/greeting', { headers: { accept: 'image/png' } })).status).toBe(406);
  });
});

describe('routing', () => {
  it.each([
    ['GET', '/things', 200],
    ['GET', '/v1/things', 200],
    ['GET', '/v1//things/', 200],
    ['GET', '/v1/thing', 404],
    ['PUT', '/v1/things', 405],
    ['OPTIONS', '/v1/things', 204],
    ['HEAD', '/v1/things', 200],
  ])('%s %s is %i', async (method, path, status) => {
    const mock = await shopMock();
    const response = await ask(mock, path, { method });
    expect(response.status).toBe(status);
    if (status === 405 || status === 204) expect(response.headers.get('allow')).toContain('POST');
    if (method === 'HEAD') expect(await response.text()).toBe('');
  });

  it('names the nearest path', async () => {
    const mock = await shopMock();
    const { detail } = (await (await ask(mock, '/v1/thing')).json()) as { detail: string };
    expect(detail).toContain('/things');
  });
});

describe('a schema that nothing satisfies', () => {
  it('answers 500 that names it, and harms nothing else', async () => {
    const mock = await shopMock();
    const response = await ask(mock, '/v1/impossible');
    expect(response.status).toBe(500);
    const { detail } = (await response.json()) as { detail: string };
    expect(detail).toContain('/paths/~1impossible/get');
    expect((await ask(mock, '/v1/greeting')).status).toBe(200);
  });
});

describe('a seed', () => {
  it('gives the same bytes to the same request in any mock, and other bytes to another seed', async () => {
    const path = '/v1/things?page_size=5';
    const [one, same, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => (await ask(await shopMock({ seed }), path)).text()),
    );
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('does not let one request move another', async () => {
    const quiet = await shopMock();
    const busy = await shopMock();
    for (let index = 0; index < 5; index += 1) await ask(busy, '/v1/things', post({ name: `n${index}` }));
    expect(await (await ask(busy, '/v1/things')).text()).toBe(await (await ask(quiet, '/v1/things')).text());
  });

  it('is drawn and told where none is given', async () => {
    const [one, two] = [await createMock({ document: shop }), await createMock({ document: shop })];
    expect(one.seed).not.toBe(two.seed);
  });
});

describe('handlers', () => {
  it('answer in place of the mock, with decoded values, and can call the generated answer', async () => {
    const mock = await shopMock({
      handlers: {
        readThing: async (context, _, tools) => {
          const generated = await tools.generate();
          return {
            ...generated,
            body: {
              ...(generated.body as Thing),
              name: `thing ${String(context.request.params.thing_id).slice(0, 2)}`,
            },
          };
        },
      },
    });
    const response = await ask(mock, '/v1/things/11111111-1111-4111-8111-111111111111');
    expect(await response.json()).toMatchObject({
      id: '11111111-1111-4111-8111-111111111111',
      name: 'thing 11',
    });
  });

  it('are judged like any other answer, and refused with errors on', async () => {
    const handlers = { readThing: () => ({ body: { id: 'no uuid', name: '' } }) };
    const path = '/v1/things/11111111-1111-4111-8111-111111111111';
    const lenient = await ask(await shopMock({ handlers }), path);
    expect(lenient.status).toBe(200);
    expect(lenient.headers.get('sl-violations')).toContain('minLength');
    const strict = await ask(await shopMock({ handlers, errors: true }), path);
    expect(strict.status).toBe(500);
  });

  it('are refused for operations that do not exist', async () => {
    await expect(shopMock({ handlers: { readThings: () => ({}) } })).rejects.toMatchObject({
      code: 'ERR_OPERATION_UNKNOWN',
    });
  });

  it('that throw give a 500 and leave the mock standing', async () => {
    const mock = await shopMock();
    mock.register('listThings', () => {
      throw new Error('out of lamps');
    });
    const response = await ask(mock, '/v1/things');
    expect(response.status).toBe(500);
    expect(((await response.json()) as { detail: string }).detail).toContain('out of lamps');
    expect((await ask(mock, '/v1/greeting')).status).toBe(200);
  });
});

describe('the journal', () => {
  it('remembers what was asked, by operation, and forgets on reset', async () => {
    const mock = await shopMock({ journal: 2 });
    await ask(mock, '/v1/greeting');
    await ask(mock, '/v1/things?page=0');
    await ask(mock, '/v1/things');
    expect(mock.requests()).toHaveLength(2);
    expect(mock.requests('listThings').map((entry) => entry.response.status)).toEqual([422, 200]);
    mock.reset();
    expect(mock.requests()).toEqual([]);
  });
});

describe('the reason of an answer', () => {
  it('is told when asked for', async () => {
    const mock = await shopMock();
    const response = await ask(mock, '/v1/greeting', { headers: { prefer: 'explain' } });
    expect(response.headers.get('apidouble-reason')).toContain('the first example, "morning"');
    expect((await ask(mock, '/v1/greeting')).headers.has('apidouble-reason')).toBe(false);
  });
});

describe('openapi-backend', () => {
  it('has the operations and runs the handlers', async () => {
    const mock = await shopMock();
    let api: { getOperations(): { operationId: string }[] } | undefined;
    mock.register('listThings', (context) => {
      api = context.api as typeof api;
      return { body: { count: 0, next: null, previous: null, results: [] } };
    });
    await ask(mock, '/v1/things');
    expect(api?.constructor.name).toBe('OpenAPIBackend');
    expect(api?.getOperations().map((operation) => operation.operationId)).toContain('createThing');
  });
});
