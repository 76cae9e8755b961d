import { describe, expect, it } from 'vitest';
import { createProxy } from '../../src/proxy/index.ts';
import { ask } from './raw-client.ts';
import { smallDocument } from './small-document.ts';
import { json, request, withProxy } from './with-proxy.ts';

interface Coverage {
  readonly requests: number;
  readonly operations: readonly { operation: string; statuses: object; parameters: readonly string[] }[];
}

describe('the pages of the proxy', () => {
  it('tell what was seen, and are not passed on', async () => {
    await withProxy(
      ({ socket }) => socket.write(json(200, [])),
      async ({ server, proxy, asked }) => {
        await ask(server.port, request('GET /api/things?limit=1'));
        await proxy.settled();
        const { status, body } = await ask(
          server.port,
          request('GET /__apidouble/coverage', ['Host: localhost']).replace('Host: client\r\n', ''),
        );
        expect(status).toBe(200);
        const coverage = JSON.parse(body.toString()) as Coverage;
        expect(coverage.requests).toBe(1);
        expect(coverage.operations[0]).toMatchObject({
          operation: 'listThings',
          statuses: { 200: 1 },
          parameters: ['query.limit'],
        });
        expect(asked.length).toBe(1);
      },
    );
  });

  it.each([
    ['GET /__apidouble/health', 'client', 200],
    ['GET /__apidouble/coverage', 'client', 403],
    ['GET /__apidouble/state', 'client', 299],
    ['DELETE /__apidouble/state', 'localhost', 299],
    ['DELETE /__apidouble/coverage', 'localhost', 405],
    ['GET /__apidoubled', 'localhost', 299],
  ])('%s under the name %s is a %i', async (line, host, status) => {
    await withProxy(
      ({ socket }) => socket.write(json(299, [])),
      async ({ server }) => {
        expect((await ask(server.port, request(line).replace('Host: client', `Host: ${host}`))).status).toBe(
          status,
        );
      },
    );
  });

  it('give way where they are turned off, and may stand elsewhere', async () => {
    const get = (path: string) => request(`GET ${path}`).replace('Host: client', 'Host: localhost');
    for (const [adminPath, path] of [
      [false, '/__apidouble/health'],
      ['/own', '/__apidouble/health'],
    ] as const) {
      await withProxy(
        ({ socket }) => socket.write(json(299, [])),
        async ({ server }) => {
          expect((await ask(server.port, get(path))).status).toBe(299);
          expect((await ask(server.port, get('/own/health'))).status).toBe(adminPath === false ? 299 : 200);
        },
        { adminPath },
      );
    }
    const wrong = createProxy({ document: smallDocument, upstream: 'http://127.0.0.1:1', adminPath: 'a?b' });
    await expect(wrong).rejects.toMatchObject({ code: 'ERR_OPTION' });
  });
});
