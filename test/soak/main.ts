/**
 * Does the proxy keep sockets or memory of exchanges that are over? 100,000 requests go through it, one in fifty of them with a client
 * that leaves in the middle; after the first 20,000 and after all, its open files and its memory are printed (Linux).
 *
 *     npm run soak [requests]
 */

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join, resolve } from 'node:path';

const [total = 100_000] = process.argv.slice(2).map(Number);
const root = resolve(import.meta.dirname, '../..');
const clients = 20;
const path = '/api/v3/events/events/';

const upstream = createServer(answer);
await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
const args = [join(root, 'dist/cli/main.js'), 'proxy', join(root, 'openapi.yaml'), url, '--port', '0'];
const proxy = spawn(process.execPath, [...args, '-v', 'silent', '--no-coverage'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const port = await readyPort();
  const early = Math.floor(total / 5);
  await load(port, early);
  await print(early);
  await load(port, total - early);
  await print(total);
} finally {
  proxy.kill();
  upstream.close().closeAllConnections();
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.write('{"pagination":{},');
  if (request.url?.includes('leave') !== true) response.end('"results":[]}');
}

function readyPort(): Promise<number> {
  return new Promise((found) => {
    let text = '';
    proxy.stdout.on('data', (piece) => {
      text += String(piece);
      const port = /listening on http:\S+:(\d+)/.exec(text)?.[1];
      if (port !== undefined) found(Number(port));
    });
  });
}

async function load(port: number, count: number): Promise<void> {
  let left = count;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 50;
      await leave(port);
      await stay(port, 49);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** A client that goes as soon as something comes. */
function leave(port: number): Promise<void> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${path}?leave=1 HTTP/1.1\r\nHost: a\r\n\r\n`),
    );
    socket.once('data', () => socket.resetAndDestroy()).once('close', () => done());
  });
}

/** One connection with so many requests, one after the other. */
function stay(port: number, count: number): Promise<void> {
  return new Promise((done, fail) => {
    let left = count;
    const ask = (): void => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
    };
    const socket = connect(port, '127.0.0.1', ask);
    socket.once('error', fail).once('close', () => done());
    let text = '';
    socket.on('data', (piece) => {
      text += piece.toString('latin1');
      if (!text.endsWith('0\r\n\r\n')) return;
      text = '';
      left -= 1;
      if (left === 0) socket.end();
      else ask();
    });
  });
}

async function print(requests: number): Promise<void> {
  // What was left a moment ago closes, and kept connections to the upstream run out.
  await new Promise((next) => setTimeout(next, 6_000));
  const files = readdirSync(`/proc/${proxy.pid}/fd`).length;
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${proxy.pid}/status`, 'utf8'))?.[1]) / 1024;
  console.log(`after ${requests} requests: ${files} open files, ${memory.toFixed(0)} MB`);
}
