import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { exchangeBare } from '../../src/client/index.ts';
import { HeaderList, type HttpRequest } from '../../src/http/index.ts';

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((done) => server.close(done));
});

async function speak(answer: string, end = true): Promise<{ request: HttpRequest; heard: string[] }> {
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
  open.push(server);
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const headers = new HeaderList(['X-One', '1', 'Connection', 'keep-alive', 'Content-Length', '99']);
  return { heard, request: { method: 'DELETE', target: '/a?b=c', origin, headers, body: Buffer.from('{}') } };
}

describe('a bare exchange', () => {
  it.each([
    ['ends', true],
    ['is left open', false],
  ])('shows what comes behind a head, where the connection %s', async (_, end) => {
    const { request, heard } = await speak(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nX-Two: 2\r\n\r\nstray',
      end,
    );
    const { status, headers, body } = await exchangeBare(request);
    expect([status, headers.get('x-two'), Buffer.from(body).toString()]).toEqual([204, '2', 'stray']);
    expect(heard.join('').split('\r\n')).toEqual([
      'DELETE /a?b=c HTTP/1.1',
      `Host: ${new URL(request.origin).host}`,
      'X-One: 1',
      'Content-Length: 2',
      'Connection: close',
      '',
      '{}',
    ]);
  });

  it('reads no more than it has to', async () => {
    const { request } = await speak(`HTTP/1.1 204 No Content\r\n\r\n${'x'.repeat(200_000)}`, false);
    expect((await exchangeBare(request)).body.length).toBeLessThan(150_000);
  });

  it.each(['', 'no HTTP at all\r\n\r\n'])('rejects where no head comes: "%s"', async (text) => {
    const { request } = await speak(text);
    await expect(exchangeBare(request)).rejects.toMatchObject({ kind: 'malformed' });
  });

  it('writes no line that holds a line break', async () => {
    const { request, heard } = await speak('HTTP/1.1 204 No Content\r\n\r\n');
    const headers = new HeaderList(['X-One', '1\r\nX-Two: 2']);
    await expect(exchangeBare({ ...request, headers })).rejects.toMatchObject({ kind: 'malformed' });
    expect(heard).toEqual([]);
  });
});
