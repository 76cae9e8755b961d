import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { folderWith, mainFile } from './command.ts';

const paths = Array.from({ length: 50 }, (_, index) => [
  `/things${index}`,
  { get: { responses: { 204: { description: 'Nothing.' } } } },
]);
const document = {
  openapi: '3.1.0',
  info: { title: 'Many', version: '1' },
  paths: Object.fromEntries(paths),
};
const folder = folderWith({ 'many.json': JSON.stringify(document) });

afterAll(() => folder.remove());

/** Why a terminal cannot be had here; `script` of util-linux makes one. */
const missing =
  process.platform !== 'linux' || spawnSync('script', ['--version']).error !== undefined
    ? 'there is no `script` (util-linux) to make a terminal with'
    : undefined;

/** Control-C, which the terminal turns into SIGINT. */
const interrupt = '\u0003';

/** What the command writes to a terminal until it listens, and is interrupted. */
function inTerminal(args: string): Promise<string> {
  const words = ['-qec', `"${process.execPath}" "${mainFile}" ${args}`, '/dev/null'];
  const env = { ...process.env, TERM: 'xterm', NO_COLOR: '' };
  const child = spawn('script', words, { cwd: folder.path, env, stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  let stopped = false;
  return new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (!stopped && /is listening on .*\s/.test(text)) {
        stopped = true;
        child.stdin.write(interrupt);
      }
    });
    child.on('close', () => resolve(text.replaceAll('\r\n', '\n')));
  });
}

it('cuts the list at forty lines in a terminal, says how to see all, and keeps the ready line plain', async (context) => {
  if (missing !== undefined) return context.skip(missing);
  const text = await inTerminal('mock many.json -p 0');
  const lines = text.split('\n').filter((line) => line.includes('/things'));
  expect(lines).toHaveLength(40);
  expect(lines[0]).toContain('\u001b[1mGET');
  expect(text).toMatch(/and 10 more; --list all/);
  expect(text).toMatch(/^Apidouble is listening on http:\/\/127\.0\.0\.1:\d+$/m);
});

it('shows all in a terminal when asked', async (context) => {
  if (missing !== undefined) return context.skip(missing);
  const text = await inTerminal('mock many.json -p 0 --list all');
  expect(text.split('\n').filter((line) => line.includes('/things'))).toHaveLength(50);
});

it('shows how far a long run of verify is, over one line, and takes it away at its end', async (context) => {
  if (missing !== undefined) return context.skip(missing);
  const server = createServer((_, response) => {
    setTimeout(() => response.writeHead(500).end(), 30);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const text = await inTerminal(`verify many.json --target http://127.0.0.1:${port} --time 2`);
  server.close();
  const drawn = text.split('\u001b[2K').map((line) => line.split('\r')[0]);
  const lines = drawn.filter((line) => / left/.test(line ?? ''));
  expect(lines.length).toBeGreaterThan(2);
  expect(lines[0]).toMatch(/^\d+\/\d+ · \d+ requests · [1-9]\d* findings? · [0-2] s left · GET \/things\d+$/);
  expect(text.lastIndexOf(' s left')).toBeLessThan(text.lastIndexOf('\u001b[2K'));
});
