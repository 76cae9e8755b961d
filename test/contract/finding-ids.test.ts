import { describe, expect, it } from 'vitest';
import { applyBaseline, type BaselineEntry, type Report, runContract } from '../../src/contract/index.ts';
import { renderJunit } from '../../src/contract/report/render-junit.ts';
import { HeaderList, type HttpResponse, splitTarget } from '../../src/http/index.ts';

const text = { type: 'string' };
const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: text,
    name: { ...text, minLength: 2, maxLength: 9 },
    kind: { enum: ['cat', 'dog'] },
    born: { ...text, format: 'date' },
    tags: { type: 'array', items: text, maxItems: 3 },
    age: { type: 'integer', minimum: 0, maximum: 40 },
  },
};
const json = (schema: object) => ({ 'application/json': { schema } });
const petReference = { $ref: '#/components/schemas/Pet' };
const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  components: { schemas: { Pet: pet } },
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        parameters: [{ name: 'kind', in: 'query', schema: pet.properties.kind }],
        responses: {
          200: { description: '.', content: json({ type: 'array', items: petReference }) },
          400: { description: '.' },
        },
      },
      post: {
        operationId: 'addPet',
        requestBody: { required: true, content: json({ ...pet, required: ['name'] }) },
        responses: { 204: { description: '.' } },
      },
    },
  },
};

function answer(status: number, body?: unknown): HttpResponse {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return {
    status,
    headers: HeaderList.from(type),
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  };
}

/** Lists pets that break their schema twice, refuses kinds by an undocumented status, and checks nothing of what is added. */
function verify(seed: number): Promise<Report> {
  return runContract({
    document,
    target: async ({ method, target }) => {
      if (method === 'POST') return answer(204);
      const kind = new URLSearchParams(splitTarget(target).query).get('kind');
      if (kind === null) return answer(200, [{ id: '1', name: 'Tom', kind: 'fox', age: -1 }]);
      return answer(/^(cat|dog)$/.test(kind) ? 200 : 422, kind === 'cat' || kind === 'dog' ? [] : undefined);
    },
    seed,
    writes: true,
    leaveBehind: true,
    exclude: ['negotiation.*', 'rejected.media-type'],
  });
}

const ids = (report: Report): readonly string[] => report.findings.map(({ id }) => id).toSorted();

describe('the ids and causes of findings', () => {
  it('are the same with every seed, however much of them a run came to see', async () => {
    const seen = (report: Report): unknown =>
      report.findings.map(({ id, cause, title }) => [id, cause, title]).toSorted();
    const first = await verify(1);
    expect(ids(first)).toEqual([
      'addPet/body/unchecked',
      'listPets/exchange/body#Pet.age.minimum',
      'listPets/exchange/body#Pet.kind.enum',
      'listPets/exchange/status#422',
    ]);
    for (const seed of [2, 3, 4, 5]) expect(seen(await verify(seed))).toEqual(seen(first));
  });

  it('hold no counts: how far it goes stands in the message', async () => {
    const { findings } = await verify(1);
    const unchecked = findings.find(({ id }) => id === 'addPet/body/unchecked');
    expect(unchecked?.cause).toBe('POST /pets does not check its body as documented');
    expect(unchecked?.message).toMatch(/\b\d+ of \d+ such requests were accepted\./);
  });
});

describe('a baseline', () => {
  const bearing = (report: Report, ...entries: string[]) =>
    applyBaseline(
      report,
      entries.map((id): BaselineEntry => ({ id, reason: 'known' })),
      '2026-11-26',
    );

  it('bears with one finding of an obligation and not with the others', async () => {
    const { report } = bearing(await verify(1), 'listPets/exchange/body#Pet.kind.enum');
    expect(ids(report)).toContain('listPets/exchange/body#Pet.age.minimum');
    expect(ids(report)).not.toContain('listPets/exchange/body#Pet.kind.enum');
    const body = report.results.find(({ obligation }) => obligation.id === 'listPets/exchange/body');
    expect(body?.verdict).toEqual({ kind: 'failed', finding: 'listPets/exchange/body#Pet.age.minimum' });
  });

  it('bears with all findings of an obligation by its id', async () => {
    const { report, vanished } = bearing(await verify(1), 'listPets/exchange/body', 'addPet/body/unchecked');
    expect(ids(report)).toEqual(['listPets/exchange/status#422']);
    expect(report.obligations.failed).toBe(0);
    expect(vanished).toEqual([]);
  });

  it.each([
    ['a finding of an obligation that was judged', 'listPets/exchange/body#Pet.name.type'],
    ['an obligation that passed', 'listPets/exchange/server-error'],
    ['a part that is checked', 'listPets/query/unchecked'],
  ])('tells what has vanished: %s', async (_, id) => {
    expect(bearing(await verify(1), id).vanished).toMatchObject([{ id }]);
  });
});

describe('an obligation that is broken in two ways', () => {
  it('shows both to those who read JUnit, and the graver one decides', async () => {
    const report = await verify(1);
    const [, found = ''] =
      /name="listPets\/exchange\/body"[^>]*>\s*<failure([\s\S]*?)<\/failure>/.exec(renderJunit(report)) ?? [];
    expect(found).toContain('Pet/properties/kind');
    expect(found).toContain('Pet/properties/age');
  });
});
