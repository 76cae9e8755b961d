import { resolve } from 'node:path';
import { type ContractOptions, type Report, runContract } from '../../src/contract/index.ts';
import type { HttpRequest, HttpResponse, Target } from '../../src/http/index.ts';
import { createMock } from '../../src/mock/index.ts';

const root = resolve(import.meta.dirname, '../..');

export const eventsDocument: string = resolve(root, 'openapi.yaml');

/** A small API with a body, an enum, bounds and an id. */
export const shop: object = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    schemas: {
      Item: {
        type: 'object',
        required: ['id', 'name', 'size'],
        additionalProperties: false,
        properties: {
          id: { type: 'integer', minimum: 1, readOnly: true },
          name: { type: 'string', minLength: 2, maxLength: 20 },
          size: { type: 'string', enum: ['small', 'large'] },
          price: { type: 'number', minimum: 0, exclusiveMaximum: 100 },
        },
      },
      Problem: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } },
    },
  },
  security: [{ key: [] }],
  paths: {
    '/items': {
      get: {
        operationId: 'listItems',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 50 } },
          { name: 'size', in: 'query', schema: { type: 'string', enum: ['small', 'large'] } },
          { name: 'since', in: 'query', schema: { type: 'string', format: 'date' } },
        ],
        responses: {
          200: json({ type: 'array', items: { $ref: '#/components/schemas/Item' } }),
          default: json({ $ref: '#/components/schemas/Problem' }, 'application/problem+json'),
        },
      },
      post: {
        operationId: 'createItem',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } },
        },
        responses: {
          201: json({ $ref: '#/components/schemas/Item' }),
          default: json({ $ref: '#/components/schemas/Problem' }, 'application/problem+json'),
        },
      },
    },
    '/items/{id}': {
      get: {
        operationId: 'getItem',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }],
        responses: {
          200: json({ $ref: '#/components/schemas/Item' }),
          default: json({ $ref: '#/components/schemas/Problem' }, 'application/problem+json'),
        },
      },
    },
  },
};

function json(schema: object, mediaType = 'application/json'): object {
  return { description: '.', content: { [mediaType]: { schema } } };
}

const secret = 'secret-token-1234';

/** How a target is made worse: it sees the request and the honest answer. */
export type Spoil = (
  request: HttpRequest,
  honest: (request?: HttpRequest) => Promise<HttpResponse>,
) => Promise<HttpResponse> | HttpResponse;

/** Runs the suite on a mock of a document, spoiled or not. */
export async function runOnMock(
  document: string | object,
  { spoil, ...options }: Partial<ContractOptions> & { spoil?: Spoil } = {},
): Promise<Report> {
  const mock = await createMock({
    document,
    seed: 'mock',
    source: 'dynamic',
    credentials: { key: secret, authentik: secret },
  });
  const target: Target =
    spoil === undefined
      ? mock.send
      : async (request) => spoil(request, (other = request) => mock.send(other));
  return runContract({
    document,
    target,
    auth: { key: secret, authentik: secret },
    writes: true,
    seed: 'run',
    without: ['lifecycle', 'paging', 'filters', 'concurrency'],
    ...options,
  });
}

/** A JSON answer with another body. */
export function withJson(response: HttpResponse, change: (value: unknown) => unknown): HttpResponse {
  const value: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'));
  const body = Buffer.from(JSON.stringify(change(value)));
  return { ...response, headers: response.headers.with('content-length', String(body.length)), body };
}
