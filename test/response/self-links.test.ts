import { describe, expect, it } from 'vitest';
import { createMock, type Mock } from '../../src/mock/index.ts';

const uri = { type: 'string', format: 'uri' };
const all = (properties: object): object => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const id = { type: 'string', format: 'uuid', readOnly: true };
const name = { type: 'string' };

/** A shop with a form for its items, its lists, and what is sent. */
function shop(item: object, list: object, body: object): object {
  const json = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } });
  const parameters = [{ name: 'item_id', in: 'path', required: true, schema: id }];
  const page = { name: 'page', in: 'query', schema: { type: 'integer' } };
  return {
    openapi: '3.1.0',
    info: { title: 'shop', version: '1' },
    paths: {
      '/items': {
        get: { parameters: [page], responses: { 200: json(list) } },
        post: {
          requestBody: { content: { 'application/json': { schema: body } } },
          responses: { 201: json(item) },
        },
      },
      '/items/{item_id}': { parameters, get: { responses: { 200: json(item) } } },
    },
  };
}

const halLinks = all({ self: all({ href: uri }) });
const hal = all({ id, name, _links: halLinks });
const resource = all({ type: { const: 'items' }, id, attributes: all({ name }), links: all({ self: uri }) });

const forms = [
  {
    form: 'HAL',
    document: shop(
      hal,
      all({ _embedded: all({ items: { type: 'array', items: hal } }), _links: halLinks }),
      all({ name }),
    ),
    sent: { name: 'pen' },
    idOf: (body: { id: string }) => body.id,
    linked: (href: string) => ({ _links: { self: { href } } }),
    rowsOf: (body: { _embedded: { items: unknown[] } }) => body._embedded.items,
    wrapped: (one: object) => one,
  },
  {
    form: 'JSON:API',
    document: shop(
      all({ data: resource }),
      all({ data: { type: 'array', items: resource }, links: all({ self: uri }) }),
      all({ data: all({ type: { const: 'items' }, attributes: all({ name }) }) }),
    ),
    sent: { data: { type: 'items', attributes: { name: 'pen' } } },
    idOf: (body: { data: { id: string } }) => body.data.id,
    linked: (self: string) => ({ links: { self } }),
    rowsOf: (body: { data: unknown[] }) => body.data,
    wrapped: (data: object) => ({ data }),
  },
];

async function ask(mock: Mock, path: string, init?: RequestInit) {
  return JSON.parse(await (await mock.fetch(new Request(`http://mock.test${path}`, init))).text());
}

describe.each(forms)('links to themselves in $form', ({ document, sent, idOf, linked, rowsOf, wrapped }) => {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  };

  it.each([{ stateful: false }, { stateful: true }])('lead back ($stateful)', async ({ stateful }) => {
    const mock = await createMock({ document, seed: 1, ...(stateful ? { stateful, seedData: 3 } : {}) });
    const made = await ask(mock, '/items', post);
    const own = `http://mock.test/items/${idOf(made)}`;
    expect(made).toMatchObject(wrapped(linked(own)));
    expect(await ask(mock, `/items/${idOf(made)}?x=1`)).toMatchObject(wrapped(linked(own)));

    const list = await ask(mock, '/items?page=1');
    expect(list).toMatchObject(linked('http://mock.test/items?page=1'));
    const rows = rowsOf(list);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      const { id } = row as { id: string };
      expect(row).toMatchObject(linked(`http://mock.test/items/${id}`));
      expect(await ask(mock, `/items/${id}`)).toEqual(wrapped(row as object));
    }
  });
});
