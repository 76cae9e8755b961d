import { afterEach, expect, it } from 'vitest';
import { runContract } from '../../../src/contract/index.ts';
import { type RawServer, serveRaw } from './raw-server.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Thing', version: '1' },
  paths: {
    '/thing': {
      get: {
        operationId: 'getThing',
        responses: { 200: { description: '.', content: { 'text/plain': {} } }, 304: { description: '.' } },
      },
      delete: { operationId: 'removeThing', responses: { 204: { description: '.' } } },
    },
  },
};

const open: RawServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const heads: Readonly<Record<string, string>> = {
  GET: 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5',
  HEAD: 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5',
  DELETE: 'HTTP/1.1 204 No Content',
};

/** Which obligations are broken where some methods have a body that they must not have, and each answer ends its connection. */
async function broken(withBody: readonly string[]): Promise<string[]> {
  const server = await serveRaw((socket, { method }) => {
    const body = method === 'GET' || withBody.includes(method) ? 'thing' : '';
    socket.end(
      `${heads[method] ?? 'HTTP/1.1 405 Not\r\nAllow: GET, HEAD, DELETE'}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
  open.push(server);
  const { results } = await runContract({ document, target: server.origin, seed: 1, writes: true });
  return results.flatMap(({ obligation, verdict }) => (verdict.kind === 'failed' ? [obligation.id] : []));
}

it.each([
  [[], []],
  [['DELETE'], ['removeThing/exchange/wire']],
  [['HEAD'], ['getThing/method/HEAD']],
])('finds bodies of %j, which a client drops with the connection', async (methods, ids) => {
  expect(await broken(methods)).toEqual(ids);
});

it('finds the body of a 304', async () => {
  const server = await serveRaw((socket) => {
    socket.end('HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\nthing');
  });
  open.push(server);
  const report = await runContract({ document, target: server.origin, seed: 1, include: ['exchange.*'] });
  expect(report.findings.map(({ id, seen, labels }) => [id, seen, labels])).toEqual([
    ['getThing/exchange/wire', 'a GET answered 304 has a body of 5 bytes', ['deterministic']],
  ]);
});
