import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { manual } from '../manual/generated-parts.ts';
import { endAll, folderWith, runToEnd, start } from './command.ts';

const events = '/api/v3/events/events/';
const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };

/** The scenario that the manual tells. */
function scenarioOfManual(): string {
  const text = readFileSync(manual, 'utf8');
  return /cat > scenarios\/lockout\.yaml <<'END'\n(.*?)\nEND\n/s.exec(text)?.[1] ?? '';
}

let folder: ReturnType<typeof folderWith>;

beforeAll(() => {
  folder = folderWith({
    'openapi.yaml': readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8'),
    'scenarios/lockout.yaml': scenarioOfManual(),
    'wrong.yaml': 'rules:\n  - on: events_events_create\n    reply: { status: 503 }\n',
  });
});
afterEach(endAll);
afterAll(() => folder.remove());

async function create(url: string, action: string): Promise<Response> {
  const body = JSON.stringify({ action, app: 'a', client_ip: '203.0.113.7' });
  return fetch(url + events, { method: 'POST', headers, body });
}

describe('apidouble mock --scenarios', () => {
  it('plays the story of the manual, is asked and told by admin, and takes up a changed file', async () => {
    const args = ['mock', 'openapi.yaml', '-p', '0', '--seed', '7', '--scenarios', 'scenarios', '--watch'];
    const command = start(args, { cwd: folder.path });
    const url = await command.ready();
    expect(command.written.out).toContain('\nscenario lockout\n');
    const first = await create(url, 'login_failed');
    expect([first.status, first.headers.get('x-attempt')]).toEqual([201, '1']);
    const second = await create(url, 'login_failed');
    expect(await second.json()).toMatchObject({ app: 'seen from 203.0.113.7' });
    expect((await create(url, 'login')).status).toBe(403);
    expect((await create(url, 'login')).status).toBe(201);
    const scenarios = await (await fetch(`${url}/__apidouble/scenarios`)).json();
    expect(scenarios).toMatchObject({ scenarios: [{ name: 'lockout', state: 'open' }] });
    const page = await (await fetch(`${url}/__apidouble/journal?operation=events_events_create`)).json();
    expect(page).toMatchObject({ count: 4, results: [{}, { scenario: 'lockout, "last straw"' }, {}, {}] });

    const put = await fetch(`${url}/__apidouble/scenarios/down`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"rules": [{"on": "events_events_list", "reply": {"status": 403}}]}',
    });
    expect(put.status).toBe(201);
    expect((await fetch(url + events, { headers })).status).toBe(403);

    const other = 'rules:\n  - { on: events_events_create, reply: { status: 400 } }\n';
    writeFileSync(join(folder.path, 'scenarios/lockout.yaml'), other);
    await command.until('error', /Reloaded/);
    expect((await create(url, 'login')).status).toBe(400);
    expect((await fetch(url + events, { headers })).status).toBe(403);
    writeFileSync(
      join(folder.path, 'scenarios/new.yaml'),
      'rules: [{ on: events_events_create, when: { query: { dry: true } }, reply: { status: 403 } }]',
    );
    await command.until('error', /Reloaded[\s\S]*Reloaded/);
    const names = Object.values(
      (await (await fetch(`${url}/__apidouble/scenarios`)).json()) as object,
    ).flat();
    expect(names.map(({ name }: { name: string }) => name)).toEqual(['lockout', 'new', 'down']);
    expect((await command.stop()).code).toBe(0);
  });

  it('ends with the place of what is wrong', async () => {
    const ended = await runToEnd(['mock', 'openapi.yaml', '-p', '0', '--scenarios', 'wrong.yaml'], {
      cwd: folder.path,
    });
    expect(ended.code).toBe(2);
    expect(ended.error).toContain(
      '"wrong.yaml:3:5": the answer breaks the document: The status 503 is not one',
    );
    const shared = await runToEnd(['mock', 'openapi.yaml', '-m', '--scenarios', 'scenarios'], {
      cwd: folder.path,
    });
    expect([shared.code, shared.error]).toEqual([
      2,
      expect.stringContaining('--multiprocess "with scenarios"'),
    ]);
  });
});

describe('apidouble mock --fault', () => {
  it('makes things go wrong by seed, and answers in between', async () => {
    const faults = [
      'status: 503, rate: 30%',
      'cut: before-headers, on: events_events_create',
      'latency: 1, slow: 100000',
    ];
    const args = [
      'mock',
      'openapi.yaml',
      '-p',
      '0',
      '--seed',
      '7',
      ...faults.flatMap((fault) => ['--fault', fault]),
    ];
    const outcomes = async (): Promise<number[]> => {
      const url = await start(args, { cwd: folder.path }).ready();
      await expect(create(url, 'login')).rejects.toThrow('fetch failed');
      const found: number[] = [];
      for (let n = 0; n < 12; n += 1) found.push((await fetch(url + events, { headers })).status);
      return found;
    };
    const first = await outcomes();
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await outcomes()).toEqual(first);
  });

  it('refuses what is none', async () => {
    const ended = await runToEnd(['mock', 'openapi.yaml', '--fault', 'status: 200'], { cwd: folder.path });
    expect([ended.code, ended.error]).toEqual([
      2,
      expect.stringContaining('Cannot use scenario "--fault status: 200'),
    ]);
  });
});
