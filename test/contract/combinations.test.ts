import { describe, expect, it } from 'vitest';
import { findSmallest, type Pick } from '../../src/contract/generating/find-smallest.ts';
import type { Report } from '../../src/contract/index.ts';
import { HeaderList } from '../../src/http/index.ts';
import { runOnMock, type Spoil, shop } from './selves.ts';

/** Fails where a small page of large things is asked for, and nothing else: each alone is fine, and all together are. */
const spoil: Spoil = async (request, honest) => {
  const query = new URLSearchParams(request.target.split('?')[1]);
  const isBad = query.get('size') === 'large' && Number(query.get('limit') ?? 50) < 50 && !query.has('since');
  return isBad ? { status: 500, headers: new HeaderList(), body: Buffer.alloc(0) } : honest();
};

function verify(seed: string): Promise<Report> {
  return runOnMock(shop, { spoil, seed, include: ['GET /items'] });
}

describe('combinations of valid values', () => {
  it('find what shows with two of them only, and shrink it to these two', async () => {
    const { findings, results } = await verify('b');
    const [found, ...others] = findings;
    expect(others).toEqual([]);
    expect(found?.id).toBe('listItems/exchange/server-error');
    expect(found?.message).toMatch(
      /It shows with query\.(?:size|limit) = [^=]* and query\.(?:size|limit) = .*\(fast-check seed \d+, path [\d:]+/,
    );
    expect(found?.request.url).toMatch(/\?limit=\d+&size=large$/);
    expect(found?.labels).toEqual(['deterministic']);
    const failed = results.filter(({ verdict }) => verdict.kind === 'failed');
    expect(failed.map(({ obligation }) => obligation.id)).toEqual([
      'listItems/exchange/server-error',
      'listItems/exchange/combinations',
    ]);
  });

  it('are the same again with the same seed', async () => {
    const told = ({ findings, requests }: Report): unknown => [
      requests,
      findings.map(({ message }) => message),
    ];
    expect(told(await verify('b'))).toEqual(told(await verify('b')));
  });

  it('are passed by a server that keeps the document', async () => {
    const { results, findings } = await runOnMock(shop, { seed: 'b' });
    const own = results.filter(({ obligation }) => obligation.check === 'exchange.combinations');
    expect(own.map(({ obligation, verdict }) => [obligation.operation.operationId, verdict.kind])).toEqual([
      ['listItems', 'passed'],
      ['createItem', 'passed'],
    ]);
    expect(findings).toEqual([]);
  });
});

describe('the search', () => {
  const isBad = (picks: readonly Pick[]): boolean =>
    picks.some(({ place }) => place === 2) && picks.some(({ place, choice }) => place === 5 && choice >= 3);

  async function search(seed: number, shrinks = 100): Promise<{ found: unknown; tried: string[] }> {
    const tried: string[] = [];
    const found = await findSmallest([9, 9, 9, 9, 9, 9, 9], { seed, tries: 60, shrinks }, async (picks) => {
      tried.push(JSON.stringify(picks));
      return !isBad(picks);
    });
    return { found, tried };
  }

  it('ends with what is needed and no more', async () => {
    const { found } = await search(1);
    expect(found).toMatchObject({
      picks: expect.arrayContaining([
        { place: 2, choice: 0 },
        { place: 5, choice: 3 },
      ]) as unknown,
    });
    expect((found as { picks: unknown[] }).picks).toHaveLength(2);
  });

  it('tries the same cases in the same order for one seed', async () => {
    expect(await search(3)).toEqual(await search(3));
    expect((await search(3)).tried).not.toEqual((await search(4)).tried);
  });

  it('stops to shrink when its budget is spent, and still tells a case that fails', async () => {
    const whole = await search(1);
    const short = await search(1, 3);
    expect(short.tried.length).toBeLessThan(whole.tried.length);
    expect(isBad((short.found as { picks: readonly Pick[] }).picks)).toBe(true);
  });

  it('finds nothing where there is nothing', async () => {
    expect(await findSmallest([2, 2], { seed: 1, tries: 20, shrinks: 5 }, async () => true)).toBeUndefined();
  });
});
