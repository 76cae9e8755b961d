// What the proxies stand in front of: answers that were made beforehand, and a very long one.
// Arguments: the port, then a JSON file with the texts of the answers to create, list and get one.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { create, list, one } = JSON.parse(readFileSync(process.argv[3], 'utf8'));
const [created, listed, got] = [create, list, one].map((text) => Buffer.from(text));
const piece = Buffer.alloc(64 * 1024, 'x');

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
}

function pour(response, left) {
  for (let rest = left; rest > 0; ) {
    rest -= piece.length;
    if (rest <= 0) return response.end(piece);
    if (!response.write(piece)) return response.once('drain', () => pour(response, rest));
  }
}

createServer((request, response) => {
  const bytes = Number(/[?&]pour=(\d+)/.exec(request.url)?.[1] ?? 0);
  if (bytes > 0) {
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes });
    pour(response, bytes);
  } else if (request.method === 'POST') {
    request.resume().once('end', () => answer(response, 201, created));
  } else answer(response, 200, request.url.includes('?') ? listed : got);
}).listen(Number(process.argv[2]), '127.0.0.1');
