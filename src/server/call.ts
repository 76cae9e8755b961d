import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../core/index.ts';
import type { HeaderList, HttpRequest, Target } from '../http/index.ts';
import type { ExchangeRecord, Limits } from './options.ts';

/** What all requests of one server share. */
export interface House {
  target: Target;
  /** Set once `close` was called: every answer from then on ends its connection. */
  closing: boolean;
  /** Scheme and authority for those who name no host. */
  origin: string;
  readonly scheme: 'http' | 'https';
  readonly limits: Limits;
  readonly cors: boolean;
  readonly corsExcept: string | undefined;
  readonly decodeBodies: boolean;
  readonly asksForCertificate: boolean;
  readonly trustsAnyCertificate: boolean;
  readonly connections: WeakMap<object, Connection>;
  readonly clock: Clock;
  readonly onExchange: ((record: ExchangeRecord) => void) | undefined;
  readonly onError: ((error: unknown, request?: HttpRequest) => void) | undefined;
}

/** What all requests of one connection share. */
export interface Connection {
  /** The last request that came in, answered or not. */
  latest: Call | undefined;
  /** What came was no HTTP; the refusal is on its way, and nothing more is read. */
  refused: boolean;
  /** The last Host and the origin that it makes. */
  host: string | undefined;
  origin: string;
  readonly certificate: boolean | undefined;
  /** The header fields of the last request. */
  fields: HeaderList | undefined;
}

/** One request with the place for its answer. */
export interface Call {
  readonly house: House;
  readonly connection: Connection;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** The answer ends the connection. */
  close: boolean;
  /** Bytes of the answer's body. */
  bytes: number;
}

/** Tells the owner of the server what went wrong; an owner that throws is not heard. */
export function reportError(house: House, error: unknown, request?: HttpRequest): void {
  try {
    house.onError?.(error, request);
  } catch {
    // A log that fails must not take the server with it.
  }
}
