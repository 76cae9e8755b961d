import { createRequire } from 'node:module';
import type * as Backends from 'openapi-backend';
import type { ApiDocument, ApiOperation } from '../document/index.ts';
import { type HttpResponse, splitTarget } from '../http/index.ts';
import type { ApiPlan } from '../plan/index.ts';
import type { RequestReading } from '../request/index.ts';
import type { PathIndex } from '../route/index.ts';
import { type Call, readingOf } from './call.ts';

// As CommonJS: for an `import`, node would first read all that it re-exports for names.
const { OpenAPIBackend } = createRequire(import.meta.url)('openapi-backend') as typeof Backends;

/** What the mock does at each turn of openapi-backend's way through a request. */
export interface Turns {
  notFound(call: Call): HttpResponse;
  methodNotAllowed(call: Call): HttpResponse;
  /** Whether the request brought what the scheme wants. */
  authenticate(call: Call, scheme: string): boolean;
  unauthorized(call: Call): HttpResponse | Promise<HttpResponse>;
  invalid(call: Call): HttpResponse | Promise<HttpResponse>;
  /** An operation that nobody registered a handler for. */
  generated(call: Call): HttpResponse | Promise<HttpResponse>;
}

/** openapi-backend with our parts in it. */
export interface Backend {
  handle(call: Call): Promise<HttpResponse>;
  /** Registers a handler under an operation's key. */
  register(key: string, handler: Handler): void;
}

/** The context that openapi-backend hands to handlers; `request` reads the values when it is asked for them. */
export interface BackendContext {
  readonly api: Backends.OpenAPIBackend;
  readonly request: unknown;
  readonly operation: { readonly operationId: string };
  readonly validation?: unknown;
  readonly security?: unknown;
}

/** A handler as the mock registers it: openapi-backend's context, then the call. */
export type Handler = (context: BackendContext, call: Call) => unknown;

/**
 * Gives openapi-backend the skeleton of the document and our router and validator in place of its own, through its
 * public fields. `init` is not called: it would dereference, validate and compile the whole document.
 *
 * @see https://openapistack.co/docs/openapi-backend/api/
 */
export function createBackend(
  plan: ApiPlan,
  index: PathIndex,
  { turns, validate }: { readonly turns: Turns; readonly validate: boolean },
): Backend {
  const operations = new Map(
    plan.operations.map((operation) => [operation, backendOperation(operation, plan.document)]),
  );
  const instance = new OpenAPIBackend({ definition: skeleton(plan.document), quick: true, validate });
  const router = createRouter(index, operations);
  Object.assign(instance, {
    router,
    validator: createValidator(plan),
    definition: instance.inputDocument,
    document: instance.inputDocument,
    initialized: true,
    handlers: handlersFor(turns),
    securityHandlers: securityHandlersFor(plan.document, turns),
  });
  return {
    register: (key, handler) =>
      instance.registerHandler(operationName(key), handler as Parameters<typeof instance.registerHandler>[1]),
    handle: (call) => {
      const request: BackendRequest = {
        method: call.request.method,
        path: call.request.target,
        headers: {},
        call,
      };
      return instance.handleRequest(request, call) as Promise<HttpResponse>;
    },
  };
}

interface BackendRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly call: Call;
}

type BackendOperation = ReturnType<typeof backendOperation>;

function backendOperation(operation: ApiOperation, { securitySchemes }: ApiDocument) {
  return {
    operationId: operationName(operation.key),
    path: operation.path,
    method: operation.method.toLowerCase(),
    // A scheme that the document does not declare is a fault of the document; nobody could satisfy it.
    security: operation.security.map((one) =>
      Object.fromEntries(
        [...one]
          .filter(([name]) => securitySchemes.has(name))
          .map(([name, scopes]) => [schemeName(name), scopes]),
      ),
    ),
    responses: {},
    source: operation,
  };
}

/** The names under which openapi-backend looks for its own handlers, beside those of operations. */
const reserved: ReadonlySet<string> = new Set(
  `404 notFound 405 methodNotAllowed 400 validationFail 501 notImplemented unauthorizedHandler preRoutingHandler
  postRoutingHandler postSecurityHandler preOperationHandler postResponseHandler`.split(/\s+/),
);

/** An operation's key, out of the way of the names that openapi-backend keeps for itself. */
function operationName(key: string): string {
  return reserved.has(key) ? `operation ${key}` : key;
}

/** openapi-backend notes results on a plain object, where this name is the prototype: there it would always count as good. */
function schemeName(name: string): string {
  return name === '__proto__' ? 'scheme __proto__' : name;
}

/** Paths and methods only: what openapi-backend shows to handlers that look at its definition. */
function skeleton(document: ApiDocument) {
  const paths: Record<string, Record<string, object>> = Object.create(null) as Record<
    string,
    Record<string, object>
  >;
  for (const operation of document.operations) {
    const item = paths[operation.path] ?? {};
    item[operation.method.toLowerCase()] = { operationId: operation.key, responses: {} };
    paths[operation.path] = item;
  }
  return { openapi: '3.1.0', info: { title: document.info.title, version: document.info.version }, paths };
}

/** Prism's `__server`: the request is meant for one server of the document. */
function servedBy({ servers }: ApiOperation, wanted: string | undefined): boolean {
  return wanted === undefined || servers.some((server) => server.url === wanted);
}

// Made once: a stack trace per miss would cost more than the whole route.
const notFound = new Error('404-notFound: no route matches request');
const methodNotAllowed = new Error('405-methodNotAllowed: this method is not registered for the route');

function createRouter(index: PathIndex, operations: ReadonlyMap<ApiOperation, BackendOperation>) {
  const byId = new Map([...operations.values()].map((operation) => [operation.operationId, operation]));
  return {
    matchOperation({ call }: BackendRequest): BackendOperation {
      const match = index.match(call.request.method, call.request.target);
      call.match = match;
      if (match.kind !== 'found') throw match.kind === 'not-found' ? notFound : methodNotAllowed;
      if (!servedBy(match.operation, call.wish.server)) throw notFound;
      call.operation = match.operation;
      const operation = operations.get(match.operation);
      if (operation === undefined) throw notFound;
      return operation;
    },
    parseRequest: (request: BackendRequest, operation?: BackendOperation) =>
      operation === undefined ? request : new ParsedCall(request.call),
    getOperations: () => [...byId.values()],
    getOperation: (key: string) => byId.get(key),
  };
}

/** openapi-backend's parsed request; the values are read when a handler looks at them. */
class ParsedCall {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  get #reading(): RequestReading | undefined {
    return this.#call.plan === undefined ? undefined : readingOf(this.#call, this.#call.plan);
  }

  get method(): string {
    return this.#call.request.method.toLowerCase();
  }

  get path(): string {
    return splitTarget(this.#call.request.target).path;
  }

  get params(): Readonly<Record<string, unknown>> {
    return this.#reading?.values.path ?? {};
  }

  get query(): Readonly<Record<string, unknown>> {
    return this.#reading?.values.query ?? {};
  }

  get headers(): Readonly<Record<string, unknown>> {
    const { headers } = this.#call.request;
    return Object.fromEntries([...headers].map(([name]) => [name.toLowerCase(), headers.get(name)]));
  }

  get cookies(): Readonly<Record<string, unknown>> {
    return this.#reading?.values.cookie ?? {};
  }

  get requestBody(): unknown {
    return this.#reading?.body.value;
  }

  get body(): Uint8Array {
    return this.#call.request.body;
  }
}

function createValidator(plan: ApiPlan) {
  return {
    coerceTypes: false,
    validateRequest({ call }: BackendRequest, { source }: BackendOperation) {
      call.plan ??= plan.compile(source);
      const { findings } = readingOf(call, call.plan);
      if (findings.length > 0) call.findings.push(...findings);
      const errors = findings.filter((finding) => finding.severity === 'error');
      return { valid: errors.length === 0, errors: errors.length === 0 ? null : errors };
    },
  };
}

function handlersFor(turns: Turns): Record<string, Handler> {
  return Object.assign(Object.create(null), {
    notFound: (_: BackendContext, call: Call) => turns.notFound(call),
    methodNotAllowed: (_: BackendContext, call: Call) => turns.methodNotAllowed(call),
    unauthorizedHandler: (_: BackendContext, call: Call) => turns.unauthorized(call),
    validationFail: (_: BackendContext, call: Call) => turns.invalid(call),
    notImplemented: (_: BackendContext, call: Call) => turns.generated(call),
  }) as Record<string, Handler>;
}

function securityHandlersFor(document: ApiDocument, turns: Turns): Record<string, Handler> {
  const handlers = Object.create(null) as Record<string, Handler>;
  for (const name of document.securitySchemes.keys()) {
    handlers[schemeName(name)] = (_, call) => turns.authenticate(call, name);
  }
  return handlers;
}
