import { stopwatch, systemClock } from '../core/index.ts';
import { type HeaderList, type HttpRequest, type HttpResponse, hasNoBody } from '../http/index.ts';
import type { LeftOut, RecordedExchange } from '../recording/index.ts';
import type { StreamingCall } from '../server/index.ts';
import { KeptBody } from './kept-body.ts';
import type { Passed, ProxyHouse } from './proxy-house.ts';
import { RequestBody } from './request-body.ts';

/** The head of an answer, as it came. */
export interface AnsweredHead {
  readonly status: number;
  readonly reason?: string;
  readonly headers: HeaderList;
}

/** What there is to say of an exchange that is over. */
export type PassedNotes = Partial<Pick<Passed, 'judgement' | 'fate'>> & {
  /** Whether the answer did not come to its end. */
  readonly isCut?: boolean;
};

/** What is known of an exchange while it passes: for the judge, the recording and the log. */
export class PassingExchange {
  readonly #house: ProxyHouse;
  readonly #call: StreamingCall;
  readonly #startedAt = systemClock.now();
  readonly #start = stopwatch();
  readonly sent: RequestBody;
  /** The body of the answer. */
  readonly came: KeptBody;
  head: AnsweredHead | undefined;

  constructor(house: ProxyHouse, call: StreamingCall) {
    this.#house = house;
    this.#call = call;
    this.sent = new RequestBody(call, house.judgeLimit);
    this.came = new KeptBody(house.judgeLimit);
  }

  request(): HttpRequest {
    const { method, target, headers, clientCertificate } = this.#call;
    const origin = this.#house.upstream.text;
    const body = this.sent.kept.bytes();
    if (clientCertificate === undefined) return { method, target, origin, headers, body };
    return { method, target, origin, headers, body, clientCertificate };
  }

  /** The upstream's answer as far as it has come; `undefined` before its head has. */
  response(): HttpResponse | undefined {
    if (this.head === undefined) return undefined;
    const { status, reason, headers } = this.head;
    const body = this.came.bytes();
    return reason === undefined ? { status, headers, body } : { status, reason, headers, body };
  }

  /** What the answer lacks of the length that its head gives: a client would wait for it for ever. */
  missing(): string | undefined {
    if (this.head === undefined || hasNoBody(this.head.status, this.#call.method)) return undefined;
    const length = this.head.headers.get('content-length');
    if (length === undefined || this.came.size >= Number(length)) return undefined;
    return `its answer ended after ${this.came.size} of ${length} bytes`;
  }

  recorded(response: HttpResponse, trailers: readonly (readonly [string, string])[]): RecordedExchange {
    const requestLeftOut = this.#requestLeftOut();
    const responseLeftOut = this.came.leftOut();
    return {
      exchange: { request: this.request(), response },
      startedAt: this.#startedAt,
      milliseconds: stopwatch() - this.#start,
      ...(trailers.length === 0 ? {} : { trailers }),
      ...(requestLeftOut === undefined ? {} : { requestLeftOut }),
      ...(responseLeftOut === undefined ? {} : { responseLeftOut }),
    };
  }

  /** Hands an exchange with the upstream to the judge and the log. */
  finish(response: HttpResponse | undefined, reason: readonly string[], notes: PassedNotes = {}): void {
    this.#house.passed({
      startedAt: this.#startedAt,
      milliseconds: stopwatch() - this.#start,
      request: this.request(),
      response,
      isReal: true,
      requestLeftOut: this.#requestLeftOut(),
      responseLeftOut: notes.isCut === true ? unfinished : this.came.leftOut(),
      judgement: notes.judgement,
      fate: notes.fate,
      reason,
    });
  }

  /** The same of one that something else has answered. */
  finishInstead(response: HttpResponse, reason: string, { judgement, fate }: PassedNotes = {}): void {
    this.#house.passed({
      startedAt: this.#startedAt,
      milliseconds: stopwatch() - this.#start,
      request: this.request(),
      response,
      isReal: false,
      requestLeftOut: undefined,
      responseLeftOut: undefined,
      judgement,
      fate,
      reason: [reason],
    });
  }

  #requestLeftOut(): LeftOut | undefined {
    return this.sent.kept.leftOut() ?? (this.sent.isRead ? undefined : unfinished);
  }
}

const unfinished: LeftOut = { reason: 'did not come to its end' };
