import { setTimeout as wait } from 'node:timers/promises';
import { isWireFailure, type WireFailureKind } from '../../client/index.ts';
import { stopwatch, systemClock } from '../../core/index.ts';
import { type Exchange, HeaderList, type HttpRequest, noBody, type Target } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RunEvent } from '../report.ts';
import { isSafe } from './is-safe.ts';

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
  /** Who sends it judges the answer by himself. */
  readonly quiet?: boolean;
  /** It removes what the run made: it is sent even where the budget is spent, or the run was ended. */
  readonly closing?: boolean;
  /** Over a connection of its own, where all bytes behind the head of the answer are seen. */
  readonly bare?: boolean;
  /** Sends the same again, with the credentials of then. */
  readonly repeat?: () => Promise<Outcome>;
}

/** What a session sends with, and its limits: `rate` in requests a second, `timeout` in milliseconds. */
export interface SessionOptions {
  readonly target: Target;
  /** The same, as bare as it can be had; absent where it cannot. */
  readonly bare?: Target | undefined;
  readonly requests?: number | undefined;
  readonly seconds?: number | undefined;
  readonly rate?: number | undefined;
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  readonly observe: (exchange: Exchange, purpose: Purpose) => void | Promise<void>;
  /** The last word on a request before it is sent. Where it throws, the run is over. */
  readonly beforeRequest?: (request: HttpRequest, purpose: Purpose) => Promise<HttpRequest>;
  readonly afterResponse?: (exchange: Exchange, purpose: Purpose) => Promise<void>;
  readonly unanswered: (outcome: Outcome & { kind: 'none' }, purpose: Purpose) => void;
  /** Told once, where the run is given up because the server does not answer. */
  readonly gaveUp: (reason: string) => void;
  readonly onEvent: (event: RunEvent) => void;
}

/** Sends requests within the budget and at the pace of the run. It rejects only with what ends the run: where nothing listens, or a hook throws. */
export interface Session {
  send(request: HttpRequest, purpose: Purpose): Promise<Outcome>;
  readonly requests: number;
  readonly isSpent: boolean;
  /** Whether any answer came so far. */
  readonly heard: boolean;
  /** Why nothing more is sent, where the server itself is the reason. */
  readonly whyGivenUp: string | undefined;
}

const mostRetries = 6;
const mostRetriesWithoutWord = 2;
const longestPause = 30_000;
/** Somebody waits for the end. */
const longestPauseAtEnd = 5000;
const mostRedirects = 3;
/** Requests in a row that are waited for in vain before a run is given up: of a server that never answered, and of one that did. */
const mostSilences = { unheard: 3, heard: 12 };

/** Opens a session. Its seconds count from here. */
export function createSession(options: SessionOptions): Session {
  const started = stopwatch();
  let requests = 0;
  let heard = false;
  let nextSlot = 0;
  let pausedUntil = 0;
  let isOver = false;
  let silences = 0;
  let whyGivenUp: string | undefined;

  const isSpent = (): boolean =>
    isOver ||
    options.signal?.aborted === true ||
    (options.requests !== undefined && requests >= options.requests) ||
    (options.seconds !== undefined && stopwatch() - started >= options.seconds * 1000);

  /** No longer than the run lasts. */
  const pause = async (milliseconds: number, { closing }: Purpose): Promise<void> => {
    if (closing === true) return wait(Math.min(milliseconds, longestPauseAtEnd));
    const left =
      options.seconds === undefined ? milliseconds : options.seconds * 1000 - (stopwatch() - started);
    await wait(Math.max(0, Math.min(milliseconds, left)), undefined, { signal: options.signal }).catch(
      () => {},
    );
  };

  /** A server that asks for a pause gets it from all at once. */
  const takeSlot = async (purpose: Purpose): Promise<void> => {
    const now = stopwatch();
    const slot = Math.max(now, nextSlot, pausedUntil);
    if (options.rate !== undefined) nextSlot = slot + 1000 / options.rate;
    if (slot > now) await pause(slot - now, purpose);
  };

  /** What ends the run ends it for all that are on their way. */
  const fatally = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      isOver = true;
      throw error;
    }
  };

  /** A run against a server that has gone silent would last as many time-outs as it has requests. */
  const countSilence = ({ why }: Outcome & { kind: 'none' }): void => {
    silences = why === 'timeout' ? silences + 1 : 0;
    if (silences < (heard ? mostSilences.heard : mostSilences.unheard) || whyGivenUp !== undefined) return;
    whyGivenUp = `the server left ${silences} requests in a row without an answer`;
    isOver = true;
    options.gaveUp(whyGivenUp);
  };

  const prepared = async (request: HttpRequest, purpose: Purpose): Promise<HttpRequest> => {
    if (options.beforeRequest === undefined) return request;
    // What a hook throws while the run is cleaned up was thrown before, or does not matter any more.
    if (purpose.closing === true) return options.beforeRequest(request, purpose).catch(() => request);
    return fatally(options.beforeRequest(request, purpose));
  };

  const once = async (given: HttpRequest, purpose: Purpose): Promise<Outcome> => {
    const spent: Outcome = { kind: 'none', why: 'budget', reason: 'the budget is spent', request: given };
    if (purpose.bare === true && options.bare === undefined)
      return { ...spent, reason: 'there is no connection that could be looked at' };
    if (isSpent() && purpose.closing !== true) return spent;
    await takeSlot(purpose);
    if (isSpent() && purpose.closing !== true) return spent;
    // It counts before anything is waited for: others are on their way at the same time.
    requests += 1;
    const request = await prepared(given, purpose);
    const begun = stopwatch();
    const outcome = await attempt(
      // What a write makes is known only by its answer, so that is waited for also where the run was ended.
      {
        target: (purpose.bare === true ? options.bare : undefined) ?? options.target,
        timeout: options.timeout,
        signal: purpose.closing === true || !isSafe(request.method) ? undefined : options.signal,
      },
      request,
    );
    // What the user broke off is no silence of the server's.
    if (outcome.kind === 'none' && options.signal?.aborted === true && purpose.closing !== true)
      return { ...outcome, why: 'budget', reason: 'the run was ended' };
    if (outcome.kind === 'none') {
      if (purpose.closing !== true) countSilence(outcome);
      await fatally(Promise.resolve().then(() => options.unanswered(outcome, purpose)));
      return outcome;
    }
    heard = true;
    silences = 0;
    const { exchange } = outcome;
    const { obligation } = purpose;
    const milliseconds = stopwatch() - begun;
    options.onEvent({
      kind: 'exchange',
      exchange,
      milliseconds,
      ...(obligation === undefined ? {} : { obligation }),
    });
    if (options.afterResponse !== undefined && purpose.closing !== true)
      await fatally(options.afterResponse(exchange, purpose));
    await options.observe(exchange, purpose);
    return outcome;
  };

  const patiently = async (request: HttpRequest, purpose: Purpose): Promise<Outcome> => {
    for (let tries = 0; ; tries += 1) {
      const outcome = await once(request, purpose);
      const wanted = outcome.kind === 'answered' ? pauseAfter(outcome, tries) : undefined;
      if (wanted === undefined || tries >= mostRetries) return outcome;
      pausedUntil = Math.max(pausedUntil, stopwatch() + wanted);
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
    get whyGivenUp() {
      return whyGivenUp;
    },
  };
}

/** A target that is a function of the user's may throw, or never answer: both are an answer that did not come. */
async function attempt(
  options: Pick<SessionOptions, 'target' | 'timeout' | 'signal'>,
  request: HttpRequest,
): Promise<Outcome> {
  const reason = `no answer within ${options.timeout} ms`;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    const giveUp = (): void => resolve({ kind: 'none', why: 'timeout', reason, request });
    timer = setTimeout(giveUp, options.timeout + 500);
  });
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
    clearTimeout(timer);
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
  // A 503 without a word may be a crash: it is tried again twice, no more.
  if (outcome.status === 503 && after === undefined && tries >= mostRetriesWithoutWord) return undefined;
  if (outcome.status !== 429 && outcome.status !== 503) return undefined;
  return Math.min(askedFor(after) ?? 50 * 2 ** tries, longestPause);
}

/** Retry-After in milliseconds: it has seconds, or a date. */
function askedFor(after: string | undefined): number | undefined {
  if (after === undefined) return undefined;
  if (/^\d{1,9}$/.test(after)) return Number(after) * 1000;
  const date = Date.parse(after);
  return Number.isNaN(date) ? undefined : Math.max(0, date - systemClock.now());
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
