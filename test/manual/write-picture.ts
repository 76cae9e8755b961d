import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Draws what `npm start` and two requests look like in a terminal, from a real run: `npm run manual:picture`. */
const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const document = fileURLToPath(new URL('../../openapi.yaml', import.meta.url));
const picture = new URL('../../.github/terminal.svg', import.meta.url);
const events = 'http://127.0.0.1:4010/api/v3/events/events/';
const width = 118;

const server = spawn(process.execPath, [command, 'mock', document, '--dynamic', '--seed', '7']);
let printed = '';
while (!printed.includes('is listening')) printed += String((await once(server.stdout, 'data'))[0]);

const create = ['-d', '{"action": "login", "app": "authentik.events"}'];
const json = ['-H', 'Content-Type: application/json', '-H', 'Authorization: Bearer any'];
const created = curl([events, ...json, ...create]);
const refused = curl([events, ...json, '-d', '{"action": "logn", "app": ""}']);
server.kill();

const lines: { text: string; kind: 'prompt' | 'output' }[] = [
  { text: '$ npm start', kind: 'prompt' },
  ...printed.trimEnd().split('\n').map(output),
  { text: '$ curl $EVENTS -d \'{"action": "login", "app": "authentik.events"}\'', kind: 'prompt' },
  ...wrap(created),
  { text: '$ curl $EVENTS -d \'{"action": "logn", "app": ""}\'', kind: 'prompt' },
  ...wrap(refused),
];
mkdirSync(new URL('.', picture), { recursive: true });
writeFileSync(picture, draw());

function curl(words: readonly string[]): string {
  return execFileSync('curl', ['-sS', ...words], { encoding: 'utf8' });
}

function output(text: string): { text: string; kind: 'output' } {
  return { text: text.length > width ? `${text.slice(0, width - 1)}…` : text, kind: 'output' };
}

function wrap(text: string): { text: string; kind: 'output' }[] {
  const pieces = text.match(new RegExp(`.{1,${width}}`, 'gs')) ?? [];
  return pieces.slice(0, 5).map((piece) => ({ text: piece, kind: 'output' }));
}

function draw(): string {
  const height = lines.length * 19 + 64;
  const rows = lines.map(({ text, kind }, index) => {
    const color = kind === 'prompt' ? '#7ee787' : text.includes('listening') ? '#79c0ff' : '#c9d1d9';
    return `<text x="20" y="${62 + index * 19}" fill="${color}" xml:space="preserve">${escapeXml(text)}</text>`;
  });
  const dots = ['#ff5f56', '#ffbd2e', '#27c93f'].map(
    (fill, index) => `<circle cx="${24 + index * 20}" cy="22" r="6" fill="${fill}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" role="img" aria-label="npm start, then two requests">
<rect width="960" height="${height}" rx="10" fill="#0d1117"/>
${dots.join('')}
${rows.join('\n')}
</svg>
`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
