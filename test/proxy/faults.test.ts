import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { HeaderList } from '../../src/http/index.ts';
import { jsonResponse } from '../../src/http/problem.ts';
import { ask } from './raw-client.ts';
import { json, request, until, withProxy } from './with-proxy.ts';

describe('an upstream that fails', () => {
  it.each([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
  ])('in the middle of a body %s: the client sees a cut connection, not an end', async (_, half) => {
    await withProxy(
      ({ socket }) => {
        socket.write(half);
        setTimeout(() => socket.destroy(), 20);
      },
      async ({ server, proxy, entries }) => {
        const got = await ask(server.port, request('GET /api/blob'));
        expect(got.raw).toContain('half');
        expect(got.isWhole).toBe(false);
        await proxy.settled();
        expect(entries[0]?.reason.join()).toContain('the upstream broke off');
      },
    );
  });

  it.each([
    [
      'early hints',
      'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nX-A: 1\r\n\r\n',
      /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>; rel=preload\r\nX-A: 1\r\n\r\nHTTP\/1\.1 200/,
    ],
    ['hints that are none', 'HTTP/1.1 103 Early Hints\r\nLink: ???\r\n\r\n', /^HTTP\/1\.1 200/],
    [
      'hints that node would not stop reading',
      `HTTP/1.1 103 Early Hints\r\nLink: <x>${';a=b'.repeat(500)};"\r\n\r\n`,
      /^HTTP\/1\.1 200/,
    ],
    [
      'one good hint of two',
      'HTTP/1.1 103 Early Hints\r\nLink: <x>;"\r\nLink: <y>; a="b=c"; d=e==; f\r\n\r\n',
      /^HTTP\/1\.1 103 Early Hints\r\nLink: <y>; a="b=c"; d=e==; f\r\n\r\nHTTP\/1\.1 200/,
    ],
    [
      'no more than sixteen hints',
      'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n'.repeat(40),
      /^(?:HTTP\/1\.1 103 Early Hints\r\nLink: <x>\r\n\r\n){16}HTTP\/1\.1 200/,
    ],
    [
      'that it is at work',
      'HTTP/1.1 102 Processing\r\n\r\n',
      /^HTTP\/1\.1 102 Processing\r\n\r\nHTTP\/1\.1 200/,
    ],
  ])('not at all, but tells %s first', async (_, first, want) => {
    await withProxy(
      ({ socket }) => {
        socket.write(first);
        setTimeout(() => socket.write(json(200, [])), 20);
      },
      async ({ server }) => {
        expect((await ask(server.port, request('GET /api/things'))).raw).toMatch(want);
        const old = await ask(server.port, 'GET /api/things HTTP/1.0\r\nHost: a\r\n\r\n');
        expect(old.raw).toMatch(/^HTTP\/1\.1 200/);
      },
    );
  });

  it('not at all, but what it tells before its answer is not heaped up for a client that waits for another', async () => {
    const held: (() => void)[] = [];
    await withProxy(
      ({ head, socket }) => {
        if (head.startsWith('GET /api/things/1')) held.push(() => socket.write(json(201, [])));
        else socket.write(`${'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n'.repeat(9)}${json(200, [])}`);
        if (!head.startsWith('GET /api/things/1')) setTimeout(() => held[0]?.(), 50);
      },
      async ({ server }) => {
        const first = request('GET /api/things/1').replace('Connection: close\r\n', '');
        const { raw } = await ask(server.port, [first, request('GET /api/things')]);
        expect(raw.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 103', 'HTTP/1.1 200']);
      },
    );
  });

  it.each([
    ['a 204 with a body', 'HTTP/1.1 204 None\r\nContent-Length: 2\r\n\r\n[]', 204, /^HTTP\/1\.1 204 None/],
    [
      'a head of 200 KB',
      `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(200_000)}\r\nContent-Length: 2\r\n\r\n[]`,
      200,
      /a{200000}/,
    ],
    [
      'a head of 300 KB',
      `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(300_000)}\r\nContent-Length: 2\r\n\r\n[]`,
      502,
      /Headers Overflow/,
    ],
    [
      'leave that nobody asked for',
      `HTTP/1.1 100 Continue\r\n\r\n${json(200, [])}`,
      502,
      /sent \\"100 Continue\\", which nobody/,
    ],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-Ty', 502, /Cannot get an answer/],
  ])('by sending %s', async (_, answer, status, want) => {
    await withProxy(
      ({ socket }) => {
        socket.write(answer);
        if (answer.endsWith('Ty')) socket.end();
      },
      async ({ server }) => {
        const got = await ask(server.port, request('GET /api/things'));
        expect(got.status).toBe(status);
        expect(got.raw).toMatch(want);
        expect((await ask(server.port, request('GET /__apidouble/health'))).status).toBe(200);
      },
    );
  });

  it('by closing a kept connection is asked again where that is safe, and not where it is not', async () => {
    let asked = 0;
    await withProxy(
      ({ socket }) => {
        asked += 1;
        if (asked % 2 === 1) socket.destroy();
        else socket.write(json(200, []));
      },
      async ({ server }) => {
        expect((await ask(server.port, request('GET /api/things'))).status).toBe(200);
        expect(asked).toBe(2);
        const unsafe = await ask(
          server.port,
          request('POST /api/things', ['Content-Type: application/json'], '{}'),
        );
        expect([unsafe.status, asked]).toEqual([502, 3]);
      },
    );
  });

  it('by not being there is a 502 that says so, by not answering a 504', async () => {
    await withProxy(
      () => {},
      async ({ server, upstream, proxy }) => {
        const late = await ask(server.port, request('GET /api/things'));
        expect(late.status).toBe(504);
        await upstream.close();
        const gone = await ask(server.port, request('GET /api/things'));
        expect(gone.status).toBe(502);
        expect(JSON.parse(gone.body.toString())).toMatchObject({
          type: 'urn:apidouble:problem:upstream.refused',
          detail: expect.stringContaining(`Cannot get an answer from "${proxy.upstream}"`),
        });
      },
      { timeout: 300 },
    );
  });

  it('is answered for by the fallback, with the whole body of the request, when it is down or says 501', async () => {
    await withProxy(
      ({ socket, body }) => socket.write(`HTTP/1.1 501 No\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
      async ({ server, upstream, proxy }) => {
        const post = request('POST /api/things', ['Content-Type: application/json'], '{"name":"a"}');
        const [head, body] = [post.slice(0, -5), post.slice(-5)];
        const unknown = await ask(server.port, [head, body]);
        expect([unknown.status, unknown.body.toString()]).toEqual([201, '{"echo":"{\\"name\\":\\"a\\"}"}']);
        await upstream.close();
        const down = await ask(server.port, [head, body]);
        expect([down.status, down.body.toString()]).toEqual([201, '{"echo":"{\\"name\\":\\"a\\"}"}']);
        expect(down.raw).toMatch(/apidouble-reason: answered in place of the upstream/i);
        // What the double says is no traffic of the real one.
        expect(proxy.coverage().requests).toBe(0);
      },
      {
        fallback: async ({ body }) => jsonResponse(201, { echo: Buffer.from(body).toString() }),
        fallbackOn: ['down', 501],
      },
    );
  });

  it('is not answered for by the fallback in other cases', async () => {
    await withProxy(
      ({ socket }) => socket.write('HTTP/1.1 501 No\r\nContent-Length: 0\r\n\r\n'),
      async ({ server, upstream }) => {
        expect((await ask(server.port, request('GET /api/things'))).status).toBe(501);
        await upstream.close();
        expect((await ask(server.port, request('GET /api/things'))).status).toBe(200);
      },
      {
        fallback: async () => ({ status: 200, headers: new HeaderList(), body: new Uint8Array() }),
        fallbackOn: ['down'],
      },
    );
  });
});

describe('a client that leaves', () => {
  it('in the middle of an answer takes its exchange at the upstream with it', async () => {
    await withProxy(
      ({ socket }) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n'),
      async ({ server, upstream, proxy, entries }) => {
        const client = connect(server.port, '127.0.0.1', () => client.write(request('GET /api/blob')));
        await new Promise((next) => client.once('data', next));
        client.destroy();
        await until(() => upstream.connections === 0);
        await until(() => entries.length === 1);
        await proxy.settled();
        expect(entries[0]?.reason).toContain('the client left');
      },
    );
  });

  it('in the middle of its request leaves nothing behind', async () => {
    await withProxy(
      () => {},
      async ({ server, upstream, entries }) => {
        const head = 'POST /api/blob HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf';
        const client = connect(server.port, '127.0.0.1', () => client.write(head));
        await until(() => upstream.connections === 1);
        client.destroy();
        await until(() => upstream.connections === 0 && entries.length === 1);
      },
    );
  });
});

it('keeps no socket and no memory of exchanges that are over', async () => {
  await withProxy(
    ({ socket }) => socket.write(json(200, [{ id: 1, name: 'a' }])),
    async ({ server, upstream, proxy, entries }) => {
      const batch = async (): Promise<void> => {
        for (let index = 0; index < 10; index += 1) {
          await Promise.all(Array.from({ length: 20 }, () => ask(server.port, request('GET /api/things'))));
        }
      };
      await batch();
      await batch();
      await proxy.settled();
      expect(upstream.connections).toBeLessThanOrEqual(20);
      expect(entries).toHaveLength(400);
      expect(proxy.coverage().operations[0]).toMatchObject({
        requests: 400,
        statuses: new Map([[200, 400]]),
      });
    },
  );
});
