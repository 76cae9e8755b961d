import type { Duplex } from 'node:stream';
import type { HeaderList, HttpResponse } from '../http/index.ts';

/** The head of an answer, as it is to stand on the wire: nothing is added but CORS and what is the connection's own. */
export interface AnswerHead {
  readonly status: number;
  readonly reason?: string;
  /** Flat: name, value, name, value. */
  readonly headers: readonly string[];
}

/** A request whose body is read, and whose answer is written, piece by piece. */
export interface StreamingCall {
  readonly method: string;
  /** In origin form, undecoded. */
  readonly target: string;
  /** Scheme and authority that the client used. */
  readonly origin: string;
  readonly headers: HeaderList;
  readonly clientCertificate?: boolean;
  /** The address that the client has. */
  readonly peer: string | undefined;
  /** Whether a body comes with the request. */
  readonly hasBody: boolean;
  /** The body, where all of it has come with the head; it can be taken once. */
  takeWhole(): Uint8Array | undefined;
  /** The pieces of the body as they come. A client that waits for leave to send it (`Expect: 100-continue`) is given it then. */
  body(): AsyncIterable<Uint8Array>;
  /** Whether fields that follow the body are announced. */
  readonly announcesTrailers: boolean;
  /** Those fields, flat; there are none before the body has been read to its end. */
  trailers(): readonly string[];
  /** The answer to a browser that asks whether it may send; `undefined` for any other request. */
  preflightAnswer(): HttpResponse | undefined;
  /** Gives a whole answer in place of pieces. What of the request's body has not come is not waited for. */
  answer(response: HttpResponse): void;
  /** Passes an interim answer on, `103 Early Hints` and `102 Processing` only; what may not be sent is not. */
  inform(status: number, headers: readonly string[]): void;
  /** Begins an answer; its head goes out with what is written at once, or alone. */
  begin(head: AnswerHead): void;
  /** Sends a piece. `false`: the client is slow, wait for `onDrain`. */
  write(bytes: Uint8Array): boolean;
  /** Ends the answer, with the fields that follow its body. */
  end(trailers?: readonly (readonly [name: string, value: string])[]): void;
  /** Breaks the connection off, so that nobody takes what was sent for the whole. */
  cut(): void;
  /** Whether the client is still there and no end was sent. */
  readonly isOpen: boolean;
  /** Called once, where the client leaves before the end was sent. */
  onGone(listener: () => void): void;
  onDrain(listener: () => void): void;
}

/** What a streaming server does with each request. It must not throw. */
export type StreamingListener = (call: StreamingCall) => void;

/** A client that wants to speak another protocol on its connection. From here on the bytes are the listener's. */
export interface UpgradeCall {
  readonly method: string;
  readonly target: string;
  readonly origin: string;
  readonly headers: HeaderList;
  /** The address that the client has. */
  readonly peer: string | undefined;
  /** What came after the head. */
  readonly first: Uint8Array;
  readonly socket: Duplex;
}

/** What a streaming server does with a client that wants another protocol. It must not throw. */
export type UpgradeListener = (call: UpgradeCall) => void;
