// The floor: node:http that parses a JSON body and answers a constant.
// Arguments: the port, then the sizes in bytes of the answers to create, list and get one.
import { createServer } from 'node:http';

const [port, createSize, listSize, oneSize] = process.argv.slice(2).map(Number);
const created = constant(createSize);
const list = constant(listSize);
const one = constant(oneSize);

/** A JSON object of the given size. */
function constant(size) {
  const frame = '{"constant":""}';
  return Buffer.from(frame.replace('""', `"${'x'.repeat(Math.max(0, size - frame.length))}"`));
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
}

createServer((request, response) => {
  if (request.method !== 'POST') {
    answer(response, 200, request.url.includes('?') ? list : one);
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString());
    answer(response, typeof body === 'object' ? 201 : 400, created);
  });
}).listen(port, '127.0.0.1');
