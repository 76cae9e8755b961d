import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/http/index.ts';
import { jsonResponse } from '../../src/http/problem.ts';
import { bodyOf, open, request, sleep, statusOf, talk, withServer } from './raw.ts';

function post(fields: string[], bytes: Uint8Array): string {
  const body = Buffer.from(bytes).toString('latin1');
  return request('POST /', [...fields, `Content-Length: ${bytes.length}`], body);
}

describe('bodies over the limit', () => {
  it.each([
    ['by its own word', ['Content-Length: 11'], '01234567890'],
    ['in chunks', ['Transfer-Encoding: chunked'], 'b\r\n01234567890\r\n0\r\n\r\n'],
    ['in chunks without end', ['Transfer-Encoding: chunked'], '6\r\n012345\r\n6\r\n012345\r\n'],
    ['by its own word, and never sent', ['Content-Length: 999999999999'], ''],
  ])('are a 413: %s', async (_name, fields, body) => {
    await withServer({ limits: { bodyBytes: 10, lingerMs: 50 } }, async ({ port }) => {
      const text = await talk(port, request('POST /', fields, body));
      expect(statusOf(text)).toBe(413);
      expect(text).toContain('Connection: close');
      expect(bodyOf(text).detail).toContain('10 bytes');
    });
  });

  it('are a 413 for real clients in the middle of sending 11 MB', async () => {
    await withServer({}, async ({ url }) => {
      const body = Buffer.alloc(11 * 1024 * 1024, 120);
      const [first, second] = await Promise.all([fetch(url, { method: 'POST', body }), fetch(url)]);
      expect([first.status, second.status]).toEqual([413, 200]);
      expect(await first.json()).toMatchObject({ status: 413, title: 'Content Too Large' });
    });
  });

  it('are refused without leave to send them', async () => {
    await withServer({ limits: { bodyBytes: 10, lingerMs: 50 } }, async ({ port }) => {
      const text = await talk(port, request('POST /', ['Expect: 100-continue', 'Content-Length: 11']));
      expect(statusOf(text)).toBe(413);
    });
  });

  it('do not keep a client that never stops sending', async () => {
    await withServer({ limits: { bodyBytes: 10, lingerMs: 50 } }, async ({ port }) => {
      const socket = await open(port);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.resume().write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
      const sending = setInterval(() => socket.write('5\r\nabcde\r\n'), 5);
      await closed;
      clearInterval(sending);
    });
  });

  it('are fine at the limit', async () => {
    await withServer({ limits: { bodyBytes: 10 } }, async ({ port }) => {
      expect(statusOf(await talk(port, post([], Buffer.alloc(10, 48))))).toBe(200);
    });
  });
});

describe('a Content-Encoding', () => {
  const plain = Buffer.from('{"a":"é"}');
  it.each([
    ['gzip', gzipSync(plain)],
    ['X-GZip', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
    ['identity', plain],
  ])('%s is undone, and no header says otherwise', async (coding, bytes) => {
    await withServer({}, async ({ port }) => {
      const body = bodyOf(await talk(port, post([`Content-Encoding: ${coding}`, 'X-A: 1'], bytes)));
      expect(body.body).toBe(plain.toString('latin1'));
      const text = JSON.stringify(body.headers).toLowerCase();
      expect(text).not.toContain('content-encoding');
      expect(text).toContain(`"content-length","${plain.length}"`);
      expect(text).toContain('"x-a","1"');
    });
  });

  it.each([
    ['that is unknown', 'zstd', plain, 415],
    ['with an unknown one inside', 'zstd, gzip', gzipSync(plain), 415],
    ['that is not there', 'gzip', plain, 400],
    ['that breaks off', 'gzip', gzipSync(Buffer.alloc(1000, 'abc')).subarray(0, 20), 400],
    ['that hides a bomb', 'gzip', gzipSync(Buffer.alloc(50_000_000)), 413],
    ['that hides a bomb in a bomb', 'br, gzip', gzipSync(brotliCompressSync(Buffer.alloc(50_000_000))), 413],
    ['of too many layers', 'gzip, gzip, gzip, gzip, gzip', plain, 415],
  ])('%s is refused', async (_name, coding, bytes, want) => {
    await withServer({}, async ({ port }) => {
      const text = await talk(port, post([`Content-Encoding: ${coding}`], bytes));
      expect(statusOf(text)).toBe(want);
      if (want === 415) expect(text).toContain('Accept-Encoding: gzip, deflate, br\r\n');
    });
  });

  it('stays for those who pass bodies on', async () => {
    await withServer({ decodeBodies: false }, async ({ port }) => {
      const bytes = gzipSync(plain);
      const body = bodyOf(await talk(port, post(['Content-Encoding: gzip'], bytes)));
      expect(body.body).toBe(bytes.toString('latin1'));
      expect(body.headers).toContain('Content-Encoding');
    });
  });
});

describe('headers over the limit', () => {
  it.each([
    ['1,000 fields are fine', Array.from({ length: 990 }, (_, index) => `x-${index}: 1`), 200],
    ['5,000 fields', Array.from({ length: 5000 }, (_, index) => `x-${index}: 1`), 431],
    ['1,500 equal fields', Array.from({ length: 1500 }, () => '__proto__: 1'), 431],
    ['100 KB in one', [`x: ${'y'.repeat(100_000)}`], 431],
    ['a megabyte without an end', [`x: ${'y'.repeat(1_000_000)}`], 431],
  ])('%s', async (_name, fields, want) => {
    await withServer({ limits: { lingerMs: 100 } }, async ({ port }) => {
      expect(statusOf(await talk(port, request('GET /', fields)))).toBe(want);
    });
  });

  it.each([
    [30_000, 200],
    [40_000, 414],
    [200_000, 431],
  ])('a URL of %d characters is a %d', async (length, want) => {
    await withServer({ limits: { lingerMs: 100 } }, async ({ port }) => {
      expect(statusOf(await talk(port, request(`GET /${'a'.repeat(length)}`)))).toBe(want);
    });
  });
});

describe('slow clients', () => {
  const limits = { headersTimeoutMs: 120, requestTimeoutMs: 240, keepAliveTimeoutMs: 100, lingerMs: 50 };
  it.each([
    ['that never end their header', 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '],
    ['that say nothing', ''],
    ['that never end their body', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc'],
    [
      'that never end their chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab',
    ],
  ])('%s are told 408 and cut off', async (_name, text) => {
    await withServer({ limits }, async ({ port }) => {
      const answer = await talk(port, text);
      expect([statusOf(answer), bodyOf(answer).title]).toEqual([408, 'Request Timeout']);
    });
  });

  it('that drip are cut off too', async () => {
    await withServer({ limits }, async ({ port }) => {
      const socket = await open(port);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.resume().write('GET / HTTP/1.1\r\nHost: a\r\n');
      const dripping = setInterval(() => socket.write('x: y\r\n'), 10);
      await closed;
      clearInterval(dripping);
    });
  });

  it('that were answered and idle are closed without a word', async () => {
    await withServer({ limits }, async ({ port }) => {
      const text = await talk(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
    });
  });

  it('are not those who wait for a slow answer', async () => {
    const target = async (_request: HttpRequest) => {
      await sleep(400);
      return jsonResponse(200, 'late');
    };
    await withServer({ target, limits }, async ({ port }) => {
      expect(statusOf(await talk(port, request('GET /')))).toBe(200);
    });
  });
});
