import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endAll, folderWith, runToEnd, start } from './command.ts';
import { constantApi, shop } from './documents.ts';

const run = promisify(execFile);
const token = { authorization: 'Bearer x' };
let folder: ReturnType<typeof folderWith>;
let cwd: string;

beforeAll(() => {
  folder = folderWith({
    'shop.yaml': shop,
    'broken.yaml': 'openapi: 3.1.0\ninfo: { title: x\npaths: {}\n',
    'empty.yaml': "openapi: 3.1.0\ninfo: { title: x, version: '1' }\npaths: {}\n",
    'faulty.yaml': `${constantApi('1')}  /other:\n    get:\n      operationId: other\n      parameters:\n        - { $ref: '#/components/parameters/Gone' }\n      responses: { '200': { description: Fine. } }\n`,
  });
  cwd = folder.path;
});

afterEach(endAll);
afterAll(() => folder.remove());

describe('what apidouble mock prints', () => {
  it('lists every operation, the seed, and last the ready line, plain without a terminal', async () => {
    const command = start(['mock', 'shop.yaml', '--port', '0', '--seed', '7'], { cwd });
    const url = await command.ready();
    expect(command.written.out.trimEnd().split('\n')).toEqual([
      'Shop 1.0',
      expect.stringMatching(/^curl 'http:\/\/127\.0\.0\.1:\d+\/api\/v1\/items\/\?page=\d+'$/),
      expect.stringMatching(/^curl -X POST .*Authorization: Bearer.*--data-raw/),
      expect.stringMatching(/^curl http:.*Authorization: Bearer/),
      expect.stringMatching(/^curl -X DELETE/),
      'seed 7',
      `Apidouble is listening on ${url}`,
    ]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('prints commands that work as they are', async (context) => {
    if (spawnSync('curl', ['--version']).error !== undefined) return context.skip('there is no curl');
    const command = start(['mock', 'shop.yaml', '--port', '0', '--credential', 'token=secret'], { cwd });
    await command.ready();
    const lines = command.written.out.split('\n').filter((line) => line.startsWith('curl '));
    expect(lines).toHaveLength(4);
    for (const line of lines) {
      const { stdout } = await run('sh', ['-c', `${line} -s -o /dev/null -w '%{http_code}'`]);
      expect(stdout, line).toMatch(/^2\d\d$/);
    }
  });

  it('prints how to get a drawn seed again', async () => {
    const command = start(['mock', 'shop.yaml', '-p', '0', '--list', 'none'], { cwd });
    await command.ready();
    expect(command.written.out).toMatch(/^seed (\S+) \(repeat with --seed \1\)$/m);
    expect(command.written.out).not.toContain('curl');
  });

  it('names the faults of the document with file, line and column, and serves the rest', async () => {
    const command = start(['mock', 'faulty.yaml', '-p', '0'], { cwd });
    const url = await command.ready();
    expect(command.written.out).toMatch(/^faulty\.yaml:16:\d+ error \S+: .*Gone/m);
    expect(await (await fetch(`${url}/value`)).json()).toBe(1);
  });
});

describe('answers', () => {
  it('are the same bytes in two processes with one seed, and others with another', async () => {
    const bodies: string[] = [];
    for (const seed of ['7', '7', '8']) {
      const command = start(['mock', 'shop.yaml', '-p', '0', '-d', '--seed', seed], { cwd });
      const response = await fetch(`${await command.ready()}/api/v1/items/?page=1`);
      expect(response.status).toBe(200);
      bodies.push(await response.text());
      await command.stop();
    }
    expect(bodies[1]).toBe(bodies[0]);
    expect(bodies[2]).not.toBe(bodies[0]);
  });

  it('refuse what breaks the document, unless told not to', async () => {
    const statuses: number[] = [];
    for (const flags of [[], ['--no-validate-request']]) {
      const command = start(['mock', 'shop.yaml', '-p', '0', ...flags], { cwd });
      const response = await fetch(`${await command.ready()}/api/v1/items/?page=none`);
      statuses.push(response.status);
    }
    expect(statuses).toEqual([422, 200]);
  });

  it('accept the credential that was given, and no other', async () => {
    const command = start(['mock', 'shop.yaml', '-p', '0', '--credential', 'token=good'], { cwd });
    const url = `${await command.ready()}/api/v1/items/3fa85f64-5717-4562-b3fc-2c963f66afa6/`;
    expect((await fetch(url, { headers: { authorization: 'Bearer good' } })).status).toBe(200);
    expect((await fetch(url, { headers: { authorization: 'Bearer bad' } })).status).toBe(401);
  });

  it('have no CORS headers when told so', async () => {
    for (const [flags, want] of [
      [[], 'http://app.test'],
      [['--no-cors'], null],
    ] as const) {
      const command = start(['mock', 'shop.yaml', '-p', '0', ...flags], { cwd });
      const headers = { origin: 'http://app.test' };
      const response = await fetch(`${await command.ready()}/api/v1/items/?page=1`, { headers });
      expect(response.headers.get('access-control-allow-origin')).toBe(want);
    }
  });
});

describe('where documents come from', () => {
  it('reads standard input', async () => {
    const command = start(['mock', '-', '-p', '0'], { input: constantApi('"from stdin"') });
    expect(await (await fetch(`${await command.ready()}/value`)).json()).toBe('from stdin');
  });

  it('reads a URL', async () => {
    const server = createServer((_, response) => response.end(constantApi('"from afar"')));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const command = start(['mock', `http://127.0.0.1:${port}/api.yaml`, '-p', '0']);
    expect(await (await fetch(`${await command.ready()}/value`)).json()).toBe('from afar');
    server.close();
  });
});

describe('logs', () => {
  it('are JSON lines on standard error without a terminal', async () => {
    const command = start(['mock', 'shop.yaml', '-p', '0'], { cwd });
    const url = await command.ready();
    await fetch(`${url}/api/v1/items/?page=1`);
    await fetch(`${url}/api/v1/items/?page=x`);
    const { error } = await command.stop();
    const lines = error.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'info', method: 'GET', target: '/api/v1/items/?page=1', status: 200, operation: 'items_list' },
      { level: 'warn', status: 422, findings: [{ place: { part: 'query', name: 'page' } }] },
    ]);
  });

  it('are pretty when asked, one line per request', async () => {
    const command = start(['mock', 'shop.yaml', '-p', '0', '--log-format', 'pretty'], { cwd });
    await fetch(`${await command.ready()}/api/v1/items/?page=1`);
    const { error } = await command.stop();
    expect(error).toMatch(/^\d\d:\d\d:\d\d info {2}GET \/api\/v1\/items\/\?page=1 200 items_list.*\n$/);
  });

  it('are silent when asked, by the spelling of Prism too', async () => {
    const command = start(['mock', 'shop.yaml', '-p', '0', '--verboseLevel', 'silent'], { cwd });
    await fetch(`${await command.ready()}/nowhere`);
    expect((await command.stop()).error).toBe('');
  });
});

describe('what ends with exit code 2 and one sentence', () => {
  const table: [args: string[], want: RegExp][] = [
    [['mock', 'broken.yaml'], /broken\.yaml:\d+:\d+/],
    [['mock', 'missing.yaml'], /missing\.yaml/],
    [['mock', 'empty.yaml'], /empty\.yaml.*no operation/],
    [['mock', 'shop.yaml', '--prot', '1'], /"--prot".*Did you mean --port\?/],
    [['mock', 'shop.yaml', '-p', '0', '--credential', 'tokn=x'], /--credential "tokn".*Use one of token/],
    [['mock', 'shop.yaml', '-p', '0', '--locale', 'klingon'], /locale "klingon".*de, /],
    [['mock', 'shop.yaml', '-p', '0', '--tls-cert', 'cert.pem'], /--tls-cert and --tls-key/],
    [['mock', 'shop.yaml', '-p', '0', '--tls-cert', 'a.pem', '--tls-key', 'b.pem'], /--tls-cert "a\.pem"/],
  ];
  for (const [args, want] of table) {
    it(args.join(' '), async () => {
      const { code, out, error } = await runToEnd(args, { cwd });
      expect(error).toMatch(want);
      expect(error).not.toMatch(/^\s+at /m);
      expect(error.trimEnd().split('\n')).toHaveLength(1);
      expect(out).toBe('');
      expect(code).toBe(2);
    });
  }

  it('a port in use', async () => {
    const first = start(['mock', 'shop.yaml', '-p', '0'], { cwd });
    const { port } = new URL(await first.ready());
    const { code, error } = await runToEnd(['mock', 'shop.yaml', '-p', port], { cwd });
    expect(error).toContain(port);
    expect(error).toMatch(/--port/);
    expect(code).toBe(2);
  });
});

describe('several processes', () => {
  it('share port, seed and dates, and end together', async () => {
    const command = start(['mock', 'shop.yaml', '-p', '0', '-m', '-d'], { cwd });
    const url = await command.ready();
    const bodies = new Set<string>();
    for (let count = 0; count < 6; count += 1) {
      const response = await fetch(`${url}/api/v1/items/?page=1`, {
        headers: { ...token, connection: 'close' },
      });
      bodies.add(await response.text());
    }
    expect(bodies.size).toBe(1);
    expect(command.written.out.match(/Apidouble is listening on/g)).toHaveLength(1);
    expect(await command.stop()).toMatchObject({ code: 0, signal: null });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('read standard input once for all, and say once why they cannot start', async () => {
    const command = start(['mock', '-', '-p', '0', '-m'], { input: constantApi('5') });
    expect(await (await fetch(`${await command.ready()}/value`)).json()).toBe(5);
    await command.stop('SIGINT');
    const { code, error } = await runToEnd(['mock', 'missing.yaml', '-p', '0', '-m'], { cwd });
    expect(error.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });
});
