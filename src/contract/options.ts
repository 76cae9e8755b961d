import type { HttpTargetOptions } from '../client/index.ts';
import type { Target } from '../http/index.ts';
import type { Correction } from '../plan/index.ts';
import type { ContractHooks } from './hooks.ts';
import type { OwnCheck } from './own-checks.ts';
import type { Grade, RunEvent } from './report.ts';

/** What a target may be unable to do; obligations that need it are skipped by name. */
export type Capability = 'lifecycle' | 'paging' | 'filters' | 'credentials' | 'concurrency';

/** Somebody whom the server knows. */
export interface ContractIdentity {
  /** Security scheme name to its value: a token, a key, or `user:password` for basic. */
  readonly auth?: Readonly<Record<string, string>>;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The scopes or roles that it has. Where they are given, operations that ask for others must refuse it. */
  readonly roles?: readonly string[];
  /** Gives the token of every scheme without `auth`: before the first request, and again after a 401. */
  readonly token?: () => string | Promise<string>;
  /** Requests that log it in: before the first request, and again after a 401. */
  readonly login?: LoginStep | readonly LoginStep[];
}

/**
 * A request that logs in: an operation of the document with its values, or any request. Cookies that an answer sets are sent from
 * then on, with the steps after it too.
 */
export interface LoginStep extends ExampleValues {
  /** By operationId or `METHOD path`; its values are those beside it. */
  readonly operation?: string;
  /** `POST /login/`, from the target's origin; with `header` and `body`. */
  readonly request?: string;
  /** Of the body. Default: the operation's first; JSON, or `text/plain` for a text. */
  readonly contentType?: string;
  /** Where the token stands in the JSON answer: `/access_token`. */
  readonly token?: string;
  /** The security scheme that the token is for. Default: every one without `auth`. */
  readonly scheme?: string;
  /** What proves that a request comes from us: from a cookie, from the JSON answer, else from the answer's header of the same name. */
  readonly csrf?: { readonly header: string; readonly cookie?: string; readonly token?: string };
}

/** Values for an operation's positive cases, by place. */
export interface ExampleValues {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Values that a server knows: they are used wherever a valid value or the id of a thing is wanted. */
export interface ExampleData {
  /** By operationId or `METHOD path`. */
  readonly operations?: Readonly<Record<string, ExampleValues>>;
  /** Of any operation, by name (`tenant`) or by place and name (`query.tenant`). */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Of any body, by name, however deep it stands. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** What is planned: all that can be told before a request is sent. */
export interface PlanOptions {
  /** Globs over `METHOD path`, operationId, tag, check or obligation id. Default: everything. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /**
   * Grades other than the usual, by a glob over checks; before it, with a blank between, may stand one over `METHOD path`,
   * operationId or tag: `rejected.*`, `events_* exchange.status`. Of several that fit the last counts.
   */
  readonly grades?: Readonly<Record<string, Grade>>;
  /** Checks of the user's own, by name. */
  readonly checks?: Readonly<Record<string, OwnCheck>>;
}

/** What `runContract` takes. */
export interface ContractOptions extends PlanOptions, ContractIdentity {
  /** A path, an http(s) URL, a parsed document, or one that `loadDocument` gave. */
  readonly document: string | URL | object;
  /** A URL, or anything that answers requests. */
  readonly target: string | URL | Target;
  /** A second identity: it must not reach what its roles do not allow, nor what is the first one's alone. */
  readonly second?: ContractIdentity;
  /** Whether requests other than GET, HEAD and OPTIONS are sent. Default `false`. */
  readonly writes?: boolean;
  /** Decides every made-up value. One is drawn where it is absent; the report tells it. */
  readonly seed?: string | number;
  readonly budget?: { readonly requests?: number; readonly seconds?: number };
  /** Requests at a time. Default 4. */
  readonly concurrency?: number;
  /** Requests a second, at most. */
  readonly rate?: number;
  /** Milliseconds for one exchange. Default 10,000. */
  readonly timeout?: number;
  /** What the target cannot do. */
  readonly without?: readonly Capability[];
  /** Values that the server knows. */
  readonly exampleData?: ExampleData;
  readonly hooks?: ContractHooks;
  /** What `x-apidouble` would say of operations, by operationId or `METHOD path`. For a document that is loaded here. */
  readonly operations?: Readonly<Record<string, Correction>>;
  /**
   * Whether things are made that cannot be removed or found again: where there is no DELETE, or no text that could carry the
   * run's marker. Default: `false` where the target is a URL.
   */
  readonly leaveBehind?: boolean;
  /** Whether what a killed run has left is removed first: it is known by the marker. Default `false`. */
  readonly cleanUp?: boolean;
  /** Hosts (`example.com`, `example.com:8443`) that may be written to, beside loopback ones. Default: the target's own. */
  readonly allowWritesTo?: readonly string[];
  /** Whether Prism judges the exchanges of findings again: it takes a second or two. Default `false`. */
  readonly engineOpinion?: boolean;
  readonly onEvent?: (event: RunEvent) => void;
  /** How the network is used, where the target is a URL. */
  readonly http?: Omit<HttpTargetOptions, 'timeout'>;
  /** Instead of the base path of the target's URL or the document's servers. */
  readonly basePath?: string;
  /** The folder that a relative `document` is read from, and hosts that it may refer to. */
  readonly cwd?: string;
  readonly allowHosts?: readonly string[];
  /** OpenAPI Overlays (paths, URLs or parsed) to apply to the document. */
  readonly overlays?: readonly (string | URL | object)[];
  /** Ends the run early: what was not tried is inconclusive. */
  readonly signal?: AbortSignal;
}
