import { describe, expect, it } from 'vitest';
import { planContract } from '../../src/contract/index.ts';
import { type ApiOperation, loadDocument } from '../../src/document/index.ts';
import {
  correctionOf,
  idPropertyOf,
  inferResources,
  lintDocument,
  listShapeOf,
  mediaSchema,
  pagingOf,
} from '../../src/plan/index.ts';

const person = {
  type: 'object',
  properties: { id: { type: 'integer' }, code: { type: 'string' }, team: { type: 'string' } },
};
const people = {
  type: 'object',
  properties: { persons: { type: 'array', items: person }, n: { type: 'integer' } },
};
const answer = (schema: object) => ({
  200: { description: '.', content: { 'application/json': { schema } } },
});
const query = (name: string) => ({ name, in: 'query', schema: { type: 'string' } });
const code = { name: 'code', in: 'path', required: true, schema: { type: 'string' } };

/** A search by POST, an item whose path is not below it, and names that nobody would guess. */
function document(said: Readonly<Record<'search' | 'item' | 'list', object | undefined>>): object {
  const extension = (given: object | undefined) => (given === undefined ? {} : { 'x-apidouble': given });
  return {
    openapi: '3.1.0',
    info: { title: 'People', version: '1' },
    paths: {
      '/people': {
        get: {
          operationId: 'people',
          parameters: [query('from'), query('many'), query('group'), query('q')],
          responses: answer(people),
          ...extension(said.list),
        },
        post: { operationId: 'search', responses: answer(people), ...extension(said.search) },
      },
      '/person/{code}': {
        get: {
          operationId: 'person',
          parameters: [code],
          responses: answer(person),
          ...extension(said.item),
        },
      },
    },
  };
}

const said = {
  list: {
    items: '/persons',
    paging: { offset: 'from', size: 'many' },
    filters: { group: 'team', q: false },
  },
  search: { role: false },
  item: { collection: '/people', id: 'code' },
} as const;

const find = (operations: readonly ApiOperation[], key: string): ApiOperation => {
  const found = operations.find((one) => one.key === key);
  if (found === undefined) throw new Error(key);
  return found;
};

describe.each([
  ['in the document', async () => loadDocument(document(said))],
  [
    'from outside',
    async () =>
      loadDocument(document({ list: { items: false, ordering: 'q' }, search: undefined, item: undefined }), {
        corrections: {
          people: { ...said.list, ordering: 'q' },
          'POST /people': said.search,
          person: said.item,
        },
      }),
  ],
])('what x-apidouble says %s', (_, load) => {
  it('comes before what the paths tell', async () => {
    const loaded = await load();
    const resources = inferResources(loaded);
    const item = resources.get(find(loaded.operations, 'person'));
    expect(resources.get(find(loaded.operations, 'people'))).toMatchObject({
      role: 'list',
      resource: { name: '/people' },
    });
    expect(item).toMatchObject({ role: 'read', resource: { name: '/people', idProperty: 'code' } });
    expect(resources.get(find(loaded.operations, 'search'))).toBeUndefined();
    expect(item === undefined ? undefined : idPropertyOf(item.resource, person as never)).toBe('code');
  });

  it('comes before what the names tell', async () => {
    const operation = find((await load()).operations, 'people');
    const { items, paging } = correctionOf(operation);
    const [media] = operation.responses.get('200')?.content.values() ?? [];
    const schema = media === undefined ? undefined : mediaSchema(media);
    expect(listShapeOf(schema)).toBeUndefined();
    expect(listShapeOf(schema, [], items)?.items).toEqual(['persons']);
    expect(pagingOf(operation.parameters, paging)).toMatchObject({ offset: 'from', size: 'many' });
  });

  it('changes what a run would look at', async () => {
    const ids = planContract(await load()).map(({ id }) => id);
    expect(ids).toContain('people/lifecycle/list.filter.group');
    expect(ids).toContain('people/lifecycle/list.paging.size');
    expect(ids.filter((id) => id.includes('.q') && id.includes('list.'))).toEqual([]);
  });
});

describe('lint', () => {
  it.each<[string, object, string]>([
    ['a word that there is not', { filter: {} }, '/x-apidouble/filter'],
    ['a role that there is not', { role: 'finder' }, '/x-apidouble/role'],
    ['a parameter that there is not', { paging: { page: 'page' } }, '/x-apidouble/paging/page'],
    ['a filter that there is not', { filters: { 'a/b': 'team' } }, '/x-apidouble/filters/a~1b'],
  ])('tells of %s', async (_, list, pointer) => {
    const loaded = await loadDocument(document({ list, search: undefined, item: undefined }));
    const findings = lintDocument(loaded).filter((one) => one.code === 'document.x-apidouble');
    expect(findings.map(({ origin }) => origin?.pointer)).toEqual([`/paths/~1people/get${pointer}`]);
  });

  it('has nothing to say of one that is right', async () => {
    expect(lintDocument(await loadDocument(document(said)))).toEqual([]);
  });
});
