import { afterAll, describe, expect, it } from 'vitest';
import { createClient, expectStatus } from '../../src/vitest/index.ts';
import type { components, paths } from './events-api.ts';
import { client, keepsOrder, keepsState, mayWrite } from './target.ts';

/* What the events API means beyond what its document can say. */

type Event = components['schemas']['Event'];
type EventRequest = components['schemas']['EventRequest'];

const api = await createClient<paths>(client);
const created: string[] = [];

const note: EventRequest = {
  action: 'custom_',
  app: 'apidouble.contracts',
  user: { pk: 5, email: 'mia.brandt@example.com', username: 'mia.brandt' },
  context: { note: 'Grüße, "quotes" & 100 % 😀' },
  client_ip: '203.0.113.41',
};

async function create(body: EventRequest): Promise<Event> {
  const event = expectStatus(await api.post('/events/events/', { body }), 201);
  created.push(event.pk);
  return event;
}

afterAll(async () => {
  if (mayWrite && keepsState) {
    for (const event_uuid of created)
      await api.delete('/events/events/{event_uuid}/', { path: { event_uuid } });
  }
  await api.close();
});

describe('an event that is created', () => {
  it.skipIf(!mayWrite)('has what was sent, and a key and a time of the server', async () => {
    const one = await create(note);
    const other = await create({ ...note, app: 'apidouble.contracts.other' });
    expect(one).toMatchObject(note);
    expect(other.pk).not.toBe(one.pk);
    expect(Date.parse(one.created)).not.toBeNaN();
  });

  it.skipIf(!mayWrite)('needs an action that there is', async () => {
    // The client's types forbid it, the server must as well.
    const body = { ...note, action: 'sign_in' as EventRequest['action'] };
    const refused = await api.post('/events/events/', { body });
    expectStatus(refused, 400);
    await expect(refused).toSatisfyContract();
  });

  it.skipIf(!mayWrite || !keepsState)('can be read, changed and deleted', async () => {
    const { pk: event_uuid } = await create(note);
    const path = { event_uuid };
    expect(expectStatus(await api.get('/events/events/{event_uuid}/', { path }), 200)).toMatchObject(note);
    const patch = { path, body: { app: 'apidouble.changed' } };
    expectStatus(await api.patch('/events/events/{event_uuid}/', patch), 200);
    const changed = expectStatus(await api.get('/events/events/{event_uuid}/', { path }), 200);
    expect(changed).toMatchObject({ ...note, app: 'apidouble.changed' });
    expect((await api.delete('/events/events/{event_uuid}/', { path })).status).toBe(204);
    expect((await api.get('/events/events/{event_uuid}/', { path })).status).toBe(404);
  });
});

describe('the list of events', () => {
  it('agrees with its pagination', async () => {
    const answer = await api.get('/events/events/', { query: { page: 1, page_size: 5 } });
    const { pagination, results } = expectStatus(answer, 200);
    await expect(answer).toSatisfyContract();
    expect(results.length).toBeLessThanOrEqual(5);
    expect(pagination.current).toBe(1);
    expect(pagination.previous).toBe(0);
    expect(pagination.count).toBeGreaterThanOrEqual(results.length);
    expect(pagination.total_pages).toBe(Math.max(1, Math.ceil(pagination.count / 5)));
    expect(pagination.next).toBe(pagination.total_pages > 1 ? 2 : 0);
  });

  it('has no event on two pages', async () => {
    const pages = await Promise.all(
      [1, 2].map((page) =>
        api.get('/events/events/', { query: { page, page_size: 5, ordering: 'created' } }),
      ),
    );
    const keys = pages.flatMap((page) => (page.status === 200 ? page.body.results.map(({ pk }) => pk) : []));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('shows what reading one of its events shows', async () => {
    const { results } = expectStatus(await api.get('/events/events/', { query: { page_size: 1 } }), 200);
    for (const event of results) {
      const path = { event_uuid: event.pk };
      expect(expectStatus(await api.get('/events/events/{event_uuid}/', { path }), 200)).toEqual(event);
    }
  });

  it('has no event with a key that is no UUID', async () => {
    const { status } = await api.get('/events/events/{event_uuid}/', { path: { event_uuid: 'not-a-uuid' } });
    expect([400, 404]).toContain(status);
  });
});

describe('the figures', () => {
  it.skipIf(!keepsOrder)('count days in their order', async () => {
    const points = expectStatus(
      await api.get('/events/events/per_month/', { query: { action: 'login' } }),
      200,
    );
    const times = points.map(({ x_cord }) => x_cord);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(points.every(({ y_cord }) => y_cord >= 0)).toBe(true);
  });

  it.skipIf(!keepsOrder)('rank no more applications than were asked for, the busiest first', async () => {
    const ranked = expectStatus(await api.get('/events/events/top_per_user/', { query: { top_n: 3 } }), 200);
    const counts = ranked.map(({ counted_events }) => counted_events);
    expect(counts.length).toBeLessThanOrEqual(3);
    expect(counts).toEqual([...counts].sort((left, right) => right - left));
  });

  it('name every action that an event can have once', async () => {
    const actions = expectStatus(await api.get('/events/events/actions/'), 200);
    const names = actions.map(({ component }) => component);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('without a token', () => {
  it.each(['/events/events/', '/events/events/per_month/', '/events/events/volume/'] as const)(
    '%s is forbidden',
    async (path) => {
      const refused = await api.get(path, { auth: false });
      expectStatus(refused, 403);
      await expect(refused).toSatisfyContract();
    },
  );

  it('an event is not written', async () => {
    expectStatus(await api.post('/events/events/', { body: note, auth: false }), 403);
  });
});
