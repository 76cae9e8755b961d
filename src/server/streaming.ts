import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { HeaderList, type HttpResponse, noBody, problem } from '../http/index.ts';
import { hasBody } from './body.ts';
import { ByteCollector } from './byte-collector.ts';
import { type Call, type House, reportError } from './call.ts';
import { connectionOf } from './connection.ts';
import { addCors, corsBit, isPreflight, preflightAnswer } from './cors.ts';
import { type OfferedChange, offersHttp2, serveWithoutOffer } from './declined-offer.ts';
import { sendHints } from './early-hints.ts';
import { type Destination, destinationOf, refusalOfHead } from './head.ts';
import { type NodeServer, openServer, type Server } from './listen.ts';
import { observe } from './observe.ts';
import type { ServerOptions } from './options.ts';
import { endWith, refuse, send, shortBody } from './send.ts';
import type { AnswerHead, StreamingCall, StreamingListener, UpgradeListener } from './streaming-call.ts';

/** Who takes the requests of a streaming server. */
export interface StreamingListeners {
  readonly onRequest: StreamingListener;
  /** Absent: a wish to change the protocol is not heard, and the request served as any other. */
  readonly onUpgrade?: UpgradeListener;
}

/**
 * Serves requests piece by piece: what a proxy needs. The limits hold but for those of bodies; a request may take as long as it
 * keeps moving. Throws what `listen` throws.
 */
export function listenStreaming(
  { onRequest, onUpgrade }: StreamingListeners,
  options: Omit<ServerOptions, 'decodeBodies'> = {},
): Promise<Omit<Server, 'setTarget'>> {
  const limits = { requestTimeoutMs: 0, ...options.limits };
  return openServer(noTarget, { ...options, limits }, (house, server) => {
    listenTo(server, house, onRequest);
    if (onUpgrade === undefined) return;
    server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, first: Buffer) => {
      const { latest } = connectionOf(house, socket);
      const change = { incoming, socket, first };
      if (offersHttp2(incoming)) serveWithoutOffer(server, change, latest?.outgoing);
      else upgrade({ house, ...change }, onUpgrade);
    });
  });
}

function noTarget(): Promise<HttpResponse> {
  return Promise.resolve(problem(500));
}

function listenTo(server: NodeServer, house: House, onRequest: StreamingListener): void {
  const listener = (waits: boolean) => (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const call = openCall(house, incoming, outgoing);
    const destination = refusalOfHead(call) ?? destinationOf(call) ?? noDestination();
    if ('status' in destination) refuse(call, destination);
    else begin(call, destination, { onRequest, waits });
  };
  server.on('request', listener(false));
  server.on('checkContinue', listener(true));
  server.on('checkExpectation', listener(false));
  server.on('connection', (socket) => {
    // A client that ends its half may still read, and one that is gone for good looks the same until something is sent to it:
    // it has a moment to get the rest of its answer.
    socket.once('end', () => {
      setTimeout(() => endUnfinished(house, socket), house.limits.lingerMs).unref();
    });
  });
}

function endUnfinished(house: House, socket: Duplex): void {
  const latest = house.connections.get(socket)?.latest;
  if (latest !== undefined && !latest.outgoing.writableEnded) socket.destroy();
}

function openCall(house: House, incoming: IncomingMessage, outgoing: ServerResponse): Call {
  const connection = connectionOf(house, incoming.socket);
  const call: Call = { house, connection, incoming, outgoing, close: false, bytes: 0 };
  connection.latest = call;
  if (house.onExchange !== undefined) observe(call, house.onExchange);
  return call;
}

interface Beginning {
  readonly onRequest: StreamingListener;
  readonly waits: boolean;
}

function begin(call: Call, destination: Destination, { onRequest, waits }: Beginning): void {
  const streaming = new NodeCall(call, destination, waits);
  // By then a short body that came with the head has been read.
  if (streaming.hasBody) process.nextTick(onRequest, streaming);
  else onRequest(streaming);
}

class NodeCall implements StreamingCall {
  readonly method: string;
  readonly target: string;
  readonly origin: string;
  readonly headers: HeaderList;
  readonly clientCertificate?: boolean;
  readonly hasBody: boolean;
  readonly #call: Call;
  readonly #waits: boolean;
  /** Whether an end was given, be it a bad one. */
  #isEnded = false;
  /** A short piece that came with the head: if it is all, both go out in one write. */
  #first: Uint8Array | undefined;
  #isSettled = false;
  #informed = 0;

  constructor(call: Call, destination: Destination, waits: boolean) {
    this.#call = call;
    this.#waits = waits;
    this.method = call.incoming.method ?? 'GET';
    this.target = destination.target;
    this.origin = destination.origin;
    this.headers = new HeaderList(call.incoming.rawHeaders);
    this.hasBody = hasBody(call);
    const { certificate } = call.connection;
    if (certificate !== undefined) this.clientCertificate = certificate;
  }

  get peer(): string | undefined {
    return this.#call.incoming.socket.remoteAddress;
  }

  takeWhole(): Uint8Array | undefined {
    const { incoming } = this.#call;
    if (!this.hasBody) return noBody;
    // Node says that a request is complete a turn after its last byte has come; its length tells at once.
    const { 'content-length': length } = incoming.headers;
    if (!incoming.complete && Number(length) !== incoming.readableLength) return undefined;
    const bytes = new ByteCollector();
    for (let piece: unknown = incoming.read(); piece instanceof Uint8Array; piece = incoming.read())
      bytes.push(piece);
    return bytes.take();
  }

  body(): AsyncIterable<Uint8Array> {
    const { incoming, outgoing } = this.#call;
    if (this.#waits && !outgoing.headersSent) outgoing.writeContinue();
    return incoming.iterator({ destroyOnReturn: false });
  }

  get announcesTrailers(): boolean {
    const { headers } = this.#call.incoming;
    return headers.trailer !== undefined && headers['transfer-encoding'] !== undefined;
  }

  trailers(): readonly string[] {
    return this.#call.incoming.rawTrailers;
  }

  preflightAnswer(): HttpResponse | undefined {
    const { house, incoming } = this.#call;
    if (!house.cors || !isPreflight(incoming.method, incoming.headers)) return undefined;
    return preflightAnswer(incoming.headers);
  }

  answer(response: HttpResponse): void {
    this.#isEnded = true;
    if (this.#call.incoming.complete || !this.hasBody) send(this.#call, response);
    else refuse(this.#call, response);
  }

  inform(status: number, headers: readonly string[]): void {
    const { incoming, outgoing } = this.#call;
    // HTTP/1.0 knows none.
    if (incoming.httpVersionMinor === 0 || outgoing.headersSent || !this.isOpen) return;
    // A client that does not read must not have them heaped up for it.
    if (this.#informed >= mostInterim || outgoing.writableLength > 0) return;
    this.#informed += 1;
    if (status === 102) outgoing.writeProcessing();
    else if (status === 103) sendHints(outgoing, headers);
  }

  begin({ status, reason, headers }: AnswerHead): void {
    const { house, incoming, outgoing, close } = this.#call;
    if (outgoing.destroyed || outgoing.headersSent) return;
    const head = [...headers];
    if (house.cors) addCors(head, incoming.headers, corsGiven(head));
    if (close || house.closing) head.push('Connection', 'close');
    outgoing.sendDate = false;
    try {
      if (reason === undefined) outgoing.writeHead(status, head);
      else outgoing.writeHead(status, reason, head);
    } catch (error) {
      reportError(house, error);
      this.cut();
      return;
    }
    process.nextTick(settle, this);
  }

  /** What came with the head is written by now. What did not, the head does not wait for. */
  settle(): void {
    const { outgoing } = this.#call;
    const first = this.#first;
    this.#first = undefined;
    this.#isSettled = true;
    if (first !== undefined) outgoing.write(first);
    // `flushHeaders` would write them as UTF-8; with bytes, of which there need be none, they go out as they are.
    else if (this.#call.bytes === 0 && this.isOpen) outgoing.write(noBody);
  }

  write(bytes: Uint8Array): boolean {
    const { outgoing } = this.#call;
    if (outgoing.destroyed) return true;
    const isFirst = this.#call.bytes === 0;
    this.#call.bytes += bytes.length;
    if (!this.#isSettled && isFirst && bytes.length <= shortBody) {
      this.#first = bytes;
      return true;
    }
    if (this.#first !== undefined) outgoing.write(this.#first);
    this.#first = undefined;
    return outgoing.write(bytes);
  }

  end(trailers: readonly (readonly [string, string])[] = []): void {
    const { outgoing } = this.#call;
    const first = this.#first;
    this.#first = undefined;
    this.#isEnded = true;
    if (trailers.length > 0)
      outgoing.addTrailers(trailers.map(([name, value]): [string, string] => [name, value]));
    if (first === undefined) outgoing.end();
    else endWith(outgoing, first);
  }

  cut(): void {
    const { socket } = this.#call.incoming;
    this.#isEnded = true;
    // To HTTP/1.0 the end of the connection is a good end, unless it is reset.
    if (this.#call.incoming.httpVersionMinor === 0 && 'resetAndDestroy' in socket) socket.resetAndDestroy();
    else socket.destroy();
  }

  get isOpen(): boolean {
    const { outgoing } = this.#call;
    return !outgoing.destroyed && !outgoing.writableEnded && !this.#isEnded;
  }

  onGone(listener: () => void): void {
    const { outgoing } = this.#call;
    outgoing.once('close', () => {
      if (!this.#isEnded || !outgoing.writableFinished) listener();
    });
  }

  onDrain(listener: () => void): void {
    this.#call.outgoing.once('drain', listener);
  }
}

/** Interim answers before one answer: a server that sends more is not heard until it has answered. */
const mostInterim = 16;

function settle(call: NodeCall): void {
  call.settle();
}

/** An answer that says anything of CORS itself has all said. */
function corsGiven(head: readonly string[]): number {
  for (let index = 0; index < head.length; index += 2) {
    const name = head[index] as string;
    if (name.length > 26 && corsBit(name.toLowerCase()) !== 0) return allCors;
  }
  return 0;
}

const allCors = 15;

interface Upgrading extends OfferedChange {
  readonly house: House;
}

function upgrade({ house, incoming, socket, first }: Upgrading, onUpgrade: UpgradeListener): void {
  const connection = connectionOf(house, socket);
  const destination = destinationOf({ house, connection, incoming });
  if (destination === undefined || house.closing) {
    socket.destroy();
    return;
  }
  incoming.setTimeout(0);
  const headers = new HeaderList(incoming.rawHeaders);
  const peer = incoming.socket.remoteAddress;
  onUpgrade({ ...destination, method: incoming.method ?? 'GET', headers, peer, first, socket });
}

function noDestination(): HttpResponse {
  const detail =
    'Cannot tell where the request leads: its target or host is malformed. Send a path and a host.';
  return problem(400, { detail });
}
