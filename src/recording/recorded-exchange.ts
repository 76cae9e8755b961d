import type { Exchange } from '../http/index.ts';

/** A body that was not kept. */
export interface LeftOut {
  /** How long it was, where that is known. */
  readonly bytes?: number;
  /** What a sentence about the body ends with: `is longer than 10485760 bytes`. */
  readonly reason: string;
}

/** One exchange of a recording, with the bytes that were on the wire. */
export interface RecordedExchange {
  readonly exchange: Exchange;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly milliseconds: number;
  /** Fields after the body of the answer. */
  readonly trailers?: readonly (readonly [name: string, value: string])[];
  readonly requestLeftOut?: LeftOut;
  readonly responseLeftOut?: LeftOut;
  /** Whether credentials may have been sent, and were taken out before it was written down. */
  readonly credentialsLeftOut?: true;
}
