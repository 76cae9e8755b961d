import { expect, it } from 'vitest';
import type { HttpRequest } from '../../src/http/index.ts';
import { createMock, runContract } from '../../src/index.ts';

const text = { type: 'string' };
const object = (properties: object, required: string[]) => ({ type: 'object', properties, required });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const answer = (status: number, schema: object) => ({
  responses: { [status]: { description: 'done', ...json(schema) } },
});
const id = { name: 'id', in: 'path', required: true, schema: text };
const note = object({ id: { ...text, readOnly: true }, name: text, status: text }, ['id', 'name']);
const wrapped = object({ status: { type: 'integer' }, data: note }, ['status', 'data']);

/** What is written as `{ name }` is read as `{ status, data: { name } }`, where `status` is another thing. */
const document = {
  openapi: '3.1.0',
  info: { title: 'wrapped', version: '1' },
  paths: {
    '/notes': { post: { requestBody: { required: true, ...json(note) }, ...answer(201, wrapped) } },
    '/notes/{id}': {
      parameters: [id],
      get: answer(200, wrapped),
      patch: { requestBody: { required: true, ...json({ ...note, required: [] }) }, ...answer(200, wrapped) },
      delete: { responses: { 204: { description: 'gone' } } },
    },
  },
};

/** The findings of a stateful mock that is sent something else than was written. */
async function findingsOf(
  change: (body: Record<string, unknown>, method: string) => object,
): Promise<string[]> {
  const mock = await createMock({ document, stateful: true, source: 'dynamic', seed: 1 });
  const target = (request: HttpRequest) => {
    if (request.body.length === 0) return mock.send(request);
    const body = change(JSON.parse(Buffer.from(request.body).toString()), request.method);
    const bytes = Buffer.from(JSON.stringify(body));
    return mock.send({ ...request, headers: request.headers.without('content-length'), body: bytes });
  };
  const report = await runContract({ document, target, writes: true, seed: 'w', include: ['lifecycle.*'] });
  await mock.close();
  expect(report.obligations.passed).toBeGreaterThan(8);
  return report.findings.map((one) => one.id);
}

it('are compared without what is around them', async () => {
  expect(await findingsOf((body) => body)).toEqual([]);
});

let turn = 0;

it.each([
  {
    of: 'a text is lost',
    change: ({ name: _, ...rest }: object & { name?: unknown }) => ({ ...rest, name: 'x' }),
    find: 'stored',
  },
  {
    of: 'a change takes something else with it',
    change: (body: object, method: string) =>
      method === 'PATCH' ? { ...body, status: `change ${turn++}` } : body,
    find: 'keeps-the-rest',
  },
])('are found out where $of', async ({ change, find }) => {
  expect((await findingsOf(change)).filter((one) => one.includes(find))).not.toEqual([]);
});
