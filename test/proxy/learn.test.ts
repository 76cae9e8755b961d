import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';
import { HeaderList, type HttpResponse } from '../../src/http/index.ts';
import { jsonResponse } from '../../src/http/problem.ts';
import { createMock } from '../../src/mock/index.ts';
import { createExchangeJudge, createLearner, type Learned, overlayOf } from '../../src/proxy/index.ts';
import { smallDocument } from './small-document.ts';

const gone: HttpResponse = { status: 204, headers: new HeaderList(), body: new Uint8Array() };

async function learn(
  ...exchanges: readonly (readonly [line: string, response: HttpResponse])[]
): Promise<Learned> {
  const document = await loadDocument(smallDocument);
  const learner = createLearner(document, createExchangeJudge(document));
  for (const [line, response] of exchanges) {
    const [method = '', target = ''] = line.split(' ');
    const request = {
      method,
      target,
      origin: 'http://up',
      headers: new HeaderList(),
      body: new Uint8Array(),
    };
    learner.add({ exchange: { request, response }, startedAt: 0, milliseconds: 1 });
  }
  return learner.learned();
}

describe('what is learned', () => {
  it('are the things of lists, pages and creations, as they were seen last, and no deleted ones', async () => {
    const { things } = await learn(
      [
        'GET /api/things',
        jsonResponse(
          200,
          [1, 2, 3].map((id) => ({ id, name: `n${id}` })),
        ),
      ],
      ['POST /api/things', jsonResponse(201, { id: 4, name: 'n4' })],
      ['GET /api/things/2', jsonResponse(200, { id: 2, name: 'changed', password: 'p' })],
      ['DELETE /api/things/1', gone],
    );
    expect(things.get('things')).toEqual([
      { id: 2, name: 'changed', password: 'p' },
      { id: 3, name: 'n3' },
      { id: 4, name: 'n4' },
    ]);
  });

  it('is nothing of answers that break the document, with the reason', async () => {
    const { things, examples, skipped } = await learn(
      ['GET /api/things', jsonResponse(200, [{ id: 'x' }])],
      ['GET /elsewhere', jsonResponse(200, [])],
    );
    expect([things.size, examples]).toEqual([0, []]);
    expect([...skipped.keys()]).toEqual([
      'its answer breaks the document',
      'the document has no operation for it',
    ]);
  });

  it('can be served: an overlay has the answers as named examples', async () => {
    const answers = [1, 2, 2, 3, 4].map((id) => jsonResponse(200, { id, name: 'n' }));
    const { examples } = await learn(
      ...answers.map((one, index) => [`GET /api/things/${index}`, one] as const),
    );
    expect(examples.map(({ name, summary }) => [name, summary])).toEqual([
      ['recorded-1', 'GET /api/things/0'],
      ['recorded-2', 'GET /api/things/1'],
      ['recorded-3', 'GET /api/things/3'],
    ]);
    const mock = await createMock({ document: smallDocument, overlays: [overlayOf(examples, 'Learned')] });
    const headers = { Prefer: 'example=recorded-3' };
    const answer = await mock.fetch(new Request('http://mock/api/things/9', { headers }));
    expect(await answer.json()).toEqual({ id: 3, name: 'n' });
    await mock.close();
  });
});
