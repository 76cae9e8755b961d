import { describe, expect, it } from 'vitest';
import { createKnownBodies } from '../../src/check/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { HeaderList, type HttpResponse } from '../../src/http/index.ts';
import { compilePlan, type MediaTypePlan } from '../../src/plan/index.ts';
import { createExchangeJudge } from '../../src/proxy/index.ts';
import { smallDocument } from '../proxy/small-document.ts';

const json = 'application/json';
const long = (first: string): Buffer => Buffer.from(first.padEnd(2000, '.'));

async function mediaOf(operation: string): Promise<MediaTypePlan> {
  const document = await loadDocument(smallDocument);
  const found = document.operations.find(({ key }) => key === operation);
  if (found === undefined) throw new Error(`there is no ${operation}`);
  const media = compilePlan(document).compile(found).responseFor(200)?.find(json);
  if (media === undefined) throw new Error('it answers no JSON');
  return media;
}

describe('known bodies', () => {
  it.each([
    ['the same bytes', json, 'a', true],
    ['other bytes of that length', json, 'b', false],
    ['another media type', 'application/json; charset=latin1', 'a', false],
  ])('%s of the same operation: %s %s', async (_, type, text, want) => {
    const media = await mediaOf('listThings');
    const known = createKnownBodies();
    known.add(media, json, long('a'));
    expect(known.has(media, type, long(text))).toBe(want);
  });

  it('belong to one operation', async () => {
    const known = createKnownBodies();
    known.add(await mediaOf('listThings'), json, long('a'));
    expect(known.has(await mediaOf('getThing'), json, long('a'))).toBe(false);
  });

  it('do not change with the buffer that they came in', async () => {
    const media = await mediaOf('listThings');
    const known = createKnownBodies();
    const body = long('a');
    known.add(media, json, body);
    body.write('b');
    expect([known.has(media, json, body), known.has(media, json, long('a'))]).toEqual([false, true]);
  });

  it('are forgotten, the oldest first, where there are too many', async () => {
    const media = await mediaOf('listThings');
    const known = createKnownBodies(10_000);
    const bodies = Array.from({ length: 20 }, (_, index) => Buffer.alloc(2000 + index));
    for (const body of bodies) known.add(media, json, body);
    expect(bodies.map((body) => known.has(media, json, body)).lastIndexOf(false)).toBe(15);
    known.add(media, json, Buffer.alloc(100));
    expect(known.has(media, json, Buffer.alloc(100))).toBe(false);
  });
});

describe('a judge that sees the same answer again', () => {
  const answer = (status: number, things: readonly unknown[]): HttpResponse => ({
    status,
    headers: HeaderList.from([['Content-Type', json]]),
    body: Buffer.from(JSON.stringify(things)),
  });
  const good = Array.from({ length: 100 }, (_, id) => ({ id, name: 'a' }));

  it('finds what it found, and in others what is wrong with them', async () => {
    const judge = createExchangeJudge(await loadDocument(smallDocument));
    const found = (response: HttpResponse): readonly string[] =>
      judge
        .judgeResponse({ method: 'GET', target: '/api/things' }, response)
        .findings.map(({ code }) => code);
    const bad = [...good.slice(1), { id: 'x', name: 'a' }];
    expect([good, good, bad, bad, good].map((things) => found(answer(200, things)).length)).toEqual([
      0, 0, 1, 1, 0,
    ]);
    expect(found(answer(202, good))).toEqual(['response.undocumented-status']);
  });
});
