import type { ApiDocument } from '../document/index.ts';
import {
  type HttpRequest,
  type HttpResponse,
  type Target,
  type TargetOptions,
  toHttpRequest,
} from '../http/index.ts';
import type { Server } from '../server/index.ts';
import { type Admin, createAdmin } from './admin/create-admin.ts';
import { deliverAsWeb, deliverHere } from './deliver-here.ts';
import { exchange } from './exchange.ts';
import { expectCalls } from './expect-called.ts';
import { type House, openHouse } from './house.ts';
import { listenFor } from './listen-for.ts';
import type { Mock, MockOptions } from './mock.ts';
import { beginRule } from './on.ts';
import { recallCalls, unmatchedOf } from './recall.ts';
import { readServed } from './served-document.ts';

/** A mock with what connects it to servers that listen. */
export interface BuiltMock<Operations> {
  readonly mock: Mock<Operations>;
  /** Answers a request of a server, which sees to its delivery. */
  readonly answer: Target;
  /** Makes a server answer as the mock does; it is closed with the mock. */
  adopt(server: Server): void;
}

/** Makes the mock of a document that was read. Throws what `createMock` throws, but for faults of reading. */
export async function buildMock<Operations>(
  served: ApiDocument,
  options: MockOptions,
): Promise<BuiltMock<Operations>> {
  const house = await openHouse(served, options);
  const { settings, state, staging, callbacks } = house;
  const { answer, adopt, ...ways } = front(house, options, () => mock);
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
    ...ways,
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
  return { mock, answer, adopt };
}

/** The ways to a mock: requests from code, and servers that listen. */
function front(
  house: House,
  { onExchange }: MockOptions,
  getMock: () => Mock,
): Pick<Mock, 'send' | 'fetch' | 'listen' | 'close'> & Pick<BuiltMock<unknown>, 'answer' | 'adopt'> {
  const servers = new Set<Server>();
  const admin = adminOf(house, getMock);
  const answer = (request: HttpRequest, context: TargetOptions = {}): Promise<HttpResponse> =>
    admin?.(request, context) ?? exchange(house, request, onExchange);
  const adopt = (server: Server): void => {
    server.setTarget(answer);
    servers.add(server);
  };
  return {
    answer,
    adopt,
    async send(request, context = {}) {
      const response = await answer(request, context);
      return response.delivery === undefined ? response : deliverHere(response, context.signal);
    },
    async fetch(request) {
      return deliverAsWeb(await answer(await toHttpRequest(request)), request);
    },
    async listen(where = {}) {
      const server = await listenFor(answer, where, house.settings.adminPath);
      adopt(server);
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
  return createAdmin({ path: adminPath, remote: adminRemote }, getMock, pagesOf);
}

async function pagesOf(options: MockOptions): Promise<Mock> {
  const { mock } = await buildMock(await readServed(options.document, options), options);
  return mock;
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
