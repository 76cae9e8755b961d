import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, request as forward, type Server as NodeServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listen, type Server } from '../../src/server/index.ts';
import { notesDocument, notesServer } from '../contract/notes.ts';
import { folderWith } from '../flows/command.ts';
import { command } from './command.ts';

const folder = folderWith({ 'notes.json': JSON.stringify(notesDocument()) });
const file = (name: string): string => join(folder.path, name);
const servers: (Server | { close(): unknown })[] = [];
let hasCertificates = false;

/** An authority, a server's certificate for 127.0.0.1, and a client's, each signed by the authority; `false` where there is no openssl. */
function makeCertificates(): boolean {
  const openssl = (words: string): boolean =>
    spawnSync('openssl', words.split(' '), { cwd: folder.path }).status === 0;
  const key = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  const signed = (name: string, more: string): boolean =>
    openssl(`req ${key} -keyout ${name}.key -out ${name}.csr -subj /CN=${name} ${more}`) &&
    openssl(
      `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 1 -copy_extensions copy -out ${name}.pem`,
    );
  return (
    openssl(`req -x509 ${key} -days 1 -keyout ca.key -out ca.pem -subj /CN=authority`) &&
    signed('server', '-addext subjectAltName=IP:127.0.0.1') &&
    signed('client', '-addext keyUsage=digitalSignature')
  );
}

beforeAll(() => {
  hasCertificates = makeCertificates();
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

afterAll(() => folder.remove());

async function serveTls(asksForClient: boolean): Promise<string> {
  const [cert, key, ca] = [file('server.pem'), file('server.key'), file('ca.pem')].map((name) =>
    readFileSync(name),
  );
  if (cert === undefined || key === undefined || ca === undefined) throw new Error('no certificates');
  const tls = { cert, key, ...(asksForClient ? { ca, requestCert: true } : {}) };
  const notes = notesServer();
  const server = await listen(
    async (request) => {
      const isKnown = !asksForClient || request.clientCertificate === true;
      return isKnown
        ? notes.target(request)
        : { ...(await notes.target({ ...request, method: 'GET', target: '/none' })), status: 401 };
    },
    { cors: false, tls },
  );
  servers.push(server);
  return server.url;
}

const verify = (url: string, ...flags: string[]) =>
  command(
    'verify',
    file('notes.json'),
    '--no-config',
    '--target',
    url,
    '--auth',
    'token=right',
    '--include',
    'listNotes',
    '--no-engine-opinion',
    ...flags,
  );

describe('a server with a certificate of its own', () => {
  it.each<[string, string[], boolean, number, RegExp]>([
    [
      'is not trusted',
      [],
      false,
      2,
      /Cannot run against target "https:.*(?:certificate|issuer).*Name its authority/,
    ],
    ['is trusted by its authority', ['--ca', 'ca.pem'], false, 0, /^$/],
    ['is trusted without a look', ['--insecure'], false, 0, /^$/],
    [
      'knows who comes with a certificate',
      ['--ca', 'ca.pem', '--cert', 'client.pem', '--key', 'client.key'],
      true,
      0,
      /^$/,
    ],
    ['does not know who comes without one', ['--ca', 'ca.pem'], true, 3, /Inconclusive/],
  ])('%s', async (_, flags, asksForClient, want, words) => {
    if (!hasCertificates)
      return expect(spawnSync('openssl', ['version']).status, 'there is no openssl').not.toBe(0);
    const url = await serveTls(asksForClient);
    const { code, error } = await verify(
      url,
      ...flags.map((word) => (word.includes('.') ? file(word) : word)),
    );
    expect(error.trim()).toMatch(words);
    expect(code).toBe(want);
  });
});

/** A proxy that knows where `api.test` is. */
async function serveProxy(target: string, seen: string[]): Promise<string> {
  const { port } = new URL(target);
  const server: NodeServer = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const { pathname, search } = new URL(request.url ?? '/', target);
    const sent = forward(
      { port, host: '127.0.0.1', path: pathname + search, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    request.pipe(sent);
  });
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    const there = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      there.pipe(socket).pipe(there);
    });
    there.on('error', () => socket.destroy());
    socket.on('error', () => there.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a proxy of the environment', () => {
  const names = [
    'http_proxy',
    'https_proxy',
    'HTTPS_PROXY',
    'no_proxy',
    'NO_PROXY',
    'all_proxy',
    'ALL_PROXY',
  ];
  const before = new Map(names.map((name) => [name, process.env[name]]));

  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  async function through(
    variables: Record<string, string>,
    url: string,
  ): Promise<{ code: number; seen: string[]; error: string }> {
    for (const name of names) delete process.env[name];
    const server = await listen(notesServer().target, { cors: false });
    servers.push(server);
    const seen: string[] = [];
    const proxy = await serveProxy(server.url, seen);
    const given = Object.entries(variables).map(([name, value]) => [name, value.replace('PROXY', proxy)]);
    Object.assign(process.env, Object.fromEntries(given));
    const { code, error } = await verify(url === '' ? server.url : url);
    return { code, seen, error };
  }

  it('is gone through, for the host that was named', async () => {
    const { code, seen, error } = await through({ http_proxy: 'PROXY' }, 'http://api.test:8123');
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((one) => one.includes('api.test:8123'))).toBe(true);
  });

  it('is not gone through to loopback', async () => {
    const { code, seen } = await through({ http_proxy: 'PROXY', HTTPS_PROXY: 'PROXY' }, '');
    expect({ code, seen }).toEqual({ code: 0, seen: [] });
  });

  it('is not gone through to a host that NO_PROXY names', async () => {
    const there = await listen(notesServer().target, { cors: false, host: '127.0.0.2' });
    servers.push(there);
    const proxied = await through({ http_proxy: 'PROXY' }, there.url);
    const direct = await through({ http_proxy: 'PROXY', NO_PROXY: 'other.test,127.0.0.2' }, there.url);
    expect(proxied.seen.length).toBeGreaterThan(0);
    expect(direct).toEqual({ code: 0, seen: [], error: '' });
  });
});
