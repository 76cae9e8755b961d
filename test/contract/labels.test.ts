import { describe, expect, it } from 'vitest';
import type { ContractFinding, ContractOptions } from '../../src/contract/index.ts';
import { HeaderList, type HttpResponse } from '../../src/http/index.ts';
import { runOnMock, type Spoil, shop, withJson } from './selves.ts';

function failing(): HttpResponse {
  return { status: 500, headers: new HeaderList(), body: Buffer.alloc(0) };
}

/** Breaks the answers to some requests, told by their number. */
function sometimes(method: string, isBad: (count: number) => boolean): Spoil {
  let count = 0;
  return async (request, honest) => {
    if (request.method !== method) return honest();
    count += 1;
    return isBad(count) ? failing() : honest();
  };
}

async function findingOf(
  spoil: Spoil,
  check: string,
  more: Partial<ContractOptions> = {},
): Promise<ContractFinding | undefined> {
  const { findings } = await runOnMock(shop, { spoil, ...more });
  return findings.find((one) => one.check === check);
}

describe('a finding', () => {
  it('that shows each time is deterministic', async () => {
    const spoil: Spoil = async (_, honest) => withJson(await honest(), () => 'no list');
    const found = await findingOf(spoil, 'exchange.body', { include: ['GET /items'] });
    expect(found?.labels).toEqual(['deterministic']);
    expect(found?.message).not.toContain('times of');
  });

  it('that shows now and then is flaky, and says how often', async () => {
    const found = await findingOf(
      sometimes('GET', (count) => count % 2 === 1),
      'exchange.server-error',
      { include: ['GET /items'], concurrency: 1 },
    );
    expect(found?.labels).toEqual(['flaky']);
    expect(found?.message).toMatch(/It showed [12] times of 3\.$/);
  });

  it('that shows in a change once and never again depends on state', async () => {
    const found = await findingOf(
      sometimes('POST', (count) => count === 1),
      'exchange.server-error',
      { include: ['POST /items'] },
    );
    expect(found?.labels).toEqual(['state-dependent']);
  });

  it('that shows in a read once and never again is flaky', async () => {
    const found = await findingOf(
      sometimes('GET', (count) => count === 1),
      'exchange.server-error',
      { include: ['GET /items'] },
    );
    expect(found?.labels).toEqual(['flaky']);
    expect(found?.message).toContain('It showed 1 times of 3.');
  });

  it('of a refusal is sent again too', async () => {
    const spoil: Spoil = async (request, honest) =>
      request.target.includes('size=') ? { ...failing(), status: 422 } : honest();
    const found = await findingOf(spoil, 'accepted.everything', { include: ['GET /items'] });
    expect(found?.labels).toEqual(['deterministic']);
  });
});
