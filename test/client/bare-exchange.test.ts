import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { exchangeBare } from '../../src/client/index.ts';
import { HeaderList, type HttpRequest } from '../../src/http/index.ts';

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((done) => server.close(done));
});

/** A server that says all of an answer: each part but the first behind a pause, in milliseconds. */
async function speak(
  answer: string | readonly string[],
  end = true,
  pause = 400,
): Promise<{ request: HttpRequest; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', async (bytes) => {
      heard.push(bytes.toString('latin1'));
      for (const [index, part] of [answer].flat().entries()) {
        if (index > 0) await sleep(pause);
        if (socket.destroyed) return;
        socket.write(part, 'latin1');
      }
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

  it.each([
    ['says nothing', ''],
    ['sends only hints', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'],
    ['stops within the head', 'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n'],
  ])('takes too long where the server %s', async (_, answer) => {
    const { request } = await speak(answer, false);
    await expect(exchangeBare(request, { timeout: 400 })).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('waits for an answer that comes long after hints', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n';
    const { request } = await speak([hints, 'HTTP/1.1 204 No Content\r\n\r\n'], false);
    expect((await exchangeBare(request)).status).toBe(204);
  });

  it('gives what has come when the time is over', async () => {
    const { request } = await speak(['HTTP/1.1 204 No Content\r\n\r\n', ...'x'.repeat(40)], false, 100);
    expect((await exchangeBare(request, { timeout: 1000 })).status).toBe(204);
  });

  it('writes no line that holds a line break', async () => {
    const { request, heard } = await speak('HTTP/1.1 204 No Content\r\n\r\n');
    const headers = new HeaderList(['X-One', '1\r\nX-Two: 2']);
    await expect(exchangeBare({ ...request, headers })).rejects.toMatchObject({ kind: 'malformed' });
    expect(heard).toEqual([]);
  });
});
