import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { endAll, start } from './command.ts';

const run = promisify(execFile);
const cwd = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(resolve(cwd, 'package.json'), 'utf8')) as {
  scripts: { start: string };
};

afterEach(endAll);

/** What `npm start` runs, on a port of its own. */
function npmStart(): ReturnType<typeof start> {
  const [node, script, ...args] = manifest.scripts.start.split(' ');
  expect([node, script]).toEqual(['node', 'dist/cli/main.js']);
  return start([...args, '--port', '0'], { cwd });
}

it('prints a command per operation, and each of them works as it is', async (context) => {
  if (spawnSync('curl', ['--version']).error !== undefined) return context.skip('there is no curl');
  const command = npmStart();
  await command.ready();
  const lines = command.written.out.split('\n').filter((line) => line.startsWith('curl '));
  expect(lines).toHaveLength(10);
  for (const line of lines) {
    const { stdout } = await run('sh', ['-c', `${line} -s -o /dev/null -w '%{http_code}'`]);
    expect(stdout, line).toMatch(/^20[014]$/);
  }
});

it("answers the request of the API's own documentation page, its doubled slash too", async () => {
  const command = npmStart();
  const url = await command.ready();
  for (const path of ['/api/v3/events/events/', '/api/v3//events/events/']) {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        Authorization: 'Bearer <TOKEN>',
      },
      body: JSON.stringify({
        user: {},
        action: 'login',
        app: 'string',
        context: {},
        client_ip: 'string',
        expires: '2024-07-29T15:51:28.071Z',
        brand: {},
      }),
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ action: 'login', app: 'string', client_ip: 'string' });
  }
});
