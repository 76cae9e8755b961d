import { type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http';
import { HeaderList } from '../http/index.ts';
import type { ConnectionOptions } from './connect-options.ts';
import { openSocket } from './open-socket.ts';
import type { StreamControl, StreamedRequest, StreamReceiver } from './stream-client.ts';
import { WireFailure, wireFailureOf } from './wire-failure.ts';

/** A request whose body is followed by fields. */
export interface TrailingRequest extends StreamedRequest {
  readonly trailers: () => readonly string[];
}

/** How it is sent. */
export interface TrailingOptions extends ConnectionOptions {
  readonly headTimeout: number;
  readonly idleTimeout: number;
  readonly longestHead: number;
  readonly proxy?: string;
}

/**
 * Sends a request with trailers, which undici cannot: in chunks, by node's own client, on a connection of its own.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.5
 */
export function sendTrailing(
  request: TrailingRequest,
  receiver: StreamReceiver,
  options: TrailingOptions,
): StreamControl {
  const exchange = new TrailingExchange(receiver, options);
  exchange.send(request).catch((error: unknown) => exchange.fail(error));
  return exchange;
}

class TrailingExchange implements StreamControl {
  readonly #receiver: StreamReceiver;
  readonly #options: TrailingOptions;
  #request: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  #isOver = false;

  constructor(receiver: StreamReceiver, options: TrailingOptions) {
    this.#receiver = receiver;
    this.#options = options;
  }

  async send(asked: TrailingRequest): Promise<void> {
    const { longestHead } = this.#options;
    const socket = await openSocket(asked.origin, this.#options);
    if (this.#isOver) {
      socket.destroy();
      return;
    }
    const { host } = new URL(asked.origin);
    const request = startRequest({
      createConnection: () => socket,
      method: asked.method,
      path: asked.target,
      headers: ['Host', host, ...asked.headers, 'Transfer-Encoding', 'chunked', 'Connection', 'close'],
      maxHeaderSize: longestHead,
    });
    this.#request = request;
    request.on('error', (error) => this.fail(error));
    request.on('information', ({ statusCode, rawHeaders }) => {
      if (!this.#isOver) this.#receiver.onInformation?.(statusCode, rawHeaders);
    });
    request.on('response', (response) => this.#receive(response));
    request.setTimeout(this.#options.idleTimeout, () => this.#late('a piece'));
    await this.#write(request, asked);
  }

  async #write(request: ClientRequest, { body, trailers }: TrailingRequest): Promise<void> {
    for await (const piece of piecesOf(body)) {
      if (request.destroyed || this.#isOver) return;
      if (!request.write(piece)) await drained(request);
    }
    if (this.#isOver) return;
    request.addTrailers(
      [...new HeaderList(trailers())].map(([name, value]): [string, string] => [name, value]),
    );
    request.end();
    if (this.#response === undefined)
      request.setTimeout(this.#options.headTimeout, () => this.#late('an answer'));
  }

  #receive(response: IncomingMessage): void {
    if (this.#isOver) {
      response.destroy();
      return;
    }
    this.#response = response;
    this.#request?.setTimeout(this.#options.idleTimeout);
    response.on('data', (piece: Uint8Array) => {
      if (!this.#isOver) this.#receiver.onData(piece);
    });
    response.once('end', () => {
      if (this.#isOver) return;
      this.#isOver = true;
      this.#receiver.onEnd(response.rawTrailers);
      // Nobody waits for what has not been sent of the body.
      this.#request?.destroy();
    });
    response.once('error', (error) => this.fail(error));
    this.#receiver.onHead(response.statusCode ?? 0, response.rawHeaders, response.statusMessage);
  }

  #late(what: string): void {
    this.fail(new WireFailure('timeout', `it waited too long for ${what}`));
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    this.abort();
    this.#receiver.onFailure(wireFailureOf(error));
  }

  pause(): void {
    this.#response?.pause();
  }

  resume(): void {
    this.#response?.resume();
  }

  abort(): void {
    this.#isOver = true;
    this.#request?.destroy();
  }
}

async function* piecesOf(body: StreamedRequest['body']): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) yield body;
  else if (body !== undefined) yield* body;
}

function drained(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      request.off('drain', done).off('close', done);
      resolve();
    };
    request.on('drain', done).on('close', done);
  });
}
