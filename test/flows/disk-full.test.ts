import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { smallDocument } from '../proxy/small-document.ts';
import { endAll, runToEnd, start } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'apidouble-disk-'));
const disk = join(folder, 'disk');
const document = join(folder, 'api.json');
const canMount = mount();
let server: Server;
let upstream: string;

/** Puts a disk of 128 KB in place, where this user may. */
function mount(): boolean {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  writeFileSync(document, JSON.stringify(smallDocument));
  const things = JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, name: 'a'.repeat(20) })));
  server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'application/json').end(things);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(endAll);
afterAll(() => {
  server.close();
  if (canMount) execFileSync('umount', ['-l', disk]);
  rmSync(folder, { recursive: true });
});

describe.skipIf(!canMount)('a disk that is full (needs the right to mount one)', () => {
  it.each(['full.jsonl', 'full.har'])(
    'ends no answer that is not in %s, says why, and lets the proxy go on',
    async (name) => {
      const recording = join(disk, name);
      const proxy = start([
        'proxy',
        document,
        upstream,
        '--port',
        '0',
        '--record',
        recording,
        '--no-coverage',
        '--log-format',
        'pretty',
      ]);
      const url = await proxy.ready();
      const get = (): Promise<number> =>
        fetch(`${url}/api/things`).then(async (response) => {
          await response.text();
          return response.status;
        });
      let acknowledged = 0;
      let refused: number | undefined;
      for (let tries = 0; tries < 50 && refused === undefined; tries += 1) {
        // The one that did not fit is cut off; those after it are refused.
        const status = await get().catch(() => 0);
        if (status === 200) acknowledged += 1;
        else if (status !== 0) refused = status;
      }
      expect([refused, acknowledged > 1]).toEqual([507, true]);
      expect((await fetch(`${url}/__apidouble/health`)).status).toBe(200);
      const { code, error } = await proxy.stop('SIGTERM');
      expect(error).toMatch(/Cannot write recording ".*full\.[\w.]+": no space is left/);
      expect(code).toBe(2);
      const check = await runToEnd(['check', recording, '--document', document, '--no-engine-opinion']);
      expect(check.out).toContain(`Apidouble judged ${acknowledged} exchanges`);
      expect(check.code).toBe(0);
      rmSync(recording);
    },
  );
});
