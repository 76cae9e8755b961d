import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ContractOptions, type Report, runContract } from '../../../src/contract/index.ts';
import { misbehaviours, type Verdict } from './misbehaviours.ts';
import { answer, type Certificate, json, type Misbehave, type RawServer, serveRaw } from './raw-server.ts';

const schema = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, count: { type: 'number', maximum: 1e300 } },
};

const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  security: [{ key: [] }],
  paths: {
    '/thing': {
      get: {
        operationId: 'getThing',
        responses: { 200: { description: '.', content: { 'application/json': { schema } } } },
      },
    },
  },
};

const open: RawServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(serve: Misbehave, tls?: Certificate): Promise<RawServer> {
  const server = await serveRaw(serve, tls);
  open.push(server);
  return server;
}

const secret = 'key-that-is-nobody-elses';

function verify(target: string, more: Partial<ContractOptions> = {}): Promise<Report> {
  return runContract({
    document,
    target,
    seed: 1,
    timeout: 250,
    auth: { key: secret },
    exclude: ['negotiation.*', 'credentials.*'],
    ...more,
  });
}

function verdictOf({ findings, obligations }: Report): Verdict {
  if (findings.length > 0) return { finding: [...new Set(findings.map(({ check }) => check))] };
  return obligations.inconclusive > 0 ? 'inconclusive' : 'clean';
}

describe('a server that misbehaves on the wire', () => {
  it.each(misbehaviours)('$name', async ({ serve, verdict }) => {
    const server = await start(serve);
    const report = await verify(server.origin);
    const seen = verdictOf(report);
    if (typeof verdict === 'string' || typeof seen === 'string') expect(seen).toEqual(verdict);
    else for (const check of seen.finding) expect(verdict.finding).toContain(check);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('is not asked again and again where it never answers', async () => {
    const server = await start(() => undefined);
    const paths = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`/things/${index}`, document.paths['/thing']]),
    );
    const many = { ...document, paths };
    const { requests, notes } = await verify(server.origin, { document: many, exclude: [], timeout: 50 });
    expect(requests).toBeLessThan(10);
    expect(notes.join()).toContain('3 requests in a row without an answer');
  });

  it('is given up where it falls silent, and what was seen until then counts', async () => {
    let answers = 0;
    const server = await start((socket) => {
      answers += 1;
      if (answers <= 2) socket.write(json('{"name":1}'));
    });
    const parameters = Array.from({ length: 20 }, (_, index) => ({
      name: `p${index}`,
      in: 'query',
      schema: { type: 'integer', minimum: 1, maximum: 5 },
    }));
    const get = { ...document.paths['/thing'].get, parameters };
    const wide = { ...document, paths: { '/thing': { get } } };
    const { requests, notes, findings } = await verify(server.origin, { document: wide, timeout: 50 });
    expect(requests).toBeLessThan(25);
    expect(notes.join()).toContain('12 requests in a row without an answer');
    expect(findings.map(({ check }) => check)).toEqual(['exchange.body']);
  });

  it('does not make a run hold more than it may', async () => {
    const flood = misbehaviours.find(({ name }) => name === 'a body without end');
    const server = await start(flood?.serve ?? (() => undefined));
    const before = process.memoryUsage().rss;
    await verify(server.origin, { timeout: 2000, http: { bodyLimit: 4_000_000 } });
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  it('by sending others elsewhere does not get there, nor what is secret', async () => {
    const elsewhere = await start((socket) => socket.write(json('{"name":"stolen"}')));
    const server = await start((socket) =>
      socket.write(answer('302 Found', [`Location: ${elsewhere.origin}/thing`], '')),
    );
    const report = await verify(server.origin);
    expect(elsewhere.heard).toEqual([]);
    expect(server.heard.some((head) => head.includes(secret))).toBe(true);
    expect(verdictOf(report)).toEqual({ finding: ['exchange.status'] });
    expect(JSON.stringify(report)).not.toContain(secret);
  });

  it('does not lead a redirect in circles for ever', async () => {
    const server = await start((socket, { target }) =>
      socket.write(answer('307 Temporary Redirect', [`Location: ${target}x`], '')),
    );
    await verify(server.origin);
    expect(Math.max(...server.heard.map((head) => head.indexOf(' HTTP/')))).toBeLessThan(
      'GET /thingxxxx'.length,
    );
  });
});

describe('a server that cannot be reached', () => {
  it('is told of at once where nothing listens', async () => {
    const server = await serveRaw(() => undefined);
    await server.close();
    await expect(verify(server.origin)).rejects.toMatchObject({
      code: 'ERR_TARGET',
      message: expect.stringContaining('nothing listens there') as string,
    });
  });

  it('is told of where it speaks no TLS', async () => {
    const server = createServer((_, response) => response.end('plain'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await expect(verify(`https://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'ERR_TARGET',
      message: expect.stringMatching(/ssl|tls/i) as string,
    });
    await new Promise((done) => server.close(done));
  });

  it.each([
    { name: 'its certificate is its own', address: 'IP:127.0.0.1', says: /self[- ]signed/ },
    {
      name: 'its certificate is for another host',
      address: 'DNS:other.test',
      trusted: true,
      says: /altname/i,
    },
    {
      name: 'its certificate has expired',
      address: 'IP:127.0.0.1',
      days: -1,
      trusted: true,
      says: /expired/,
    },
  ])('is told of where $name', async ({ address, says, days = 1, trusted = false }) => {
    const made = makeCertificate(address, days);
    const server = await start((socket) => socket.write(json('{"name":"a"}')), made);
    const failure = verify(server.origin, trusted ? { http: { ca: made.cert } } : {});
    await expect(failure).rejects.toMatchObject({
      code: 'ERR_TARGET',
      message: expect.stringMatching(says) as string,
    });
    expect(server.heard).toEqual([]);
    expect(verdictOf(await verify(server.origin, { http: { insecure: true } }))).toBe('clean');
  });
});

/** Makes a certificate that signs itself, by openssl. Throws where there is none. */
function makeCertificate(address: string, days: number): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'apidouble-'));
  try {
    const openssl = (command: string): void => {
      execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'ignore' });
    };
    writeFileSync(join(folder, 'extensions'), `subjectAltName=${address}`);
    openssl(
      'req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out request -subj /CN=test',
    );
    openssl(`x509 -req -in request -signkey key.pem -days ${days} -extfile extensions -out cert.pem`);
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return { key: read('key.pem'), cert: read('cert.pem') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
