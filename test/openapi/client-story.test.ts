import * as client from '@goauthentik/api';
import { expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';

/* The client that authentik's own front end is built on, on the mock with state: a story from the first event to the last. */

const root = new URL('../../', import.meta.url).pathname;

async function eventsApi(): Promise<client.EventsApi> {
  const mock = await createMock({
    document: 'openapi.yaml',
    cwd: root,
    seed: 'story',
    source: 'dynamic',
    fixtures: 'fixtures/events',
  });
  const fetchApi: typeof fetch = (input, init) => mock.fetch(new Request(input, init));
  const configuration = new client.Configuration({
    basePath: 'http://authentik.test/api/v3',
    accessToken: 'any-token',
    fetchApi,
  });
  return new client.EventsApi(configuration);
}

async function statusOf(call: Promise<unknown>): Promise<number> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof client.ResponseError ? error.response.status : 0;
}

it('creates, lists, filters, orders, pages, changes and deletes events', async () => {
  const api = await eventsApi();
  const before = await api.eventsEventsList({});
  expect(before.pagination.count).toBe(12);
  const times = before.results.map(({ created }) => created.getTime());
  expect(times).toEqual([...times].sort((left, right) => right - left));

  const user = { pk: 23, email: 'lucia.ferrari@example.com', username: 'lucia.ferrari' };
  const created: client.Event[] = [];
  for (const [index, action] of ['login', 'login', 'logout', 'model_updated', 'login_failed'].entries()) {
    const eventRequest = { action, app: `story.part${index}`, user, clientIp: `198.51.100.${index}` };
    created.push(await api.eventsEventsCreate({ eventRequest: eventRequest as client.EventRequest }));
  }
  const [first, second, third] = created;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('nothing was created');
  expect(new Set(created.map(({ pk }) => pk)).size).toBe(5);
  expect(await api.eventsEventsRetrieve({ eventUuid: first.pk })).toEqual(first);

  const keysOf = async (request: client.EventsEventsListRequest): Promise<string[]> => {
    const page = await api.eventsEventsList({ pageSize: 100, ...request });
    expect(page.pagination.count).toBe(page.results.length);
    return page.results.map(({ pk }) => pk);
  };
  expect(await keysOf({ clientIp: '198.51.100.2' })).toEqual([third.pk]);
  // The document says of `action` that it need only be contained: login_failed is found too.
  expect(await keysOf({ action: 'login', clientIp: '198.51.100.4' })).toEqual([created[4]?.pk]);
  const lucia = await keysOf({ username: 'lucia.ferrari' });
  expect(lucia).toEqual(expect.arrayContaining(created.map(({ pk }) => pk)));
  expect(lucia).toHaveLength(7);
  expect(await keysOf({ contextModelName: 'application', action: 'model_created' })).toHaveLength(1);
  expect(await keysOf({ search: 'story.part3' })).toEqual([created[3]?.pk]);
  expect(await keysOf({ search: 'nothing has this' })).toEqual([]);

  const byApp = await api.eventsEventsList({ ordering: 'app', pageSize: 100 });
  const apps = byApp.results.map(({ app }) => app);
  expect(apps).toEqual([...apps].sort());
  const turned = await api.eventsEventsList({ ordering: '-app', pageSize: 100 });
  expect(turned.results.map(({ app }) => app)).toEqual([...apps].reverse());

  const pages: client.PaginatedEventList[] = [];
  for (let page = 1; page !== 0; page = pages.at(-1)?.pagination.next ?? 0)
    pages.push(await api.eventsEventsList({ page, pageSize: 5, ordering: 'created' }));
  expect(pages.map(({ results }) => results.length)).toEqual([5, 5, 5, 2]);
  expect(new Set(pages.flatMap(({ results }) => results.map(({ pk }) => pk))).size).toBe(17);
  expect(await statusOf(api.eventsEventsList({ page: 5, pageSize: 5 }))).toBe(404);

  const patchedEventRequest = { app: 'story.changed' };
  const changed = await api.eventsEventsPartialUpdate({ eventUuid: second.pk, patchedEventRequest });
  expect(changed).toEqual({ ...second, app: 'story.changed' });
  expect(
    await statusOf(api.eventsEventsUpdate({ eventUuid: second.pk, eventRequest: {} as client.EventRequest })),
  ).toBe(400);
  expect(await api.eventsEventsRetrieve({ eventUuid: second.pk })).toEqual(changed);

  await api.eventsEventsDestroy({ eventUuid: first.pk });
  expect(await statusOf(api.eventsEventsRetrieve({ eventUuid: first.pk }))).toBe(404);
  expect(await keysOf({ username: 'lucia.ferrari' })).toHaveLength(6);
});
