import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Draws what `npm start` and three requests look like in a terminal, from a real run: `npm run manual:picture`. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: { start: string };
};
const picture = new URL('../../.github/terminal.svg', import.meta.url);
const events = 'http://127.0.0.1:4010/api/v3/events/events/';
const width = 118;

const [, ...words] = [...scripts.start.split(' '), '--seed', '7'];
const server = spawn(process.execPath, words, { cwd: root });
let printed = '';
while (!printed.includes('is listening')) printed += String((await once(server.stdout, 'data'))[0]);

const login = '{"action": "login", "app": "my.app", "client_ip": "203.0.113.7"}';
const wrong = '{"action": "logn", "app": ""}';
const lines: { text: string; kind: 'prompt' | 'output' }[] = [
  { text: '$ npm start -- --seed 7', kind: 'prompt' },
  ...printed.trimEnd().split('\n').map(output),
  {
    text: "$ alias api=\"curl -H 'Authorization: Bearer any' -H 'Content-Type: application/json'\"",
    kind: 'prompt',
  },
  { text: `$ events=${events}`, kind: 'prompt' },
  ...shown(`-d '${login}'`, '', ['-d', login]),
  ...shown('', '?client_ip=203.0.113.7'),
  ...shown(`-d '${wrong}'`, '', ['-d', wrong]),
];
server.kill();
mkdirSync(new URL('.', picture), { recursive: true });
writeFileSync(picture, draw());

/** A request, and the answer that came. */
function shown(flags: string, query: string, sent: readonly string[] = []): typeof lines {
  const command = ['$ api', `"$events${query}"`, flags].filter(Boolean).join(' ');
  const answer = curl([
    `${events}${query}`,
    ...['Authorization: Bearer any', 'Content-Type: application/json'].flatMap((field) => ['-H', field]),
    ...sent,
  ]);
  return [{ text: command, kind: 'prompt' }, ...wrap(answer)];
}

function curl(words: readonly string[]): string {
  return execFileSync('curl', ['-sS', ...words], { encoding: 'utf8' });
}

function output(text: string): { text: string; kind: 'output' } {
  return { text: text.length > width ? `${text.slice(0, width - 1)}…` : text, kind: 'output' };
}

function wrap(text: string): { text: string; kind: 'output' }[] {
  const pieces = text.match(new RegExp(`.{1,${width}}`, 'gs')) ?? [];
  const shown = pieces.slice(0, 5);
  const end = pieces.length > shown.length ? `${shown.pop()?.slice(0, -1) ?? ''}…` : undefined;
  return [...shown, ...(end === undefined ? [] : [end])].map((piece) => ({ text: piece, kind: 'output' }));
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
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" role="img" aria-label="npm start, then three requests">
<rect width="960" height="${height}" rx="10" fill="#0d1117"/>
${dots.join('')}
${rows.join('\n')}
</svg>
`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
