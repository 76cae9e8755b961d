import { expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';
import { compilePlan, type DescribedResource, describeResources } from '../../src/plan/index.ts';

const text = { type: 'string' };
const number = { type: 'integer' };
const object = (properties: object) => ({ type: 'object', properties });
const array = (items: object) => ({ type: 'array', items });
const answer = (schema: object) => ({
  responses: { 200: { description: 'done', content: { 'application/json': { schema } } } },
});
const query = (name: string, schema: object) => ({ name, in: 'query', schema });
const path = (...names: string[]) => ({
  parameters: names.map((name) => ({ name, in: 'path', required: true, schema: text })),
});
const note = object({ id: number, text });

async function describeAll(paths: object): Promise<DescribedResource[]> {
  const document = await loadDocument({ openapi: '3.1.0', info: { title: 'r', version: '1' }, paths });
  return describeResources(document, compilePlan(document));
}

async function collectionsOf(paths: object): Promise<string[]> {
  const found = await describeAll(paths);
  return found.map(({ collection, item, key = '-' }) => `${collection} ${item} ${key}`);
}

it.each([
  {
    of: 'a collection in the plural whose items are named in the singular',
    paths: {
      '/locations': { get: answer(array(note)) },
      '/location/{id}': { ...path('id'), get: answer(note) },
    },
    want: ['/locations /location/{id} id'],
  },
  {
    of: 'things that are listed below others and stand for themselves',
    paths: {
      '/v1/books': { get: answer(array(object({ id: number }))) },
      '/v1/books/{id}': { ...path('id'), get: answer(object({ id: number })) },
      '/v1/books/{id}/notes': { ...path('id'), get: answer(array(note)) },
      '/v1/notes/{note_id}': { ...path('note_id'), get: answer(note) },
    },
    want: ['/v1/books /v1/books/{id} id', '/v1/books/{id}/notes /v1/notes/{note_id} id'],
  },
  {
    of: 'no collection where a path without a variable shows the same one thing',
    paths: {
      '/forms': { get: answer(object({ data: note })) },
      '/forms/{id}': { ...path('id'), get: answer(object({ data: note })) },
    },
    want: [],
  },
  {
    of: 'no collection in the path of a thing that has a longer path beside it',
    paths: {
      '/articles': { get: answer(array(note)) },
      '/articles/{id}': { ...path('id'), get: answer(note) },
      '/articles/{user}/{slug}': { ...path('user', 'slug'), get: answer(note) },
    },
    want: ['/articles /articles/{id} id'],
  },
  {
    of: 'the surest key of all that is shown: a row may tell more than the thing',
    paths: {
      '/environments': { get: answer(array(object({ id: text, uid: text }))) },
      '/environments/{environment_uid}': { ...path('environment_uid'), get: answer(object({ id: text })) },
    },
    want: ['/environments /environments/{environment_uid} uid'],
  },
  {
    of: 'a key that only the answer to creating one shows',
    paths: {
      '/consents': { post: answer(object({ consentId: text, status: text })) },
      '/consents/{consentId}': { ...path('consentId'), get: answer(object({ access: text })) },
    },
    want: ['/consents /consents/{consentId} consentId'],
  },
])('finds $of', async ({ paths, want }) => {
  expect(await collectionsOf(paths)).toEqual(want);
});

it('takes no word for a key where the path wants a number', async () => {
  const numbered = { parameters: [{ name: 'id', in: 'path', required: true, schema: number }] };
  const page = object({ slug: text, title: text });
  expect(
    await collectionsOf({
      '/pages': { get: answer(array(page)) },
      '/pages/{id}': { ...numbered, get: answer(page) },
    }),
  ).toEqual(['/pages /pages/{id} -']);
});

it.each([
  {
    of: 'an array named in the plural',
    shown: { orders: array(note), warnings: array(note) },
    items: 'orders',
  },
  {
    of: 'an array named as a list',
    shown: { orderList: array(note), facets: array(note) },
    items: 'orderList',
  },
  { of: 'the only array of objects', shown: { found: array(note), words: array(text) }, items: 'found' },
  { of: 'the only array', shown: { orderIds: array(text), state: text }, items: 'orderIds' },
  { of: 'nothing where two may be it', shown: { found: array(note), lost: array(note) }, items: undefined },
  { of: 'nothing where its noun is no array', shown: { order: note, found: array(note) }, items: undefined },
])('sees a list in $of', async ({ shown, items }) => {
  const [order] = await describeAll({
    '/order': {
      get: { ...answer(object(shown)), parameters: [query('take', number), query('skip', number)] },
    },
    '/order/{id}': { ...path('id'), get: answer(note) },
  });
  expect(order?.list).toMatchObject({ size: 'take', offset: 'skip' });
  expect(order?.list?.items).toBe(items);
});

it('sees a thing in a wrapper of a wrapper, and no page in a time', async () => {
  const [budget] = await describeAll({
    '/budgets': {
      get: {
        ...answer(object({ data: object({ budgets: array(note) }) })),
        parameters: [query('start', { type: 'string', format: 'date-time' }), query('limit', number)],
      },
    },
    '/budgets/{id}': { ...path('id'), get: answer(object({ data: object({ budget: note }) })) },
  });
  expect(budget).toMatchObject({ thing: 'data.budget', list: { items: 'data.budgets', size: 'limit' } });
  expect(budget?.list?.offset).toBeUndefined();
});
