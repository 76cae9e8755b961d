import { isApidoubleError } from '../../core/index.ts';
import { type HttpResponse, problem } from '../../http/index.ts';
import type { ScenarioDefinition } from '../../scenario/index.ts';
import type { WorldSnapshot } from '../../state/index.ts';
import type { HandlerAnswer, Mock, MockHandler, MockState } from '../mock.ts';
import { exchangeJson } from './exchange-json.ts';

type Query = Readonly<Record<string, unknown>>;
type Reply = HandlerAnswer | HttpResponse;

/** What the admin pages do, by operationId. Values were checked by the document before they come here. */
export function adminHandlers(mock: Mock, document: object): Record<string, MockHandler> {
  const withState =
    (act: (state: MockState, query: Query, body: unknown) => Reply): MockHandler =>
    ({ request }) => {
      if (mock.state !== undefined) return act(mock.state, request.query, request.requestBody);
      return problem(409, { detail: 'The mock keeps no state. Start it with --stateful.' });
    };
  return {
    getHealth: () => ({ body: health(mock) }),
    getDocument: () => ({ body: document }),
    reset({ request }) {
      mock.reset(textOf(request.query.session));
      return { status: 204 };
    },
    getSeed: () => ({ body: { seed: mock.seed } }),
    setSeed({ request }) {
      mock.setSeed((request.requestBody as { readonly seed: string }).seed);
      return { body: { seed: mock.seed } };
    },
    listResources: withState(({ resources, sessions }) => ({ body: { resources, sessions } })),
    resetState: withState((state, query) => {
      state.reset(textOf(query.session));
      return { status: 204 };
    }),
    getSnapshot: withState((state, query) => ({ body: state.snapshot(textOf(query.session)) })),
    restoreSnapshot: withState((state, query, body) =>
      unlessRefused(() => {
        state.restore(body as WorldSnapshot, textOf(query.session));
        return { status: 204 };
      }),
    ),
    ...scenarioHandlers(mock),
    ...journalHandlers(mock),
  };
}

function scenarioHandlers({ scenarios }: Mock): Record<string, MockHandler> {
  const shown = (name: string, query: Query, status = 200): Reply => {
    const found = scenarios.list(textOf(query.session)).find((one) => one.name === name);
    return found === undefined ? noScenario(name) : { status, body: found };
  };
  return {
    listScenarios: ({ request }) => ({ body: { scenarios: scenarios.list(textOf(request.query.session)) } }),
    getScenario: ({ request }) => shown(String(request.params.name), request.query),
    putScenario: ({ request }) =>
      unlessRefused(() => {
        const name = String(request.params.name);
        const isNew = !scenarios.list().some((one) => one.name === name);
        scenarios.put(name, request.requestBody as ScenarioDefinition);
        return shown(name, {}, isNew ? 201 : 200);
      }),
    deleteScenario({ request }) {
      const name = String(request.params.name);
      return scenarios.remove(name) ? { status: 204 } : noScenario(name);
    },
    setScenarioState({ request }) {
      const name = String(request.params.name);
      const { state } = request.requestBody as { readonly state: string };
      scenarios.enter(name, state, textOf(request.query.session));
      return shown(name, request.query);
    },
  };
}

function noScenario(name: string): HttpResponse {
  return problem(404, { detail: `There is no scenario "${name}". GET /scenarios lists them.` });
}

function journalHandlers(mock: Mock): Record<string, MockHandler> {
  const entries = ({ operation, session }: Query) => mock.requests(textOf(operation), filterOf(session));
  return {
    listExchanges({ request }) {
      const { status } = request.query;
      const found = entries(request.query).filter(
        ({ response }) => status === undefined || response.status === status,
      );
      return { body: pageOf(found, request.query, exchangeJson) };
    },
    clearJournal({ request }) {
      mock.forget(textOf(request.query.session));
      return { status: 204 };
    },
    getExchange({ request }) {
      const entry = mock.requests().find(({ id }) => id === request.params.id);
      if (entry !== undefined) return { body: exchangeJson(entry) };
      return problem(404, { detail: `The exchange ${String(request.params.id)} is not remembered.` });
    },
    listUnmatched({ request }) {
      const found = mock.unmatched(filterOf(request.query.session));
      const shown = pageOf(found, request.query, ({ entry, near, explanation }) => ({
        exchange: exchangeJson(entry),
        near,
        explanation,
      }));
      return { body: shown };
    },
  };
}

function filterOf(session: unknown): { readonly session?: string } {
  const name = textOf(session);
  return name === undefined ? {} : { session: name };
}

function pageOf<Item>(
  items: readonly Item[],
  { limit = 100, offset = 0 }: Query,
  show: (item: Item) => object,
): object {
  const start = Number(offset);
  return { count: items.length, results: items.slice(start, start + Number(limit)).map(show) };
}

/** What makes no sense against the document that is served conflicts with it. */
function unlessRefused(act: () => Reply): Reply {
  try {
    return act();
  } catch (fault) {
    if (isApidoubleError(fault)) return problem(409, { detail: fault.message, code: fault.code });
    throw fault;
  }
}

function health({ document }: Mock): object {
  const { info, version, operations } = document;
  return {
    status: 'ok',
    document: { title: info.title, version: info.version, openapi: version, operations: operations.length },
  };
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}
