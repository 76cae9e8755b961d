import type { Dispatcher } from 'undici';
import { HeaderList, type HttpRequest, type HttpResponse, noBody, type Target } from '../http/index.ts';
import { createDispatcher, type DispatcherOptions } from './dispatcher.ts';
import { type StrayWatch, watchStrays } from './stray-bytes.ts';
import { WireFailure, wireFailureOf } from './wire-failure.ts';

/** How a network address is talked to. */
export interface HttpTargetOptions extends DispatcherOptions {
  /** Milliseconds for one whole exchange. Default 10,000. */
  readonly timeout?: number;
  /** Bytes that a body may have. Default 32 MiB. */
  readonly bodyLimit?: number;
}

/** A target that keeps connections open, until it is closed. */
export interface HttpTarget {
  readonly send: Target;
  close(): Promise<void>;
}

/**
 * A target at a network address. Bytes go and come as they are: any method, a body with any of them, headers in their order,
 * redirects and content codings left to the caller. It rejects with a `WireFailure` where no whole answer came.
 */
export function createHttpTarget(options: HttpTargetOptions = {}): HttpTarget {
  const agent = createDispatcher(options);
  const strays = watchStrays(agent);
  return {
    send: (request, { signal } = {}) => exchange(agent, request, { ...options, signal, strays }),
    close: () => agent.destroy(),
  };
}

const tooMuch = 'more bytes came behind the end of the answer';

interface ExchangeOptions extends HttpTargetOptions {
  readonly signal: AbortSignal | undefined;
  readonly strays: StrayWatch;
}

function exchange(agent: Dispatcher, request: HttpRequest, options: ExchangeOptions): Promise<HttpResponse> {
  const timeout = options.timeout ?? 10_000;
  return new Promise((resolve, reject) => {
    const reception = createReception(options.bodyLimit ?? 33_554_432);
    const giveUp = (why: WireFailure): void => {
      reception.abort(why);
      finish(() => reject(why));
    };
    const late = (): void => giveUp(new WireFailure('timeout', `no whole answer within ${timeout} ms`));
    const timer = setTimeout(late, timeout);
    const stop = (): void => giveUp(new WireFailure('broken', 'the run was ended'));
    options.signal?.addEventListener('abort', stop, { once: true });
    const finish = (outcome: () => void): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      outcome();
    };
    const handler = reception.handler(
      (response) =>
        options.strays.afterEnd((isFollowed) =>
          finish(() => (isFollowed ? reject(new WireFailure('malformed', tooMuch)) : resolve(response))),
        ),
      (error) => finish(() => reject(wireFailureOf(error))),
    );
    try {
      agent.dispatch(dispatchOptions(request, timeout), handler);
    } catch (error) {
      finish(() => reject(wireFailureOf(error)));
    }
  });
}

function dispatchOptions(
  request: HttpRequest,
  timeout: number,
): Dispatcher.DispatchOptions & { origin: string } {
  return {
    origin: request.origin,
    path: request.target,
    method: request.method as Dispatcher.HttpMethod,
    headers: [...request.headers.flat],
    body: request.body.length === 0 ? null : Buffer.from(request.body),
    headersTimeout: timeout,
    bodyTimeout: timeout,
    // A write must never be sent a second time behind the caller's back.
    idempotent: false,
  };
}

interface Reception {
  abort(reason: WireFailure): void;
  handler(
    done: (response: HttpResponse) => void,
    failed: (error: unknown) => void,
  ): Dispatcher.DispatchHandler;
}

/** Collects one answer. What comes after it was given up is dropped. */
function createReception(limit: number): Reception {
  const chunks: Uint8Array[] = [];
  let head: Omit<HttpResponse, 'body'> | undefined;
  let size = 0;
  let reason: WireFailure | undefined;
  let controller: Dispatcher.DispatchController | undefined;
  const abort = (why: WireFailure): void => {
    reason ??= why;
    controller?.abort(reason);
  };
  return {
    abort,
    handler: (done, failed) => ({
      onRequestStart(started) {
        controller = started;
        if (reason !== undefined) started.abort(reason);
      },
      onResponseStart(started, status, _headers, text) {
        if (status < 200) return;
        const headers = new HeaderList(rawTexts(started));
        head = { status, headers, ...(text === undefined || text === '' ? {} : { reason: text }) };
      },
      onResponseData(_, chunk) {
        size += chunk.length;
        if (size > limit) abort(new WireFailure('too-large', `the body has more than ${limit} bytes`));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        if (head === undefined) failed(new WireFailure('broken', 'the answer has no head'));
        else done({ ...head, body: Buffer.concat(chunks) });
      },
      onResponseError(_, error) {
        // A 304 may tell the length of what it does not send; undici misses the bytes.
        // https://www.rfc-editor.org/rfc/rfc9110#section-8.6
        const isLengthOnly = 'code' in error && error.code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
        if (head?.status === 304 && isLengthOnly && reason === undefined) done({ ...head, body: noBody });
        else failed(reason ?? error);
      },
    }),
  };
}

function rawTexts(controller: Dispatcher.DispatchController): string[] {
  const raw = 'rawHeaders' in controller ? controller.rawHeaders : undefined;
  if (!Array.isArray(raw)) return [];
  return raw.map((one: unknown) => (Buffer.isBuffer(one) ? one.toString('latin1') : String(one)));
}
