import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HeaderList, type HttpResponse, reasonOf, type Target } from '../../src/http/index.ts';

/** A server that listens on loopback. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a target over a socket and writes its answers as they are: a body after a 204, a Content-Length that is not true. An
 * ordinary server would put such answers right. Each answer ends its connection. A true Content-Length is added where there is none.
 */
export async function listenVerbatim(target: Target): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    answer(incoming, target).catch(() => incoming.socket.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(incoming: IncomingMessage, target: Target): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const response = await target({
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    origin: `http://${incoming.headers.host}`,
    headers: new HeaderList(incoming.rawHeaders),
    body: Buffer.concat(chunks),
  });
  incoming.socket.end(Buffer.concat([Buffer.from(headOf(response), 'latin1'), response.body]));
}

/** @see https://www.rfc-editor.org/rfc/rfc9112#section-2.1 */
function headOf({ status, reason, headers, body }: HttpResponse): string {
  const lines = [`HTTP/1.1 ${status} ${reason ?? reasonOf(status)}`];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  if (status !== 204 && status !== 304 && !headers.has('content-length'))
    lines.push(`Content-Length: ${body.length}`);
  return `${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`;
}
