import type { Server as HttpServer } from 'node:http';
import type { House } from './call.ts';
import type { OpenSockets } from './connection.ts';

const graceMs = 100;

/** How long a close may take. */
export interface CloseOptions {
  /** What is left then is cut off. Default 10,000. */
  readonly timeoutMs?: number;
}

/**
 * Makes the function that closes a server: idle connections end at once, those that said nothing yet after a short grace (a request
 * may be on its way), those with a request under way after its answer, and what is left when the time is over.
 */
export function createClose(
  server: HttpServer,
  house: House,
  sockets: OpenSockets,
): (options?: CloseOptions) => Promise<void> {
  let closed: Promise<void> | undefined;
  return ({ timeoutMs = 10_000 } = {}) => {
    house.closing = true;
    closed ??= new Promise((resolve) => {
      const sweep = setInterval(() => endIdle(house, sockets), Math.min(graceMs, timeoutMs));
      const cut = setTimeout(() => endAll(sockets), timeoutMs);
      server.close(() => {
        clearInterval(sweep);
        clearTimeout(cut);
        // The last requests are told of when their sockets have closed, which is a moment after.
        setImmediate(resolve);
      });
    });
    return closed;
  };
}

function endIdle(house: House, sockets: OpenSockets): void {
  for (const socket of sockets) {
    const latest = house.connections.get(socket)?.latest;
    if (latest === undefined || latest.outgoing.writableFinished) socket.destroy();
  }
}

function endAll(sockets: OpenSockets): void {
  for (const socket of sockets) socket.destroy();
}
