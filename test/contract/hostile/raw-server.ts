import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** Writes whatever it likes to a client that has sent one whole request. */
export type Misbehave = (socket: Socket, request: RawRequest) => void;

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  /** The head as it came. */
  readonly head: string;
}

/** A server that is no more than a socket. */
export interface RawServer {
  readonly origin: string;
  readonly port: number;
  /** The heads of all requests so far. */
  readonly heard: readonly string[];
  close(): Promise<void>;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** Calls `misbehave` for each request, as soon as its head is there. No request of these tests has a body. */
export async function serveRaw(misbehave: Misbehave, tls?: Certificate): Promise<RawServer> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const take = (socket: Socket): void => {
    let text = '';
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        const [method = '', target = ''] = head.split(' ');
        heard.push(head);
        misbehave(socket, { method, target, head });
      }
    });
  };
  const server: Server = tls === undefined ? createServer(take) : createTlsServer(tls, take);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    heard,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A whole answer as text: a status line, fields, and a body whose length is told. */
export function answer(status: string, fields: readonly string[], body: string | Uint8Array): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
  const head = [`HTTP/1.1 ${status}`, ...fields, `Content-Length: ${bytes.length}`, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}

/** A good answer of JSON. */
export function json(body: string | Uint8Array, fields: readonly string[] = []): Buffer {
  return answer('200 OK', ['Content-Type: application/json', ...fields], body);
}

/** Sends the same piece again and again, as fast as it is taken, until nobody wants it any more. */
export function pourOut(socket: Socket, piece: Uint8Array): void {
  const more = (): void => {
    while (!socket.destroyed && socket.writable) if (!socket.write(piece)) break;
  };
  socket.on('drain', more);
  more();
}
