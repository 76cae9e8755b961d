import type { HttpRequest, HttpResponse, Target } from '../../src/http/index.ts';
import { createMock } from '../../src/index.ts';

/** A small API with a read, a write, and a path parameter. */
export const shop: object = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  servers: [{ url: '/v1' }],
  security: [{ key: [] }],
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    schemas: {
      Item: {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'integer', minimum: 1, readOnly: true },
          name: { type: 'string', minLength: 2, maxLength: 20 },
        },
      },
    },
  },
  paths: {
    '/items': {
      get: {
        operationId: 'listItems',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 50 } },
          { name: 'tags', in: 'query', explode: false, schema: { type: 'array', items: { type: 'string' } } },
        ],
        responses: { 200: json({ type: 'array', items: item() }), default: json({ type: 'object' }) },
      },
      post: {
        operationId: 'createItem',
        requestBody: { required: true, content: { 'application/json': { schema: item() } } },
        responses: { 201: json(item()), default: json({ type: 'object' }) },
      },
    },
    '/items/{id}': {
      get: {
        operationId: 'getItem',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }],
        responses: { 200: json(item()), default: json({ type: 'object' }) },
      },
    },
  },
};

function item(): object {
  return { $ref: '#/components/schemas/Item' };
}

function json(schema: object): object {
  return { description: '.', content: { 'application/json': { schema } } };
}

/** The key that is good. */
export const key: string = 'a-key-that-is-good';

/** The shop's mock, with each request noted and each answer changed where it is asked for. */
export async function shopTarget({
  seen = [],
  change = (response) => response,
}: {
  readonly seen?: HttpRequest[];
  readonly change?: (response: HttpResponse, request: HttpRequest) => HttpResponse;
} = {}): Promise<Target> {
  const mock = await createMock({ document: shop, seed: 1, source: 'dynamic', credentials: { key } });
  return async (request) => {
    seen.push(request);
    return change(await mock.send(request), request);
  };
}

/** What `openapi-typescript` writes for the shop, as far as the tests use it. */
export interface ShopPaths {
  '/items': {
    get: {
      parameters: {
        query?: { limit?: number; tags?: string[] };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: object; content: { 'application/json': { id: number; name: string }[] } };
        default: { headers: object; content: { 'application/json': object } };
      };
    };
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { name: string } } };
      responses: {
        201: { headers: object; content: { 'application/json': { id: number; name: string } } };
        default: { headers: object; content: { 'application/json': object } };
      };
    };
    delete?: never;
  };
  '/items/{id}': {
    get: {
      parameters: { query?: never; header?: never; path: { id: number }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: object; content: { 'application/json': { id: number; name: string } } };
        default: { headers: object; content: { 'application/json': object } };
      };
    };
  };
}
