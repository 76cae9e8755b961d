import { stopwatch } from '../../core/index.ts';
import type { Exchange, HttpRequest, Target } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RunEvent } from '../report.ts';
import { attempt } from './attempt.ts';
import { isSafe } from './is-safe.ts';
import type { Answered, Outcome, Unanswered } from './outcome.ts';
import { createPace } from './pace.ts';
import { createPatience } from './patience.ts';
import { redirected } from './redirected.ts';
import { pauseAfter } from './retry-after.ts';

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
const mostRedirects = 3;

/** Begins a session: its time runs from now. */
export function createSession(options: SessionOptions): Session {
  const started = stopwatch();
  const { rate, signal, seconds } = options;
  const end = seconds === undefined ? undefined : started + seconds * 1000;
  const pace = createPace({ rate, signal, end });
  let requests = 0;
  let isOver = false;
  const patience = createPatience((reason) => {
    isOver = true;
    options.gaveUp(reason);
  });

  const isSpent = (): boolean =>
    isOver ||
    signal?.aborted === true ||
    (options.requests !== undefined && requests >= options.requests) ||
    (end !== undefined && stopwatch() >= end);

  /** What ends the run ends it for all that are on their way. */
  const fatally = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      isOver = true;
      throw error;
    }
  };

  const prepared = async (request: HttpRequest, purpose: Purpose): Promise<HttpRequest> => {
    if (options.beforeRequest === undefined) return request;
    // What a hook throws while the run is cleaned up was thrown before, or does not matter any more.
    if (purpose.closing === true) return options.beforeRequest(request, purpose).catch(() => request);
    return fatally(options.beforeRequest(request, purpose));
  };

  const unanswered = async (outcome: Unanswered, purpose: Purpose): Promise<Outcome> => {
    const closing = purpose.closing === true;
    // What the user broke off is no silence of the server's.
    if (signal?.aborted === true && !closing)
      return { ...outcome, why: 'budget', reason: 'the run was ended' };
    if (!closing) patience.unanswered(outcome);
    await fatally(Promise.resolve().then(() => options.unanswered(outcome, purpose)));
    return outcome;
  };

  const answered = async (outcome: Answered, purpose: Purpose, milliseconds: number): Promise<Outcome> => {
    patience.answered();
    const { exchange } = outcome;
    const { obligation } = purpose;
    const named = obligation === undefined ? {} : { obligation };
    options.onEvent({ kind: 'exchange', exchange, milliseconds, ...named });
    if (options.afterResponse !== undefined && purpose.closing !== true)
      await fatally(options.afterResponse(exchange, purpose));
    await options.observe(exchange, purpose);
    return outcome;
  };

  const once = async (given: HttpRequest, purpose: Purpose): Promise<Outcome> => {
    const closing = purpose.closing === true;
    const spent: Outcome = { kind: 'none', why: 'budget', reason: 'the budget is spent', request: given };
    if (purpose.bare === true && options.bare === undefined)
      return { ...spent, reason: 'there is no connection that could be looked at' };
    if (isSpent() && !closing) return spent;
    await pace.takeSlot(closing);
    if (isSpent() && !closing) return spent;
    // It counts before anything is waited for: others are on their way at the same time.
    requests += 1;
    const request = await prepared(given, purpose);
    const begun = stopwatch();
    const target = (purpose.bare === true ? options.bare : undefined) ?? options.target;
    // What a write makes is known only by its answer, so that is waited for also where the run was ended.
    const isWaitedFor = closing || !isSafe(request.method);
    const { timeout } = options;
    const outcome = await attempt({ target, timeout, signal: isWaitedFor ? undefined : signal }, request);
    return outcome.kind === 'none'
      ? unanswered(outcome, purpose)
      : answered(outcome, purpose, stopwatch() - begun);
  };

  const patiently = async (request: HttpRequest, purpose: Purpose): Promise<Outcome> => {
    for (let tries = 0; ; tries += 1) {
      const outcome = await once(request, purpose);
      const wanted = outcome.kind === 'answered' ? pauseAfter(outcome, tries) : undefined;
      if (wanted === undefined || tries >= mostRetries) return outcome;
      pace.pause(wanted);
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
      return patience.heard;
    },
    get whyGivenUp() {
      return patience.whyGivenUp;
    },
  };
}
