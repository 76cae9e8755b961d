import type { HeaderList } from './header-list.ts';

/** A request as bytes and plain data; what any method may carry on the wire, TRACE and a GET with a body too. */
export interface HttpRequest {
  /** As sent; methods are case-sensitive (RFC 9110, 9.1). */
  readonly method: string;
  /** The request target in origin form, undecoded: `/api/v3/events/events/?page=2`. */
  readonly target: string;
  /** Scheme and authority that the client used: `http://127.0.0.1:4010`. */
  readonly origin: string;
  readonly headers: HeaderList;
  /** Empty where there was no body. Content-Encoding is undone by the server room. */
  readonly body: Uint8Array;
  /** Whether the client proved itself by a TLS certificate. */
  readonly clientCertificate?: boolean;
}

/** A response as bytes and plain data. */
export interface HttpResponse {
  readonly status: number;
  /** The reason phrase, where it is known. */
  readonly reason?: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  /** How it is to be sent, where that is not at once and to its end. */
  readonly delivery?: Delivery;
}

/** A way of sending an answer that tries the client's patience. */
export interface Delivery {
  /** Milliseconds before the first byte. */
  readonly delay?: number;
  /** Bytes of the body per second. */
  readonly pace?: number;
  /** The connection ends before the header fields, or in the middle of the body. */
  readonly cut?: 'before-headers' | 'mid-body';
}

/** A request with the response it got. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
}

/** Anything that answers requests: a mock, a deployment, a recording. It rejects only where no answer came. */
export type Target = (request: HttpRequest, options?: TargetOptions) => Promise<HttpResponse>;

/** What a target is told beside the request. */
export interface TargetOptions {
  /** Fires when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** The network address that the request came from; absent where it came from the same process. */
  readonly peer?: string | undefined;
}

/** A message body with nothing in it. */
export const noBody: Uint8Array = new Uint8Array(0);
