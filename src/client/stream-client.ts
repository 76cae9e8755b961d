import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { type ConnectionOptions, connectOptions } from './connect-options.ts';
import { sendTrailing } from './trailing-request.ts';
import { type WireFailure, wireFailureOf } from './wire-failure.ts';

/** How a server is talked to piece by piece. */
export interface StreamClientOptions extends ConnectionOptions {
  /** Milliseconds to wait for the head of an answer; 0 is for ever. Default 60,000. */
  readonly headTimeout?: number;
  /** Milliseconds between two pieces of its body; 0 is for ever. Default 300,000. */
  readonly idleTimeout?: number;
  /** The http(s) URL of a proxy to go through. */
  readonly proxy?: string;
}

/** A request of which the body may come in pieces. */
export interface StreamedRequest {
  readonly origin: string;
  /** In origin form. */
  readonly target: string;
  readonly method: string;
  /** Flat: name, value. Without Host and without what is the connection's own. */
  readonly headers: readonly string[];
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | undefined;
  /** The fields that follow the body, flat; asked for once it has ended. Given, the request is sent in chunks, over HTTP/1.1. */
  readonly trailers?: (() => readonly string[]) | undefined;
}

/** Takes an answer as it comes. Exactly one of `onEnd` and `onFailure` is called, last, unless it was aborted. */
export interface StreamReceiver {
  /** The reason is empty where the server sent none, as in HTTP/2. */
  onHead(status: number, headers: readonly string[], reason: string | undefined): void;
  /** An interim answer (`103 Early Hints`); the answer itself is still to come. */
  onInformation?(status: number, headers: readonly string[]): void;
  onData(piece: Uint8Array): void;
  onEnd(trailers: readonly string[]): void;
  onFailure(failure: WireFailure): void;
}

/** The hand that an exchange under way is held by. */
export interface StreamControl {
  pause(): void;
  resume(): void;
  /** Ends it; the receiver hears nothing more. */
  abort(): void;
}

/** A client that keeps connections open until it is closed. */
export interface StreamClient {
  send(request: StreamedRequest, receiver: StreamReceiver): StreamControl;
  close(): Promise<void>;
}

/**
 * A client that passes bytes on as they come: any method, headers in their order and writing, redirects and content codings
 * left to the caller. What fails is told to the receiver as a `WireFailure`.
 *
 * HTTP/2 is spoken with servers that speak nothing else: there undici takes a stream that the server has reset for one that ended.
 */
export function createStreamClient(options: StreamClientOptions = {}): StreamClient {
  const { headTimeout = 60_000, idleTimeout = 300_000 } = options;
  const agents = { usual: createAgent(options, false), http2: createAgent(options, true) };
  const onlyHttp2 = new Set<string>();
  const dispatch = (request: StreamedRequest, reception: Reception): void => {
    const agent = onlyHttp2.has(request.origin) ? agents.http2 : agents.usual;
    try {
      agent.dispatch(
        {
          origin: request.origin,
          path: request.target,
          method: request.method as Dispatcher.HttpMethod,
          headers: request.headers as string[],
          // An iterable of bytes is taken too, though the types do not say so.
          body: (request.body ?? null) as Uint8Array | null,
          headersTimeout: headTimeout,
          bodyTimeout: idleTimeout,
          // A write must never be sent a second time behind the caller's back.
          idempotent: false,
        },
        reception,
      );
    } catch (error) {
      queueMicrotask(() => reception.fail(error));
    }
  };
  return {
    send(request, receiver) {
      const { trailers } = request;
      if (trailers !== undefined) {
        const limits = { headTimeout, idleTimeout, longestHead };
        return sendTrailing({ ...request, trailers }, receiver, { ...options, ...limits });
      }
      // Without a connection nothing was sent, and nothing of the body read.
      const again = (): void => {
        onlyHttp2.add(request.origin);
        dispatch(request, reception);
      };
      const reception = new Reception(receiver, again);
      dispatch(request, reception);
      return reception;
    },
    async close() {
      await Promise.all([agents.usual.destroy(), agents.http2.destroy()]);
    },
  };
}

/** As much as browsers take. */
const longestHead = 256 * 1024;

function createAgent(options: StreamClientOptions, allowH2: boolean): Dispatcher {
  const connect = { ...connectOptions(options), allowH2 };
  const usual = {
    pipelining: 1,
    keepAliveTimeout: 4_000,
    allowH2,
    maxHeaderSize: longestHead,
  };
  if (options.proxy === undefined) return new Agent({ ...usual, connect });
  return new ProxyAgent({ ...usual, uri: options.proxy, requestTls: connect });
}

class Reception implements Dispatcher.DispatchHandler, StreamControl {
  readonly #receiver: StreamReceiver;
  /** Sends the request once more, in HTTP/2. */
  readonly #again: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #over = false;

  constructor(receiver: StreamReceiver, again: () => void) {
    this.#receiver = receiver;
    this.#again = again;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('the exchange was given up'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    reason?: string,
  ): void {
    if (this.#over) return;
    if (status < 200) {
      this.#receiver.onInformation?.(status, textsOf(controller, 'rawHeaders'));
      return;
    }
    this.#receiver.onHead(status, textsOf(controller, 'rawHeaders'), reason);
    // They may have the length of what they do not send, which undici takes for a body that broke off.
    if ((status === 304 || status === 204) && !this.#over) this.onResponseEnd(controller);
  }

  onResponseData(_controller: Dispatcher.DispatchController, piece: Uint8Array): void {
    if (!this.#over) this.#receiver.onData(piece);
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    if (this.#over) return;
    this.#over = true;
    this.#receiver.onEnd(textsOf(controller, 'rawTrailers'));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.#over && wantsHttp2(error)) this.#again();
    else this.fail(error);
  }

  fail(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#receiver.onFailure(wireFailureOf(error));
  }

  pause(): void {
    this.#controller?.pause();
  }

  resume(): void {
    this.#controller?.resume();
  }

  abort(): void {
    if (this.#over) return;
    this.#over = true;
    this.#controller?.abort(new Error('the exchange was given up'));
  }
}

/** Whether a server has refused the handshake because HTTP/1.1 was all it was offered. */
function wantsHttp2(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';
}

/** Fields as they stood on the wire. */
function textsOf(controller: object, which: 'rawHeaders' | 'rawTrailers'): string[] {
  const raw: unknown = Reflect.get(controller, which);
  // Those of HTTP/2 come as a record.
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw))
    return Object.entries(raw).flat().map(String);
  if (!Array.isArray(raw)) return [];
  return raw.map((one: unknown) => (Buffer.isBuffer(one) ? one.toString('latin1') : String(one)));
}
