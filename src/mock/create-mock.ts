import { ApidoubleError, stopwatch, systemClock } from '../core/index.ts';
import { type ApiDocument, loadDocument } from '../document/index.ts';
import { type HttpRequest, type HttpResponse, toHttpRequest, toWebResponse } from '../http/index.ts';
import { listen, type Server } from '../server/index.ts';
import { answerAdmin } from './admin.ts';
import { answer } from './answer.ts';
import { createCallbackSender } from './callbacks.ts';
import { createEngine } from './engine.ts';
import { createJournal } from './journal.ts';
import type { JournalEntry, ListenOptions, Mock, MockHandler, MockOptions } from './mock.ts';
import { wrapHandler } from './respond.ts';
import { settingsOf } from './settings.ts';
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
export async function createMock(options: MockOptions): Promise<Mock> {
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
  const state = wantsState(options) ? createState(settings, options) : undefined;
  let engine = createEngine(await readDocument(source, options), settings, state);

  async function send(request: HttpRequest): Promise<HttpResponse> {
    const admin = settings.adminPath === false ? undefined : answerAdmin(settings.adminPath, request, engine);
    if (admin !== undefined) return admin;
    const started = stopwatch();
    const { response, call } = await answer(engine, settings, request);
    const entry = journal.add({
      time: systemClock.now(),
      milliseconds: stopwatch() - started,
      ...(call.operation === undefined ? {} : { operation: call.operation.key }),
      request,
      response,
      findings: call.findings,
      reason: call.reason,
    });
    if (call.plan !== undefined && call.operation !== undefined)
      callbacks.afterAnswer(engine, call, response);
    tell(options.onExchange, entry);
    return response;
  }

  function register(name: string, handler: MockHandler): void {
    const operation = engine.plan.find(name);
    if (operation === undefined) throw unknownOperation(name, engine.document);
    handlers.set(name, handler);
    engine.backend.register(
      operation.key,
      wrapHandler(handler, () => engine),
    );
  }

  const mock: Mock = {
    get document() {
      return engine.document;
    },
    seed: settings.seed,
    now: settings.now,
    get faults() {
      return engine.faults;
    },
    send,
    async fetch(request) {
      return toWebResponse(await send(await toHttpRequest(request)), request.method);
    },
    async listen({ bodyLimit, ...given }: ListenOptions = {}) {
      const server = await listen(send, {
        ...given,
        ...(bodyLimit === undefined ? {} : { limits: { bodyBytes: bodyLimit } }),
      });
      servers.add(server);
      return server;
    },
    register,
    requests: (operation) =>
      journal.entries(operation === undefined ? undefined : (engine.plan.find(operation)?.key ?? operation)),
    ...(state === undefined ? {} : { state: state.face }),
    reset() {
      journal.clear();
      state?.face.reset();
    },
    sendWebhook: (name, url, wish) => callbacks.sendWebhook(engine, { name, url, ...wish }),
    async reload(next) {
      const read = await readDocument(next ?? source, options);
      source = next ?? source;
      engine = createEngine(read, settings, state);
      for (const [name, handler] of handlers)
        if (engine.plan.find(name) !== undefined) register(name, handler);
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
  { cwd, allowHosts, overlays }: MockOptions,
): Promise<ApiDocument> {
  if (isApiDocument(source)) return withOperations(source);
  return withOperations(
    await loadDocument(source, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(allowHosts === undefined ? {} : { allowHosts }),
      ...(overlays === undefined ? {} : { overlays }),
    }),
  );
}

function isApiDocument(source: MockOptions['document']): source is ApiDocument {
  return typeof source === 'object' && 'locate' in source && typeof source.locate === 'function';
}

function withOperations(document: ApiDocument): ApiDocument {
  if (document.operations.length > 0) return document;
  throw new ApidoubleError(
    'ERR_DOCUMENT_EMPTY',
    `Cannot serve "${document.uri}": the document has no operation. Add one under "paths".`,
  );
}

function unknownOperation(name: string, document: ApiDocument): ApidoubleError {
  const known = document.operations.map((operation) => operation.key);
  const near = known.filter(
    (key) => key.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(key.toLowerCase()),
  );
  const hint = (near.length > 0 ? near : known).slice(0, 5).join(', ');
  return new ApidoubleError(
    'ERR_OPERATION_UNKNOWN',
    `Cannot register a handler for "${name}": the document has no such operation. Did you mean one of: ${hint}?`,
  );
}
