import { connect, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { type ConnectionOptions, connectOptions } from './connect-options.ts';
import { WireFailure, wireFailureOf } from './wire-failure.ts';

/** How a bare connection is made. */
export interface OpenSocketOptions extends ConnectionOptions {
  /** The http URL of a proxy to go through. */
  readonly proxy?: string;
  /** Milliseconds until it must stand. Default 10,000. */
  readonly timeout?: number;
}

/**
 * Opens a bare connection to an http(s) origin, for bytes that are no HTTP exchange. Rejects with a `WireFailure` where it cannot
 * be had.
 */
export async function openSocket(origin: string, options: OpenSocketOptions = {}): Promise<Duplex> {
  const url = new URL(origin);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const timeout = options.timeout ?? 10_000;
  const plain =
    options.proxy === undefined
      ? await opened(connect({ host, port, noDelay: true }), 'connect', timeout)
      : await openTunnel({ host: url.hostname, port }, options.proxy, timeout);
  if (url.protocol !== 'https:') return plain;
  const secure = connectTls({
    socket: plain,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    ...connectOptions(options),
  });
  return opened(secure, 'secureConnect', timeout);
}

function opened<Kind extends Socket>(socket: Kind, event: string, timeout: number): Promise<Kind> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new WireFailure('timeout', `no connection within ${timeout} ms`));
    }, timeout);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(wireFailureOf(error));
    };
    socket.once('error', fail);
    socket.once(event, () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 */
async function openTunnel(
  to: { readonly host: string; readonly port: number },
  proxy: string,
  timeout: number,
): Promise<Socket> {
  const { hostname, port, username, password } = new URL(proxy);
  const socket = await opened(
    connect({ host: hostname, port: Number(port || 80), noDelay: true }),
    'connect',
    timeout,
  );
  const authority = `${to.host}:${to.port}`;
  const pair = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString(
    'base64',
  );
  const credential = username === '' ? '' : `Proxy-Authorization: Basic ${pair}\r\n`;
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credential}\r\n`);
  const head = await headOf(socket, timeout);
  if (/^HTTP\/1\.[01] 2/.test(head)) return socket;
  socket.destroy();
  throw new WireFailure('unreachable', `the proxy answers "${head.split('\r\n', 1)[0]}"`);
}

const longestHead = 16_384;

/** Reads up to the empty line; what comes after it stays in the socket. */
function headOf(socket: Socket, timeout: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = '';
    const stop = (failure?: WireFailure): void => {
      clearTimeout(timer);
      socket.off('readable', read).off('close', close);
      if (failure === undefined) resolve(head);
      else {
        socket.destroy();
        reject(failure);
      }
    };
    const close = (): void => stop(new WireFailure('broken', 'the proxy closed the connection'));
    const timer = setTimeout(() => stop(new WireFailure('timeout', 'the proxy does not answer')), timeout);
    const read = (): void => {
      for (let byte: unknown = socket.read(1); Buffer.isBuffer(byte); byte = socket.read(1)) {
        head += byte.toString('latin1');
        const isWhole = head.endsWith('\r\n\r\n');
        if (!isWhole && head.length <= longestHead) continue;
        stop(isWhole ? undefined : new WireFailure('malformed', 'the proxy does not speak HTTP'));
        return;
      }
    };
    socket.on('readable', read).on('close', close);
  });
}
