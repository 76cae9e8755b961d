import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { blockBeginning } from './blocks.ts';
import { clearDesk, type Desk, paste } from './paste.ts';

/** The blocks of the manual, pasted into a shell one after the other, as its reader does. */
const root = fileURLToPath(new URL('../../', import.meta.url));
let desk: Desk;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'apidouble-manual-'));
  cpSync(join(root, 'openapi.yaml'), join(folder, 'openapi.yaml'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/apidouble'));
  cpSync(join(root, 'fixtures/events'), join(folder, 'fixtures/events'), { recursive: true });
  desk = { folder, ports: { own: await freePort(), other: await freePort() } };
});
afterEach(clearDesk);
afterAll(() => rmSync(desk.folder, { recursive: true, force: true }));

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Pastes a block that serves, and waits until it does. */
async function serve(
  text: string,
  ready = /^Apidouble is listening on /m,
): Promise<ReturnType<typeof paste>> {
  const served = paste(text, desk);
  await served.until(ready);
  return served;
}

/** Pastes a block that ends by itself. */
function run(text: string): Promise<{ readonly code: number | null; readonly out: string }> {
  return paste(text, desk).ended;
}

it('an overlay is applied', async () => {
  writeFileSync(join(desk.folder, 'staging.overlay.yaml'), blockBeginning('# staging.overlay.yaml').text);
  await serve(blockBeginning('npx apidouble mock openapi.yaml --overlay').text);
  const volume = await run(
    "curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:4010/api/v3/events/events/volume/ -H 'Authorization: Bearer x'",
  );
  expect(volume.out).not.toBe('200');
});

it('the scenario goes as its comments say', async () => {
  await serve(blockBeginning('mkdir -p scenarios').text);
  const { out } = await run(blockBeginning('for attempt in 1 2 3').text);
  expect(out).toBe('201\n201\n403\n');
});

it('the faults are taken', async () => {
  await serve(blockBeginning('npx apidouble mock openapi.yaml --seed 7 \\').text);
});

it('the admin pages do as their comments say', async () => {
  await serve('npx apidouble mock openapi.yaml');
  const { code, out } = await run(
    `set -e\n${blockBeginning('admin=http')
      .text.replaceAll('curl ', "curl -sf -w '[%{http_code}]' ")
      .replace(/-sf (.*# 403)/, '-s $1')}`,
  );
  expect(code).toBe(0);
  expect(out.match(/\[\d+\]/g)).toEqual(['[201]', '[403]', '[200]', '[204]']);
});

it('a server is verified, and nothing is found', async () => {
  const { code, out } = await run(
    blockBeginning('npx apidouble mock openapi.yaml --fixtures fixtures/events --credential').text,
  );
  expect([code, out]).toEqual([
    0,
    expect.stringContaining('No finding: the server keeps every promise that was tried.'),
  ]);
  expect(existsSync(join(desk.folder, 'report.json'))).toBe(true);
});

it('the configuration holds for every command', async () => {
  const file = join(desk.folder, 'apidouble.config.ts');
  const [first] = blockBeginning(
    "import { defineConfig } from 'apidouble';\n\nexport default defineConfig({\n  document: 'openapi.yaml',\n  targets: { dev: { url: 'http://127.0.0.1:4010'",
  ).text.split('\n\n  //');
  writeFileSync(file, (first ?? '').replaceAll(':4010', `:${desk.ports.own}`));
  const lines = blockBeginning('npx apidouble mock       ').text.trimEnd().split('\n');
  const [mock = '', verify = '', named = '', proxy = ''] = lines;
  expect(lines).toHaveLength(4);
  await serve(mock);
  for (const line of [verify, named]) expect(await run(line)).toMatchObject({ code: 0 });
  await serve(`${proxy.replace(/#.*/, '')} --port 8000`, /listening/);
  rmSync(file);
});

it('traffic is judged, recorded, served again, and learned from', async () => {
  const proxy = await serve(
    blockBeginning('npx apidouble mock openapi.yaml --port 8000').text,
    new RegExp(`listening on http://127.0.0.1:${desk.ports.own}`),
  );
  const { out } = await run(
    blockBeginning("curl 'http://127.0.0.1:4010/api/v3/events/events/?page_size=2'").text,
  );
  expect(out).toContain('"pagination"');
  expect(await proxy.stop()).toContain('page_size');
  expect(
    readFileSync(join(desk.folder, 'traffic.jsonl'), 'utf8').trimEnd().split('\n').length,
  ).toBeGreaterThan(1);
  expect(existsSync(join(desk.folder, 'traffic.html'))).toBe(true);

  const [check = '', replay = '', learn = '', mock = ''] = blockBeginning(
    'npx apidouble check traffic.jsonl',
  ).text.split('\n');
  expect((await run(check)).out).toContain('page_size');
  const replayed = await serve(replay);
  expect(
    (await run(blockBeginning("curl 'http://127.0.0.1:4010/api/v3/events/events/?page_size=2'").text)).code,
  ).toBe(0);
  await replayed.stop();
  expect(await run(learn)).toMatchObject({ code: 0 });
  await serve(mock);
});
