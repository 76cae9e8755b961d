import type { Duplex } from 'node:stream';
import { type HttpResponse, problem, reasonOf } from '../http/index.ts';
import { type House, reportError } from './call.ts';
import { connectionOf } from './connection.ts';
import { refuse } from './send.ts';

/**
 * Answers what could not be read as HTTP, or came too slowly, and ends the connection; answers that are owed for earlier requests
 * on it go first.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-2.2-9
 */
export function refuseUnreadable(house: House, error: Error & { code?: string }, socket: Duplex): void {
  const connection = connectionOf(house, socket);
  if (connection.refused) return;
  if (isGone(error, socket)) {
    socket.destroy();
    return;
  }
  connection.refused = true;
  const { latest } = connection;
  const refusal = refusalFor(error);
  // The fault is in the body of the latest request: the refusal is its answer, where it has none yet.
  if (latest !== undefined && !latest.incoming.complete) refuse(latest, refusal);
  else if (latest === undefined || latest.outgoing.writableFinished) refuseSocket(house, socket, refusal);
  else latest.outgoing.once('close', () => refuseSocket(house, socket, refusal));
}

function isGone({ code }: Error & { code?: string }, socket: Duplex): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || !socket.writable;
}

/** Refuses CONNECT: we are no proxy. */
export function refuseTunnel(house: House, socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  const detail = 'Cannot open a tunnel: this server is the origin, not a proxy. Ask it for a path.';
  refuseSocket(house, socket, problem(501, { detail }));
}

function refuseSocket(house: House, socket: Duplex, response: HttpResponse): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const timer = setTimeout(() => socket.destroy(), house.limits.lingerMs).unref();
  socket.once('close', () => clearTimeout(timer));
  socket.resume().end(wireText(response));
  tell(house, response);
}

function wireText({ status, headers, body }: HttpResponse): string {
  const lines = [
    `HTTP/1.1 ${status} ${reasonOf(status)}`,
    'Connection: close',
    `Content-Length: ${body.length}`,
  ];
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n${Buffer.from(body).toString('utf8')}`;
}

function tell(house: House, { status, body }: HttpResponse): void {
  const nothing = { method: '', target: '', milliseconds: 0, remoteAddress: undefined, aborted: false };
  try {
    house.onExchange?.({ ...nothing, status, bytes: body.length });
  } catch (error) {
    reportError(house, error);
  }
}

function refusalFor(error: Error & { code?: string }): HttpResponse {
  switch (error.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem(408, {
        detail: 'Cannot wait for the rest of the request: it took too long. Send it faster.',
      });
    case 'HPE_HEADER_OVERFLOW':
      return problem(431, {
        detail: 'Cannot take the header: it is too long. Send fewer or shorter fields.',
      });
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return problem(413, { detail: 'Cannot take the chunk extensions: they are too long. Leave them out.' });
    default:
      return problem(400, { detail: `Cannot read the request: ${reasonFrom(error)}. Send HTTP/1.1.` });
  }
}

function reasonFrom(error: Error & { reason?: unknown }): string {
  return typeof error.reason === 'string' && error.reason !== '' ? error.reason : 'it is malformed';
}
