import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiProxy, createProxy, type ProxyServer } from '../../src/proxy/index.ts';
import { ask } from './raw-client.ts';
import { type RawRequest, type RawUpstream, rawUpstream } from './raw-upstream.ts';
import { smallDocument } from './small-document.ts';

/** What the upstream was asked last, and what it is to write. */
const wire: { asked: RawRequest | undefined; pieces: readonly Buffer[] } = { asked: undefined, pieces: [] };
let upstream: RawUpstream;
let proxy: ApiProxy;
let server: ProxyServer;
let seen: Promise<void>;

beforeAll(async () => {
  upstream = await rawUpstream(async (request) => {
    wire.asked = request;
    for (const piece of wire.pieces) {
      request.socket.write(piece);
      await new Promise((next) => setImmediate(next));
    }
    if (/^connection: close/im.test(wire.pieces[0]?.toString('latin1') ?? '')) request.socket.end();
  });
  proxy = await createProxy({ document: smallDocument, upstream: upstream.url });
  server = await proxy.listen({ cors: false });
  seen = Promise.resolve();
});

afterAll(async () => {
  await seen;
  await proxy.close();
  await upstream.close();
});

const token = fc
  .string({ unit: fc.constantFrom(..."!#$%&'*+-.^_`|~09azAZ"), minLength: 1, maxLength: 12 })
  .filter((name) => !ownFields.test(name) && !/^-|^\d/.test(name));

/** Fields that are a connection's own, or framing, and go another way. */
const ownFields =
  /^(?:connection|keep-alive|te|upgrade|trailer|transfer-encoding|content-length|proxy-.*|host|expect|date)$/i;

/** Any value a field can have: visible characters, spaces inside, bytes above 0x7f. */
const fieldValue = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 40,
  })
  .map((text) =>
    text
      .replaceAll('\x7f', '?')
      .trim()
      .replace(/^[\s\xa0]+|[\s\xa0]+$/g, ''),
  );

const fields = fc.array(fc.tuple(token, fieldValue), { maxLength: 8 }).map((pairs) => [
  ...pairs,
  // Several cookies stay several.
  ...(pairs.length > 4 ? [['Set-Cookie', 'a=1; Path=/'] as const, ['set-cookie', 'b=2'] as const] : []),
]);

const framing = fc.constantFrom('length' as const, 'chunked' as const, 'close' as const);

interface Sent {
  readonly status: number;
  readonly reason: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly chunks: readonly Uint8Array[];
  readonly framing: 'length' | 'chunked' | 'close';
  readonly trailers: readonly (readonly [string, string])[];
}

const answer: fc.Arbitrary<Sent> = fc.record({
  status: fc.constantFrom(200, 201, 206, 302, 404, 418, 500, 599),
  reason: fc.string({ unit: fc.constantFrom(...' abcXYZ09-!'), maxLength: 12 }).map((text) => text.trim()),
  fields,
  chunks: fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 5 }),
  framing,
  trailers: fc.array(
    fc.tuple(
      token.map((name) => `x-t${name}`),
      fieldValue,
    ),
    { maxLength: 2 },
  ),
});

function wirePieces(sent: Sent): Buffer[] {
  const size = sent.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const frame = {
    length: [['Content-Length', String(size)]],
    chunked: [['Transfer-Encoding', 'chunked']],
    close: [['Connection', 'close']],
  }[sent.framing];
  const lines = [...sent.fields, ...frame].map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`HTTP/1.1 ${sent.status} ${sent.reason}\r\n${lines.join('')}\r\n`, 'latin1');
  const chunks = sent.chunks.map((chunk) => Buffer.from(chunk));
  if (sent.framing !== 'chunked') return [head, ...chunks];
  const framed = chunks.map((chunk) =>
    Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
  );
  const trailers = sent.trailers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return [head, ...framed, Buffer.from(`0\r\n${trailers}\r\n`, 'latin1')];
}

function withoutOwn(pairs: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return pairs.filter(([name]) => !ownFields.test(name));
}

describe('the proxy passes on byte for byte', () => {
  it('what an upstream answers: status, reason, fields in order and writing, body, trailers', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (sent) => {
        wire.pieces = wirePieces(sent);
        const got = await ask(server.port, 'GET /api/blob HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
        expect(got.isWhole).toBe(true);
        expect([got.status, got.reason]).toEqual([sent.status, sent.reason]);
        expect(withoutOwn(got.fields)).toEqual(sent.fields);
        expect(got.body.equals(Buffer.concat(sent.chunks))).toBe(true);
        if (sent.framing === 'chunked')
          expect(got.trailers).toEqual(sent.trailers.map(([name, value]) => `${name}: ${value}`));
      }),
      { numRuns: 150 },
    );
  });

  it('what a client asks: method, target, fields, body', async () => {
    wire.pieces = [Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')];
    const target = fc
      .string({ unit: fc.constantFrom(...'azAZ09-._~!$&\'()*+,;=:@/?%[]|{}"<>^`\\'), maxLength: 30 })
      .map((text) => `/${text}`);
    const method = fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'PROPFIND', 'OPTIONS');
    const body = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        target,
        method,
        fields,
        body,
        fc.boolean(),
        async (path, verb, own, chunks, isChunked) => {
          const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
          const frame = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${size}`;
          const lines = own.map(([name, value]) => `${name}: ${value}\r\n`).join('');
          const head = `${verb} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${lines}${frame}\r\n\r\n`;
          const pieces = chunks.map((chunk) =>
            isChunked
              ? Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')])
              : Buffer.from(chunk),
          );
          wire.asked = undefined;
          const got = await ask(server.port, [head, ...pieces, ...(isChunked ? ['0\r\n\r\n'] : [])]);
          expect(got.status).toBe(200);
          const [line, ...asked] = (wire.asked as RawRequest | undefined)?.head.split('\r\n') ?? [];
          expect(line).toBe(`${verb} ${path} HTTP/1.1`);
          const pairs = asked.map((field): [string, string] => {
            const colon = field.indexOf(':');
            return [field.slice(0, colon), field.slice(colon + 1).trim()];
          });
          expect(withoutOwn(pairs)).toEqual(own);
          expect(pairs.find(([name]) => name.toLowerCase() === 'host')?.[1]).toBe(
            `127.0.0.1:${upstream.port}`,
          );
          expect((wire.asked as RawRequest | undefined)?.body.equals(Buffer.concat(chunks))).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
