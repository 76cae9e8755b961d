import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** Takes all the room that is left. */
function fill(file: string): void {
  const piece = Buffer.alloc(1024);
  try {
    for (let tries = 0; tries < 1000; tries += 1) appendFileSync(file, piece);
  } catch {
    // That was the last of it.
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

  it('goes on when there is room again, and says how much was not recorded', async () => {
    const recording = join(disk, 'again.jsonl');
    const filler = join(disk, 'filler');
    const proxy = start([
      'proxy',
      document,
      upstream,
      '--port',
      '0',
      '--record',
      recording,
      '--log-format',
      'json',
    ]);
    const url = await proxy.ready();
    // 0: cut off.
    const get = (): Promise<number> =>
      fetch(`${url}/api/things`)
        .then((response) => response.text().then(() => response.status))
        .catch(() => 0);
    expect(await get()).toBe(200);
    fill(filler);
    const counts = new Map<number, number>();
    const count = (status: number): number => {
      counts.set(status, (counts.get(status) ?? 0) + 1);
      return status;
    };
    for (let tries = 0; tries < 20 && count(await get()) !== 507; ) tries += 1;
    rmSync(filler);
    for (let tries = 0; tries < 100 && count(await get()) !== 200; tries += 1)
      await new Promise((next) => setTimeout(next, 50));
    const { code, error } = await proxy.stop('SIGTERM');
    const lost = (counts.get(0) ?? 0) + (counts.get(507) ?? 0);
    expect(error).toContain('The recording goes on');
    expect(error).toContain(lost === 1 ? '1 exchange was not' : `${lost} exchanges were not recorded`);
    expect(code).toBe(0);
    const check = await runToEnd(['check', recording, '--document', document, '--no-engine-opinion']);
    expect(check.out).toContain(`Apidouble judged ${1 + (counts.get(200) ?? 0)} exchanges`);
    rmSync(recording);
  });
});
