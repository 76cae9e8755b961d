import { describe, expect, it } from 'vitest';
import { runContract, type Verdict } from '../../src/contract/index.ts';
import { HeaderList, type HttpResponse, splitTarget } from '../../src/http/index.ts';

/** Lists by cursors that name the next page in ways of their own: what cannot be followed is not judged. */

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

function documentWith(properties: object): object {
  const items = {
    type: 'array',
    items: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
  };
  const schema = { type: 'object', required: ['data'], properties: { data: items, ...properties } };
  const integer = { type: 'integer', minimum: 1, maximum: 100 };
  const get = {
    operationId: 'listThings',
    parameters: [
      { name: 'cursor', in: 'query', schema: { type: 'string' } },
      { name: 'limit', in: 'query', schema: integer },
    ],
    responses: { 200: { description: '.', content: { 'application/json': { schema } } } },
  };
  return { openapi: '3.1.0', info: { title: 'Odd', version: '1' }, paths: { '/things': { get } } };
}

/** Verifies a list whose pages tell of the next one by `members`; `skip` things are lost between two pages. */
async function pagesOf(
  properties: object,
  members: (next: string | undefined, limit: number) => object,
  skip = 0,
): Promise<Verdict | undefined> {
  const { results } = await runContract({
    document: documentWith(properties),
    seed: 1,
    include: ['list.paging.*'],
    target: async ({ target }): Promise<HttpResponse> => {
      const query = new URLSearchParams(splitTarget(target).query);
      const from = Number(query.get('cursor')?.replace('from-', '') ?? 0);
      const limit = Number(query.get('limit') ?? 3);
      const end = from + limit;
      const next = end + skip < ids.length ? `from-${end + skip}` : undefined;
      const body = { data: ids.slice(from, end).map((id) => ({ id })), ...members(next, limit) };
      return {
        status: 200,
        headers: HeaderList.from({ 'content-type': 'application/json' }),
        body: Buffer.from(JSON.stringify(body)),
      };
    },
  });
  return results.find(({ obligation }) => obligation.check === 'list.paging.pages')?.verdict;
}

describe('a list by cursors', () => {
  const address = { next_page_url: { type: ['string', 'null'] } };
  const addressed = (next: string | undefined, limit: number): object => ({
    next_page_url: next === undefined ? null : `/things?limit=${limit}&cursor=${next}`,
  });

  it('is followed where the next page is told as an address', async () => {
    expect(await pagesOf(address, addressed)).toEqual({ kind: 'passed' });
  });

  it('that loses things between its pages is found by that', async () => {
    expect(await pagesOf(address, addressed, 1)).toMatchObject({ kind: 'failed' });
  });

  it('is followed by an iterator', async () => {
    const iterator = { type: ['string', 'null'] };
    const verdict = await pagesOf({ iterator }, (next) => ({ iterator: next ?? null }));
    expect(verdict).toEqual({ kind: 'passed' });
  });

  it('is not judged where no member is known to tell the next page', async () => {
    const verdict = await pagesOf({ onwards: { type: 'string' } }, (next) => ({ onwards: next ?? '' }));
    const reason = expect.stringContaining('does not say where the next one begins');
    expect(verdict).toEqual({ kind: 'skipped', reason });
  });
});
