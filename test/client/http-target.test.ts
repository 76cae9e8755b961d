import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpTarget } from '../../src/client/http-target.ts';
import { createHttpTarget } from '../../src/client/index.ts';
import { HeaderList, type HttpRequest, noBody } from '../../src/http/index.ts';

const open: { server: Server; target: HttpTarget }[] = [];

afterEach(async () => {
  for (const { server, target } of open.splice(0)) {
    await target.close();
    await new Promise((done) => server.close(done));
  }
});

/** A server that writes one text to whoever connects, and what it was told. */
async function speak(
  answer: string,
  end = false,
): Promise<{ send: HttpTarget['send']; origin: string; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard.push(bytes.toString('latin1'));
      socket.write(answer, 'latin1');
      if (end) socket.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const target = createHttpTarget({ timeout: 300, bodyLimit: 1000 });
  open.push({ server, target });
  return { send: target.send, origin: `http://127.0.0.1:${port}`, heard };
}

const get = (origin: string, parts: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  target: '/a%20b?c=d',
  origin,
  headers: new HeaderList(['X-One', '1', 'x-one', '2']),
  body: noBody,
  ...parts,
});

describe('a target at an address', () => {
  it('takes a 304 that tells the length of what it does not send', async () => {
    const { send, origin } = await speak(
      'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 100\r\n\r\n',
    );
    const response = await send(get(origin));
    expect([response.status, response.body.length]).toEqual([304, 0]);
  });

  it('sends any method with a body, and headers as they are', async () => {
    const { send, origin, heard } = await speak(
      'HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\nhi',
    );
    const response = await send(get(origin, { method: 'QUERY', body: Buffer.from('body') }));
    expect([...response.headers].slice(0, 2)).toEqual([
      ['X-A', '1'],
      ['x-a', '2'],
    ]);
    expect(Buffer.from(response.body).toString()).toBe('hi');
    expect(heard.join('')).toMatch(
      /^QUERY \/a%20b\?c=d HTTP\/1\.1\r\n[\s\S]*X-One: 1\r\nx-one: 2\r\n[\s\S]*body$/,
    );
  });

  it('leaves redirects to the caller', async () => {
    const { send, origin } = await speak(
      'HTTP/1.1 302 Found\r\nLocation: http://example.com/\r\nContent-Length: 0\r\n\r\n',
    );
    expect((await send(get(origin))).status).toBe(302);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n', 'malformed', false],
    [
      'a chunk of no length',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'malformed',
      false,
    ],
    ['an answer that never comes', '', 'timeout', false],
    ['an answer that never ends', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi', 'timeout', false],
    ['a connection that breaks off', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi', 'broken', true],
    [
      'a body that is too long',
      `HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n${'x'.repeat(2000)}`,
      'too-large',
      false,
    ],
  ])('tells %s as a failure of its kind', async (_, answer, kind, end) => {
    const { send, origin } = await speak(answer, end);
    await expect(send(get(origin))).rejects.toMatchObject({ name: 'WireFailure', kind });
  });

  it('tells that nothing listens', async () => {
    const target = createHttpTarget();
    await expect(target.send(get('http://127.0.0.1:9'))).rejects.toMatchObject({ kind: 'refused' });
    await target.close();
  });
});
