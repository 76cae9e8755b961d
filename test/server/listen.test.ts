import { get as httpsGet, type RequestOptions } from 'node:https';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonResponse } from '../../src/http/problem.ts';
import { listen } from '../../src/server/index.ts';
import type { ExchangeRecord } from '../../src/server/options.ts';
import { hasOpenssl, makeCertificate } from './certificate.ts';
import { echo, open, request, sleep, statusOf, talk, withServer } from './raw.ts';

describe('listen', () => {
  it('tells where it listens', async () => {
    await withServer({}, async ({ url, port }) => {
      expect(url).toBe(`http://127.0.0.1:${port}`);
      expect((await fetch(`${url}/x`)).status).toBe(200);
    });
  });

  it('names the port that is taken, and what to do', async () => {
    await withServer({}, async ({ port }) => {
      const second = listen(echo, { port });
      await expect(second).rejects.toMatchObject({
        code: 'ERR_PORT_IN_USE',
        message: expect.stringMatching(new RegExp(`"${port}".*--port 0`)),
      });
    });
  });

  it.each([
    [{ host: 'no.such.host.invalid' }, 'ERR_LISTEN', '"no.such.host.invalid"'],
    [{ host: '203.0.113.1' }, 'ERR_LISTEN', '"203.0.113.1"'],
    [{ port: 70_000 }, 'ERR_OPTION', '"70000"'],
    [{ port: -1 }, 'ERR_OPTION', '"-1"'],
    [{ port: 1.5 }, 'ERR_OPTION', '"1.5"'],
    [{ tls: { cert: 'no', key: 'no' } }, 'ERR_OPTION', 'certificate'],
  ])('refuses %j with %s', async (options, code, text) => {
    await expect(listen(echo, options)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text),
    });
  });

  it('takes up another target on the connection that is open', async () => {
    await withServer({ target: async () => jsonResponse(200, 'old') }, async (server) => {
      const socket = await open(server.port);
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        text += chunk;
      });
      const ask = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
      socket.write(ask);
      await sleep(30);
      server.setTarget(async () => jsonResponse(200, 'new'));
      socket.write(ask);
      await sleep(30);
      expect(text.match(/"old"|"new"/g)).toEqual(['"old"', '"new"']);
      socket.destroy();
    });
  });

  it('turns away connections beyond the limit', async () => {
    await withServer({ limits: { maxConnections: 1 } }, async ({ port }) => {
      const socket = await open(port);
      expect(await talk(port, request('GET /'))).toBe('');
      socket.destroy();
      await sleep(30);
    });
  });
});

describe('records', () => {
  async function recordsOf(text: string, end = false): Promise<ExchangeRecord[]> {
    const records: ExchangeRecord[] = [];
    let time = 0;
    const clock = { now: () => (time += 5) };
    const server = await listen(echo, {
      onExchange: (one) => records.push(one),
      clock,
      limits: { lingerMs: 50 },
    });
    await talk(server.port, text, { end });
    await server.close();
    return records;
  }

  it('tell of each request', async () => {
    const records = await recordsOf(request('HEAD /a?b', []));
    expect(records).toEqual([
      {
        method: 'HEAD',
        target: '/a?b',
        status: 200,
        milliseconds: 5,
        bytes: 0,
        remoteAddress: '127.0.0.1',
        aborted: false,
      },
    ]);
  });

  it('tell of refusals, and of what was no HTTP', async () => {
    const unreadable = await recordsOf('NONSENSE\r\n\r\n');
    expect(unreadable).toMatchObject([{ method: '', target: '', status: 400 }]);
    const refused = await recordsOf(request('POST /', ['Content-Length: 99999999999']));
    expect(refused).toMatchObject([{ method: 'POST', target: '/', status: 413, aborted: false }]);
  });

  it('count the bytes of the body', async () => {
    const [record] = await recordsOf(request('GET /'));
    expect(record?.bytes).toBeGreaterThan(50);
  });
});

describe('close', () => {
  it('finishes what is under way, and says so on the connection', async () => {
    const target = async () => {
      await sleep(150);
      return jsonResponse(200, 'done');
    };
    const server = await listen(target);
    const answer = talk(server.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await sleep(50);
    const closed = server.close();
    const text = await answer;
    await closed;
    expect(text).toContain('"done"');
    expect(text).toContain('Connection: close');
    expect(await talk(server.port, request('GET /'))).toBe('');
  });

  it('does not wait for connections that idle or say nothing', async () => {
    const server = await listen(echo);
    const silent = await open(server.port);
    const idle = await open(server.port);
    const half = await open(server.port);
    idle.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    half.write('GET / HTT');
    await new Promise((resolve) => idle.once('data', resolve));
    const over = Promise.all(
      [silent, idle, half].map((one) => new Promise((resolve) => one.resume().once('close', resolve))),
    );
    await server.close({ timeoutMs: 60_000 });
    await over;
  });

  it('cuts off what takes too long, and may be called twice', async () => {
    const server = await listen(() => new Promise(() => {}));
    const answer = talk(server.port, request('GET /'));
    await sleep(30);
    const first = server.close({ timeoutMs: 50 });
    expect(server.close()).toBe(first);
    await first;
    expect(await answer).toBe('');
  });
});

describe.skipIf(!hasOpenssl)('TLS (skipped where there is no openssl to make a certificate)', () => {
  const tls = { cert: '', key: '' };

  beforeAll(() => Object.assign(tls, makeCertificate()));

  function get(url: string, options: RequestOptions = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = httpsGet(url, { ca: tls.cert, agent: false, ...options }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve(text));
      });
      asked.on('error', reject);
    });
  }

  it('serves, and says https in the origin', async () => {
    await withServer({ tls }, async ({ url, port }) => {
      expect(url).toBe(`https://127.0.0.1:${port}`);
      expect(JSON.parse(await get(`${url}/x`))).toMatchObject({ target: '/x', origin: url });
    });
  });

  it('survives those who speak plain HTTP, or hang up in the greeting', async () => {
    await withServer({ tls }, async ({ url, port }) => {
      expect(statusOf(await talk(port, request('GET /'), { milliseconds: 500 }))).not.toBe(200);
      (await open(port)).destroy();
      expect(await get(url)).toContain('"target":"/"');
    });
  });

  it('closes though somebody never greets', async () => {
    const server = await listen(echo, { tls });
    const silent = await open(server.port);
    const over = new Promise((resolve) => silent.once('close', resolve));
    await server.close({ timeoutMs: 60_000 });
    await over;
  });

  it.each([
    ['trusted', true, true, true],
    ['of any kind, where no authority is named', true, false, true],
    ['absent', false, true, false],
  ])('tells a certificate of the client: %s', async (_name, sends, named, want) => {
    let proved: boolean | undefined;
    const target = async (one: { readonly clientCertificate?: boolean }) => {
      proved = one.clientCertificate;
      return jsonResponse(200, '');
    };
    const options = { ...tls, requestCert: true, ...(named ? { ca: tls.cert } : {}) };
    await withServer({ target, tls: options }, async ({ url }) => {
      await get(url, sends ? { cert: tls.cert, key: tls.key } : {});
      expect(proved).toBe(want);
    });
  });

  it('does not speak of certificates where none was asked for', async () => {
    const target = async (one: object) => jsonResponse(200, 'clientCertificate' in one);
    await withServer({ target, tls }, async ({ url }) => {
      expect(await get(url)).toBe('false');
    });
  });
});
