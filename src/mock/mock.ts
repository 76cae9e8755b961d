import type { Clock, Finding } from '../core/index.ts';
import type { ApiDocument } from '../document/index.ts';
import type { HttpRequest, HttpResponse, Target } from '../http/index.ts';
import type { Correction } from '../plan/index.ts';
import type { FaultDefinition, NearMiss, ScenarioDefinition, ScenarioStatus } from '../scenario/index.ts';
import type { ListeningPlace, ListeningServer } from '../server/index.ts';
import type { KeptResource, WorldSnapshot } from '../state/index.ts';
import type { ExpectedCalls } from './expect-called.ts';
import type { JournalFilter } from './journal.ts';
import type { OperationRule } from './on.ts';
import type { AnyOperations, OperationName } from './operation-types.ts';

/** Where a body comes from: a documented example and else faker; always faker; an example and else Prism's static values. */
export type DataSource = 'example' | 'dynamic' | 'static';

/** What `createMock` takes. Only `document` is needed. */
export interface MockOptions {
  /** A path, an http(s) URL, a parsed document, or one that `loadDocument` gave. */
  readonly document: string | URL | object;
  /** OpenAPI Overlays (paths, URLs or parsed) that are applied to the document, one after the other. */
  readonly overlays?: readonly (string | URL | object)[];
  /** What `x-apidouble` would say of operations, by operationId or `METHOD /path`. */
  readonly corrections?: Readonly<Record<string, Correction>>;
  /** Decides every made-up value. One is drawn where it is absent; `mock.seed` tells it. A seed pins the clock too. */
  readonly seed?: string | number;
  /** The time that the mock believes it is, as a date-time, milliseconds or a clock. */
  readonly now?: string | number | Date | Clock;
  /** Default `example`. */
  readonly source?: DataSource;
  /** Prism's `--ignoreExamples`: with `static` or `example`, documented examples are not used. */
  readonly ignoreExamples?: boolean;
  /** Whether generated objects have their optional properties. Default `true`. */
  readonly fillProperties?: boolean;
  /** A faker locale. Default `en`. */
  readonly locale?: string;
  /** Whether a request that breaks the document is refused. Default `true`. */
  readonly validateRequest?: boolean;
  /** Prism's `--errors`: any violation, in the request or in the answer of a handler, becomes a 500 problem. */
  readonly errors?: boolean;
  /** Adds the header `apidouble-reason` to each answer: why this status, media type and example. */
  readonly explain?: boolean;
  /** Security scheme name to the one credential that is good. Schemes without an entry take any. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** Keeps what is created: it can be read, listed, changed and deleted. Default: where `seedData` or `fixtures` are given. */
  readonly stateful?: boolean;
  /** How many things each collection begins with. Default: none, but 12 where clients cannot create any. */
  readonly seedData?: number;
  /** Files, or folders of files, with things that collections begin with. They are read once. */
  readonly fixtures?: string | readonly string[];
  /** By operationId (or operation key), with openapi-backend's signature: `(context, request, tools) => response`. */
  readonly handlers?: Readonly<Record<string, MockHandler>>;
  /** Scenarios: files, folders of `*.yaml` and `*.json`, or what such a file holds. */
  readonly scenarios?: string | ScenarioDefinition | readonly (string | ScenarioDefinition)[];
  /** Faults for every session, as a scenario's `faults`. */
  readonly faults?: readonly FaultDefinition[];
  /** Hosts beside loopback that references may be read from and callbacks may be sent to. */
  readonly allowHosts?: readonly string[];
  /** The folder that a relative `document` is read from. Default: the working directory. */
  readonly cwd?: string;
  /** How many exchanges `mock.requests()` remembers, with up to 64 MB of bodies. Default 1000. */
  readonly journal?: number;
  /** Path of the built-in pages; `false` turns them off. Default `/__apidouble`. */
  readonly adminPath?: string | false;
  /** Whether those pages answer clients of other machines too. Default `false`. */
  readonly adminRemote?: boolean;
  /** Sends callbacks and webhooks. Default: node's `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Called once per exchange, after the answer was made. What it throws is not heard. */
  readonly onExchange?: (entry: JournalEntry) => void;
  /** Called for faults of the document that show on an operation's first use, and for callbacks that fail. */
  readonly onFinding?: (finding: Finding) => void;
}

/** The parsed request, as openapi-backend hands it to handlers; values are decoded to their schema's types. */
export interface HandlerContext {
  /** openapi-backend's instance. */
  readonly api: unknown;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly query: Readonly<Record<string, unknown>>;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly cookies: Readonly<Record<string, unknown>>;
    readonly requestBody: unknown;
  };
  readonly operation: { readonly operationId: string; readonly path: string; readonly method: string };
  readonly validation: { readonly valid: boolean; readonly errors?: readonly Finding[] };
  readonly security: Readonly<Record<string, unknown>>;
}

/** What a handler may ask the mock for. */
export interface HandlerTools {
  /** The answer that the mock would have given, or the one for another status or example. */
  generate(wish?: {
    readonly status?: number;
    readonly example?: string;
    readonly mediaType?: string;
  }): Promise<HandlerAnswer>;
}

/** An answer in plain values; `body` is encoded by the document's media type. */
export interface HandlerAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
}

/** A handler of the user's own. */
export type MockHandler = (
  context: HandlerContext,
  request: HttpRequest,
  tools: HandlerTools,
) => HandlerAnswer | HttpResponse | Promise<HandlerAnswer | HttpResponse>;

/** One exchange that the mock remembers. */
export interface JournalEntry {
  readonly id: number;
  /** Milliseconds since 1970, by the mock's clock. */
  readonly time: number;
  /** How long the answer took to make. */
  readonly milliseconds: number;
  /** The operation's key; absent where none was found. */
  readonly operation?: string | undefined;
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  /**
   * Set where the journal let the bodies of both go, and they are empty here: it keeps 64 MB of bodies, those of the latest
   * exchanges.
   */
  readonly bodiesCut?: true;
  readonly findings: readonly Finding[];
  /** The session that the request belongs to; `''` where it names none. */
  readonly session: string;
  /** The rule of a scenario that answered. */
  readonly scenario?: string | undefined;
  /** The rules that stand for the operation, where none of them fitted. */
  readonly near?: readonly NearMiss[] | undefined;
  /** Why this answer: one line per decision. */
  readonly reason: readonly string[];
}

/** Where and how `mock.listen` serves. */
export interface ListenOptions extends ListeningPlace {
  /** Bytes that a request's body may have. Default: 10 MB. */
  readonly bodyLimit?: number;
  /** Called for a fault of the server itself, such as a connection that broke. */
  readonly onError?: (error: unknown) => void;
}

/** A mock that listens. */
export type MockServer = ListeningServer;

/** What a mock with state keeps. */
export interface MockState {
  /** Everything that is kept: each resource with its operations. */
  readonly resources: readonly KeptResource[];
  /** The sessions that have been used; `''` is the one of all requests that name none. */
  readonly sessions: readonly string[];
  /** Puts a session, or all of them, back to what they began with. */
  reset(session?: string): void;
  /** All that a session has, as plain JSON. */
  snapshot(session?: string): WorldSnapshot;
  /** Puts a session back to what a snapshot has. Throws `ERR_OPTION` for what is no snapshot. */
  restore(snapshot: WorldSnapshot, session?: string): void;
}

/** The scenarios of a mock, by name. */
export interface ScenarioControl {
  /** Each with the state that it is in. */
  list(session?: string): readonly ScenarioStatus[];
  /** Puts a scenario in the place of the one with that name. Throws `ERR_SCENARIO` and leaves all as it was. */
  put(name: string, definition: ScenarioDefinition): void;
  /** Takes one away; whether there was one. */
  remove(name: string): boolean;
  /** Brings one into a state; whether there is one. */
  enter(name: string, state: string, session?: string): boolean;
  /** URIs of the files that scenarios were read from, and of the folders that were named. */
  readonly files: readonly string[];
}

/** A request that met no operation, or no rule of those that stand for its operation. */
export interface UnmatchedRequest {
  readonly entry: JournalEntry;
  /** Rule by rule, what was different. */
  readonly near: readonly NearMiss[];
  /** All of it in words, one line each. */
  readonly explanation: readonly string[];
}

/**
 * A test double for the API of one document. `Operations` types operations by their operationId: it is the `operations` that
 * `openapi-typescript` writes.
 */
export interface Mock<Operations = AnyOperations> {
  readonly document: ApiDocument;
  readonly seed: string;
  /** The time that made-up dates stand around, in milliseconds since 1970. */
  readonly now: number;
  /** Faults of the document known so far: structural ones at once, others from an operation's first use. */
  readonly faults: readonly Finding[];
  /** Answers one request, without a port. It never rejects. */
  readonly send: Target;
  /** The same for web `Request` and `Response`. */
  fetch(request: Request): Promise<Response>;
  listen(options?: ListenOptions): Promise<MockServer>;
  /** Registers (or replaces) a handler. Throws `ERR_OPERATION_UNKNOWN` and names the nearest operation. */
  register(operation: string, handler: MockHandler): void;
  /** Begins a rule that arranges the answers of an operation. Throws `ERR_SCENARIO` where the document has no such one. */
  on<Name extends OperationName<Operations>>(operation: Name): OperationRule<Operations[Name]>;
  /** Present where the mock is stateful. */
  readonly state?: MockState;
  /** Exchanges so far, oldest first; of one operation where its key or operationId is given. */
  requests(
    operation?: OperationName<Operations>,
    filter?: Pick<JournalFilter, 'session'>,
  ): readonly JournalEntry[];
  /**
   * The calls that are as expected. Throws `ERR_EXPECTATION`, saying what is different, where there are not so many, and
   * `ERR_OPERATION_UNKNOWN`.
   */
  expectCalled<Name extends OperationName<Operations>>(
    operation: Name,
    expected?: ExpectedCalls<Operations[Name]>,
  ): readonly JournalEntry[];
  /** Requests that met no operation, or none of the rules that stand for theirs, with what was different. */
  unmatched(filter?: Pick<JournalFilter, 'session'>): readonly UnmatchedRequest[];
  /** What can be done with scenarios that have names. */
  readonly scenarios: ScenarioControl;
  /** Draws all that is made up from another seed from now on. */
  setSeed(seed: string | number): void;
  /** Forgets the journal, of one session or of all. */
  forget(session?: string): void;
  /** Begins anew: the journal, all that is kept, and states and counts of scenarios; with all sessions, the rules of `on` go too. */
  reset(session?: string): void;
  /**
   * Sends a webhook of the document to a URL, with a generated body or the one given. Throws `ERR_OPERATION_UNKNOWN`,
   * `ERR_OPTION` for what is no http URL, and `ERR_TARGET` where no answer comes within ten seconds.
   */
  sendWebhook(
    name: string,
    url: string,
    options?: { readonly method?: string; readonly body?: unknown },
  ): Promise<HttpResponse>;
  /** Takes up another document (or the same, read again) without dropping a connection. On failure the old one stays. */
  reload(document?: string | URL | object): Promise<void>;
  /** Closes every server that `listen` made. */
  close(): Promise<void>;
}
