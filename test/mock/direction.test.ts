import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/mock/index.ts';

const user = {
  type: 'object',
  required: ['id', 'name', 'password'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string' },
    password: { type: 'string', writeOnly: true },
  },
};
const branch = (other: string) => ({
  type: 'object',
  required: ['kind', other],
  properties: { kind: { type: 'string' }, [other]: { type: 'integer' } },
});
const pet = {
  oneOf: ['cat', 'dog', 'eel'].map((name) => ({ $ref: `#/components/schemas/${name}` })),
  discriminator: { propertyName: 'kind', mapping: { katze: '#/components/schemas/cat' } },
};
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const document = {
  openapi: '3.1.0',
  info: { title: '', version: '' },
  paths: {
    '/users': { post: { requestBody: json(user), responses: { 201: { description: '', ...json(user) } } } },
    '/pets': { post: { requestBody: json(pet), responses: { 201: { description: '', ...json(pet) } } } },
  },
  components: {
    schemas: { cat: branch('lives'), dog: branch('bones'), eel: branch('length') },
  },
};

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & {
    readonly validation?: readonly { code: string; place: { pointer: string } }[];
  };
}

async function post(path: string, body: unknown): Promise<Answer> {
  const mock = await createMock({ document, seed: 1 });
  const headers = { 'content-type': 'application/json' };
  const request = new Request(`http://m${path}`, { method: 'POST', body: JSON.stringify(body), headers });
  const response = await mock.fetch(request);
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

describe('readOnly and writeOnly', () => {
  it('the server’s property need not be sent, and the client’s does not come back', async () => {
    const { status, body } = await post('/users', { name: 'anna', password: 'secret' });
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.any(Number) as number, name: 'anna' });
  });

  it('the client’s property must be sent', async () => {
    const { status, body } = await post('/users', { name: 'anna' });
    expect(status).toBe(422);
    expect(body.validation).toMatchObject([{ code: 'required' }]);
  });
});

describe('a discriminator', () => {
  it.each([
    [{ kind: 'dog' }, ['/bones']],
    [{ kind: 'dog', bones: 'x' }, ['/bones']],
    [{ kind: 'katze', lives: 'x' }, ['/lives']],
    [{ kind: 'bird' }, ['']],
  ])('%j has only the errors of its branch', async (body, pointers) => {
    const answer = await post('/pets', body);
    expect(answer.status).toBe(422);
    const seen = (answer.body.validation ?? []).map(({ place, code }) =>
      code === 'required' && place.pointer === '' ? pointers[0] : place.pointer,
    );
    expect(seen).toEqual(pointers);
  });

  it.each([
    { kind: 'katze', lives: 9 },
    { kind: 'cat', lives: 9 },
    { kind: 'eel', length: 2 },
  ])('%j is taken and comes back', async (body) => {
    const answer = await post('/pets', body);
    expect(answer.status).toBe(201);
  });
});
