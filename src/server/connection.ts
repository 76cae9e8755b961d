import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Connection, House } from './call.ts';

/** What is remembered of a connection; made on its first use. */
export function connectionOf(house: House, socket: object): Connection {
  const known = house.connections.get(socket);
  if (known !== undefined) return known;
  const certificate = house.asksForCertificate ? hasCertificate(house, socket) : undefined;
  const connection = {
    latest: undefined,
    refused: false,
    host: undefined,
    origin: house.origin,
    certificate,
  };
  house.connections.set(socket, connection);
  return connection;
}

function hasCertificate(house: House, socket: object): boolean {
  if (!(socket instanceof TLSSocket)) return false;
  if (!house.trustsAnyCertificate) return socket.authorized;
  return Object.keys(socket.getPeerCertificate() ?? {}).length > 0;
}

/** The sockets that are open. Under TLS one connection has two, the bare and the secure; the secure takes the other's place. */
export interface OpenSockets {
  add(socket: Socket): void;
  [Symbol.iterator](): Iterator<Socket>;
}

/** Keeps track of sockets until they close. */
export function createOpenSockets(): OpenSockets {
  const byPeer = new Map<string, Socket>();
  return {
    add(socket) {
      const peer = `${socket.remoteAddress} ${socket.remotePort}`;
      byPeer.set(peer, socket);
      socket.once('close', () => {
        if (byPeer.get(peer) === socket) byPeer.delete(peer);
      });
    },
    [Symbol.iterator]: () => [...byPeer.values()].values(),
  };
}
