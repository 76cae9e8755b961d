import { describe, expect, it } from 'vitest';
import { createPathIndex, type PathIndex } from '../../src/route/index.ts';
import { operationsOf } from './operations.ts';

const paths = {
  '/events/events/': 'get post',
  '/events/events/{event_uuid}/': 'get put delete',
  '/events/events/top_per_user/': 'get',
  '/core/users/': 'get',
  '/core/users/{id}/': 'get',
  '/reports/report.{format}': 'get',
};

async function eventsIndex(): Promise<PathIndex> {
  return createPathIndex(await operationsOf(paths, [{ url: '/api/v3/' }]));
}

function nearestOf(index: PathIndex, target: string): readonly string[] {
  const match = index.match('GET', target);
  if (match.kind !== 'not-found' || match.nearest === undefined) return [match.kind];
  return [match.nearest.path, match.nearest.reason];
}

describe('a path that is not there', () => {
  it.each([
    ['/api/v3/events/event/', '/api/v3/events/events/', '"event" is written "events"'],
    ['/api/v3/Events/events/', '/api/v3/events/events/', '"Events" is written "events"'],
    ['/api/v2/events/events/', '/api/v3/events/events/', '"v2" is written "v3"'],
    ['/events/evnts', '/api/v3/events/events/', '"evnts" is written "events"'],
    ['/api/v3/events/', '/api/v3/events/events/', '"events" is missing'],
    ['/api/v3/event/events/42/', '/api/v3/events/events/{event_uuid}/', '"event" is written "events"'],
    ['/api/v3/core/user/42/', '/api/v3/core/users/{id}/', '"user" is written "users"'],
    ['/api/v3/core/users/42/groups/', '/api/v3/core/users/{id}/', '"groups" is one segment too many'],
    [
      '/api/v3/events/events/42/more/',
      '/api/v3/events/events/{event_uuid}/',
      '"more" is one segment too many',
    ],
  ])('%s: the nearest is %s', async (target, path, reason) => {
    expect(nearestOf(await eventsIndex(), target)).toEqual([path, reason]);
  });

  it('names the methods of the nearest', async () => {
    const match = (await eventsIndex()).match('GET', '/api/v3/events/event');
    expect(match).toMatchObject({ nearest: { methods: ['GET', 'HEAD', 'POST', 'OPTIONS'] } });
  });

  it('always has a nearest where there are paths, and none where there are not', async () => {
    expect(nearestOf(await eventsIndex(), '/zzz')[0]).toMatch(/^\/api\/v3\//);
    expect(createPathIndex([]).match('GET', '/zzz')).toEqual({ kind: 'not-found' });
  });

  it('is not looked for where nobody asks', async () => {
    const index = createPathIndex(await operationsOf(paths), { nearest: false });
    expect(index.match('GET', '/events/event')).toEqual({ kind: 'not-found' });
  });

  it('costs a bounded number of comparisons', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [
        `/${'{x}/'.repeat(0)}p${index}/{a}/q${index}/{b}/r${index}`,
        'get',
      ]),
    );
    const index = createPathIndex(await operationsOf(many));
    const hostile = `/${'p/'.repeat(3000)}${'q'.repeat(10_000)}`;
    expect(nearestOf(index, hostile)[0]).toMatch(/^\/p/);
  });
});
