import { describe, expect, it } from 'vitest';
import { assertContract, createMock } from '../../src/index.ts';
import { shop } from '../mock/shop.ts';

/** A mock without state knows no id that is not there. */
const options = {
  document: shop,
  include: ['readThing', 'GET /greeting'],
  without: ['lifecycle'],
  seed: '1',
} as const;

describe('assertContract', () => {
  it('gives the report of a server that keeps its document', async () => {
    const { send } = await createMock({ document: shop, seed: 1 });
    const report = await assertContract({ ...options, target: send });
    expect(report.findings).toEqual([]);
    expect(report.obligations.passed).toBeGreaterThan(0);
  });

  it('rejects for one that breaks it, and says where', async () => {
    const { send } = await createMock({ document: shop, seed: 1 });
    const broken: typeof send = async (request) => ({ ...(await send(request)), status: 500 });
    await expect(assertContract({ ...options, target: broken })).rejects.toThrow('/greeting');
  });
});
