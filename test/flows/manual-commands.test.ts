import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { manual } from '../manual/generated-parts.ts';
import { endAll, folderWith, runToEnd, start } from './command.ts';

const run = promisify(execFile);
const text = readFileSync(manual, 'utf8');
const root = new URL('../../', import.meta.url);
const document = readFileSync(new URL('openapi.yaml', root), 'utf8');

afterEach(endAll);

/** The block of the manual that begins like this. */
function block(language: string, beginning: string): string {
  const start = text.indexOf(`\`\`\`${language}\n${beginning}`) + language.length + 4;
  expect(start, beginning).toBeGreaterThan(language.length + 3);
  return text.slice(start, text.indexOf('\n```', start) + 1);
}

it('the overlay of the manual selects something with each of its targets', async () => {
  const folder = folderWith({ 'openapi.yaml': document, 'o.yaml': block('yaml', '# staging.overlay.yaml') });
  const { code, out } = await runToEnd(['lint', 'openapi.yaml', '--overlay', 'o.yaml'], { cwd: folder.path });
  folder.remove();
  expect([code, out]).toEqual([0, 'No findings in 1 document with 9 operations\n']);
});

it('the story of the manual goes as its comments say', async (context) => {
  if (spawnSync('curl', ['--version']).error !== undefined) return context.skip('there is no curl');
  const fixtures = ['--dynamic', '--stateful', '--fixtures', 'fixtures/events'];
  const url = await start(['mock', 'openapi.yaml', '-p', '0', ...fixtures], {
    cwd: fileURLToPath(root),
  }).ready();
  const story = block('sh', 'events=http').replaceAll('http://127.0.0.1:4010', url);
  const { stdout } = await run('bash', ['-c', story]);
  const [created, newest, changed, deleted, gone, other] = stdout.split('\n');
  expect(JSON.parse(created ?? '')).toMatchObject({ pagination: { count: 1 }, results: [{ app: 'my.app' }] });
  expect(JSON.parse(newest ?? '')).toMatchObject({ pagination: { count: 2 }, results: [{}] });
  expect(JSON.parse(changed ?? '')).toMatchObject({ app: 'my.other.app' });
  expect([deleted, gone]).toEqual(['204', '404']);
  expect(JSON.parse(other ?? '')).toMatchObject({ action: 'logout', app: 'a' });
});

it('every link within the manual leads to a heading', () => {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
  const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((anchor) => !headings.includes(anchor))).toEqual([]);
});
