import { type HttpRequest, type HttpResponse, type TargetOptions, toHttpRequest } from '../http/index.ts';
import { listen, type Server } from '../server/index.ts';
import { type Admin, createAdmin } from './admin/create-admin.ts';
import { deliverAsWeb, deliverHere } from './deliver-here.ts';
import { exchange } from './exchange.ts';
import { expectCalls } from './expect-called.ts';
import { type House, openHouse } from './house.ts';
import type { ListenOptions, Mock, MockOptions } from './mock.ts';
import { beginRule } from './on.ts';
import type { AnyOperations } from './operation-types.ts';
import { recallCalls, unmatchedOf } from './recall.ts';

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
  const house = await openHouse(options);
  const { settings, state, staging, callbacks } = house;
  const mock: Mock<Operations> = {
    get document() {
      return house.engine.document;
    },
    get seed() {
      return settings.seed;
    },
    get faults() {
      return house.engine.faults;
    },
    now: settings.now,
    ...(state === undefined ? {} : { state: state.face }),
    scenarios: staging.control,
    ...front(house, options, () => mock),
    ...memory(house),
    on: (operation) => beginRule(staging.stage, operation, staging.refresh),
    register: house.register,
    setSeed: (seed) => house.setSeed(String(seed)),
    reload: house.reload,
    reset(session) {
      mock.forget(session);
      staging.stage.reset(session);
      staging.refresh();
      state?.face.reset(session);
    },
    sendWebhook: (name, url, wish) => callbacks.sendWebhook(house.engine, { name, url, ...wish }),
  };
  return mock;
}

/** The ways to a mock: requests from code, and servers that listen. */
function front(
  house: House,
  { onExchange }: MockOptions,
  getMock: () => Mock,
): Pick<Mock, 'send' | 'fetch' | 'listen' | 'close'> {
  const servers = new Set<Server>();
  const admin = adminOf(house, getMock);
  const answer = (request: HttpRequest, context: TargetOptions = {}): Promise<HttpResponse> =>
    admin?.(request, context) ?? exchange(house, request, onExchange);
  return {
    async send(request, context = {}) {
      const response = await answer(request, context);
      return response.delivery === undefined ? response : deliverHere(response, context.signal);
    },
    async fetch(request) {
      return deliverAsWeb(await answer(await toHttpRequest(request)), request);
    },
    async listen({ bodyLimit, ...given }: ListenOptions = {}) {
      const { adminPath } = house.settings;
      const server = await listen(answer, {
        ...given,
        ...(adminPath === false ? {} : { corsExcept: `${adminPath}/` }),
        ...(bodyLimit === undefined ? {} : { limits: { bodyBytes: bodyLimit } }),
      });
      servers.add(server);
      return server;
    },
    async close() {
      await Promise.all([...servers].map((server) => server.close()));
      servers.clear();
      await house.callbacks.settled();
    },
  };
}

function adminOf({ settings }: House, getMock: () => Mock): Admin | undefined {
  const { adminPath, adminRemote } = settings;
  if (adminPath === false) return undefined;
  return createAdmin({ path: adminPath, remote: adminRemote }, getMock, createMock);
}

/** What a mock remembers of its exchanges, and how a test asks for it. */
function memory(house: House): Pick<Mock, 'requests' | 'expectCalled' | 'unmatched' | 'forget'> {
  const { journal } = house;
  return {
    requests(name, { session } = {}) {
      const operation = name === undefined ? undefined : (house.engine.plan.find(name)?.key ?? name);
      return journal.entries({ operation, session });
    },
    expectCalled(name, expected = {}) {
      const operation = house.keyOf(name, 'expect calls of');
      const entries = journal.entries({ operation, session: expected.session });
      return expectCalls(name, expected, recallCalls(house.engine, entries));
    },
    unmatched: (filter) => unmatchedOf(journal.entries(filter)),
    forget: (session) => journal.clear(session),
  };
}
