import { appendFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../../src/http/index.ts';
import { describeContract } from '../../../src/vitest/index.ts';
import { key, shop, shopTarget } from '../shop.ts';

/* Run by describe-contract.test.ts, on the shop's mock or on a broken one, never by itself. */

const seen: HttpRequest[] = [];

function broken(response: HttpResponse, { target, method }: HttpRequest): HttpResponse {
  if (process.env.SHOP === 'deaf') return { ...response, status: 401 };
  if (process.env.SHOP !== 'broken' || method !== 'GET' || !target.startsWith('/v1/items?')) return response;
  return { ...response, body: Buffer.from('[{}]'), headers: response.headers.without('content-length') };
}

describeContract({
  document: shop,
  title: 'the shop',
  target: await shopTarget({ seen, change: broken }),
  auth: { key },
  seed: 'suite',
  exclude: ['POST *'],
  without: ['lifecycle', 'paging', 'filters', 'concurrency'],
});

describeContract({
  document: shop,
  title: 'writes that are off',
  target: await shopTarget(),
  include: ['POST *'],
});

afterAll(() => {
  if (process.env.SHOP_SEEN !== undefined) {
    appendFileSync(process.env.SHOP_SEEN, `${seen.map(({ target }) => target).join('\n')}\n`);
  }
});
