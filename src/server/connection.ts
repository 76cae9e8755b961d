import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { HeaderList } from '../http/index.ts';
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
    fields: undefined,
  };
  house.connections.set(socket, connection);
  return connection;
}

/**
 * The header fields of a request, from node's flat list. Clients say much the same with each request on a connection: equal texts
 * are kept once, and so are equal lists, which is most of what a journal of requests takes.
 */
export function fieldsOf(connection: Connection, raw: string[]): HeaderList {
  const last = connection.fields?.flat ?? [];
  let isRepeated = raw.length === last.length;
  for (let index = 0; index < raw.length; index += 1) {
    const text = last[index];
    if (text !== undefined && text === raw[index]) raw[index] = text;
    else isRepeated = false;
  }
  if (isRepeated && connection.fields !== undefined) return connection.fields;
  connection.fields = new HeaderList(raw);
  return connection.fields;
}

function hasCertificate(house: House, socket: object): boolean {
  if (!isSecure(socket)) return false;
  if (!house.trustsAnyCertificate) return socket.authorized;
  return Object.keys(socket.getPeerCertificate() ?? {}).length > 0;
}

/** `node:tls` itself is loaded by those who serve https. */
function isSecure(socket: object): socket is TLSSocket {
  return 'encrypted' in socket && socket.encrypted === true;
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
