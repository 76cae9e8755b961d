import { createServer as createPlainServer } from 'node:http';
import { constants, createSecureServer } from 'node:http2';
import { type AddressInfo, connect, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProxy, type ProxyOptions } from '../../src/proxy/index.ts';
import { hasOpenssl, makeCertificate } from '../server/certificate.ts';
import { ask } from './raw-client.ts';
import { smallDocument } from './small-document.ts';
import { request, until } from './with-proxy.ts';

const open: { close(): unknown }[] = [];

async function portOf(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function through(
  options: Partial<ProxyOptions> & { upstream: string },
  use: (port: number) => Promise<void>,
): Promise<void> {
  const proxy = await createProxy({ document: smallDocument, ...options });
  const { port } = await proxy.listen({ cors: false });
  try {
    await use(port);
  } finally {
    await proxy.close();
  }
}

describe.skipIf(!hasOpenssl)(
  'an upstream behind TLS (skipped where there is no openssl to make a certificate)',
  () => {
    const tls = { cert: '', key: '' };

    beforeAll(() => Object.assign(tls, makeCertificate()));

    afterAll(() => {
      for (const server of open) server.close();
    });

    it('is spoken to in HTTP/2 where it speaks nothing else, with bodies both ways, several cookies and trailers', async () => {
      const seen: Record<string, unknown> = {};
      const server = createSecureServer({ ...tls, allowHTTP1: false }, (asked, answer) => {
        Object.assign(seen, {
          version: asked.httpVersion,
          method: asked.method,
          url: asked.url,
          own: asked.headers['x-own'],
        });
        const pieces: Buffer[] = [];
        asked.on('data', (piece: Buffer) => pieces.push(piece));
        asked.on('end', () => {
          answer.writeHead(200, { 'content-type': 'application/octet-stream', 'set-cookie': ['a=1', 'b=2'] });
          answer.addTrailers({ 'x-sum': '3' });
          answer.end(Buffer.concat(pieces).reverse());
        });
      });
      const port = await portOf(server);
      await through({ upstream: `https://localhost:${port}/base`, ca: tls.cert }, async (own) => {
        const text = request('POST /api/blob?x=%20', ['X-Own: 1'], 'abc');
        const got = await ask(own, [text]);
        expect(seen).toEqual({ version: '2.0', method: 'POST', url: '/base/api/blob?x=%20', own: '1' });
        expect([got.status, got.body.toString()]).toEqual([200, 'cba']);
        expect(got.fields.filter(([name]) => /^set-cookie$/i.test(name)).map(([, value]) => value)).toEqual([
          'a=1',
          'b=2',
        ]);
        expect(got.trailers).toEqual(['x-sum: 3']);
        expect(got.fields.some(([name]) => name.startsWith(':'))).toBe(false);
      });
    });

    it.each([
      [false, 'a length', { 'content-length': '100' }],
      [true, 'a length', { 'content-length': '100' }],
      [true, 'no length', {}],
    ])(
      'that breaks off (HTTP/1.1 too: %s) an answer with %s gives no good end',
      async (allowHTTP1, _, fields) => {
        const server = createSecureServer({ ...tls, allowHTTP1 }, (_asked, answer) => {
          answer.writeHead(200, { 'content-type': 'text/plain', ...fields });
          answer.write('half', () => {
            if ('stream' in answer && 'close' in answer.stream)
              answer.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
            else answer.socket?.destroy();
          });
        });
        const port = await portOf(server);
        await through({ upstream: `https://localhost:${port}`, ca: tls.cert }, async (own) => {
          const got = await ask(own, request('GET /api/blob'));
          expect([got.status, got.isWhole]).toEqual([200, false]);
        });
      },
    );

    it('is trusted by its authority, or whoever it is, or not', async () => {
      const server = createTlsServer(tls, (socket) => {
        socket.on('error', () => {});
        socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
      });
      const upstream = `https://127.0.0.1:${await portOf(server)}`;
      const cases = [
        [{ ca: tls.cert }, 200],
        [{ insecure: true }, 200],
        [{}, 502],
      ] as const;
      for (const [options, status] of cases) {
        await through({ upstream, ...options }, async (port) => {
          expect((await ask(port, request('GET /api/blob'))).status).toBe(status);
        });
      }
    });

    it('takes changes of protocol too', async () => {
      const server = createTlsServer(tls, (socket) => {
        socket.on('error', () => {});
        socket.once('data', () => {
          socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
          socket.on('data', (piece) => socket.write(piece));
        });
      });
      await through({ upstream: `https://localhost:${await portOf(server)}`, ca: tls.cert }, async (port) => {
        let came = '';
        const client = connect(port, '127.0.0.1', () =>
          client.write('GET /api/blob HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
        );
        client.on('data', (piece) => {
          came += piece.toString('latin1');
        });
        await until(() => came.includes('101'));
        client.write('echo');
        await until(() => came.endsWith('echo'));
        client.destroy();
      });
    });

    it('is reached through a proxy, requests and changes of protocol', async () => {
      const asked: string[] = [];
      const tunnels = createPlainServer();
      tunnels.on('connect', (head, socket) => {
        asked.push(`${head.url} ${head.headers['proxy-authorization']}`);
        const [host = '', port = ''] = (head.url ?? '').split(':');
        const upstream = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 Connected\r\n\r\n');
          upstream.pipe(socket).pipe(upstream);
        });
        upstream.on('error', () => socket.destroy());
        socket.on('error', () => upstream.destroy());
      });
      const server = createTlsServer(tls, (socket) => {
        socket.on('error', () => {});
        socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
      });
      const [own, port] = [await portOf(tunnels), await portOf(server)];
      const upstreamProxy = `http://user:pass@127.0.0.1:${own}`;
      await through({ upstream: `https://localhost:${port}`, ca: tls.cert, upstreamProxy }, async (at) => {
        expect((await ask(at, request('GET /api/blob'))).body.toString()).toBe('ok');
        const upgrade = 'GET /api/blob HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n';
        const refused = await ask(at, upgrade);
        expect(refused.body.toString()).toBe('ok');
      });
      const credential = `Basic ${Buffer.from('user:pass').toString('base64')}`;
      expect(asked).toEqual([`localhost:${port} ${credential}`, `localhost:${port} ${credential}`]);
    });
  },
);
