import { describe, expect, it } from 'vitest';
import { compileSchema, createRecursion, type Schema, type SchemaObject } from '../../src/schema/index.ts';

function said(schema: Schema, value: unknown): string[] {
  return compileSchema(schema)
    .validate(value)
    .map(({ keyword, pointer, message }) => `${keyword} ${pointer}: ${message}`);
}

const cat: SchemaObject = {
  title: 'Cat',
  type: 'object',
  required: ['kind', 'lives'],
  properties: { kind: { const: 'cat' }, lives: { type: 'integer', maximum: 9 } },
};
const dog: SchemaObject = {
  title: 'Dog',
  type: 'object',
  required: ['kind', 'bark'],
  properties: { kind: { const: 'dog' }, bark: { type: 'string' }, age: { type: 'integer' } },
};

describe('a choice that nothing fits', () => {
  it.each(['oneOf', 'anyOf'] as const)('reports the closest branch of %s only', (keyword) => {
    const words = keyword === 'oneOf' ? 'one' : 'at least one';
    expect(said({ [keyword]: [cat, dog] }, { kind: 'dog', bark: 1, age: 'x' })).toEqual([
      `${keyword} : The value must match ${words} of the 2 schemas of "${keyword}"; the closest is "Dog"`,
      'type /bark: bark must be a string, not a number',
      'type /age: age must be an integer, not a string',
    ]);
  });

  it('names the types where the value has none of them', () => {
    expect(said({ oneOf: [{ type: 'string' }, { type: 'null' }] }, 1)).toEqual([
      'oneOf : The value must be a string or null',
    ]);
    expect(said({ anyOf: [{ enum: ['a'] }, { type: 'null' }] }, 1)).toEqual([
      'anyOf : The value must be "a" or null',
    ]);
  });

  it('reports the one branch of the right type', () => {
    expect(said({ oneOf: [{ type: 'null' }, cat] }, { kind: 'cat', lives: 10 })).toEqual([
      'oneOf : The value must match one of the 2 schemas of "oneOf"; the closest is "Cat"',
      'maximum /lives: lives must be at most 9',
    ]);
  });

  it('is short for a choice inside a choice, however deep', () => {
    let schema: Schema = { type: 'string' };
    for (let level = 0; level < 14; level += 1) {
      schema = {
        oneOf: [
          { type: 'array', items: schema, maxItems: 1 },
          { type: 'array', items: schema, minItems: 2 },
        ],
      };
    }
    let value: unknown = 1;
    for (let level = 0; level < 14; level += 1) value = [value];
    expect(said(schema, value).length).toBeLessThan(40);
  });

  it('is given up where choices multiply beyond all bounds', () => {
    const expression: Schema = {
      anyOf: [
        { type: 'object', properties: { left: createRecursion('#', () => expression), a: { const: 1 } } },
        { type: 'object', properties: { left: createRecursion('#', () => expression), b: { const: 1 } } },
        { type: 'object', properties: { left: createRecursion('#', () => expression), c: { const: 1 } } },
      ],
    };
    let value: unknown = {};
    for (let level = 0; level < 40; level += 1) value = { left: value, a: 2, b: 2, c: 2 };
    const validator = compileSchema(expression);
    expect(validator.isValid(value)).toBe(false);
    expect(validator.validate(value)).toMatchObject([{ keyword: 'depth' }]);
  });
});

describe('oneOf that more than one schema fits', () => {
  it('says which', () => {
    expect(
      said({ oneOf: [{ title: 'Short', maxLength: 3 }, { type: 'string' }, { type: 'null' }] }, 'a'),
    ).toEqual([
      'oneOf : The value must match exactly one of the 3 schemas of "oneOf", and matches 2: "Short", number 2',
    ]);
  });
});

describe('a discriminator', () => {
  const pet: Schema = {
    oneOf: [cat, dog],
    discriminator: {
      propertyName: 'kind',
      branches: new Map([
        ['cat', cat],
        ['dog', dog],
      ]),
    },
  };

  it('reports the chosen branch only', () => {
    expect(said(pet, { kind: 'cat', lives: 10 })).toEqual(['maximum /lives: lives must be at most 9']);
    expect(said(pet, { kind: 'dog', bark: '' })).toEqual([]);
  });

  it.each([
    [
      { kind: 'cow' },
      'The value must have "cat" or "dog" as its "kind", which says which schema is meant',
      '"cow"',
    ],
    [{}, 'The value must have the property "kind" to say which schema is meant: "cat" or "dog"', 'nothing'],
  ])('lists the values that it knows for %j', (value, message, seen) => {
    expect(compileSchema(pet).validate(value)).toEqual([
      {
        keyword: 'discriminator',
        pointer: '',
        property: 'kind',
        message,
        expected: '"cat" or "dog"',
        seen,
        severity: 'error',
      },
    ]);
    expect(compileSchema(pet).isValid(value)).toBe(false);
  });

  it('leaves what is not an object to the choice', () => {
    const nullable: Schema = { ...pet, oneOf: [cat, dog, { type: 'null' }] };
    expect(said(nullable, null)).toEqual([]);
    expect(said(pet, 3)).toEqual(['oneOf : The value must be an object']);
  });

  it('takes the default branch where the value is unknown or missing', () => {
    const lenient: Schema = {
      oneOf: [cat, dog],
      discriminator: {
        propertyName: 'kind',
        branches: new Map([['dog', dog]]),
        defaultBranch: { minProperties: 1 },
      },
    };
    expect(said(lenient, { kind: 'cow' })).toEqual([]);
    expect(said(lenient, {})).toEqual(['minProperties : The value must have at least 1 property']);
  });

  it('finds a branch that the mapping does not name by its own constant', () => {
    const half: Schema = {
      anyOf: [cat, dog],
      discriminator: { propertyName: 'kind', branches: new Map([['Cat', cat]]) },
    };
    expect(said(half, { kind: 'dog', bark: 1 })).toEqual(['type /bark: bark must be a string, not a number']);
  });

  it.each(['__proto__', 'constructor'])('is not misled by a value of %s', (kind) => {
    expect(said(pet, { kind })).toEqual([
      'discriminator : The value must have "cat" or "dog" as its "kind", which says which schema is meant',
    ]);
  });

  it('is not misled by a value that is an object', () => {
    const value: unknown = JSON.parse('{"kind": {"toString": 1, "valueOf": 2}}');
    expect(compileSchema(pet).validate(value)).toMatchObject([{ keyword: 'discriminator' }]);
  });

  it('counts what the chosen branch evaluates', () => {
    const closed: Schema = { ...pet, unevaluatedProperties: false };
    expect(said(closed, { kind: 'cat', lives: 9 })).toEqual([]);
    expect(said(closed, { kind: 'cat', lives: 9, bark: '' })).toEqual([
      'unevaluatedProperties /bark: bark is a property that the schema does not allow',
    ]);
  });

  it('works inside of other choices and lists', () => {
    const list: Schema = { anyOf: [{ type: 'null' }, { type: 'array', items: pet }] };
    expect(compileSchema(list).isValid([{ kind: 'cat', lives: 1 }])).toBe(true);
    expect(compileSchema(list).isValid([{ kind: 'cat' }])).toBe(false);
    expect(compileSchema({ not: pet }).isValid({ kind: 'cow' })).toBe(true);
  });
});

describe('a parent that knows its children by a discriminator', () => {
  const branches = new Map<string, Schema>();
  const parent: SchemaObject = {
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' }, name: { type: 'string' } },
    discriminator: { propertyName: 'kind', branches },
  };
  const again = createRecursion('#/components/schemas/Parent', () => parent);
  const child: SchemaObject = {
    allOf: [again, { required: ['lives'], properties: { lives: { type: 'integer' } } }],
  };
  const grandchild: SchemaObject = { allOf: [child, { properties: { breed: { type: 'string' } } }] };
  branches.set('child', child).set('grandchild', grandchild).set('parent', again);

  it.each<[unknown, string[]]>([
    [{ kind: 'parent', name: 'a' }, []],
    [{ kind: 'unknown', name: 'a' }, []],
    [{ kind: 'child', lives: 1 }, []],
    [{ kind: 'child' }, ['required : The value must have the property "lives"']],
    [{ kind: 'grandchild', lives: 1, breed: 2 }, ['type /breed: breed must be a string, not a number']],
    [{ kind: 'grandchild', lives: 1, name: 2 }, ['type /name: name must be a string, not a number']],
    [{ name: 'a' }, ['required : The value must have the property "kind"']],
  ])('judges %j', (value, expected) => {
    expect(said(parent, value)).toEqual(expected);
  });

  it('is judged as a part of its child, without choosing again', () => {
    expect(said(child, { kind: 'child', lives: 1, name: 2 })).toEqual([
      'type /name: name must be a string, not a number',
    ]);
    expect(said(grandchild, { kind: 'x', lives: 1, breed: 1, name: 2 })).toEqual([
      'type /breed: breed must be a string, not a number',
      'type /name: name must be a string, not a number',
    ]);
  });

  it('chooses where a wrapper holds it', () => {
    expect(said({ allOf: [parent] }, { kind: 'child' })).toEqual([
      'required : The value must have the property "lives"',
    ]);
  });

  it('works where the choice is spelled out, and the children include it', () => {
    const kinds = new Map<string, Schema>();
    const animal: SchemaObject = {
      required: ['kind'],
      oneOf: [createRecursion('#/Bird', () => bird)],
      discriminator: { propertyName: 'kind', branches: kinds },
    };
    const bird: SchemaObject = {
      allOf: [createRecursion('#/Animal', () => animal), { required: ['wings'] }],
    };
    kinds.set('bird', bird);
    expect(said(animal, { kind: 'bird', wings: 2 })).toEqual([]);
    expect(said(bird, { wings: 2 })).toEqual(['required : The value must have the property "kind"']);
  });
});
