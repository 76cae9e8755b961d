import type { Member } from './kind.ts';
import { isObject } from './raw.ts';
import type { Dialect } from './source-file.ts';

const one: Member = { holding: 'one', kind: 'schema' };
const list: Member = { holding: 'list', kind: 'schema' };
const map: Member = { holding: 'map', kind: 'schema' };

/** Keywords that hold schemas. */
export const schemaMembers: ReadonlyMap<string, Member> = new Map([
  ['items', one],
  ['additionalProperties', one],
  ['not', one],
  ['if', one],
  ['then', one],
  ['else', one],
  ['contains', one],
  ['propertyNames', one],
  ['unevaluatedItems', one],
  ['unevaluatedProperties', one],
  ['contentSchema', one],
  ['allOf', list],
  ['anyOf', list],
  ['oneOf', list],
  ['prefixItems', list],
  ['properties', map],
  ['patternProperties', map],
  ['dependentSchemas', map],
  ['$defs', map],
  ['definitions', map],
]);

/** Keywords that apply their schemas to the very value that the outer schema is about. */
export const inPlaceKeywords: ReadonlySet<string> = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
]);

/** JSON Schema's types. */
export const typeNames: ReadonlySet<unknown> = new Set([
  'null',
  'boolean',
  'object',
  'array',
  'number',
  'integer',
  'string',
]);

/** What a keyword's value must be, in words and as a test. */
export interface KeywordRule {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const number: KeywordRule = {
  expected: 'a finite number',
  holds: (value) => typeof value === 'number' && Number.isFinite(value),
};
const bound: KeywordRule = {
  expected: 'a finite number, or a boolean in Swagger 2.0 and OpenAPI 3.0',
  holds: (value) => typeof value === 'boolean' || number.holds(value),
};
const count: KeywordRule = {
  expected: 'a whole number of 0 or more',
  holds: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
};
/** The rule of whatever is a text. */
export const text: KeywordRule = { expected: 'a string', holds: (value) => typeof value === 'string' };
const flag: KeywordRule = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
const values: KeywordRule = { expected: 'a list', holds: (value) => Array.isArray(value) };
const object: KeywordRule = { expected: 'an object', holds: isObject };
const anything: KeywordRule = { expected: 'anything', holds: () => true };
const names: KeywordRule = { expected: 'a list of strings', holds: isNames };

/** Its text stands alone in Swagger 2.0. */
export const discriminator: KeywordRule = {
  expected: 'an object with "propertyName"',
  holds: (value) => typeof value === 'string' || (isObject(value) && typeof value.propertyName === 'string'),
};

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function isTypes(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((name) => typeNames.has(name));
  return typeNames.has(value) || value === 'file';
}

/** Keywords whose value is copied as it stands, where the rule holds; else they count as absent. */
export const plainKeywords: ReadonlyMap<string, KeywordRule> = new Map([
  ['type', { expected: 'a type of JSON Schema, or a list of them', holds: isTypes }],
  ['enum', values],
  ['const', anything],
  [
    'multipleOf',
    { expected: 'a number above 0', holds: (value) => number.holds(value) && (value as number) > 0 },
  ],
  ['maximum', number],
  ['minimum', number],
  ['exclusiveMaximum', bound],
  ['exclusiveMinimum', bound],
  ['maxLength', count],
  ['minLength', count],
  ['maxItems', count],
  ['minItems', count],
  ['maxContains', count],
  ['minContains', count],
  ['maxProperties', count],
  ['minProperties', count],
  ['uniqueItems', flag],
  ['required', names],
  [
    'dependentRequired',
    {
      expected: 'an object of lists of strings',
      holds: (value) => isObject(value) && Object.values(value).every(isNames),
    },
  ],
  ['pattern', text],
  ['format', text],
  ['contentEncoding', text],
  ['contentMediaType', text],
  ['title', text],
  ['description', text],
  ['default', anything],
  ['deprecated', flag],
  ['readOnly', flag],
  ['writeOnly', flag],
  ['examples', values],
  ['example', anything],
  ['xml', object],
]);

/** Keywords that say nothing about which values are valid. */
export const annotationKeywords: ReadonlySet<string> = new Set([
  'title',
  'description',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'examples',
  'example',
  'xml',
]);

const jsonSchema = 'OpenAPI 3.1 and later';

/** Says for a value where its keyword is at home, if that is not where it stands. */
export type ForeignTest = (value: unknown) => string | undefined;

/** Keywords that may be at home elsewhere than in the dialect. Those that hold schemas are honoured in silence. */
export function foreignTests(dialect: Dialect): ReadonlyMap<string, ForeignTest> {
  const name: ForeignTest = (value) => (typeof value === 'string' ? 'Swagger 2.0' : undefined);
  if (dialect === '3.1' || dialect === '3.2') {
    const flag: ForeignTest = (value) => (typeof value === 'boolean' ? 'OpenAPI 3.0' : undefined);
    return new Map([
      ['nullable', () => 'OpenAPI 3.0'],
      ['exclusiveMinimum', flag],
      ['exclusiveMaximum', flag],
      ['discriminator', name],
    ]);
  }
  const bound: ForeignTest = (value) => (typeof value === 'number' ? jsonSchema : undefined);
  const types: ForeignTest = (value) => (Array.isArray(value) || value === 'null' ? jsonSchema : undefined);
  return new Map<string, ForeignTest>([
    ['type', types],
    ['exclusiveMinimum', bound],
    ['exclusiveMaximum', bound],
    ...newKeywords.map((key) => [key, () => jsonSchema] as const),
    ...(dialect === '2.0'
      ? [['nullable', () => 'OpenAPI 3.0'] as const]
      : [['discriminator', name] as const]),
  ]);
}

/** Keywords that came with OpenAPI 3.1. */
const newKeywords: readonly string[] = [
  'const',
  'examples',
  'minContains',
  'maxContains',
  'dependentRequired',
  'contentEncoding',
  'contentMediaType',
];

/** Tells a list of types from a single one. */
export function isWideType(type: unknown): type is readonly unknown[] {
  return Array.isArray(type);
}
