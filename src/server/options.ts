import type { Clock } from '../core/index.ts';
import type { HttpRequest } from '../http/index.ts';

/** What a client may cost. Bytes, milliseconds, counts. */
export interface Limits {
  /** Of a request's body, both as sent and with its Content-Encoding undone. More is a 413. */
  readonly bodyBytes: number;
  /** Of all header fields with the request line. More is a 431. */
  readonly headerBytes: number;
  /** Header fields of one request. More is a 431. */
  readonly headersCount: number;
  /** Of the request target. More is a 414. */
  readonly maxUrlBytes: number;
  /** How long a client may take for the header fields. Longer is a 408. */
  readonly headersTimeoutMs: number;
  /** How long it may take for the whole request. Longer is a 408. */
  readonly requestTimeoutMs: number;
  /** How long a connection may idle between requests. */
  readonly keepAliveTimeoutMs: number;
  /** How long a connection may stay without a byte in either direction while an answer is under way. */
  readonly idleTimeoutMs: number;
  /** How long a refused client may go on sending before its connection is cut; it reads its answer in that time. */
  readonly lingerMs: number;
  /** Connections at a time; further ones are closed at once. */
  readonly maxConnections: number;
}

/** The limits that hold where no others are given. */
export const defaultLimits: Limits = {
  bodyBytes: 10 * 1024 * 1024,
  headerBytes: 64 * 1024,
  headersCount: 1000,
  maxUrlBytes: 32 * 1024,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 60_000,
  keepAliveTimeoutMs: 30_000,
  idleTimeoutMs: 300_000,
  lingerMs: 2_000,
  maxConnections: Number.POSITIVE_INFINITY,
};

/** PEM texts or bytes. */
export interface TlsOptions {
  readonly cert: string | Uint8Array;
  readonly key: string | Uint8Array;
  /** Who signs the clients' certificates. Without it any certificate of a client counts. */
  readonly ca?: string | Uint8Array;
  /** Whether clients are asked for a certificate. One who has none is served all the same: the request says so. */
  readonly requestCert?: boolean;
}

/** One request and what came of it. */
export interface ExchangeRecord {
  /** `''` where what came was no HTTP. */
  readonly method: string;
  /** In origin form, undecoded; `''` where what came was no HTTP. */
  readonly target: string;
  /** 0 where the client left before it could be answered. */
  readonly status: number;
  /** From the request's header to the end of the answer. */
  readonly milliseconds: number;
  /** Of the answer's body as it was sent. */
  readonly bytes: number;
  readonly remoteAddress: string | undefined;
  /** The client left before it had the whole answer. */
  readonly aborted: boolean;
}

/** Where something listens, and for whom. */
export interface ListeningPlace {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  /** Whether browsers of any origin may read the answers; a proxy leaves CORS to an upstream that knows it. Default `true`. */
  readonly cors?: boolean;
  readonly tls?: TlsOptions;
}

/** Something that listens. */
export interface ListeningServer {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  readonly port: number;
  /** Finishes what is in flight, then stops. */
  close(): Promise<void>;
}

/** Where and how a server serves. */
export interface ServerOptions extends ListeningPlace {
  readonly limits?: Partial<Limits>;
  /** Paths that begin so are left out of `cors`: no page of another origin may use them. */
  readonly corsExcept?: string;
  /** Whether a Content-Encoding of requests is undone. Default `true`; a proxy that passes bytes on says `false`. */
  readonly decodeBodies?: boolean;
  /** Called once per request, after its answer. */
  readonly onExchange?: (record: ExchangeRecord) => void;
  /** Called for what went wrong on our side: a target that threw, an answer that could not be sent. */
  readonly onError?: (error: unknown, request?: HttpRequest) => void;
  /** Measures `milliseconds`. Default: the machine's clock. */
  readonly clock?: Clock;
}
