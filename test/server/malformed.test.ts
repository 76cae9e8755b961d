import { describe, expect, it } from 'vitest';
import { jsonResponse } from '../../src/http/problem.ts';
import { bodyOf, open, request, sleep, statusOf, talk, withServer } from './raw.ts';

const limits = { lingerMs: 50 };

describe('what is no HTTP', () => {
  it.each([
    ['noise', '\x00\x01\x02\x03\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a sentence', 'hello, is anybody there?\r\n\r\n'],
    ['a method that is none', 'GE(T / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['another version', 'GET / HTTP/3.7\r\nHost: a\r\n\r\n'],
    ['a field without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n'],
    ['a NUL in a field', 'GET / HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length that is none', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
    ['a chunk that is none', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a Host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
    ['a Host with a user', 'GET / HTTP/1.1\r\nHost: me@a\r\nConnection: close\r\n\r\n'],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n'],
    ['a target of an unknown scheme', request('GET ftp://a/b')],
    ['a target without a host', request('GET http:///b')],
    ['an asterisk that is no OPTIONS', request('GET *')],
  ])('%s is a 400', async (_name, text) => {
    await withServer({ limits }, async ({ port }) => {
      const answer = await talk(port, text);
      expect(statusOf(answer)).toBe(400);
      expect(answer).toContain('Connection: close');
      expect(answer).toContain('application/problem+json');
      expect(bodyOf(answer)).toMatchObject({ status: 400, title: 'Bad Request' });
    });
  });

  it('is refused after the answer to the request before it', async () => {
    const target = async () => {
      await sleep(60);
      return jsonResponse(200, 'first');
    };
    await withServer({ limits, target }, async ({ port }) => {
      const answer = await talk(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\nGARBAGE\r\n\r\n');
      expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
    });
  });

  it('is refused after an answer that is out', async () => {
    await withServer({ limits }, async ({ port }) => {
      const socket = await open(port);
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        text += chunk;
      });
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await sleep(50);
      socket.write('GARBAGE\r\n\r\n');
      await new Promise((resolve) => socket.once('close', resolve));
      expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
    });
  });

  it('that breaks off in a body is a 400', async () => {
    await withServer({ limits }, async ({ port }) => {
      const answer = await talk(port, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc', {
        end: true,
      });
      expect(statusOf(answer)).toBe(400);
    });
  });

  it('CONNECT is a 501', async () => {
    await withServer({ limits }, async ({ port }) => {
      expect(statusOf(await talk(port, 'CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n'))).toBe(501);
    });
  });
});

describe('clients that leave', () => {
  it.each([
    ['before they say anything', ''],
    ['in the header', 'GET / HTTP/1.1\r\nHos'],
    ['in the body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc'],
    ['before the answer', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['before any of the answers', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(20)],
  ])('%s do no harm', async (_name, text) => {
    const errors: unknown[] = [];
    const target = async () => {
      await sleep(30);
      return jsonResponse(200, 'x'.repeat(1_000_000));
    };
    await withServer({ target, onError: (error) => errors.push(error) }, async ({ port }) => {
      const sockets = await Promise.all(Array.from({ length: 5 }, () => open(port)));
      for (const socket of sockets) socket.write(text);
      await sleep(10);
      for (const socket of sockets.slice(1)) socket.destroy();
      sockets[0]?.resetAndDestroy();
      await sleep(60);
      expect(errors).toEqual([]);
    });
  });

  it('let the target know, if it listens', async () => {
    const aborted: boolean[] = [];
    let done: () => void = () => {};
    const noticed = new Promise<void>((resolve) => {
      done = resolve;
    });
    const target = (_request: unknown, options?: { readonly signal?: AbortSignal }) =>
      new Promise<never>((_resolve, reject) => {
        expect(options?.signal).toBe(options?.signal);
        options?.signal?.addEventListener('abort', () => {
          aborted.push(true);
          reject(new Error('aborted'));
          done();
        });
      });
    await withServer({ target }, async (server) => {
      const socket = await open(server.port);
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await sleep(30);
      socket.destroy();
      await noticed;
      expect(aborted).toEqual([true]);
      server.setTarget(async () => jsonResponse(200, ''));
    });
  });
});
