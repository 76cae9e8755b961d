import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ask } from './raw-client.ts';
import { json, request, until, withProxy } from './with-proxy.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

function field(answer: { fields: readonly (readonly [string, string])[] }, name: string): string | undefined {
  return answer.fields.find(([one]) => one.toLowerCase() === name)?.[1];
}

describe('what goes to the upstream', () => {
  it('has the path of the upstream before its own, another Host, and nothing of the connection', async () => {
    await withProxy(
      ({ socket }) => socket.write(ok),
      async ({ server, asked, upstream }) => {
        const own = [
          'Keep-Alive: timeout=5',
          'TE: trailers, deflate',
          'Proxy-Authorization: Basic x',
          'X-Hop: 1',
        ];
        await ask(server.port, request('GET /things?limit=1', [...own, 'Connection: X-Hop', 'X-Kept: 1']));
        expect(asked[0]?.head.split('\r\n')).toEqual([
          'GET /base/things?limit=1 HTTP/1.1',
          `host: 127.0.0.1:${upstream.port}`,
          'connection: keep-alive',
          'X-Kept: 1',
          'TE: trailers',
        ]);
      },
      { path: '/base/' },
    );
  });

  const trailed = [
    'POST /api/blob HTTP/1.1',
    'Host: localhost',
    'Connection: close',
    'Trailer: X-Sum, X-Twice',
    'Transfer-Encoding: chunked',
  ].join('\r\n');
  const trailers = '0\r\nX-Sum: a=\xe4\r\nX-Twice: 1\r\nX-Twice: 2\r\n\r\n';

  it.each([
    ['at once', [`${trailed}\r\n\r\n3\r\nabc\r\n${trailers}`], 'abc'],
    ['in pieces', [`${trailed}\r\n\r\n`, '3\r\nabc\r\n', '2\r\nde\r\n', trailers], 'abcde'],
    ['behind nothing', [`${trailed}\r\n\r\n${trailers}`], ''],
  ])('passes the trailers of a request that announces them: %s', async (_how, pieces, body) => {
    await withProxy(
      ({ socket }) => socket.write(json(200, { id: 'a' }, ['X-Two: 1', 'X-Two: 2'])),
      async ({ server, asked, upstream, entries, proxy }) => {
        const got = await ask(server.port, pieces);
        expect(got).toMatchObject({ status: 200, isWhole: true });
        expect(got.fields.filter(([name]) => name === 'X-Two')).toHaveLength(2);
        expect(asked[0]?.head.split('\r\n')).toEqual([
          'POST /api/blob HTTP/1.1',
          `Host: 127.0.0.1:${upstream.port}`,
          'Trailer: X-Sum, X-Twice',
          'Transfer-Encoding: chunked',
          'Connection: close',
        ]);
        expect(asked[0]?.trailers).toEqual(['X-Sum: a=\xe4', 'X-Twice: 1', 'X-Twice: 2']);
        expect(asked[0]?.body.toString()).toBe(body);
        await proxy.settled();
        expect(Buffer.from(entries[0]?.request.body ?? []).toString()).toBe(body);
      },
    );
  });

  it('tells when nobody takes a request with trailers', async () => {
    await withProxy(
      () => {},
      async ({ server, upstream }) => {
        await upstream.close();
        const got = await ask(server.port, `${trailed}\r\n\r\n${trailers}`);
        expect(got.status).toBe(502);
        expect(got.body.toString()).toContain('ECONNREFUSED');
      },
    );
  });

  it('does not take half an answer to a request with trailers for a whole one', async () => {
    await withProxy(
      ({ socket }) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'),
      async ({ server, entries, proxy }) => {
        const got = await ask(server.port, `${trailed}\r\n\r\n${trailers}`);
        expect(got.isWhole).toBe(false);
        await proxy.settled();
        expect(entries[0]?.reason.join()).toContain('broke off');
      },
    );
  });

  it('waits with the leave to send a body until the upstream is there, and gives none where it is not', async () => {
    const head =
      'POST /api/blob HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n';
    await withProxy(
      ({ socket, body }) => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
      async ({ server, asked, upstream }) => {
        const got = await ask(server.port, [head, 'body']);
        expect(got.raw).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
        expect(got.body.toString()).toBe('body');
        expect(asked[0]?.head).not.toMatch(/expect/i);
        await upstream.close();
        const refused = await ask(server.port, [head]);
        expect(refused.raw).toMatch(/^HTTP\/1\.1 502 /);
      },
    );
  });
});

describe('what comes back', () => {
  it.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n', 200, '1234'],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n', 204, undefined],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\nETag: "a"\r\n\r\n', 304, '99'],
    ['GET', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 200, '0'],
  ])('%s answered by %j keeps its length and has no body', async (method, answer, status, length) => {
    await withProxy(
      ({ socket }) => socket.write(answer),
      async ({ server }) => {
        const got = await ask(server.port, request(`${method} /api/blob`), method);
        expect([got.status, field(got, 'content-length'), got.body.length]).toEqual([status, length, 0]);
        expect(field(got, 'transfer-encoding')).toBeUndefined();
      },
    );
  });

  it('leaves redirects to the client, and compressed bytes compressed', async () => {
    const packed = gzipSync('[{"id":1,"name":"a"}]');
    await withProxy(
      ({ socket, head }) => {
        if (head.startsWith('GET /api/blob'))
          socket.write('HTTP/1.1 307 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n');
        else {
          socket.write(
            `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`,
          );
          socket.write(packed);
        }
      },
      async ({ server, asked, proxy, entries }) => {
        const moved = await ask(server.port, request('GET /api/blob'));
        expect([moved.status, field(moved, 'location'), asked.length]).toEqual([307, '/elsewhere', 1]);
        const got = await ask(server.port, request('GET /api/things', ['Accept-Encoding: gzip']));
        expect(got.body.equals(packed)).toBe(true);
        await proxy.settled();
        expect(entries[1]).toMatchObject({ operation: 'listThings', findings: [] });
      },
    );
  });

  it('streams events as they come', async () => {
    const socketOf: { send?: (text: string) => void } = {};
    await withProxy(
      ({ socket }) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n',
        );
        socketOf.send = (text) => socket.write(`${text.length.toString(16)}\r\n${text}\r\n`);
      },
      async ({ server }) => {
        let came = '';
        const client = connect(server.port, '127.0.0.1', () => client.write(request('GET /api/blob')));
        client.on('data', (piece) => {
          came += piece.toString('latin1');
        });
        // The head is there before the first event is.
        await until(() => came.includes('\r\n\r\n'));
        for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
          socketOf.send?.(event);
          await until(() => came.includes(event));
        }
        client.destroy();
      },
    );
  });

  it('holds back what a slow client does not take, and brings all of it', async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const pieces = 400;
    let written = 0;
    await withProxy(
      async ({ socket }) => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${piece.length * pieces}\r\n\r\n`);
        for (let index = 0; index < pieces && !socket.destroyed; index += 1) {
          if (!socket.write(piece)) await new Promise((next) => socket.once('drain', next));
          written += 1;
        }
      },
      async ({ server, proxy, entries }) => {
        let size = 0;
        const client = connect(server.port, '127.0.0.1', () => client.write(request('GET /api/blob')));
        client.once('data', (part) => {
          size += part.length;
          client.pause();
        });
        await until(() => written > 3);
        let before = -1;
        await until(() => {
          const isStill = before === written;
          before = written;
          return isStill;
        });
        expect(written).toBeLessThan(pieces);
        client.on('data', (part) => {
          size += part.length;
        });
        client.resume();
        await new Promise((next) => client.once('close', next));
        expect(size).toBeGreaterThan(piece.length * pieces);
        await proxy.settled();
        // More than ten megabytes are passed on unjudged.
        expect(entries[0]?.reason).toEqual(['the body of the answer is longer than 10485760 bytes']);
      },
    );
  });
});

describe('CORS', () => {
  const preflight = ['Origin: http://page', 'Access-Control-Request-Method: PUT'];

  it('is added only where the upstream says nothing of it', async () => {
    await withProxy(
      ({ socket, head }) => {
        const own = head.includes('/blob') ? 'Access-Control-Allow-Origin: http://only\r\n' : '';
        socket.write(`HTTP/1.1 200 OK\r\n${own}Content-Length: 0\r\n\r\n`);
      },
      async ({ server }) => {
        const added = await ask(server.port, request('GET /api/things', ['Origin: http://page']));
        expect(field(added, 'access-control-allow-origin')).toBe('http://page');
        const own = await ask(server.port, request('GET /api/blob', ['Origin: http://page']));
        expect(own.fields.filter(([name]) => /^access-control/i.test(name))).toEqual([
          ['Access-Control-Allow-Origin', 'http://only'],
        ]);
      },
      { cors: true },
    );
  });

  it('answers a preflight where the upstream does not', async () => {
    await withProxy(
      ({ socket, head }) =>
        head.includes('/blob')
          ? socket.write(
              'HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nX-Own: 1\r\nContent-Length: 0\r\n\r\n',
            )
          : socket.write('HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n'),
      async ({ server }) => {
        const ours = await ask(server.port, request('OPTIONS /api/things', preflight));
        expect([ours.status, field(ours, 'access-control-allow-methods')]).toEqual([204, 'PUT']);
        const theirs = await ask(server.port, request('OPTIONS /api/blob', preflight));
        expect([theirs.status, field(theirs, 'x-own')]).toEqual([200, '1']);
      },
      { cors: true },
    );
  });
});

describe('a change of protocol', () => {
  const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: abc'];
  const head = (path: string): string =>
    ['GET /api/blob HTTP/1.1', 'Host: client', ...upgrade, '', ''].join('\r\n').replace('/api/blob', path);

  it('is passed on with every byte in both directions', async () => {
    await withProxy(
      ({ socket, head: asked }) => {
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello',
        );
        socket.removeAllListeners('data').on('data', (piece) => socket.write(Buffer.from(piece).reverse()));
        expect(asked).toMatch(/^GET \/api\/blob HTTP\/1\.1\r\n/);
        expect(asked).toMatch(/\r\nSec-WebSocket-Key: abc\r\n/);
      },
      async ({ server, proxy, entries }) => {
        const came: Buffer[] = [];
        const client = connect(server.port, '127.0.0.1', () => client.write(head('/api/blob')));
        client.on('data', (piece) => came.push(piece));
        await until(() => Buffer.concat(came).includes('hello'));
        client.write(Buffer.from([1, 2, 0, 255]));
        await until(() => Buffer.concat(came).includes(Buffer.from([255, 0, 2, 1])));
        client.destroy();
        await proxy.settled();
        expect(entries[0]).toMatchObject({ operation: 'getBlob', response: { status: 101 } });
      },
    );
  });

  it('that the upstream refuses is refused in its words, and nothing more is asked on that connection', async () => {
    await withProxy(
      ({ socket }) => socket.write('HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno'),
      async ({ server, asked }) => {
        let came = '';
        const client = connect(server.port, '127.0.0.1', () => client.write(head('/api/blob')));
        client
          .on('error', () => {})
          .on('data', (piece) => {
            came += piece.toString('latin1');
          });
        await until(() => came.endsWith('no'));
        expect(came).toMatch(/^HTTP\/1\.1 403 No\r\n/);
        client.write('GET /unjudged HTTP/1.1\r\nHost: a\r\n\r\n');
        await new Promise((next) => client.once('close', next));
        expect(asked).toHaveLength(1);
      },
    );
  });

  it('that the upstream cannot be asked for is a 502', async () => {
    await withProxy(
      () => {},
      async ({ server, upstream }) => {
        await upstream.close();
        expect((await ask(server.port, head('/api/blob'))).status).toBe(502);
      },
    );
  });

  it('to HTTP/2 in the clear is passed over: such requests are served and judged as any other', async () => {
    const offer = ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABk', 'Content-Type: application/octet-stream'];
    const asks = (index: number, more: string): string =>
      [
        'POST /api/blob HTTP/1.1',
        'Host: localhost',
        `Connection: Upgrade, HTTP2-Settings${more}`,
        ...offer,
        'Content-Length: 2',
        '',
        String(index).padStart(2, '0'),
      ].join('\r\n');
    const warnings: string[] = [];
    const warned = (warning: Error): void => void warnings.push(warning.message);
    process.on('warning', warned);
    await withProxy(
      ({ socket, body }) => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${body}`),
      async ({ server, asked, proxy, entries }) => {
        // More than an emitter takes listeners without a word, on one connection, the last in pieces.
        const many = Array.from({ length: 14 }, (_, index) => asks(index, ''));
        const last = asks(14, ', close');
        const got = await ask(server.port, [
          many.join('') + last.slice(0, 30),
          last.slice(30, -1),
          last.slice(-1),
        ]);
        const bodies = got.raw
          .split('HTTP/1.1 200 OK')
          .slice(1)
          .map((one) => one.slice(-2));
        expect(bodies).toEqual(Array.from({ length: 15 }, (_, index) => String(index).padStart(2, '0')));
        expect(asked.map(({ head: one }) => /h2c|http2-settings|upgrade/i.test(one))).toEqual(
          Array(15).fill(false),
        );
        await proxy.settled();
        expect(entries.map(({ request: { body } }) => Buffer.from(body).toString())).toEqual(bodies);
        expect(entries.flatMap(({ reason }) => reason)).toEqual([]);
      },
    );
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });
});
