import { describe, expect, it } from 'vitest';
import { HeaderList, type HttpRequest, type HttpResponse, noBody } from '../../src/http/index.ts';
import { bodyOf, request, seen, statusOf, talk, withServer } from './raw.ts';

function answer(status: number, flat: string[] = [], body = 'body'): HttpResponse {
  return { status, headers: new HeaderList(flat), body: Buffer.from(body) };
}

async function answerTo(text: string, response: HttpResponse): Promise<string> {
  let got = '';
  await withServer({ target: async () => response, cors: false }, async ({ port }) => {
    got = await talk(port, text);
  });
  return got;
}

describe('a request', () => {
  it('comes with its method, target, origin, headers in order, and body', async () => {
    await withServer({}, async ({ port }) => {
      const text = request(
        'PROPFIND /a%20b//c?x=%5B1]&y',
        ['X-One: 1', 'x-one: 2', 'Content-Length: 3'],
        'a\u00e9b',
      );
      expect(bodyOf(await talk(port, text))).toEqual({
        method: 'PROPFIND',
        target: '/a%20b//c?x=%5B1]&y',
        origin: 'http://localhost',
        headers: [
          'Host',
          'localhost',
          'Connection',
          'close',
          'X-One',
          '1',
          'x-one',
          '2',
          'Content-Length',
          '3',
        ],
        body: 'a\u00e9b',
      });
    });
  });

  it.each([
    ['GET /x', { target: '/x', origin: 'http://localhost' }],
    ['GET http://api.test:81/x?y', { target: '/x?y', origin: 'http://api.test:81' }],
    ['GET HTTPS://api.test?y', { target: '/?y', origin: 'HTTPS://api.test' }],
    ['GET http://api.test', { target: '/', origin: 'http://api.test' }],
    ['OPTIONS *', { target: '*' }],
    ['TRACE /x', { method: 'TRACE' }],
  ])('%s is %j', async (line, want) => {
    await withServer({}, async ({ port }) => {
      const text = await talk(port, request(line));
      expect(bodyOf(text)).toMatchObject(want);
    });
  });

  it.each([
    [
      'chunked',
      ['Transfer-Encoding: chunked'],
      '3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: 1\r\n\r\n',
      'abcde',
    ],
    ['counted', ['Content-Length: 5'], 'abcde', 'abcde'],
    ['absent', ['Content-Length: 0'], '', ''],
  ])('keeps the body of a GET (%s)', async (_name, fields, body, want) => {
    await withServer({}, async ({ port }) => {
      expect(bodyOf(await talk(port, request('GET /', fields, body)))).toMatchObject({
        method: 'GET',
        body: want,
      });
    });
  });

  it('of HTTP/1.0 needs no Host', async () => {
    await withServer({}, async ({ port, url }) => {
      expect(bodyOf(await talk(port, 'GET /x HTTP/1.0\r\n\r\n'))).toMatchObject({
        target: '/x',
        origin: url,
      });
    });
  });

  it('with an Upgrade is answered without it', async () => {
    await withServer({}, async ({ port }) => {
      const text = await talk(port, request('GET /x', ['Upgrade: websocket', 'Connection: Upgrade']));
      expect([statusOf(text), bodyOf(text).target]).toEqual([200, '/x']);
    });
  });

  it('with Expect: 100-continue gets leave, then its answer', async () => {
    await withServer({}, async ({ port }) => {
      const text = await talk(port, request('POST /', ['Expect: 100-continue', 'Content-Length: 2'], 'ab'));
      expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
      expect(bodyOf(text).body).toBe('ab');
    });
  });

  it('with another Expect is a 417', async () => {
    await withServer({}, async ({ port }) => {
      expect(statusOf(await talk(port, request('GET /', ['Expect: tea'])))).toBe(417);
    });
  });

  it('that is pipelined is answered in order, though the answers are ready in another', async () => {
    const target = async (one: HttpRequest): Promise<HttpResponse> => {
      await new Promise((resolve) => setTimeout(resolve, one.target === '/1' ? 40 : 0));
      return answer(200, [], one.target);
    };
    await withServer({ target }, async ({ port }) => {
      const keep = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
      const text = await talk(port, keep('/1') + keep('/2') + keep('/3') + request('GET /4'));
      expect(text.match(/\r\n\r\n\/\d/g)).toEqual(['/1', '/2', '/3', '/4'].map((path) => `\r\n\r\n${path}`));
    });
  });

  it('whose client closes its half is answered', async () => {
    const target = async (one: HttpRequest): Promise<HttpResponse> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return answer(200, [], JSON.stringify(seen(one)));
    };
    await withServer({ target }, async ({ port }) => {
      const text = await talk(port, 'POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab', {
        end: true,
      });
      expect(bodyOf(text)).toMatchObject({ target: '/half', body: 'ab' });
    });
  });
});

describe('an answer', () => {
  it.each([
    [200, 'GET', ['Content-Length: 4'], 'body'],
    [404, 'POST', ['Content-Length: 4'], 'body'],
    [200, 'HEAD', ['Content-Length: 4'], ''],
    [205, 'GET', ['Content-Length: 4'], 'body'],
    [204, 'GET', [], ''],
    [304, 'GET', [], ''],
    [204, 'HEAD', [], ''],
    [799, 'GET', ['Content-Length: 4'], 'body'],
  ])('%d to %s has the length %j and the body %j', async (status, method, length, body) => {
    const text = await answerTo(request(`${method} /`), answer(status));
    expect(statusOf(text)).toBe(status);
    expect(text.match(/^(?:Content-Length|Transfer-Encoding).*$/gim) ?? []).toEqual(length);
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe(body);
  });

  it.each([
    ['HEAD', 200, ['Content-Length', '99'], '', 'Content-Length: 99'],
    ['HEAD', 200, [], '', undefined],
    ['GET', 304, ['content-length', '99'], '', 'Content-Length: 99'],
    ['GET', 200, ['Content-Length', '99'], 'body', 'Content-Length: 4'],
    ['GET', 200, ['Transfer-Encoding', 'chunked'], 'body', 'Content-Length: 4'],
    ['HEAD', 200, ['Content-Length', 'many'], '', undefined],
  ])('to %s with %d and %j says %s', async (method, status, flat, body, want) => {
    const text = await answerTo(request(`${method} /`), answer(status, flat, body));
    expect(text.match(/^(?:Content-Length|Transfer-Encoding).*$/gim)?.join()).toBe(want);
  });

  it('keeps the order of its fields and those that repeat, but not what belongs to the connection', async () => {
    const flat = [
      'X-B',
      '1',
      'Set-Cookie',
      'a=1',
      'X-A',
      '2',
      'set-cookie',
      'b=2',
      'Connection',
      'keep-alive',
      'Trailer',
      'x',
    ];
    const text = await answerTo(
      request('GET /'),
      answer(200, [...flat, 'Keep-Alive', 'x', 'Proxy-Connection', 'x']),
    );
    const lines = text.split('\r\n').slice(1, -2);
    expect(lines.filter((line) => !line.startsWith('Date'))).toEqual([
      'X-B: 1',
      'Set-Cookie: a=1',
      'X-A: 2',
      'set-cookie: b=2',
      'Content-Length: 4',
      'Connection: close',
    ]);
  });

  it('with fields that cannot be sent is made sendable', async () => {
    const flat = ['X-Break', 'a\r\nEvil: 1', 'bad name', 'x', '', 'x', 'X-Wide', '日本', 'X-Good', 'é'];
    const text = await answerTo(request('GET /'), { ...answer(200, flat), reason: 'Très\r\nbien' });
    expect(statusOf(text)).toBe(200);
    expect(text).toContain('X-Break: a  Evil: 1\r\n');
    expect(text).not.toMatch(/^(?:Evil|bad name|)[:]/m);
    expect(Buffer.from(text, 'latin1').toString('utf8')).toContain('X-Wide: 日本\r\n');
    expect(text).toContain('X-Good: é\r\n');
  });

  it('keeps its reason phrase', async () => {
    expect(await answerTo(request('GET /'), { ...answer(200), reason: 'Fine' })).toMatch(
      /^HTTP\/1\.1 200 Fine\r\n/,
    );
  });

  it.each([0, 99, 100, 101, 199, 1000, 200.5, Number.NaN])(
    'with the status %d, which is none, is a 500 that names it',
    async (status) => {
      const text = await answerTo(request('GET /'), answer(status));
      expect([statusOf(text), bodyOf(text).detail]).toEqual([500, expect.stringContaining(`"${status}"`)]);
    },
  );

  it('may be large', async () => {
    const body = 'x'.repeat(5_000_000);
    const text = await answerTo(request('GET /'), answer(200, [], body));
    expect(text.endsWith(body)).toBe(true);
  });

  it('may be empty', async () => {
    const text = await answerTo(request('GET /'), { status: 200, headers: new HeaderList(), body: noBody });
    expect(text).toContain('Content-Length: 0\r\n');
  });
});

describe('a target that fails', () => {
  const secret = new Error('secret of the house');
  it.each([
    ['rejects', () => Promise.reject(secret)],
    [
      'throws',
      () => {
        throw secret;
      },
    ],
    ['answers with nothing', async () => undefined],
    ['is no promise', () => undefined],
  ])('because it %s: 500, without the reason, which is reported', async (_name, target) => {
    const errors: unknown[] = [];
    const options = { target: target as never, onError: (error: unknown) => errors.push(error) };
    await withServer(options, async ({ port }) => {
      const text = await talk(port, request('GET /'));
      expect(statusOf(text)).toBe(500);
      expect(text).toContain('application/problem+json');
      expect(text).not.toContain('secret');
      expect(errors).toHaveLength(1);
    });
  });

  it('and a log that fails too change nothing for the client', async () => {
    const broken = (): never => {
      throw new Error('disk full');
    };
    const target = () => Promise.reject(secret);
    await withServer({ target, onError: broken, onExchange: broken }, async ({ port }) => {
      expect(statusOf(await talk(port, request('GET /')))).toBe(500);
    });
  });
});
