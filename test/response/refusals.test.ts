import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/mock/index.ts';

const text = { type: 'string' };
const number = { type: 'integer' };
const all = (properties: object): object => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

function shop(error: object, mediaType = 'application/json'): object {
  const refusal = { description: 'no', content: { [mediaType]: { schema: error } } };
  const order = all({ item: all({ sku: text }), count: { type: 'integer', minimum: 1 } });
  return {
    openapi: '3.1.0',
    info: { title: 'shop', version: '1' },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/orders': {
        post: {
          parameters: [{ name: 'dry-run', in: 'query', schema: { type: 'boolean' } }],
          requestBody: { required: true, content: { 'application/json': { schema: order } } },
          responses: { 201: { description: 'made' }, 400: refusal, 503: refusal },
        },
      },
    },
  };
}

const post = (headers: Readonly<Record<string, string>> = {}): Request =>
  new Request('http://mock.test/orders?dry-run=maybe', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"item": {}, "count": 0}',
  });

const query = expect.stringContaining('"dry-run"');
const sku = expect.stringContaining('"sku"');
const count = expect.stringContaining('count');

const shapes = [
  {
    name: 'RFC 9457',
    schema: all({
      type: { type: 'string', format: 'uri-reference' },
      title: text,
      status: number,
      detail: text,
      instance: text,
    }),
    refused: { type: 'about:blank', title: 'Bad Request', status: 400, detail: sku, instance: '/orders' },
    unavailable: {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: expect.stringContaining('not available'),
    },
  },
  {
    name: 'JSON:API',
    schema: all({
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['status', 'title', 'detail'],
          properties: {
            status: text,
            code: text,
            title: text,
            detail: text,
            source: { type: 'object', properties: { pointer: text, parameter: text } },
          },
        },
      },
    }),
    refused: {
      errors: [
        {
          status: '400',
          title: 'Bad Request',
          code: 'type',
          detail: query,
          source: { parameter: 'dry-run' },
        },
        {
          status: '400',
          title: 'Bad Request',
          code: 'required',
          detail: sku,
          source: { pointer: '/item/sku' },
        },
        {
          status: '400',
          title: 'Bad Request',
          code: 'minimum',
          detail: count,
          source: { pointer: '/count' },
        },
      ],
    },
    unavailable: { errors: [{ status: '503', title: 'Service Unavailable', code: 'service_unavailable' }] },
  },
  {
    name: 'FastAPI',
    schema: all({
      detail: {
        type: 'array',
        items: all({ loc: { type: 'array', items: { anyOf: [text, number] } }, msg: text, type: text }),
      },
    }),
    refused: {
      detail: [
        { loc: ['query', 'dry-run'], msg: query, type: 'type' },
        { loc: ['body', 'item', 'sku'], msg: sku, type: 'required' },
        { loc: ['body', 'count'], msg: count, type: 'minimum' },
      ],
    },
    unavailable: { detail: [{ msg: expect.stringContaining('not available') }] },
  },
  {
    name: 'a map of fields',
    schema: all({
      message: text,
      errors: { type: 'object', additionalProperties: { type: 'array', items: text } },
    }),
    refused: { message: sku, errors: { 'dry-run': [query], 'item.sku': [sku], count: [count] } },
    unavailable: { message: expect.stringContaining('not available') },
  },
  {
    name: 'one error that is wrapped',
    schema: all({
      error: all({
        code: number,
        status: { enum: ['INVALID_ARGUMENT', 'UNAVAILABLE'] },
        message: text,
        details: { type: 'array', items: all({ field: text, description: text }) },
      }),
    }),
    refused: {
      error: {
        code: 400,
        message: sku,
        details: [
          { field: 'dry-run', description: query },
          { field: 'item.sku', description: sku },
          { field: 'count', description: count },
        ],
      },
    },
    unavailable: { error: { code: 503, message: expect.stringContaining('not available') } },
  },
  {
    name: 'Spring Boot',
    schema: all({
      timestamp: { type: 'string', format: 'date-time' },
      status: number,
      error: text,
      message: text,
      path: text,
    }),
    refused: { status: 400, error: 'Bad Request', message: sku, path: '/orders' },
    unavailable: { status: 503, error: 'Service Unavailable', path: '/orders' },
  },
  {
    name: 'texts in a list',
    schema: all({ errors: { type: 'array', items: text } }),
    refused: { errors: [query, sku, count] },
    unavailable: { errors: [expect.stringContaining('not available')] },
  },
  {
    name: 'OAuth',
    schema: all({ error: text, error_description: { type: 'string', maxLength: 20 } }),
    refused: { error: 'bad_request', error_description: expect.stringMatching(/^.{19}…$/) },
    unavailable: { error: 'service_unavailable', error_description: expect.stringContaining('service') },
  },
];

describe.each(shapes)('a refusal as $name', ({ schema, refused, unavailable }) => {
  it('tells what is wrong, where, and its status', async () => {
    const mock = await createMock({ document: shop(schema), seed: 1 });
    const response = await mock.fetch(post());
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject(refused);
  });

  it('agrees with a status that was asked for', async () => {
    const mock = await createMock({ document: shop(schema), seed: 1 });
    const response = await mock.fetch(
      new Request('http://mock.test/orders', {
        method: 'POST',
        headers: { 'content-type': 'application/json', prefer: 'code=503' },
        body: '{"item": {"sku": "a"}, "count": 1}',
      }),
    );
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject(unavailable);
  });
});

it('leaves what the document does not let it say', async () => {
  const schema = all({
    status: { enum: ['error'] },
    code: { type: 'integer', enum: [17] },
    message: { const: 'No.' },
  });
  const mock = await createMock({ document: shop(schema), seed: 1 });
  expect(await (await mock.fetch(post())).json()).toEqual({ status: 'error', code: 17, message: 'No.' });
});
