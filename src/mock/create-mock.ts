import { ApidoubleError, type Finding, stopwatch, systemClock } from '../core/index.ts';
import { type ApiDocument, loadDocument } from '../document/index.ts';
import { type HttpRequest, type HttpResponse, type TargetOptions, toHttpRequest } from '../http/index.ts';
import { listen, type Server } from '../server/index.ts';
import { createAdmin } from './admin/create-admin.ts';
import { answer } from './answer.ts';
import { createCall } from './call.ts';
import { createCallbackSender } from './callbacks.ts';
import { deliverAsWeb, deliverHere } from './deliver-here.ts';
import { createEngine, type Engine } from './engine.ts';
import { expectCalls } from './expect-called.ts';
import { createJournal, type JournalFilter } from './journal.ts';
import type { JournalEntry, ListenOptions, Mock, MockHandler, MockOptions } from './mock.ts';
import { beginRule } from './on.ts';
import type { AnyOperations } from './operation-types.ts';
import { recallCalls, unmatchedOf } from './recall.ts';
import { wrapHandler } from './respond.ts';
import { settingsOf } from './settings.ts';
import { createStaging, readScenarios } from './staging.ts';
import { createState, wantsState } from './state.ts';

/**
 * Makes a test double of the API that a document describes.
 *
 * Throws an `ApidoubleError` where the document cannot be read (`ERR_DOCUMENT_…`), has no operation
 * (`ERR_DOCUMENT_EMPTY`), an option is of no use (`ERR_OPTION`), or a handler names an operation that the document
 * does not have (`ERR_OPERATION_UNKNOWN`).
 *
 * @example
 * const mock = await createMock({ document: 'openapi.yaml', seed: 1 });
 * const response = await mock.fetch(new Request('http://mock/api/v3/events/events/'));
 */
export async function createMock<Operations = AnyOperations>(
  options: MockOptions,
): Promise<Mock<Operations>> {
  const settings = settingsOf(options);
  const journal = createJournal(options.journal ?? 1000);
  const handlers = new Map<string, MockHandler>();
  const servers = new Set<Server>();
  const callbacks = createCallbackSender({
    fetch: options.fetch ?? fetch,
    allowHosts: options.allowHosts ?? [],
    settings,
  });
  let source = options.document;
  const state = wantsState(options) ? await createState(settings, options) : undefined;
  let engine = createEngine(await readDocument(source, options), settings, state);
  const staging = createStaging(engine, settings, await readScenarios(options));

  const { adminPath, adminRemote } = settings;
  const admin =
    adminPath === false
      ? undefined
      : createAdmin({ path: adminPath, remote: adminRemote }, () => mock, createMock);

  async function send(request: HttpRequest, context: TargetOptions): Promise<HttpResponse> {
    const page = admin?.(request, context);
    if (page !== undefined) return page;
    const started = stopwatch();
    const call = createCall(request);
    const response = await answer(engine, settings, call);
    const entry: JournalEntry = {
      id: journal.nextId(),
      time: systemClock.now(),
      milliseconds: stopwatch() - started,
      operation: call.operation?.key,
      request,
      response,
      findings: call.findings,
      session: call.session,
      scenario: call.played?.scenario,
      near: call.played?.near,
      reason: call.reason,
    };
    journal.add(entry);
    if (call.plan !== undefined && call.operation !== undefined)
      callbacks.afterAnswer(engine, call, response);
    tell(options.onExchange, entry);
    return response;
  }

  function register(name: string, handler: MockHandler): void {
    const operation = engine.plan.find(name);
    if (operation === undefined) throw unknownOperation('register a handler for', name, engine.document);
    handlers.set(name, handler);
    engine.backend.register(
      operation.key,
      wrapHandler(handler, () => engine),
    );
  }

  /** Puts another engine in the place of the one that is there, with all that was registered. */
  function replaceEngine(next: Engine): void {
    engine = next;
    for (const [name, handler] of handlers) if (engine.plan.find(name) !== undefined) register(name, handler);
  }

  function entriesOf(operation: string | undefined, { session }: Pick<JournalFilter, 'session'> = {}) {
    const key = operation === undefined ? undefined : (engine.plan.find(operation)?.key ?? operation);
    return journal.entries({
      ...(key === undefined ? {} : { operation: key }),
      ...(session === undefined ? {} : { session }),
    });
  }

  const mock: Mock<Operations> = {
    get document() {
      return engine.document;
    },
    get seed() {
      return settings.seed;
    },
    now: settings.now,
    get faults() {
      return engine.faults;
    },
    async send(request, context = {}) {
      const response = await send(request, context);
      return response.delivery === undefined ? response : deliverHere(response, context.signal);
    },
    async fetch(request) {
      return deliverAsWeb(await send(await toHttpRequest(request), {}), request);
    },
    async listen({ bodyLimit, ...given }: ListenOptions = {}) {
      const server = await listen((request, context = {}) => send(request, context), {
        ...given,
        ...(adminPath === false ? {} : { corsExcept: `${adminPath}/` }),
        ...(bodyLimit === undefined ? {} : { limits: { bodyBytes: bodyLimit } }),
      });
      servers.add(server);
      return server;
    },
    register,
    ...(state === undefined ? {} : { state: state.face }),
    on: (operation) => beginRule(staging.stage, operation, staging.refresh),
    scenarios: staging.control,
    requests: entriesOf,
    expectCalled(operation, expected = {}) {
      if (engine.plan.find(operation) === undefined)
        throw unknownOperation('expect calls of', operation, engine.document);
      return expectCalls(operation, expected, recallCalls(engine, entriesOf(operation, expected)));
    },
    unmatched: (filter) => unmatchedOf(entriesOf(undefined, filter)),
    forget: (session) => journal.clear(session),
    reset(session) {
      journal.clear(session);
      staging.stage.reset(session);
      staging.refresh();
      state?.face.reset(session);
    },
    setSeed(seed) {
      settings.seed = String(seed);
      const next = createEngine(engine.document, settings, state);
      staging.move(next);
      replaceEngine(next);
    },
    sendWebhook: (name, url, wish) => callbacks.sendWebhook(engine, { name, url, ...wish }),
    async reload(next) {
      const read = await readDocument(next ?? source, options);
      const fresh = createEngine(read, settings, state);
      staging.move(fresh, await readScenarios(options));
      source = next ?? source;
      replaceEngine(fresh);
    },
    async close() {
      await Promise.all([...servers].map((server) => server.close()));
      servers.clear();
      await callbacks.settled();
    },
  };
  for (const [name, handler] of Object.entries(options.handlers ?? {})) register(name, handler);
  return mock;
}

/** An observer that fails must not take the answer with it. */
function tell(observer: MockOptions['onExchange'], entry: JournalEntry): void {
  try {
    observer?.(entry);
  } catch {
    // It is the observer's to say so.
  }
}

async function readDocument(
  source: MockOptions['document'],
  { cwd, allowHosts, overlays, corrections }: MockOptions,
): Promise<ApiDocument> {
  if (isApiDocument(source)) return withOperations(source);
  return withOperations(
    await loadDocument(source, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(allowHosts === undefined ? {} : { allowHosts }),
      ...(overlays === undefined ? {} : { overlays }),
      ...(corrections === undefined ? {} : { corrections }),
    }),
  );
}

function isApiDocument(source: MockOptions['document']): source is ApiDocument {
  return typeof source === 'object' && 'locate' in source && typeof source.locate === 'function';
}

function withOperations(document: ApiDocument): ApiDocument {
  if (document.operations.length > 0) return document;
  const [first] = document.faults;
  const remedy =
    first === undefined ? 'Add one under "paths".' : `Correct this first: ${placed(first, document)}`;
  throw new ApidoubleError(
    'ERR_DOCUMENT_EMPTY',
    `Cannot serve "${document.uri}": the document has no operation. ${remedy}`,
  );
}

/** What is wrong, behind its place: where a file is gone that held all the paths, that is the thing to know. */
function placed({ message, origin }: Finding, document: ApiDocument): string {
  if (origin === undefined) return message;
  const { file, line, column } = document.locate(origin);
  return `${file}:${line}:${column} ${message}`;
}

function unknownOperation(what: string, name: string, document: ApiDocument): ApidoubleError {
  const known = document.operations.map((operation) => operation.key);
  const near = known.filter(
    (key) => key.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(key.toLowerCase()),
  );
  const hint = (near.length > 0 ? near : known).slice(0, 5).join(', ');
  return new ApidoubleError(
    'ERR_OPERATION_UNKNOWN',
    `Cannot ${what} "${name}": the document has no such operation. Did you mean one of: ${hint}?`,
  );
}
