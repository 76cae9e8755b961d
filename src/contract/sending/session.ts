import { stopwatch } from '../../core/index.ts';
import type { Exchange, HttpRequest, Target } from '../../http/index.ts';
import type { OperationPlan } from '../../plan/index.ts';
import type { RunEvent } from '../report.ts';
import { attempt } from './attempt.ts';
import { isSafe } from './is-safe.ts';
import type { Answered, Outcome, Unanswered } from './outcome.ts';
import { createPace, type Pace } from './pace.ts';
import { createPatience, type Patience } from './patience.ts';
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
  const course = createCourse(options);
  return {
    async send(request, purpose) {
      let outcome = await patiently(course, request, purpose);
      for (let hops = 0; hops < mostRedirects && outcome.kind === 'answered'; hops += 1) {
        const next = redirected(outcome);
        if (next === undefined) break;
        outcome = await patiently(course, next, purpose);
      }
      return outcome;
    },
    get requests() {
      return course.requests;
    },
    get isSpent() {
      return course.isSpent;
    },
    get heard() {
      return course.patience.heard;
    },
    get whyGivenUp() {
      return course.patience.whyGivenUp;
    },
  };
}

/** How far a session has come. */
interface Course {
  readonly options: SessionOptions;
  readonly pace: Pace;
  readonly patience: Patience;
  requests: number;
  /** Something has ended it before its budget was spent. */
  isOver: boolean;
  readonly isSpent: boolean;
}

function createCourse(options: SessionOptions): Course {
  const { rate, signal, seconds } = options;
  const started = stopwatch();
  const end = seconds === undefined ? undefined : started + seconds * 1000;
  const course: Course = {
    options,
    pace: createPace({ rate, signal, end }),
    patience: createPatience((reason) => {
      course.isOver = true;
      options.gaveUp(reason);
    }),
    requests: 0,
    isOver: false,
    get isSpent() {
      return (
        course.isOver ||
        signal?.aborted === true ||
        (options.requests !== undefined && course.requests >= options.requests) ||
        (end !== undefined && stopwatch() >= end)
      );
    },
  };
  return course;
}

/** Sends a request again as often as the server asks for that. */
async function patiently(course: Course, request: HttpRequest, purpose: Purpose): Promise<Outcome> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await once(course, request, purpose);
    const wanted = outcome.kind === 'answered' ? pauseAfter(outcome, tries) : undefined;
    if (wanted === undefined || tries >= mostRetries) return outcome;
    course.pace.pause(wanted);
  }
}

async function once(course: Course, given: HttpRequest, purpose: Purpose): Promise<Outcome> {
  const { options } = course;
  const closing = purpose.closing === true;
  const spent: Outcome = { kind: 'none', why: 'budget', reason: 'the budget is spent', request: given };
  if (purpose.bare === true && options.bare === undefined)
    return { ...spent, reason: 'there is no connection that could be looked at' };
  if (course.isSpent && !closing) return spent;
  await course.pace.takeSlot(closing);
  if (course.isSpent && !closing) return spent;
  // It counts before anything is waited for: others are on their way at the same time.
  course.requests += 1;
  const request = await prepared(course, given, purpose);
  const begun = stopwatch();
  const target = (purpose.bare === true ? options.bare : undefined) ?? options.target;
  // What a write makes is known only by its answer, so that is waited for also where the run was ended.
  const isWaitedFor = closing || !isSafe(request.method);
  const signal = isWaitedFor ? undefined : options.signal;
  const outcome = await attempt({ target, timeout: options.timeout, signal }, request);
  return outcome.kind === 'none'
    ? unanswered(course, outcome, purpose)
    : answered(course, outcome, { purpose, milliseconds: stopwatch() - begun });
}

async function prepared(course: Course, request: HttpRequest, purpose: Purpose): Promise<HttpRequest> {
  const { beforeRequest } = course.options;
  if (beforeRequest === undefined) return request;
  // What a hook throws while the run is cleaned up was thrown before, or does not matter any more.
  if (purpose.closing === true) return beforeRequest(request, purpose).catch(() => request);
  return fatally(course, beforeRequest(request, purpose));
}

async function unanswered(course: Course, outcome: Unanswered, purpose: Purpose): Promise<Outcome> {
  const { options, patience } = course;
  const closing = purpose.closing === true;
  // What the user broke off is no silence of the server's.
  if (options.signal?.aborted === true && !closing)
    return { ...outcome, why: 'budget', reason: 'the run was ended' };
  if (!closing) patience.unanswered(outcome);
  await fatally(
    course,
    Promise.resolve().then(() => options.unanswered(outcome, purpose)),
  );
  return outcome;
}

async function answered(
  course: Course,
  outcome: Answered,
  { purpose, milliseconds }: { purpose: Purpose; milliseconds: number },
): Promise<Outcome> {
  const { options, patience } = course;
  patience.answered();
  const { exchange } = outcome;
  const { obligation } = purpose;
  const named = obligation === undefined ? {} : { obligation };
  options.onEvent({ kind: 'exchange', exchange, milliseconds, ...named });
  if (options.afterResponse !== undefined && purpose.closing !== true)
    await fatally(course, options.afterResponse(exchange, purpose));
  await options.observe(exchange, purpose);
  return outcome;
}

/** What ends the run ends it for all that are on their way. */
async function fatally<Result>(course: Course, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    course.isOver = true;
    throw error;
  }
}
