import * as client from '@goauthentik/api';
import { describe, expect, it } from 'vitest';
import { type Node, promisesOf, readYaml } from './facts.ts';

/*
 * The npm package's own client was generated from authentik's document, so what it sends and reads is a second
 * witness of that document: it is asked here, and openapi.yaml must say the same.
 */

const ours = readYaml(new URL('../../openapi.yaml', import.meta.url).pathname);
const promises = promisesOf(ours, '');

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly authorization: string | null;
  readonly hasBody: boolean;
}

type Call = (api: client.EventsApi, parameters: never) => Promise<unknown>;

/** Every member of the client's requests is asked for, so that each shows as what it becomes on the wire. */
const everyParameter: object = {
  action: 'login',
  brandName: 'a',
  clientIp: 'a',
  contextAuthorizedApp: 'a',
  contextModelApp: 'a',
  contextModelName: 'a',
  contextModelPk: 'a',
  ordering: 'a',
  page: 1,
  pageSize: 1,
  query: 'a',
  search: 'a',
  topN: 1,
  username: 'a',
  eventUuid: '{event_uuid}',
  eventRequest: { action: 'login', app: 'a' },
  patchedEventRequest: {},
};

async function send(call: Call): Promise<Sent> {
  let sent: Sent | undefined;
  const fetchApi: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    sent = {
      method: init?.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: [...url.searchParams.keys()].sort(),
      authorization: new Headers(init?.headers).get('authorization'),
      hasBody: init?.body !== undefined,
    };
    return new Response('null', { headers: { 'content-type': 'application/json' } });
  };
  const configuration = new client.Configuration({
    basePath: 'http://authentik.test',
    accessToken: 'secret',
    fetchApi,
  });
  await call(new client.EventsApi(configuration), everyParameter as never);
  if (sent === undefined) throw new Error('the client sent nothing');
  return sent;
}

const calls: readonly (readonly [operationId: string, call: Call])[] = [
  ['events_events_list', (api, all) => api.eventsEventsListRaw(all)],
  ['events_events_create', (api, all) => api.eventsEventsCreateRaw(all)],
  ['events_events_retrieve', (api, all) => api.eventsEventsRetrieveRaw(all)],
  ['events_events_update', (api, all) => api.eventsEventsUpdateRaw(all)],
  ['events_events_partial_update', (api, all) => api.eventsEventsPartialUpdateRaw(all)],
  ['events_events_destroy', (api, all) => api.eventsEventsDestroyRaw(all)],
  ['events_events_actions_list', (api) => api.eventsEventsActionsListRaw()],
  ['events_events_per_month_list', (api, all) => api.eventsEventsPerMonthListRaw(all)],
  ['events_events_top_per_user_list', (api, all) => api.eventsEventsTopPerUserListRaw(all)],
  ['events_events_volume_list', (api, all) => api.eventsEventsVolumeListRaw(all)],
];

function promised(operationId: string): Sent {
  for (const [operation, facts] of promises) {
    if (facts.get('operationId') !== JSON.stringify(operationId)) continue;
    const [method = '', path = ''] = operation.split(' ');
    const query = [...facts.keys()].flatMap(
      (fact) => /^parameters\.query\.(\w+)\.required$/.exec(fact)?.[1] ?? [],
    );
    return {
      method,
      path,
      query: query.sort(),
      authorization: 'Bearer secret',
      hasBody: facts.has('requestBody.required'),
    };
  }
  throw new Error(`openapi.yaml has no ${operationId}`);
}

interface Model {
  /** Members that the client reads. */
  readonly reads: readonly string[];
  /** Members that the client insists on. */
  readonly insists: readonly string[];
}

/** Asks the generated functions of a model what they touch. */
function modelOf(name: string): Model {
  const functions = client as unknown as Record<string, (value: object) => unknown>;
  const reads = new Set<string>();
  const insists = new Set<string>();
  const json = new Proxy({} as Record<string, unknown>, {
    get: (_, key) => {
      reads.add(String(key));
      return key === 'results' ? [] : undefined;
    },
    ownKeys: () => [],
  });
  functions[`${name}FromJSON`]?.(json);
  const witness = new Proxy({}, { has: (_, key) => insists.add(String(key)) !== undefined });
  functions[`instanceOf${name}`]?.(witness);
  return { reads: [...reads].sort(), insists: [...insists].map(toSnakeCase).sort() };
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function schemaOf(name: string): Node {
  return (ours.components as { schemas: Record<string, Node> }).schemas[name] ?? {};
}

const models = [
  'Event',
  'EventRequest',
  'PatchedEventRequest',
  'PaginatedEventList',
  'Pagination',
  'Coordinate',
  'EventTopPerUser',
  'TypeCreate',
  'ValidationError',
  'GenericError',
];

describe('openapi.yaml beside the client @goauthentik/api', () => {
  it.each(calls)('%s is sent as it is described', async (operationId, call) => {
    expect(await send(call)).toEqual(promised(operationId));
  });

  it.each(models)('%s has the members that the client knows', (name) => {
    const schema = schemaOf(name);
    expect({
      reads: Object.keys(schema.properties as Node).sort(),
      insists: [...((schema.required as string[] | undefined) ?? [])].sort(),
    }).toEqual(modelOf(name));
  });

  it('has the actions that the client knows', () => {
    const { UnknownDefaultOpenApi: _, ...actions } = client.EventActions;
    expect(schemaOf('EventActions').enum).toEqual(Object.values(actions));
  });
});
