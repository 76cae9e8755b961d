import { describe, expect, it } from 'vitest';
import { createMock, exitStatus, runContract } from '../../src/index.ts';
import { forwardedField } from '../../src/proxy/forwarded.ts';
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
        const { status, body } = await ask(server.port, request('GET /__apidouble/coverage'));
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

  it('keep their own document: the contract suite finds nothing', async () => {
    await withProxy(
      ({ socket }) => socket.write(json(200, [{ id: 1 }])),
      async ({ server, proxy }) => {
        for (const target of ['/api/things?limit=1', '/api/things?limit=many', '/nowhere'])
          await ask(server.port, request(`GET ${target}`));
        await proxy.settled();
        const page = await ask(server.port, request('GET /__apidouble/openapi.json'));
        const report = await runContract({
          document: JSON.parse(page.body.toString()) as object,
          target: server.url,
          seed: 1,
        });
        expect(report.findings).toEqual([]);
        expect(exitStatus(report)).toBe(0);
        expect(report.obligations.passed).toBeGreaterThan(10);
        expect(proxy.coverage().requests).toBe(3);
      },
    );
  });

  it.each([
    ['GET /__apidouble/health', 'client', 200],
    ['GET /__apidouble/coverage', 'client', 403],
    ['GET /__apidouble/state', 'client', 299],
    ['DELETE /__apidouble/state', 'localhost', 299],
    ['DELETE /__apidouble/coverage', 'localhost', 405],
    ['GET /__apidouble/openapi.json?x=1', 'localhost', 200],
    ['GET /__apidouble/openapi.json', 'client', 403],
    ['GET /__apidoubled', 'localhost', 299],
  ])('%s under the name %s is a %i', async (line, host, status) => {
    await withProxy(
      ({ socket }) => socket.write(json(299, [])),
      async ({ server }) => {
        expect(
          (await ask(server.port, request(line).replace('Host: localhost', `Host: ${host}`))).status,
        ).toBe(status);
      },
    );
  });

  it('give way where they are turned off, and may stand elsewhere', async () => {
    const get = (path: string) => request(`GET ${path}`);
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

describe('the pages of a mock behind the proxy', () => {
  const asked = (host: string, more: readonly string[] = []): string =>
    request('GET /__apidouble/journal', more).replace('Host: localhost', `Host: ${host}`);
  const upgrade = ['Upgrade: websocket', 'Connection: Upgrade'];

  it('are for this machine under its own name only, as without the proxy', async () => {
    const mock = await createMock({ document: smallDocument });
    const { url } = await mock.listen();
    const proxy = await createProxy({ document: smallDocument, upstream: url });
    const { port } = await proxy.listen();
    const statuses: [string, number][] = [];
    for (const [what, text] of [
      ['this machine', asked('localhost')],
      ['this machine through another proxy on it', asked('127.0.0.1', ['X-Forwarded-For: 127.0.0.1'])],
      ['a page that made its name lead here', asked('evil.example')],
      [
        'that page, saying otherwise',
        asked('evil.example', ['Forwarded: for=127.0.0.1', 'Connection: Forwarded']),
      ],
      ['that page, saying half of it', asked('evil.example', ['Forwarded: for="'])],
      ['that page, in another protocol', asked('evil.example', upgrade).replace('Connection: close\r\n', '')],
      [
        'another machine through another proxy',
        asked('localhost', ['X-Forwarded-For: 192.0.2.1, 127.0.0.1']),
      ],
    ] as const)
      statuses.push([what, (await ask(port, text)).status]);
    await proxy.close();
    await mock.close();
    expect(statuses).toEqual([
      ['this machine', 200],
      ['this machine through another proxy on it', 200],
      ['a page that made its name lead here', 403],
      ['that page, saying otherwise', 403],
      ['that page, saying half of it', 403],
      ['that page, in another protocol', 403],
      ['another machine through another proxy', 403],
    ]);
  });

  it.each([
    ['127.0.0.1', 'http://localhost:4010', []],
    ['::1', 'http://[::1]:4010', []],
    ['::ffff:127.0.0.1', 'https://127.0.0.1', []],
    ['192.0.2.1', 'http://localhost:4010', ['Forwarded', 'for=192.0.2.1']],
    ['2001:db8::1', 'http://localhost:4010', ['Forwarded', 'for="[2001:db8::1]"']],
    ['127.0.0.1', 'http://evil.example:4010', ['Forwarded', 'for=unknown']],
    ['127.0.0.1', 'http://localhost.evil.example', ['Forwarded', 'for=unknown']],
    [undefined, 'http://localhost:4010', ['Forwarded', 'for=unknown']],
  ])('the upstream is told of a caller at %s under %s: %j', (peer, origin, field) => {
    expect(forwardedField({ peer, origin })).toEqual(field);
  });
});
