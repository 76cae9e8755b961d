import { expect, it } from 'vitest';
import type { HttpRequest } from '../../src/http/index.ts';
import { createMock, runContract } from '../../src/index.ts';

const count = { type: 'integer', minimum: 0, maximum: 1_000_000 };
const thing = {
  type: 'object',
  required: ['id', 'count'],
  properties: { id: { type: 'integer', readOnly: true }, count },
};
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const ok = { description: 'ok', ...json(thing) };
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
const document = {
  openapi: '3.1.0',
  info: { title: 'things', version: '1' },
  paths: {
    '/things': { post: { requestBody: { required: true, ...json(thing) }, responses: { 201: ok } } },
    '/things/{id}': {
      parameters,
      get: { responses: { 200: ok } },
      delete: { responses: { 204: { description: 'gone' } } },
    },
  },
};

it.each([
  { server: 'keeps what was sent', change: (body: object) => body, isFound: false },
  {
    server: 'shows the id for it',
    change: (body: { id?: number }) => ({ ...body, count: body.id }),
    isFound: true,
  },
])(
  'a member that equals the id of the path is compared where a server $server',
  async ({ change, isFound }) => {
    const mock = await createMock({ document, stateful: true, source: 'dynamic', seed: 1 });
    const target = async (request: HttpRequest) => {
      const response = await mock.send(request);
      const text = Buffer.from(response.body).toString();
      if (response.status > 201) return response;
      const headers = response.headers.without('content-length');
      return { ...response, headers, body: Buffer.from(JSON.stringify(change(JSON.parse(text)))) };
    };
    const report = await runContract({ document, target, writes: true, seed: 'w', include: ['lifecycle.*'] });
    await mock.close();
    expect(report.findings.some(({ id }) => id.includes('stored'))).toBe(isFound);
  },
);
