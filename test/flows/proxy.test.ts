import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { smallDocument } from '../proxy/small-document.ts';
import { endAll, runToEnd, start } from './command.ts';

let folder: string;
let document: string;
let server: Server;
let upstream: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apidouble-proxy-'));
  document = join(folder, 'api.json');
  writeFileSync(document, JSON.stringify(smallDocument));
  server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    if (request.url === '/api/things') response.end('[{"id":1,"name":"a","password":"hunter22"}]');
    else response.writeHead(200).end('{"id":"one"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(endAll);
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('a day with the proxy', () => {
  it('records what passes, reports it, and serves and judges the recording without the server', async () => {
    const recording = join(folder, 'day.jsonl');
    const report = join(folder, 'day.json');
    const flags = ['--port', '0', '--record', recording, '--reporter', `json=${report}`, '--fail-on', 'must'];
    const proxy = start(['proxy', document, upstream, ...flags, '--no-engine-opinion']);
    const url = await proxy.ready();
    const list = await (await fetch(`${url}/api/things`, { headers: { 'X-Key': 's3cret' } })).text();
    expect(list).toContain('hunter22');
    await (await fetch(`${url}/api/things/1`)).text();
    proxy.process.kill('SIGUSR2');
    await proxy.until('error', /Seen: 2 requests, 2 of 6 operations/);
    const second = await runToEnd(['proxy', document, upstream, '--port', '0', '--record', recording]);
    expect([second.code, second.error]).toEqual([2, expect.stringContaining('writes to it. Stop that')]);
    const { code, error } = await proxy.stop('SIGTERM');
    expect(code).toBe(1);
    expect(error).toMatch(/GET {5}\/things\/\{id\} {2}200×1 \d findings/);
    const { findings, coverage, traffic } = JSON.parse(readFileSync(report, 'utf8')) as Record<
      string,
      unknown[]
    >;
    expect(traffic?.[0]).toEqual({ operation: 'listThings', requests: 1, statuses: { 200: 1 } });
    expect(findings).toHaveLength(2);
    for (const { id } of findings as { id: string }[]) expect(id).toMatch(/^getThing\/exchange\/body#\w/);
    expect(coverage).toMatchObject({ operations: { promised: 6, tried: 2 } });
    expect(readFileSync(recording, 'utf8')).not.toMatch(/hunter22|s3cret/);

    const check = await runToEnd(['check', recording, '--document', document, '--no-engine-opinion']);
    expect(check.code).toBe(1);
    expect(check.out).toContain('getThing/exchange/body');

    const replay = start(['replay', recording, '--port', '0', '--document', document, '--fill']);
    const replayed = await replay.ready();
    expect(await (await fetch(`${replayed}/api/things/1`)).text()).toBe('{"id":"one"}');
    expect((await fetch(`${replayed}/api/things/2`)).headers.get('apidouble-reason')).toContain(
      'not recorded',
    );
    expect((await replay.stop('SIGTERM')).code).toBe(0);
  });

  it('loses nothing that a client has seen the end of when it is killed', async () => {
    const recording = join(folder, 'killed.jsonl');
    const proxy = start(['proxy', document, upstream, '--port', '0', '--record', recording]);
    const url = await proxy.ready();
    let seen = 0;
    const client = async (): Promise<void> => {
      for (;;) {
        await (await fetch(`${url}/api/things`)).text();
        seen += 1;
        if (seen === 60) proxy.process.kill('SIGKILL');
      }
    };
    await Promise.allSettled([client(), client(), client(), client()]);
    const check = await runToEnd(['check', recording, '--document', document, '--no-engine-opinion']);
    expect(check.code).toBe(0);
    const recorded = readFileSync(recording, 'utf8').split('\n').length - 2;
    expect(recorded).toBeGreaterThanOrEqual(seen);
  });

  it('answers from the mock while the server is down, and reports what it refused, as the configuration has it', async () => {
    const config = join(folder, 'apidouble.config.json');
    writeFileSync(
      config,
      JSON.stringify({
        document: 'api.json',
        targets: { down: { url: 'http://127.0.0.1:1' } },
        proxy: { port: 0, mockOn: 'down', errors: true, reporter: ['pretty'], engineOpinion: false },
        mock: { fixtures: ['things.json'] },
      }),
    );
    writeFileSync(join(folder, 'things.json'), JSON.stringify({ things: [{ id: 7, name: 'given' }] }));
    const proxy = start(['proxy', '--config', config, '--target', 'down']);
    const url = await proxy.ready();
    const answer = await fetch(`${url}/api/things`);
    expect([answer.status, await answer.json()]).toEqual([200, [{ id: 7, name: 'given' }]]);
    expect(answer.headers.get('apidouble-reason')).toContain('in place of the upstream');
    const headers = { 'content-type': 'application/json' };
    const refused = await fetch(`${url}/api/things`, { method: 'POST', headers, body: '{}' });
    expect(refused.status).toBe(422);
    const { code, out } = await proxy.stop('SIGTERM');
    expect(out).toContain('Apidouble judged 1 exchange passing through to http://127.0.0.1:1\n');
    expect(out).toContain('1 request did not get to the server: refused, as --errors asks.');
    expect(code).toBe(0);
  });
});
