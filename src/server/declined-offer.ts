import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { NodeServer } from './listen.ts';

/**
 * Whether a client offers to go on in HTTP/2 in the clear, and nothing else. Some do with the first request of each connection (Java's,
 * `curl --http2`); who does not want it answers as if nothing had been said.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7540#section-3.2
 */
export function offersHttp2({ headers }: IncomingMessage): boolean {
  return /^\s*h2c\s*$/i.test(headers.upgrade ?? '');
}

/** A request that node has taken for a change of protocol, with what came behind its head. */
export interface OfferedChange {
  readonly incoming: IncomingMessage;
  readonly socket: Duplex;
  readonly first: Uint8Array;
}

/**
 * Has the request served as any other, once the answers before it have gone. By now node has let go of the connection: the head is put
 * back in front of what comes, without the offer, and node's own listener, which is the first of them, takes the connection up again.
 */
export function serveWithoutOffer(
  server: NodeServer,
  { incoming, socket, first }: OfferedChange,
  before: ServerResponse | undefined,
): void {
  const serve = (): void => {
    socket.off('error', ignore);
    if (socket.destroyed) return;
    socket.unshift(Buffer.concat([Buffer.from(headText(incoming), 'latin1'), first]));
    const [listener] = server.listeners('encrypted' in socket ? 'secureConnection' : 'connection');
    listener?.call(server, socket);
  };
  socket.on('error', ignore);
  if (before === undefined || before.closed) serve();
  else before.once('close', serve);
}

/** What it means is told by `close`. */
function ignore(): void {}

const offer: ReadonlySet<string> = new Set(['upgrade', 'http2-settings']);

function headText({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    const lower = name.toLowerCase();
    if (lower === 'connection') lines.push(`${name}: ${withoutOffer(value)}`);
    else if (!offer.has(lower)) lines.push(`${name}: ${value}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function withoutOffer(connection: string): string {
  const kept = connection.split(',').filter((option) => !offer.has(option.trim().toLowerCase()));
  return kept.length === 0 ? 'keep-alive' : kept.join(',').trim();
}
