import { describe, expect, it } from 'vitest';
import { HeaderList, noBody } from '../../src/http/index.ts';
import { createClient, loadContract } from '../../src/vitest/index.ts';
import { key, type ShopPaths, shop, shopTarget } from './shop.ts';

const contract = await loadContract(shop);
const getItem = contract.operation('getItem');
const listItems = contract.operation('GET /items');
const json = { 'content-type': 'application/json' };

function answer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: json });
}

describe('toSatisfyContract', () => {
  it('takes a web Response, which can be read afterwards', async () => {
    const response = answer({ id: 1, name: 'Lamp' });
    await expect(response).toSatisfyContract(getItem);
    expect(await response.json()).toEqual({ id: 1, name: 'Lamp' });
  });

  it('tells all that is wrong with a response', async () => {
    const judged = expect(answer({ id: 0 })).toSatisfyContract(getItem);
    await expect(judged).rejects.toThrow(
      /The response does not satisfy getItem:\n- .*name.*\n- .*id must be/,
    );
    await expect(answer({ id: 0 })).not.toSatisfyContract(getItem);
  });

  it('fails with not where the message is right', async () => {
    const judged = expect(answer({ id: 1, name: 'Lamp' })).not.toSatisfyContract(getItem);
    await expect(judged).rejects.toThrow('The response satisfies getItem, and should not.');
  });

  it('takes responses of ours', async () => {
    const body = Buffer.from('[]');
    await expect({ status: 200, headers: HeaderList.from(json), body }).toSatisfyContract(listItems);
    await expect({ status: 200, headers: new HeaderList(), body: noBody }).not.toSatisfyContract(listItems);
  });

  it('takes requests, web ones and ours', async () => {
    await expect(new Request('http://h/v1/items?limit=50')).toSatisfyContract(listItems);
    await expect(new Request('http://h/v1/items?limit=51')).not.toSatisfyContract(listItems);
    const request = {
      method: 'GET',
      target: '/v1/items/x',
      origin: 'http://h',
      headers: new HeaderList(),
      body: noBody,
    };
    await expect(request).not.toSatisfyContract(getItem);
    await expect({ ...request, target: '/v1/items/1' }).toSatisfyContract(getItem);
    const elsewhere = expect({ ...request, target: '/v1/items' }).toSatisfyContract(getItem);
    await expect(elsewhere).rejects.toThrow('The request is not one for getItem.');
  });

  it("takes what a client's call gave, with the operation that it has", async () => {
    const api = await createClient<ShopPaths>({ document: shop, target: await shopTarget(), auth: { key } });
    await expect(await api.get('/items')).toSatisfyContract();
  });

  it('needs an operation', async () => {
    await expect(expect(answer({})).toSatisfyContract()).rejects.toThrow('no operation was given');
    expect(() => contract.operation('nope')).toThrow(/no such operation/);
  });
});
