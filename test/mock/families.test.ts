import { describe, expect, it } from 'vitest';
import { createMock, type MockOptions } from '../../src/mock/index.ts';

type Version = '2.0' | '3.0.3' | '3.1.0';

const prefixes = {
  '2.0': '#/definitions/',
  '3.0.3': '#/components/schemas/',
  '3.1.0': '#/components/schemas/',
};

/** A document whose GET of `/NAME` answers with that schema, and `/NAME/list` with three of it. */
function documentOf(version: Version, schemas: Readonly<Record<string, object>>): Record<string, unknown> {
  const answer = (schema: object): object => {
    const body = version === '2.0' ? { schema } : { content: { 'application/json': { schema } } };
    return { get: { responses: { 200: { description: '', ...body } } } };
  };
  const paths = Object.keys(schemas).flatMap((name) => {
    const one = { $ref: prefixes[version] + name };
    const list = { type: 'array', minItems: 3, items: one };
    return [
      [`/${name}`, answer(one)],
      [`/${name}/list`, answer(list)],
    ];
  });
  const info = { title: '', version: '' };
  return version === '2.0'
    ? { swagger: version, info, paths: Object.fromEntries(paths), definitions: schemas }
    : { openapi: version, info, paths: Object.fromEntries(paths), components: { schemas } };
}

/** What the mock answers under twelve seeds, none of it refused by its own judge. */
async function answers(
  document: Record<string, unknown>,
  path: string,
  options: Partial<MockOptions> = {},
): Promise<Record<string, unknown>[]> {
  const mock = await createMock({ document, seed: 1, source: 'dynamic', ...options });
  const found: unknown[] = [];
  for (let seed = 0; seed < 12; seed += 1) {
    const response = await mock.fetch(
      new Request(`http://m${path}`, { headers: { prefer: `seed=${seed}` } }),
    );
    expect([path, response.status]).toEqual([path, 200]);
    found.push(await response.json());
  }
  await mock.close();
  return found.flat() as Record<string, unknown>[];
}

const text = { type: 'string' };

/** Pet, and Cat and Dog that take it up; `pet` and `cat` are laid over the first two. */
function pets(version: Version, { pet = {}, cat = {} }: { pet?: object; cat?: object } = {}) {
  const ref = (name: string) => ({ $ref: prefixes[version] + name });
  const child = (property: string, parent = 'Pet') => ({
    allOf: [ref(parent), { type: 'object', required: [property], properties: { [property]: text } }],
  });
  const discriminator = version === '2.0' ? 'petType' : { propertyName: 'petType' };
  return {
    Pet: { type: 'object', discriminator, required: ['petType'], properties: { petType: text }, ...pet },
    Cat: { ...child('claws'), ...cat },
    Dog: child('bone'),
    child,
    ref,
  };
}

function schemasOf({ child: _, ref: __, ...schemas }: ReturnType<typeof pets>): Record<string, object> {
  return schemas;
}

/** Each value as its name and the members that only one member of the family has. */
function told(values: readonly Record<string, unknown>[]): string[] {
  const marks = ['claws', 'bone', 'mane'];
  const words = values.map((value) => [value.petType, ...marks.filter((mark) => mark in value)].join(' '));
  return [...new Set(words)].sort();
}

describe('A discriminator without oneOf', () => {
  const versions: readonly Version[] = ['2.0', '3.0.3', '3.1.0'];

  it.each(versions)('of %s names a whole child, in lists too', async (version) => {
    const document = documentOf(version, schemasOf(pets(version)));
    expect(told(await answers(document, '/Pet'))).toEqual(['Cat claws', 'Dog bone']);
    expect(told(await answers(document, '/Pet/list'))).toEqual(['Cat claws', 'Dog bone']);
    expect(told(await answers(document, '/Cat'))).toEqual(['Cat claws']);
    expect(told(await answers(document, '/Dog/list'))).toEqual(['Dog bone']);
    expect(told(await answers(document, '/Cat', { source: 'static' }))).toEqual(['Cat claws']);
  });

  const mapping = { kitty: '#/components/schemas/Cat', pup: 'Dog' };
  const rows: readonly [
    name: string,
    version: Version,
    change: { readonly pet?: object; readonly cat?: object },
    parent: readonly string[],
    cat: readonly string[],
  ][] = [
    [
      'the keys of a mapping, by reference and by name',
      '3.0.3',
      { pet: { discriminator: { propertyName: 'petType', mapping } } },
      ['kitty claws', 'pup bone'],
      ['kitty claws'],
    ],
    [
      'by its own name what a mapping leaves out, and shows it not by the parent',
      '3.1.0',
      { pet: { discriminator: { propertyName: 'petType', mapping: { kitty: 'Cat' } } } },
      ['kitty claws'],
      ['kitty claws'],
    ],
    [
      'as the extension says that generators of clients read',
      '2.0',
      { cat: { 'x-ms-discriminator-value': '#Zoo.Cat' } },
      ['#Zoo.Cat claws', 'Dog bone'],
      ['#Zoo.Cat claws'],
    ],
    [
      'as the child itself lists',
      '3.0.3',
      { cat: { properties: { petType: { type: 'string', enum: ['feline'] } } } },
      ['Dog bone', 'feline claws'],
      ['feline claws'],
    ],
    [
      'as an enum of other names says, which wins',
      '3.0.3',
      { pet: { properties: { petType: { type: 'string', enum: ['x'] } } } },
      ['x'],
      ['x claws'],
    ],
    [
      'as a pattern lets it',
      '3.1.0',
      { pet: { properties: { petType: { type: 'string', pattern: '^(Dog|b)$' } } } },
      ['Dog bone'],
      ['Dog claws', 'b claws'],
    ],
  ];

  it.each(rows)('names %s (%s)', async (_name, version, change, parent, cat) => {
    const document = documentOf(version, schemasOf(pets(version, change)));
    expect(told(await answers(document, '/Pet'))).toEqual(parent);
    expect(told(await answers(document, '/Cat'))).toEqual(cat);
  });

  it('names a parent without children by itself', async () => {
    const { Pet } = pets('2.0');
    expect(told(await answers(documentOf('2.0', { Pet }), '/Pet'))).toEqual(['Pet']);
  });

  it('leaves a parent alone that no child can be', async () => {
    const document = documentOf('3.1.0', schemasOf(pets('3.1.0', { pet: { additionalProperties: false } })));
    for (const value of await answers(document, '/Pet')) expect(Object.keys(value)).toEqual(['petType']);
  });

  it('keeps the null of a parent that may be null', async () => {
    const document = documentOf('3.0.3', schemasOf(pets('3.0.3', { pet: { nullable: true } })));
    const values = await answers(document, '/Pet/list');
    expect(values).toContain(null);
    expect(told(values.filter((value) => value !== null))).toEqual(['Cat claws', 'Dog bone']);
  });

  it('is not always null where no name can be', async () => {
    const pet = { nullable: true, properties: { petType: { type: 'string', enum: ['x', 'y'] } } };
    const document = documentOf('3.0.3', schemasOf(pets('3.0.3', { pet })));
    const values = await answers(document, '/Pet/list');
    expect(values).toContain(null);
    expect(told(values.filter((value) => value !== null))).toEqual(['x', 'y']);
  });

  it('finds what a mapping leads to outside of the components', async () => {
    const { Pet } = pets('3.0.3');
    const discriminator = { propertyName: 'petType', mapping: { fish: '#/x-more/Fish' } };
    const Fish = { type: 'object', required: ['claws'], properties: { claws: text } };
    const document = documentOf('3.0.3', { Pet: { ...Pet, discriminator } });
    expect(told(await answers({ ...document, 'x-more': { Fish } }, '/Pet'))).toEqual(['fish claws']);
  });

  it('leaves out a child that cannot be read', async () => {
    const family = pets('3.0.3');
    const Bird = { allOf: [family.ref('Pet'), family.ref('Nowhere')] };
    const document = documentOf('3.0.3', { ...schemasOf(family), Bird });
    expect(told(await answers(document, '/Pet'))).toEqual(['Cat claws', 'Dog bone']);
  });

  it.each(versions)('of %s goes down over several levels, also beside a reference', async (version) => {
    const family = pets(version);
    const Lion = family.child('mane', 'Cat');
    const Note = {
      type: 'object',
      required: ['of'],
      properties: { of: { ...family.ref('Lion'), description: 'd' } },
    };
    const document = documentOf(version, { ...schemasOf(family), Lion, Note });
    const all = ['Cat claws', 'Dog bone', 'Lion claws mane'];
    expect(told(await answers(document, '/Pet/list'))).toEqual(all);
    expect(told(await answers(document, '/Cat'))).toEqual(['Cat claws']);
    expect(told(await answers(document, '/Lion'))).toEqual(['Lion claws mane']);
    const notes = await answers(document, '/Note');
    expect(told(notes.map(({ of }) => of as Record<string, unknown>))).toEqual(['Lion claws mane']);
  });

  it('of a parent in the middle, and one in an inline part, agree on the most special name', async () => {
    const family = pets('3.0.3');
    const discriminator = { propertyName: 'petType' };
    const Animal = { type: 'object', discriminator, required: ['petType'], properties: { petType: text } };
    const Pet = { allOf: [family.ref('Animal'), { type: 'object', discriminator }] };
    const document = documentOf('3.0.3', { ...schemasOf(family), Animal, Pet });
    expect(told(await answers(document, '/Pet'))).toEqual(['Cat claws', 'Dog bone']);
    expect(told(await answers(document, '/Dog'))).toEqual(['Dog bone']);
    expect(told(await answers(document, '/Animal/list'))).toEqual(['Cat claws', 'Dog bone', 'Pet']);
  });

  it('goes by the branch that a oneOf elsewhere chooses', async () => {
    const family = pets('3.0.3');
    const Either = { oneOf: [family.ref('Cat'), family.ref('Dog')] };
    const chosen = { allOf: [family.ref('Pet'), { oneOf: [family.ref('Dog')] }] };
    const Chosen = { type: 'object', required: ['of'], properties: { of: chosen } };
    const document = documentOf('3.0.3', { ...schemasOf(family), Either, Chosen });
    for (const value of await answers(document, '/Either/list')) {
      expect(`${value.petType}` === 'Cat' ? value.claws : value.bone).toBeTypeOf('string');
    }
    const chosenOnes = await answers(document, '/Chosen');
    expect(told(chosenOnes.map(({ of }) => of as Record<string, unknown>))).toEqual(['Dog bone']);
  });

  it.each(versions)('of %s ends where a child holds a list of parents', async (version) => {
    const family = pets(version);
    const friends = { type: 'array', minItems: 1, items: family.ref('Pet') };
    const Pack = {
      allOf: [family.ref('Pet'), { type: 'object', required: ['friends'], properties: { friends } }],
    };
    const document = documentOf(version, { ...schemasOf(family), Pack });
    const packs = await answers(document, '/Pack');
    expect(told(packs)).toEqual(['Pack']);
    const inner = packs.flatMap((pack) => pack.friends as Record<string, unknown>[]);
    expect(told(inner)).toEqual(['Cat claws', 'Dog bone', 'Pack']);
    expect(await answers(document, '/Pack')).toEqual(packs);
  });

  it.each(versions)('of %s ends where every child holds a parent', async (version) => {
    const family = pets(version);
    const owner = { type: 'object', required: ['owner'], properties: { owner: family.ref('Pet') } };
    const Owned = { allOf: [family.ref('Pet'), owner] };
    const document = documentOf(version, { Pet: family.Pet, Owned });
    for (const value of await answers(document, '/Pet')) {
      expect(value).toMatchObject({ petType: 'Owned', owner: { petType: expect.any(String) } });
    }
  });

  it('shows of a wide family some members by its head, and each by itself', async () => {
    const family = pets('2.0');
    const names = Array.from({ length: 400 }, (_, index) => `Kind${index}`);
    const kinds = Object.fromEntries(names.map((name) => [name, family.child(`of${name}`)]));
    const document = documentOf('2.0', { Pet: family.Pet, ...kinds });
    for (const value of await answers(document, '/Pet')) {
      expect(Object.keys(value)).toContain(`of${value.petType}`);
    }
    expect(told(await answers(document, '/Kind399'))).toEqual(['Kind399']);
  });
});

describe('A name that the document does not tell of', () => {
  async function post(options: Partial<MockOptions>, body: object) {
    const document = documentOf('3.0.3', schemasOf(pets('3.0.3')));
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } };
    const responses = { 201: { description: '', content } };
    const paths = {
      '/pets': { post: { requestBody: { content }, responses } },
      '/pets/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
          responses: { 200: { description: '', content } },
        },
      },
    };
    const mock = await createMock({ document: { ...document, paths }, seed: 1, ...options });
    const headers = { 'content-type': 'application/json' };
    const request = new Request('http://m/pets', { method: 'POST', body: JSON.stringify(body), headers });
    const response = await mock.fetch(request);
    await mock.close();
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('is taken in a request: a server may know more children than its document', async () => {
    expect((await post({}, { petType: 'Hamster' })).status).toBe(201);
  });

  it('is kept by a mock with state, as are those that it tells of', async () => {
    const hamster = await post({ stateful: true }, { petType: 'Hamster', wheel: 1 });
    expect([hamster.status, hamster.body.petType, 'claws' in hamster.body]).toEqual([201, 'Hamster', false]);
    for (const name of ['Cat', 'Dog']) {
      const { body } = await post({ stateful: true }, { petType: name, claws: 'long', bone: 'old' });
      expect(body).toMatchObject({
        petType: name,
        [name === 'Cat' ? 'claws' : 'bone']: name === 'Cat' ? 'long' : 'old',
      });
    }
  });
});
