import type { Finding } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import type { HttpRequest, HttpResponse, Target } from '../http/index.ts';
import type { RecordedExchange } from '../recording/index.ts';
import type { ListeningPlace, ListeningServer } from '../server/index.ts';
import type { Traffic, TrafficFinding } from './traffic/tally.ts';

/** When the fallback answers in place of the upstream: where no answer came from it, or one of a status. */
export type FallbackCase = 'down' | number;

/** What `createProxy` takes. `document` and `upstream` are needed. */
export interface ProxyOptions {
  /** A path, an http(s) URL, a parsed document, or one that `loadDocument` gave. */
  readonly document: string | URL | object;
  /** The http(s) URL of the real server; its path, if any, goes before the path of each request. */
  readonly upstream: string | URL;
  /** Whether requests are judged too. Default `true`. */
  readonly validateRequest?: boolean;
  /** Prism's `--errors`: a request that breaks the document is refused, and so is an answer. */
  readonly errors?: boolean;
  /** Tells findings in the header `sl-violations` of the answer, which is held for it. Always on with `errors`. */
  readonly violationsHeader?: boolean;
  /** Bytes of a body that are judged and held; what is longer passes unjudged. Default 10 MB. */
  readonly judgeLimit?: number;
  /** Answers where the upstream cannot, such as `mock.send`. */
  readonly fallback?: Target;
  /** When it does. Default: `['down', 501]`. */
  readonly fallbackOn?: readonly FallbackCase[];
  /** Milliseconds to wait for the head of an answer. Default 60,000. */
  readonly timeout?: number;
  /** Milliseconds without a byte after which an exchange is given up. Default 300,000. */
  readonly idleTimeout?: number;
  /** The http(s) URL of a proxy to reach the upstream through. */
  readonly upstreamProxy?: string;
  /** Certificates (PEM) to trust, beside those of the system. */
  readonly ca?: string | Uint8Array;
  readonly cert?: string | Uint8Array;
  readonly key?: string | Uint8Array;
  /** Takes any certificate of the upstream. */
  readonly insecure?: boolean;
  /** Writes down every exchange that was answered by the upstream; see `createRecorder`. */
  readonly recorder?: ProxyRecorder;
  /** Hosts beside loopback that references may be read from. */
  readonly allowHosts?: readonly string[];
  /** The folder that a relative `document` is read from. Default: the working directory. */
  readonly cwd?: string;
  /** Where the proxy answers for itself (`health`, `coverage`), or `false`. Default `/__apidouble`. */
  readonly adminPath?: string | false;
  /** Whether it tells other machines than this one of the coverage. */
  readonly adminRemote?: boolean;
  /** Called once per exchange, when it was judged. What it throws is not heard. */
  readonly onExchange?: (entry: ProxyEntry) => void;
  /** Called for faults of the proxy itself. */
  readonly onError?: (error: unknown) => void;
}

/** Where a proxy writes what it sees. */
export interface ProxyRecorder {
  /** Asked before a request goes on: why it could not be recorded, which refuses it, or `undefined`. */
  refusal(): Error | undefined;
  /** Called before the client sees the end of the answer. Throws where it cannot be written down. */
  record(recorded: RecordedExchange): void;
  close(): void;
}

/** One exchange that went through, judged. */
export interface ProxyEntry {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly milliseconds: number;
  /** The operation's key; absent where the document has none. */
  readonly operation?: string;
  readonly request: HttpRequest;
  /** Absent where the client left before there was one. Bodies over the judge's limit are not kept. */
  readonly response?: HttpResponse;
  readonly findings: readonly Finding[];
  /** What there is to say beside: why it could not be judged, or who answered. */
  readonly reason: readonly string[];
}

/** Where and how `proxy.listen` serves. */
export type ProxyListenOptions = ListeningPlace;

/** A proxy that listens. */
export type ProxyServer = ListeningServer;

/** A proxy in front of a real server, which holds what passes to a document. */
export interface ApiProxy {
  readonly document: ApiDocument;
  /** Without a slash at its end. */
  readonly upstream: string;
  listen(options?: ProxyListenOptions): Promise<ProxyServer>;
  /** All that was seen so far: operations with their statuses, and findings. */
  coverage(): Traffic;
  /** What was found so far, each thing once. */
  findings(): readonly TrafficFinding[];
  /** Resolves when everything that has passed is judged. */
  settled(): Promise<void>;
  /** Finishes what is in flight and what is to be judged, and closes every server and the recorder. */
  close(): Promise<void>;
}
