import { setTimeout as wait } from 'node:timers/promises';
import { isWireFailure, type WireFailureKind } from '../../client/index.ts';
import { stopwatch } from '../../core/index.ts';
import { type Exchange, HeaderList, type HttpRequest, noBody, type Target } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RunEvent } from '../report.ts';

/** What came of a request. */
export type Outcome =
  | { readonly kind: 'answered'; readonly exchange: Exchange; readonly status: number }
  | {
      readonly kind: 'none';
      readonly why: WireFailureKind | 'error' | 'budget';
      readonly reason: string;
      readonly request: HttpRequest;
    };

/** What a request is sent for. */
export interface Purpose {
  readonly plan?: OperationPlan;
  readonly obligation?: string;
  /** The request breaks the document on purpose: how HTTP itself refuses it need not be documented. */
  readonly provoked?: boolean;
  /** It removes what the run made: it is sent even where the budget is spent, or the run was ended. */
  readonly closing?: boolean;
}

export interface SessionOptions {
  readonly target: Target;
  readonly requests?: number | undefined;
  readonly seconds?: number | undefined;
  readonly rate?: number | undefined;
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  readonly observe: (exchange: Exchange, purpose: Purpose) => void;
  readonly unanswered: (outcome: Outcome & { kind: 'none' }, purpose: Purpose) => void;
  readonly onEvent: (event: RunEvent) => void;
}

/** Sends requests within the budget and at the pace of the run. It never rejects. */
export interface Session {
  send(request: HttpRequest, purpose: Purpose): Promise<Outcome>;
  readonly requests: number;
  readonly isSpent: boolean;
  /** Whether any answer came so far. */
  readonly heard: boolean;
}

const mostRetries = 6;
const longestPause = 30_000;
const mostRedirects = 3;

export function createSession(options: SessionOptions): Session {
  const started = stopwatch();
  let requests = 0;
  let heard = false;
  let nextSlot = 0;

  const isSpent = (): boolean =>
    options.signal?.aborted === true ||
    (options.requests !== undefined && requests >= options.requests) ||
    (options.seconds !== undefined && stopwatch() - started >= options.seconds * 1000);

  const takeSlot = async (): Promise<void> => {
    if (options.rate === undefined) return;
    const now = stopwatch();
    const slot = Math.max(now, nextSlot);
    nextSlot = slot + 1000 / options.rate;
    if (slot > now) await wait(slot - now);
  };

  const once = async (request: HttpRequest, purpose: Purpose): Promise<Outcome> => {
    if (isSpent() && purpose.closing !== true)
      return { kind: 'none', why: 'budget', reason: 'the budget is spent', request };
    await takeSlot();
    requests += 1;
    const begun = stopwatch();
    const outcome = await attempt(
      purpose.closing === true ? { ...options, signal: undefined } : options,
      request,
    );
    // What the user broke off is no silence of the server's.
    if (outcome.kind === 'none' && options.signal?.aborted === true && purpose.closing !== true)
      return { ...outcome, why: 'budget', reason: 'the run was ended' };
    if (outcome.kind === 'none') {
      options.unanswered(outcome, purpose);
      return outcome;
    }
    heard = true;
    const { exchange } = outcome;
    const { obligation } = purpose;
    const milliseconds = stopwatch() - begun;
    options.onEvent({
      kind: 'exchange',
      exchange,
      milliseconds,
      ...(obligation === undefined ? {} : { obligation }),
    });
    options.observe(exchange, purpose);
    return outcome;
  };

  const patiently = async (request: HttpRequest, purpose: Purpose): Promise<Outcome> => {
    for (let tries = 0; ; tries += 1) {
      const outcome = await once(request, purpose);
      const pause = outcome.kind === 'answered' ? pauseAfter(outcome, tries) : undefined;
      if (pause === undefined || tries >= mostRetries) return outcome;
      await wait(pause);
    }
  };

  return {
    async send(request, purpose) {
      let outcome = await patiently(request, purpose);
      for (let hops = 0; hops < mostRedirects && outcome.kind === 'answered'; hops += 1) {
        const next = redirected(outcome);
        if (next === undefined) break;
        outcome = await patiently(next, purpose);
      }
      return outcome;
    },
    get requests() {
      return requests;
    },
    get isSpent() {
      return isSpent();
    },
    get heard() {
      return heard;
    },
  };
}

/** A target that is a function of the user's may throw, or never answer: both are an answer that did not come. */
async function attempt(options: SessionOptions, request: HttpRequest): Promise<Outcome> {
  const ended = new AbortController();
  const late = wait(options.timeout + 500, undefined, { signal: ended.signal }).then(
    (): Outcome => ({
      kind: 'none',
      why: 'timeout',
      reason: `no answer within ${options.timeout} ms`,
      request,
    }),
    (): Outcome => ({ kind: 'none', why: 'timeout', reason: 'ended', request }),
  );
  try {
    const sending = options.target(request, options.signal === undefined ? {} : { signal: options.signal });
    const answered = Promise.resolve(sending).then(
      (response): Outcome => ({ kind: 'answered', exchange: { request, response }, status: response.status }),
      (error: unknown) => failureOf(error, request),
    );
    return await Promise.race([answered, late]);
  } catch (error) {
    return failureOf(error, request);
  } finally {
    ended.abort();
  }
}

function failureOf(error: unknown, request: HttpRequest): Outcome {
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'none', why: isWireFailure(error) ? error.kind : 'error', reason, request };
}

/**
 * How long to wait before the same request is sent again: what Retry-After asks for, else longer each time.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
function pauseAfter(outcome: Outcome & { kind: 'answered' }, tries: number): number | undefined {
  const after = outcome.exchange.response.headers.get('retry-after');
  if (outcome.status === 503 && after === undefined) return undefined;
  if (outcome.status !== 429 && outcome.status !== 503) return undefined;
  const seconds = after === undefined ? Number.NaN : Number(after);
  const wanted = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 50 * 2 ** tries;
  return Math.min(wanted, longestPause);
}

const redirects = new Set([301, 302, 303, 307, 308]);

/** The request that a redirect leads to, where it stays with the same origin. No other host is ever talked to. */
function redirected(outcome: Outcome & { kind: 'answered' }): HttpRequest | undefined {
  const { request, response } = outcome.exchange;
  const location = response.headers.get('location');
  if (!redirects.has(response.status) || location === undefined) return undefined;
  if (!URL.canParse(location, request.origin + request.target)) return undefined;
  const url = new URL(location, request.origin + request.target);
  if (url.origin !== new URL(request.origin).origin) return undefined;
  const target = url.pathname + url.search;
  if (target === request.target) return undefined;
  const asGet = response.status === 303 && request.method !== 'HEAD';
  if (!asGet) return { ...request, target };
  return {
    ...request,
    method: 'GET',
    target,
    body: noBody,
    headers: new HeaderList(request.headers.without('content-type').flat),
  };
}
