import type { HttpTargetOptions } from '../client/index.ts';
import type { Target } from '../http/index.ts';
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
}

/** Values for an operation's positive cases, by place. */
export interface ExampleValues {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** What is planned: all that can be told before a request is sent. */
export interface PlanOptions {
  /** Globs over `METHOD path`, operationId, tag, check or obligation id. Default: everything. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Grades other than the usual, by a glob over checks. */
  readonly grades?: Readonly<Record<string, Grade>>;
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
  /** By operationId (or operation key). */
  readonly exampleData?: Readonly<Record<string, ExampleValues>>;
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
  /** Ends the run early: what was not tried is inconclusive. */
  readonly signal?: AbortSignal;
}
