import type { RawError } from './emitted.ts';
import { formatPhrase } from './formats.ts';
import { isRecord, typeList } from './keyword-shapes.ts';
import { joinWords, preview, previewList } from './preview.ts';
import type { SchemaObject } from './schema.ts';

/** What one keyword says about a value: the words after the place (`must be …`), and what was wanted and seen. */
export interface Phrase {
  readonly must: string;
  readonly expected: string;
  /** Where it is not the value itself. */
  readonly seen?: string;
  readonly property?: string;
  /** The member or item that the fault is about, where it is not the value itself. */
  readonly child?: string | number;
}

interface Said {
  readonly error: RawError;
  readonly node: SchemaObject;
  readonly data: unknown;
}

type Speak = (said: Said) => Phrase;

const typeWords: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'a boolean',
  object: 'an object',
  array: 'an array',
  number: 'a number',
  integer: 'an integer',
  string: 'a string',
};

/** The type of a value in words: `an array`. */
function typeInWords(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeWords[typeof value] ?? typeof value;
}

function typesInWords(node: SchemaObject): string {
  return joinWords(typeList(node.type).map((name) => typeWords[name] ?? name));
}

function beside(expected: string): Phrase {
  return { must: `must be ${expected}`, expected };
}

function counted(count: unknown, one: string): string {
  return `${count} ${count === 1 ? one : one === 'property' ? 'properties' : `${one}s`}`;
}

function place({ params }: RawError): string {
  return String(params.place);
}

function sizePhrase(keyword: keyof SchemaObject, bound: 'most' | 'least', thing: string): Speak {
  return ({ node, data }) => {
    const expected = `at ${bound} ${counted(node[keyword], thing)}`;
    return { must: `must have ${expected}`, expected, seen: sizeSeen(data, thing) };
  };
}

function sizeSeen(data: unknown, thing: string): string {
  if (typeof data === 'string') return `${counted([...data].length, thing)}: ${preview(data)}`;
  if (Array.isArray(data)) return counted(data.length, thing);
  return isRecord(data) ? counted(Object.keys(data).length, thing) : preview(data);
}

function boundPhrase(keyword: keyof SchemaObject, words: string): Speak {
  return ({ node }) => beside(`${words} ${node[keyword]}`);
}

/** Counting stops at the first too many. */
function containsSeen({ params }: RawError, most: number | undefined): string {
  const count = Number(params.count);
  return most !== undefined && count > most ? `more than ${most}` : String(count);
}

function memberSeen(data: unknown, name: string): string {
  return isRecord(data) && Object.hasOwn(data, name) ? preview(data[name]) : 'nothing';
}

function membersSeen(data: unknown): string {
  const names = isRecord(data) ? Object.keys(data) : [];
  return names.length === 0 ? 'no property' : `only ${previewList(names, 'and')}`;
}

const extraProperty: Speak = ({ error, node, data }) => {
  const name = place(error);
  const known = isRecord(node.properties) ? Object.keys(node.properties) : [];
  return {
    must: 'is a property that the schema does not allow',
    expected: known.length === 0 ? 'no such property' : `only ${previewList(known, 'and')}`,
    seen: memberSeen(data, name),
    property: name,
    child: name,
  };
};

const missingProperty: Speak = ({ error, data }) => {
  const name = String(error.params.missingProperty);
  return {
    must: `must have the property ${preview(name)}`,
    expected: `the property ${preview(name)}`,
    seen: membersSeen(data),
    property: name,
  };
};

const phrases: Readonly<Record<string, Speak>> = {
  type: ({ node, data }) => ({
    must: `must be ${typesInWords(node)}, not ${typeInWords(data)}`,
    expected: typesInWords(node),
  }),
  enum: ({ node }) => beside(previewList(node.enum ?? [])),
  const: ({ node }) => beside(preview(node.const)),
  multipleOf: boundPhrase('multipleOf', 'a multiple of'),
  maximum: boundPhrase('maximum', 'at most'),
  exclusiveMaximum: boundPhrase('exclusiveMaximum', 'less than'),
  minimum: boundPhrase('minimum', 'at least'),
  exclusiveMinimum: boundPhrase('exclusiveMinimum', 'more than'),
  maxLength: sizePhrase('maxLength', 'most', 'character'),
  minLength: sizePhrase('minLength', 'least', 'character'),
  maxItems: sizePhrase('maxItems', 'most', 'item'),
  minItems: sizePhrase('minItems', 'least', 'item'),
  maxProperties: sizePhrase('maxProperties', 'most', 'property'),
  minProperties: sizePhrase('minProperties', 'least', 'property'),
  pattern: ({ node }) => ({
    must: `must match the pattern ${node.pattern}`,
    expected: `a match of ${node.pattern}`,
  }),
  format: ({ node }) => {
    const words = formatPhrase(String(node.format));
    return { must: `must be ${words} (format ${preview(node.format)})`, expected: words };
  },
  uniqueItems: ({ error, data }) => {
    const [first, second] = error.params.pair as readonly [number, number];
    return {
      must: `must not have the same item twice, as items ${first} and ${second} are`,
      expected: 'items that all differ',
      seen: preview(Array.isArray(data) ? data[second] : data),
    };
  },
  items: ({ error, data }) => {
    const expected = `at most ${counted(error.params.limit, 'item')}`;
    return { must: `must have ${expected}`, expected, seen: sizeSeen(data, 'item') };
  },
  contains: ({ error, node }) => {
    const { minContains = 1, maxContains } = node;
    const least = `at least ${counted(minContains, 'item')}`;
    const expected = `${maxContains === undefined ? least : `${least} and at most ${maxContains}`} that match "contains"`;
    return { must: `must have ${expected}`, expected, seen: containsSeen(error, maxContains) };
  },
  required: missingProperty,
  dependentRequired: (said) => {
    const phrase = missingProperty(said);
    const because = preview(String(said.error.params.property));
    return { ...phrase, must: `${phrase.must}, because it has ${because}` };
  },
  additionalProperties: extraProperty,
  unevaluatedProperties: extraProperty,
  unevaluatedItems: ({ error, data }) => {
    const index = Number(error.params.place);
    return {
      must: 'is an item that the schema does not allow',
      expected: 'no such item',
      seen: preview(Array.isArray(data) ? data[index] : data),
      child: index,
    };
  },
  propertyNames: ({ error }) => ({
    must: `is a property whose name the schema does not allow`,
    expected: 'a name that matches "propertyNames"',
    seen: preview(place(error)),
    property: place(error),
    child: place(error),
  }),
  not: () => ({
    must: 'must not match the schema under "not"',
    expected: 'anything that does not match "not"',
  }),
  never: () => ({ must: 'is not allowed', expected: 'nothing' }),
  choose: ({ node, data }) => {
    const name = node.discriminator?.propertyName ?? '';
    const expected = previewList([...(node.discriminator?.branches.keys() ?? [])]);
    const isMissing = !isRecord(data) || !Object.hasOwn(data, name);
    return {
      must: isMissing
        ? `must have the property ${preview(name)} to say which schema is meant: ${expected}`
        : `must have ${expected} as its ${preview(name)}, which says which schema is meant`,
      expected,
      seen: memberSeen(data, name),
      property: name,
    };
  },
  oneOf: choicePhrase,
  anyOf: choicePhrase,
};

function choicePhrase({ error, node }: Said): Phrase {
  const { keyword, params } = error;
  const passing = params.passing as readonly number[];
  const branches = (keyword === 'oneOf' ? node.oneOf : node.anyOf) ?? [];
  const nameOf = (index: number): string => branchName(branches[index], index);
  if (passing.length > 0) {
    const expected = `exactly one of the ${branches.length} schemas of "oneOf"`;
    return {
      must: `must match ${expected}, and matches ${passing.length}: ${passing.map(nameOf).join(', ')}`,
      expected,
    };
  }
  const rejected = (params.rejected as readonly RawError[]).flatMap(rejectedTypes);
  if (params.branch === undefined && rejected.length > 0 && rejected.length === branches.length) {
    return beside(
      [...new Set(rejected)].length === 1 ? String(rejected[0]) : joinWords([...new Set(rejected)]),
    );
  }
  const expected = `${keyword === 'oneOf' ? 'one' : 'at least one'} of the ${branches.length} schemas of "${keyword}"`;
  const closest = params.branch === undefined ? '' : `; the closest is ${nameOf(Number(params.branch))}`;
  return { must: `must match ${expected}${closest}`, expected };
}

/** A branch by its title, else its place in the list. */
function branchName(branch: unknown, index: number): string {
  const title = isRecord(branch) ? branch.title : undefined;
  return typeof title === 'string' && title !== '' ? preview(title) : `number ${index + 1}`;
}

function rejectedTypes(error: RawError): string[] {
  const schema = error.parentSchema as SchemaObject | undefined;
  if (schema === undefined || !Object.hasOwn(phrases, error.keyword)) return [];
  if (error.keyword === 'never' || error.keyword === 'not') return [];
  return [phrases[error.keyword]?.({ error, node: schema, data: error.data }).expected ?? ''];
}

/** What to say about an error; for a keyword that nobody foresaw, that it is not matched. */
export function phraseOf(error: RawError, node: SchemaObject): Phrase {
  const speak = Object.hasOwn(phrases, error.keyword) ? phrases[error.keyword] : undefined;
  const phrase = speak?.({ error, node, data: error.data });
  return phrase ?? { must: `must match "${error.keyword}"`, expected: `a match of "${error.keyword}"` };
}
