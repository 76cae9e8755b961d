import { connect, type Socket } from 'node:net';
import type { HttpRequest, Target } from '../../src/http/index.ts';
import { jsonResponse } from '../../src/http/problem.ts';
import { listen, type Server } from '../../src/server/index.ts';
import type { ServerOptions } from '../../src/server/options.ts';

/** Serves a target while `use` runs; afterwards the server must still answer, and close. */
export async function withServer(
  given: { readonly target?: Target } & ServerOptions,
  use: (server: Server) => Promise<void>,
): Promise<void> {
  const { target = echo, ...options } = given;
  const server = await listen(target, options);
  try {
    await use(server);
    const alive = options.tls === undefined ? await talk(server.port, request('GET /alive')) : '';
    if (options.tls === undefined && !alive.startsWith('HTTP/1.1 ')) throw new Error('the server is dead');
  } finally {
    await server.close({ timeoutMs: 500 });
  }
}

/** Answers with what it was asked. */
export const echo: Target = async (request) => jsonResponse(200, seen(request));

/** A request in plain values. */
export function seen({ method, target, origin, headers, body }: HttpRequest): Record<string, unknown> {
  return { method, target, origin, headers: headers.flat, body: Buffer.from(body).toString('latin1') };
}

/** The text of a request: a line without its version, fields, a body; Host and `Connection: close` are added. */
export function request(line: string, fields: readonly string[] = [], body = ''): string {
  return [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...fields, '', body].join('\r\n');
}

/** Sends text over a bare socket and gives back all that comes until the other side ends, or `milliseconds` are over. */
export function talk(
  port: number,
  text: string,
  options: { end?: boolean; milliseconds?: number } = {},
): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      if (options.end === true) socket.end(text, 'latin1');
      else socket.write(text, 'latin1');
    });
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(finish, options.milliseconds ?? 4_000);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('end', finish).on('close', finish).on('error', finish);
  });
}

/** Opens a socket that swallows errors. */
export function open(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket)).on('error', () => socket.destroy());
  });
}

/** The status of the first answer in a text; 0 where there is none. */
export function statusOf(text: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
}

/** The JSON body of the last answer in a text. */
export function bodyOf(text: string): Record<string, unknown> {
  const body = Buffer.from(text.slice(text.lastIndexOf('\r\n\r\n') + 4), 'latin1').toString('utf8');
  return JSON.parse(body) as Record<string, unknown>;
}

/** Waits. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
