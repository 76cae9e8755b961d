import { describe, expect, expectTypeOf, it } from 'vitest';
import type { HttpRequest } from '../../src/http/index.ts';
import { createMock } from '../../src/index.ts';
import { createClient, expectStatus } from '../../src/vitest/index.ts';
import { key, type ShopPaths, shop, shopTarget } from './shop.ts';

async function shopClient(seen: HttpRequest[] = []) {
  return createClient<ShopPaths>({ document: shop, target: await shopTarget({ seen }), auth: { key } });
}

describe('a client', () => {
  it("writes parameters in the document's styles, with its base path and credentials", async () => {
    const seen: HttpRequest[] = [];
    const api = await shopClient(seen);
    await api.get('/items', { query: { limit: 2, tags: ['a', 'b c'] } });
    await api.get('/items/{id}', { path: { id: 7 }, headers: { 'X-Trace': 't' } });
    expect(seen.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /v1/items?limit=2&tags=a,b%20c',
      'GET /v1/items/7',
    ]);
    expect(seen[1]?.headers.get('x-key')).toBe(key);
    expect(seen[1]?.headers.get('x-trace')).toBe('t');
  });

  it('sends a body in its media type and reads the answer', async () => {
    const seen: HttpRequest[] = [];
    const api = await shopClient(seen);
    const made = expectStatus(await api.post('/items', { body: { name: 'Lamp' } }), 201);
    expect(seen[0]?.headers.get('content-type')).toBe('application/json');
    expect(made).toMatchObject({ name: 'Lamp', id: expect.any(Number) });
  });

  it('sends no credentials, or others, where a call says so', async () => {
    const seen: HttpRequest[] = [];
    const api = await shopClient(seen);
    expect((await api.get('/items', { auth: false })).status).toBe(401);
    expect((await api.get('/items', { auth: { key: 'bad' } })).status).toBe(401);
    expect(seen.map(({ headers }) => headers.get('x-key'))).toEqual([undefined, 'bad']);
  });

  it('sends what the document forbids, as far as its style can carry it', async () => {
    const api = await shopClient();
    expect((await api.get('/items', { query: { limit: 51 } })).status).toBe(422);
  });

  it('works over the network', async () => {
    const mock = await createMock({ document: shop, seed: 1, source: 'dynamic' });
    const server = await mock.listen();
    const api = await createClient<ShopPaths>({ document: shop, target: server.url, auth: { key } });
    expect((await api.get('/items')).status).toBe(200);
    await api.close();
    await server.close();
  });

  it('knows the types of the document', async () => {
    const api = await shopClient();
    const result = await api.get('/items/{id}', { path: { id: 1 } });
    if (result.status === 200) expectTypeOf(expectStatus(result, 200)).toHaveProperty('name');
    // @ts-expect-error: the document has no such path
    await api.get('/things').catch(() => undefined);
    // @ts-expect-error: the path has no such method
    await api.delete('/items').catch(() => undefined);
    // @ts-expect-error: the path parameter is required
    await api.get('/items/{id}').catch(() => undefined);
    // @ts-expect-error: the body has no such member
    await api.post('/items', { body: { title: 'x' } }).catch(() => undefined);
  });
});

describe('expectStatus', () => {
  it("throws with the server's words", () => {
    const result = { status: 400, body: { detail: 'no' } };
    expect(() => expectStatus(result, 200)).toThrow('The status is 400, not 200: {"detail":"no"}');
    expect(expectStatus(result, 400)).toBe(result.body);
  });
});
