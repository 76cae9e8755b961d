import { describe, expect, it } from 'vitest';
import { compileSchema, deepEqual, type Schema, schemaFaults } from '../../src/schema/index.ts';

/** As a parser of JSON makes it: every name is an own member. */
function parse(text: string): unknown {
  return JSON.parse(text);
}

const strange: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '$id',
  '$ref',
];

describe.each(strange)('a member named %s', (name) => {
  const withMember = parse(`{${JSON.stringify(name)}: 1}`);
  const schemaOf = (text: string): Schema => parse(text.replaceAll('NAME', name)) as Schema;

  it.each<[string, string, boolean, boolean]>([
    ['properties', '{"properties": {"NAME": {"type": "string"}}}', true, false],
    ['required', '{"required": ["NAME"]}', false, true],
    ['additionalProperties', '{"additionalProperties": false}', true, false],
    [
      'additionalProperties beside properties',
      '{"properties": {"NAME": {}}, "additionalProperties": false}',
      true,
      true,
    ],
    ['unevaluatedProperties', '{"unevaluatedProperties": false}', true, false],
    [
      'unevaluatedProperties after patterns',
      '{"patternProperties": {"^x": {}}, "unevaluatedProperties": false}',
      true,
      false,
    ],
    [
      'unevaluatedProperties after allOf',
      '{"allOf": [{"properties": {"NAME": {}}}], "unevaluatedProperties": false}',
      true,
      true,
    ],
    ['propertyNames', '{"propertyNames": {"const": "x"}}', true, false],
    [
      'patternProperties',
      '{"patternProperties": {"^NAME$": {"type": "string"}}}',
      true,
      name.startsWith('$'),
    ],
    ['dependentRequired', '{"dependentRequired": {"NAME": ["x"]}}', true, false],
    ['dependentSchemas', '{"dependentSchemas": {"NAME": false}}', true, false],
    ['const', '{"const": {"NAME": 1}}', false, true],
    ['enum', '{"enum": [{"NAME": 1}]}', false, true],
    ['minProperties', '{"minProperties": 1}', false, true],
  ])('is judged by %s', (_, text, ofNothing, ofMember) => {
    const validator = compileSchema(schemaOf(text));
    expect(validator.isValid({})).toBe(ofNothing);
    expect(validator.isValid(withMember)).toBe(ofMember);
    expect(validator.validate({}).length === 0).toBe(ofNothing);
    expect(validator.validate(withMember).length === 0).toBe(ofMember);
  });

  it('is named in the violation', () => {
    const schema = schemaOf('{"properties": {"NAME": {"type": "string"}}}');
    expect(compileSchema(schema).validate(withMember)).toMatchObject([
      { keyword: 'type', pointer: `/${name}` },
    ]);
  });

  it('is told apart in lists of unique items', () => {
    const { isValid } = compileSchema({ uniqueItems: true, items: { type: 'object' } });
    expect(isValid([withMember, {}])).toBe(true);
    expect(isValid([withMember, parse(JSON.stringify(withMember))])).toBe(false);
    expect(compileSchema({ uniqueItems: true, items: { type: 'string' } }).isValid([name, name])).toBe(false);
  });
});

describe('keywords of a wrong shape', () => {
  const odd: readonly (readonly [text: string, valid: unknown, keyword: string])[] = [
    ['{"required": true}', {}, 'required'],
    ['{"required": "a"}', {}, 'required'],
    ['{"type": "file"}', 1, 'type'],
    ['{"type": []}', 1, 'type'],
    ['{"enum": []}', 1, 'enum'],
    ['{"enum": "a"}', 1, 'enum'],
    ['{"items": []}', [1], 'items'],
    ['{"items": null}', [1], 'items'],
    ['{"minLength": -1}', '', 'minLength'],
    ['{"maxLength": 1.5}', 'abc', 'maxLength'],
    ['{"maxLength": "3"}', 'abcd', 'maxLength'],
    ['{"minimum": "3"}', 1, 'minimum'],
    ['{"exclusiveMinimum": true}', 1, 'exclusiveMinimum'],
    ['{"multipleOf": 0}', 1.5, 'multipleOf'],
    ['{"pattern": "("}', 'x', 'pattern'],
    ['{"pattern": 3}', 'x', 'pattern'],
    ['{"pattern": "(a+)+\\\\1"}', 'x', 'pattern'],
    ['{"patternProperties": {"(": false}}', { a: 1 }, 'patternProperties'],
    ['{"properties": []}', { a: 1 }, 'properties'],
    ['{"properties": {"a": null}}', { a: 1 }, 'properties'],
    ['{"additionalProperties": "false"}', { a: 1 }, 'additionalProperties'],
    ['{"allOf": []}', 1, 'allOf'],
    ['{"oneOf": {}}', 1, 'oneOf'],
    ['{"anyOf": [3]}', 1, 'anyOf'],
    ['{"uniqueItems": "yes"}', [1, 1], 'uniqueItems'],
    ['{"format": 3}', 1, 'format'],
    ['{"dependentRequired": {"a": true}}', { a: 1 }, 'dependentRequired'],
    ['{"not": 3}', 1, 'not'],
    ['{"if": 3, "then": false}', 1, 'if'],
    ['{"minContains": "x", "contains": true}', [1], 'minContains'],
    ['{"readOnly": "true"}', 1, 'readOnly'],
  ];

  it.each(odd)('%s is ignored, and listed', (text, valid, keyword) => {
    const schema = parse(text) as Schema;
    expect(compileSchema(schema).validate(valid)).toEqual([]);
    expect(schemaFaults(schema).map((fault) => fault.keyword)).toEqual([keyword]);
  });

  it.each([
    '{"enum": [1, 1, 1]}',
    '{"default": "x", "type": "integer"}',
    '{"example": {"$ref": "#/nowhere"}, "x-thing": {"type": "nonsense"}, "$id": "not a uri", "$anchor": 3}',
    '{"nullable": false, "$async": true, "$comment": 3, "definitions": {"a": 1}, "dependencies": 3}',
    '{"link": 1, "never": true, "choose": 2, "unwantedMembers": ["a"]}',
  ])('%s is nobody’s business', (text) => {
    const schema = parse(text) as Schema;
    expect(compileSchema(schema).validate(1)).toEqual([]);
    expect(schemaFaults(schema)).toEqual([]);
  });

  it('leave the rest of the schema in force', () => {
    const schema = parse('{"type": ["string", "file"], "minLength": -1, "maxLength": 1}') as Schema;
    expect(compileSchema(schema).isValid('ab')).toBe(false);
    expect(compileSchema(schema).isValid('a')).toBe(true);
  });

  it('are told in a sentence', () => {
    const schema = parse('{"properties": {"a": {"minLength": -1}}}') as Schema;
    expect(schemaFaults(schema)).toMatchObject([
      { message: '"minLength" must be a whole number that is not negative, and is -1; it is ignored' },
    ]);
  });
});

describe('a schema too deep to be compiled', () => {
  it('is an error that says so', () => {
    let schema: Schema = true;
    for (let level = 0; level < 100_000; level += 1) schema = { items: schema };
    expect(() => compileSchema(schema).isValid([])).toThrow(/Cannot compile schema "inline": /);
    expect(schemaFaults(schema)).toEqual([]);
  });
});

describe('deepEqual', () => {
  it.each<[string, string, boolean]>([
    ['{"a": 1, "b": [2]}', '{"b": [2], "a": 1}', true],
    ['{"a": 1}', '{"a": 1, "b": 2}', false],
    ['{"a": 1}', '{"b": 1}', false],
    ['[1, 2]', '[2, 1]', false],
    ['{"__proto__": 1}', '{"__proto__": 1}', true],
    ['{"__proto__": {}}', '{"__proto__": null}', false],
    ['{"valueOf": 1, "constructor": {}}', '{"valueOf": 1, "constructor": {}}', true],
    ['{"0": 1}', '[1]', false],
    ['[]', '{}', false],
    ['0', '-0', true],
    ['null', '{}', false],
  ])('of %s and %s is %s', (left, right, equal) => {
    expect(deepEqual(parse(left), parse(right))).toBe(equal);
    expect(compileSchema({ const: parse(left) }).isValid(parse(right))).toBe(equal);
    expect(compileSchema({ uniqueItems: true }).isValid([parse(left), parse(right)])).toBe(!equal);
  });
});
