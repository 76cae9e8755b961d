import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/contract/report/report-schema.ts';
import { endAll, folderWith, runToEnd, start } from './command.ts';

const events = resolve(import.meta.dirname, '../../openapi.yaml');

const notes = `openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes:
    get:
      operationId: notes_list
      parameters:
        - { name: size, in: query, schema: { type: integer, minimum: 1, maximum: 5 } }
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema:
                type: array
                items: { type: object, required: [text], properties: { text: { type: string } } }
        '400': { description: No. }
        '401': { description: Who? }
      security: [{ key: [] }]
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
`;

const servers: Server[] = [];
let folder: ReturnType<typeof folderWith>;

beforeEach(() => {
  folder = folderWith({ 'notes.yaml': notes });
});

afterEach(() => {
  endAll();
  folder.remove();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function refuse(response: ServerResponse): void {
  response.writeHead(401, { 'WWW-Authenticate': 'ApiKey realm="notes"' }).end();
}

/** Keeps the document but for what it is told to break. */
function notesServer(body: () => unknown): RequestListener {
  return (request, response) => {
    const size = new URL(request.url ?? '/', 'http://x').searchParams.get('size');
    const isGood = size === null || /^[1-5]$/.test(size);
    if (request.headers['x-key'] !== 'right-key') return refuse(response);
    if (request.method !== 'GET') return response.writeHead(405, { Allow: 'GET' }).end();
    if (!isGood) return response.writeHead(400).end();
    return response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body()));
  };
}

const faulty = notesServer(() => [{ text: 7 }]);
const bodyId = 'notes_list/exchange/body#200.items.text.type';
const key = ['--auth', 'key=right-key'];

function verify(url: string, ...more: string[]) {
  return runToEnd(['verify', 'notes.yaml', '--target', url, '--seed', '1', ...more], { cwd: folder.path });
}

describe('apidouble verify', () => {
  it('finds nothing in the mock of its own document', { timeout: 60_000 }, async () => {
    const mock = start(['mock', events, '--port', '0', '--seed', '7', '--credential', 'authentik=right']);
    const { origin } = new URL(await mock.ready());
    const flags = ['--target', origin, '--writes', '--seed', '7', '--auth', 'authentik=right'];
    const { code, out } = await runToEnd([
      'verify',
      events,
      ...flags,
      '--without',
      'lifecycle,paging,filters,concurrency',
    ]);
    expect(out).toMatch(/^No finding/m);
    expect([0, 3]).toContain(code);
  });

  it('tells what a server breaks, where the document says it, and how to see it', async () => {
    const url = await serve(faulty);
    const flags = ['--reporter', 'pretty', '--reporter', 'json=report.json'];
    const { code, out } = await verify(url, ...key, ...flags);
    expect(code).toBe(1);
    expect(out).toMatch(/notes\.yaml:\d+:\d+/);
    expect(out).toContain(`curl -i -X GET --path-as-is ${url}/notes`);
    expect(out).toContain(bodyId);
    expect(out).toContain('confirmed by a second engine');
    expect(out).not.toContain('right-key');
    const text = readFileSync(join(folder.path, 'report.json'), 'utf8');
    expect(text).not.toContain('right-key');
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(reportSchema);
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('ends with 0 where every promise is kept', async () => {
    const { code, out } = await verify(await serve(notesServer(() => [{ text: 'a' }])), ...key);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('No finding') });
  });

  it('takes credentials from the environment and from a command', async () => {
    const url = await serve(notesServer(() => [{ text: 'a' }]));
    const args = ['verify', 'notes.yaml', '--target', url];
    const env = { APIDOUBLE_AUTH_KEY: 'right-key' };
    expect((await runToEnd(args, { cwd: folder.path, env })).code).toBe(0);
    const command = ['--token-command', 'echo right-key'];
    expect((await runToEnd([...args, ...command], { cwd: folder.path })).code).toBe(0);
    expect((await verify(url)).code).toBe(3);
  });

  it('says at once where nothing listens', async () => {
    const { code, error } = await verify('http://127.0.0.1:1');
    expect(code).toBe(2);
    expect(error).toContain('nothing listens there');
  });

  it('plans the same each time, and sends nothing', async () => {
    const [one, two] = await Promise.all([
      runToEnd(['verify', events, '--plan']),
      runToEnd(['verify', events, '--plan', '--target', 'http://127.0.0.1:1']),
    ]);
    expect(one.code).toBe(0);
    expect(one.out).toContain('events_events_list/query.page_size');
    expect(two.out).toBe(one.out);
  });

  it('bears with what the baseline names, until its day', async () => {
    const url = await serve(faulty);
    const entry = (expires: string) => `- { id: '${bodyId}', reason: known, expires: ${expires} }\n`;
    const { path, remove } = folderWith({ old: entry('2020-01-31'), good: entry('2999-12-31') });
    const borne = await verify(url, ...key, '--baseline', join(path, 'good'));
    const expired = await verify(url, ...key, '--baseline', join(path, 'old'));
    const fixed = await serve(notesServer(() => [{ text: 'a' }]));
    const vanished = await verify(fixed, ...key, '--baseline', join(path, 'old'));
    remove();
    expect({ code: borne.code, out: borne.out }).toMatchObject({ code: 0 });
    expect(expired.code).toBe(1);
    expect(expired.out).toContain('expired on 2020-01-31');
    expect(vanished).toMatchObject({ code: 0, out: expect.stringContaining('Vanished') });
  });

  it('tells what is known when it is interrupted', async () => {
    const good = notesServer(() => [{ text: 'a' }]);
    const url = await serve((request, response) => {
      setTimeout(() => good(request, response), 150);
    });
    const flags = ['--target', url, ...key, '--concurrency', '1', '--reporter', 'json=report.json'];
    const running = start(['verify', 'notes.yaml', ...flags], { cwd: folder.path });
    await new Promise((done) => servers[0]?.once('request', done));
    const { code, signal } = await running.stop('SIGINT');
    expect({ code, signal }).toEqual({ code: 3, signal: null });
    const report: { obligations: { inconclusive: number } } = JSON.parse(
      readFileSync(join(folder.path, 'report.json'), 'utf8'),
    );
    expect(report.obligations.inconclusive).toBeGreaterThan(0);
  });
});

describe('apidouble recheck', () => {
  it('tells of each finding whether it still holds', async () => {
    let isBroken = true;
    const url = await serve(notesServer(() => [{ text: isBroken ? 7 : 'a' }]));
    await verify(url, ...key, '--reporter', 'json=report.json');
    const recheck = (...more: string[]) =>
      runToEnd(['recheck', 'report.json', ...more], { cwd: folder.path });
    const holds = await recheck(bodyId, ...key);
    isBroken = false;
    const gone = await recheck(bodyId, ...key);
    expect(holds).toMatchObject({ code: 1, out: expect.stringContaining(`holds   ${bodyId}`) });
    expect(gone).toMatchObject({ code: 0, out: expect.stringContaining(`gone    ${bodyId}`) });
    expect(await recheck('nothing/of/this')).toMatchObject({
      code: 2,
      error: expect.stringContaining('no such finding'),
    });
  });
});
