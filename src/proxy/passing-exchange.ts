import { stopwatch, systemClock } from '../core/index.ts';
import { HeaderList, type HttpRequest, type HttpResponse } from '../http/index.ts';
import type { LeftOut, RecordedExchange } from '../recording/index.ts';
import type { StreamingCall } from '../server/index.ts';
import { KeptBody } from './kept-body.ts';
import type { Passed, ProxyHouse } from './proxy-house.ts';
import { RequestBody } from './request-body.ts';

/** The head of an answer, as it came. */
export interface AnsweredHead {
  readonly status: number;
  readonly reason?: string;
  /** Flat: name, value. */
  readonly headers: readonly string[];
}

/** What there is to say of an exchange that is over. */
export type PassedNotes = Pick<Passed, 'judgement' | 'fate'> & {
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
    const { origin, path } = this.#house.upstream;
    return {
      method,
      target,
      origin: `${origin}${path}`,
      headers,
      body: this.sent.kept.bytes(),
      ...(clientCertificate === undefined ? {} : { clientCertificate }),
    };
  }

  /** The upstream's answer as far as it has come; `undefined` before its head has. */
  response(): HttpResponse | undefined {
    if (this.head === undefined) return undefined;
    const { status, reason, headers } = this.head;
    return {
      status,
      ...(reason === undefined ? {} : { reason }),
      headers: new HeaderList(headers),
      body: this.came.bytes(),
    };
  }

  recorded(response: HttpResponse, trailers: readonly (readonly [string, string])[]): RecordedExchange {
    return {
      exchange: { request: this.request(), response },
      startedAt: this.#startedAt,
      milliseconds: stopwatch() - this.#start,
      ...(trailers.length === 0 ? {} : { trailers }),
      ...this.#leftOut(false),
    };
  }

  /** Hands an exchange with the upstream to the judge and the log. */
  finish(
    response: HttpResponse | undefined,
    reason: readonly string[],
    { isCut = false, ...notes }: PassedNotes = {},
  ): void {
    this.#house.passed({
      ...this.#base(reason),
      ...(response === undefined ? {} : { response }),
      isReal: true,
      ...notes,
      ...this.#leftOut(isCut),
    });
  }

  /** The same of one that something else has answered. */
  finishInstead(response: HttpResponse, reason: string, notes: PassedNotes = {}): void {
    this.#house.passed({ ...this.#base([reason]), response, isReal: false, ...notes });
  }

  #base(reason: readonly string[]): Pick<Passed, 'startedAt' | 'milliseconds' | 'request' | 'reason'> {
    const milliseconds = stopwatch() - this.#start;
    return { startedAt: this.#startedAt, milliseconds, request: this.request(), reason };
  }

  #leftOut(isCut: boolean): { requestLeftOut?: LeftOut; responseLeftOut?: LeftOut } {
    const unfinished = { reason: 'did not come to its end' };
    const request = this.sent.kept.leftOut() ?? (this.sent.isRead ? undefined : unfinished);
    const response = isCut ? unfinished : this.came.leftOut();
    return {
      ...(request === undefined ? {} : { requestLeftOut: request }),
      ...(response === undefined ? {} : { responseLeftOut: response }),
    };
  }
}
