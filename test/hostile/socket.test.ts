import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMock, type Mock, type MockServer } from '../../src/mock/index.ts';
import { open, sleep, statusOf, talk } from '../server/raw.ts';
import { everything } from './everything.ts';

let mock: Mock;
let server: MockServer;
beforeAll(async () => {
  mock = await createMock({ document: everything, seed: 1, journal: 5 });
  server = await mock.listen({ port: 0 });
});
afterAll(() => mock.close());

function text(line: string, fields: readonly string[] = [], body = ''): string {
  return [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...fields, '', body].join('\r\n');
}

async function expectAlive(): Promise<void> {
  expect(statusOf(await talk(server.port, text('GET /alive')))).toBe(200);
}

describe('over a socket', () => {
  it.each([
    'GET /label/x',
    'GET /matrix/x',
    'GET /simple/%',
    'GET /simple/%FF',
    'GET *',
    'OPTIONS *',
    'GET http://elsewhere.test/alive',
    'GET http://[',
    'GET alive',
    `GET /${'a'.repeat(31_000)}`,
    `GET /${'a'.repeat(70_000)}`,
    'TRACE /alive',
    'PROPFIND /alive',
    'get /alive',
    'get\0 /alive',
    'GET /a\0b',
    'GET  /alive',
    'QUERY /alive',
    'CONNECT localhost:1',
    'HEAD /label/x',
    'GET /query?json=%',
  ])('%s is answered', async (line) => {
    const status = statusOf(await talk(server.port, text(line)));
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(600);
    expect(status).not.toBe(500);
    await expectAlive();
  });

  it.each([
    ['2,000 headers', Array.from({ length: 2_000 }, (_, n) => `X-${n}: y`), 431],
    ['a header of 100 KB', [`X: ${'y'.repeat(100_000)}`], 431],
    ['names of objects', ['__proto__: 1', 'constructor: 2', 'Cookie: __proto__=1; crumb=2'], 200],
    ['lists of accepted types', [`Accept: */*${',a/b;q=0.1'.repeat(2_000)}`], 200],
    ['a preference that is none', ['Prefer: code=9'], 422],
    ['a preference for a code below 200', ['Prefer: code=101'], 422],
  ])('%s', async (_, fields, want) => {
    expect(statusOf(await talk(server.port, text('GET /query', fields)))).toBe(want);
    await expectAlive();
  });

  it.each([
    ['malformed JSON', '/any-json', 'application/json', '{', 400],
    ['JSON of 100,000 levels', '/any-json', 'application/json', '['.repeat(100_000), 400],
    ['XML of 100,000 levels', '/xml', 'application/xml', '<a>'.repeat(100_000), 400],
    ['a media type that is not listed', '/json', 'image/png', 'x', 415],
    ['a body of 11 MB', '/bytes', 'application/octet-stream', 'x'.repeat(11 * 1024 * 1024), 413],
    ['JSON of 11 MB', '/any-json', 'application/json', `"${'x'.repeat(11 * 1024 * 1024)}"`, 413],
  ])('%s', async (_, target, type, body, want) => {
    const fields = [`Content-Type: ${type}`, `Content-Length: ${body.length}`];
    expect(statusOf(await talk(server.port, text(`POST ${target}`, fields, body)))).toBe(want);
    await expectAlive();
  });

  it('a body without an announced end is cut at 10 MB', async () => {
    const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const fields = ['Content-Type: application/octet-stream', 'Transfer-Encoding: chunked'];
    const answer = await talk(server.port, text('POST /bytes', fields, piece.repeat(176)));
    expect(statusOf(answer)).toBe(413);
    await expectAlive();
  });

  it('a zip bomb is cut at 10 MB', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const response = await fetch(`${server.url}/bytes`, {
      method: 'POST',
      body: bomb,
      headers: { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' },
    });
    expect(response.status).toBe(413);
    await expectAlive();
  });

  it('slow clients, and those who leave, keep nobody waiting', async () => {
    const slow = await Promise.all(Array.from({ length: 50 }, () => open(server.port)));
    for (const socket of slow)
      socket.write('POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{');
    await expectAlive();
    for (const socket of slow.slice(0, 25)) socket.destroy();
    await sleep(20);
    await expectAlive();
    for (const socket of slow) socket.destroy();
  });

  it('requests in one go are answered in turn, the good ones after the bad', async () => {
    const lines = ['/label/x', '/simple/%', '/query?json=%', '/alive'].map(
      (target) => `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    const answer = await new Promise<string>((resolve) => {
      let seen = '';
      const socket = connect(server.port, '127.0.0.1', () => socket.write(lines.join('')));
      socket.on('data', (chunk: Buffer) => {
        seen += chunk.toString('latin1');
        if ((seen.match(/HTTP\/1\.1 /g) ?? []).length < lines.length) return;
        socket.destroy();
        resolve(seen);
      });
    });
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
    expect(statuses.at(-1)).toBe(200);
    expect(statuses).toHaveLength(4);
  });

  it('remembers no more than it was told to', () => {
    expect(mock.requests().length).toBeLessThanOrEqual(5);
  });
});
