import { describe, expect, it } from 'vitest';
import type { ContractFinding } from '../../src/contract/index.ts';
import { HeaderList, type HttpRequest, type HttpResponse } from '../../src/http/index.ts';
import { runOnMock, type Spoil, withJson } from './selves.ts';

const item = {
  type: 'object',
  required: ['id', 'name'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', minLength: 2, maxLength: 20 },
    made: { type: 'string', format: 'date-time' },
    price: { type: 'number', maximum: 0.07, multipleOf: 0.01 },
  },
};

/** An id that is read-only and required in one branch: Prism asks for it in requests all the same. */
const part = {
  oneOf: [item, { type: 'object', required: ['part'], properties: { part: { type: 'integer' } } }],
};

const document = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  security: [{ key: [] }],
  paths: {
    '/items': {
      get: {
        operationId: 'list',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 50 } },
          { name: 'since', in: 'query', schema: { type: 'string', format: 'date-time' } },
          { name: 'sid', in: 'cookie', schema: { type: 'integer', maximum: 9 } },
        ],
        responses: { 200: json({ type: 'array', items: item }), '4XX': { description: '.' } },
      },
      post: {
        operationId: 'create',
        requestBody: { required: true, content: { 'application/json': { schema: item } } },
        responses: { 201: json(item), '4XX': { description: '.' } },
      },
    },
    '/parts': {
      post: {
        operationId: 'createPart',
        requestBody: { required: true, content: { 'application/json': { schema: part } } },
        responses: { 201: { description: '.' }, '4XX': { description: '.' } },
      },
    },
  },
};

function json(schema: object): object {
  return { description: '.', content: { 'application/json': { schema } } };
}

function empty(status: number): HttpResponse {
  return { status, headers: new HeaderList(), body: Buffer.alloc(0) };
}

function textOf({ target, body }: HttpRequest): string {
  return `${decodeURIComponent(target)} ${Buffer.from(body).toString()}`;
}

/** Answers a request that the mock refuses like one that it takes, where `picks` says so. */
function accepting(picks: (request: HttpRequest) => boolean, good: HttpRequest['target']): Spoil {
  return async (request, honest) => {
    const response = await honest();
    if (response.status < 400 || !picks(request)) return response;
    return honest({
      ...request,
      target: good,
      headers: request.headers.with('Authorization', 'Bearer secret-token-1234'),
    });
  };
}

async function findingsOf(spoil: Spoil, include: string): Promise<readonly ContractFinding[]> {
  const { findings } = await runOnMock(document, { spoil, include: [include], engineOpinion: true });
  return findings;
}

/** Kinds of finding: what is broken, which obligation sees it, and what Prism says. */
const cases: readonly {
  readonly name: string;
  readonly spoil: Spoil;
  readonly include: string;
  readonly opinion: ContractFinding['secondOpinion'];
  readonly prism?: RegExp;
}[] = [
  {
    name: 'a bound that is not checked: confirmed, for Prism refuses the request',
    spoil: accepting(({ target }) => /limit=(?:0|51)\b/.test(target), '/items'),
    include: 'list/query.limit/*/rejected',
    opinion: 'confirmed',
  },
  {
    name: 'a bound of a cookie that is not checked: silent, for Prism does not look at cookies',
    spoil: async (request, honest) => {
      const response = await honest();
      return response.status === 422
        ? honest({ ...request, headers: request.headers.without('Cookie') as HeaderList })
        : response;
    },
    include: 'list/cookie.sid/maximum/rejected',
    opinion: 'silent',
  },
  {
    name: 'a valid value that is refused: confirmed, for Prism takes it',
    spoil: async (request, honest) => (request.target.includes('limit=50') ? empty(422) : honest()),
    include: 'list/query.limit/maximum/accepted',
    opinion: 'confirmed',
  },
  {
    name: 'a multiple that only floating point takes for none: disputed, for Prism would refuse it too',
    spoil: async (request, honest) => (textOf(request).includes('"price":0.07') ? empty(422) : honest()),
    include: 'create/body.price/maximum/accepted',
    opinion: 'disputed',
    prism: /multiple of 0\.01/,
  },
  {
    name: 'a part whose read-only id is required, refused: silent, for Prism misses the id',
    spoil: async (request, honest) => (textOf(request).includes('"name":"mm"') ? empty(422) : honest()),
    include: 'createPart/*/minLength/accepted',
    opinion: 'silent',
  },
  {
    name: 'no credential, let in: confirmed, for Prism asks for one',
    spoil: accepting(({ headers }) => !headers.has('Authorization'), '/items'),
    include: 'list/credentials/none',
    opinion: 'confirmed',
  },
  {
    name: 'a wrong credential, let in: silent, for Prism does not know the right one',
    spoil: accepting(({ headers }) => headers.get('Authorization')?.startsWith('Bearer ') === true, '/items'),
    include: 'list/credentials/key/altered',
    opinion: 'silent',
  },
  {
    name: 'an answer that breaks its schema: confirmed',
    spoil: async (_, honest) =>
      withJson(await honest(), (value) => (Array.isArray(value) ? [{ id: 'x', name: 'thing' }] : value)),
    include: 'list/*/body',
    opinion: 'confirmed',
  },
  {
    name: 'a moment with a blank for its T: disputed, for Prism is lenient',
    spoil: async (_, honest) =>
      withJson(await honest(), (value) =>
        Array.isArray(value) ? [{ id: 1, name: 'thing', made: '2024-01-01 00:00:00Z' }] : value,
      ),
    include: 'list/*/body',
    opinion: 'disputed',
    prism: /finds nothing wrong/,
  },
  {
    name: 'a failure that is documented nowhere: confirmed, for Prism does not know the status',
    spoil: async () => empty(500),
    include: 'list/exchange/server-error',
    opinion: 'confirmed',
  },
];

describe('the second opinion', () => {
  it.each(cases)('on $name', async ({ spoil, include, opinion, prism }) => {
    const findings = await findingsOf(spoil, include);
    expect([...new Set(findings.map((one) => one.secondOpinion))]).toEqual([opinion]);
    for (const { opinions, message } of findings) {
      if (opinion !== 'disputed') expect(opinions).toBeUndefined();
      else expect(opinions).toEqual({ ours: message, prism: expect.stringMatching(prism ?? /./) as string });
    }
  });
});
