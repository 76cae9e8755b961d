import { createServer, type Server as HttpServer, type ServerOptions as NodeOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApidoubleError, systemClock } from '../core/index.ts';
import type { Target } from '../http/index.ts';
import { type House, reportError } from './call.ts';
import { type CloseOptions, createClose } from './close.ts';
import { createOpenSockets } from './connection.ts';
import { refuseTunnel, refuseUnreadable } from './not-http.ts';
import { defaultLimits, type Limits, type ServerOptions } from './options.ts';
import { createContinueListener, createExpectationListener, createListener } from './serve.ts';

/** A server that listens. */
export interface Server {
  /** `http://127.0.0.1:4010`, with the port that it has. */
  readonly url: string;
  readonly port: number;
  /** Gives every request from now on to another target; connections, and requests under way, are not touched. */
  setTarget(target: Target): void;
  /** Takes no more connections, finishes the requests under way, and closes. It may be called again, and never rejects. */
  close(options?: CloseOptions): Promise<void>;
}

/**
 * Serves a target over HTTP, or HTTPS where `tls` is given. Whatever a client sends gets an answer or an end.
 *
 * Throws `ERR_PORT_IN_USE` where something listens on the port, `ERR_LISTEN` where the address cannot be had, `ERR_OPTION` for a
 * port or a certificate that is none.
 */
export function listen(target: Target, options: ServerOptions = {}): Promise<Server> {
  return openServer(target, options, (house, server) => {
    server.on('request', createListener(house));
    server.on('checkContinue', createContinueListener(house));
    server.on('checkExpectation', createExpectationListener(house));
  });
}

/** Node's server, for those who add listeners to it. */
export type NodeServer = HttpServer;

/** Opens a server to whose requests `wire` listens; all else is done here. Throws what `listen` throws. */
export async function openServer(
  target: Target,
  options: ServerOptions,
  wire: (house: House, server: NodeServer) => void,
): Promise<Server> {
  const { host = '127.0.0.1', port = 0 } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const message = `Cannot listen on port "${port}": a port is a whole number from 0 to 65535. Give one, or 0 for any.`;
    throw new ApidoubleError('ERR_OPTION', message);
  }
  const house = houseOf(target, options);
  const server = await createNodeServer(house, options);
  wire(house, server);
  const sockets = createOpenSockets();
  server.on('connection', sockets.add).on('secureConnection', sockets.add);
  await bind(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  const url = `${house.scheme}://${host.includes(':') ? `[${host}]` : host}:${taken}`;
  house.origin = url;
  server.on('error', (error) => reportError(house, error));
  return {
    url,
    port: taken,
    setTarget: (next) => {
      house.target = next;
    },
    close: createClose(server, house, sockets),
  };
}

function houseOf(target: Target, options: ServerOptions): House {
  const { tls } = options;
  return {
    target,
    closing: false,
    origin: '',
    scheme: tls === undefined ? 'http' : 'https',
    limits: { ...defaultLimits, ...options.limits },
    cors: options.cors ?? true,
    corsExcept: options.corsExcept,
    decodeBodies: options.decodeBodies ?? true,
    asksForCertificate: tls?.requestCert ?? false,
    trustsAnyCertificate: tls?.ca === undefined,
    connections: new WeakMap(),
    clock: options.clock ?? systemClock,
    onExchange: options.onExchange,
    onError: options.onError,
  };
}

async function createNodeServer(house: House, options: ServerOptions): Promise<HttpServer> {
  const { limits } = house;
  const server = await makeServer(nodeOptions(limits), options);
  server.timeout = limits.idleTimeoutMs;
  server.maxHeadersCount = 0;
  if (Number.isFinite(limits.maxConnections)) server.maxConnections = limits.maxConnections;
  // A client that has said all it has to say may close its half; node would close ours with it, unless told by this old property.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('clientError', (error, socket) => refuseUnreadable(house, error, socket));
  server.on('connect', (_request, socket) => refuseTunnel(house, socket));
  return server;
}

function nodeOptions(limits: Limits): NodeOptions {
  const { requestTimeoutMs } = limits;
  // 0 is no limit.
  const headersTimeout = Math.min(limits.headersTimeoutMs, requestTimeoutMs || Number.POSITIVE_INFINITY);
  return {
    headersTimeout,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    maxHeaderSize: limits.headerBytes,
    requireHostHeader: false,
    // Node looks for slow clients at intervals; at its own of 30 s no limit would mean what it says.
    connectionsCheckingInterval: Math.min(Math.max(Math.floor(headersTimeout / 4), 20), 5_000),
  };
}

async function makeServer(node: NodeOptions, { tls }: ServerOptions): Promise<HttpServer> {
  if (tls === undefined) return createServer(node);
  const https = await import('node:https');
  const { cert, key, ca, requestCert = false } = tls;
  const pem = { cert: bytesOf(cert), key: bytesOf(key), ...(ca === undefined ? {} : { ca: bytesOf(ca) }) };
  const handshakeTimeout = node.headersTimeout ?? 0;
  try {
    return https.createServer({ ...node, ...pem, requestCert, rejectUnauthorized: false, handshakeTimeout });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot use the TLS certificate: ${reason}. Give a certificate and its key as PEM.`;
    throw new ApidoubleError('ERR_OPTION', message, { cause });
  }
}

function bytesOf(pem: string | Uint8Array): string | Buffer {
  return typeof pem === 'string' ? pem : Buffer.from(pem);
}

function bind(server: HttpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(listenFault(error, host, port));
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      resolve();
    });
  });
}

function listenFault(cause: NodeJS.ErrnoException, host: string, port: number): ApidoubleError {
  if (cause.code === 'EADDRINUSE') {
    const message = `Cannot listen on port "${port}": something listens there already. Choose another with --port, or any free one with --port 0.`;
    return new ApidoubleError('ERR_PORT_IN_USE', message, { cause });
  }
  if (cause.code === 'EACCES' || cause.code === 'EPERM') {
    const message = `Cannot listen on port "${port}": this user may not. Choose one above 1023 with --port, or --port 0.`;
    return new ApidoubleError('ERR_LISTEN', message, { cause });
  }
  const message = `Cannot listen on host "${host}": ${cause.message}. Choose an address of this machine with --host.`;
  return new ApidoubleError('ERR_LISTEN', message, { cause });
}
