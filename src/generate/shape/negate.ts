import {
  type Direction,
  type Schema,
  type SchemaObject,
  type TypeName,
  typesOf,
  unwantedMembers,
} from '../../schema/index.ts';

/** Schemas of which any one, where it holds, makes the negated schema fail. */
export interface Negation {
  readonly terms: readonly Schema[];
  /** Whether the negated schema fails only where one of the terms holds. */
  readonly complete: boolean;
}

const annotations: ReadonlySet<string> = new Set([
  'title',
  'description',
  'externalDocs',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'examples',
  'example',
  'xml',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'then',
  'else',
]);

const primitives: ReadonlySet<string> = new Set(['const', 'enum', 'pattern', 'multipleOf']);

const everyType: readonly TypeName[] = ['null', 'boolean', 'object', 'array', 'number', 'string'];

/** The keywords of a schema that a value can break. */
export function assertions(schema: SchemaObject): string[] {
  return Object.keys(schema).filter((key) => !annotations.has(key) && !key.startsWith('x-'));
}

/** Whether a schema is a single keyword whose opposite is looked after where values are drawn. */
export function isPrimitiveNot(schema: SchemaObject): boolean {
  const [only, ...more] = assertions(schema);
  return only !== undefined && more.length === 0 && primitives.has(only);
}

const known: Readonly<Record<Direction, WeakMap<SchemaObject, Negation>>> = {
  request: new WeakMap(),
  response: new WeakMap(),
};

/**
 * The opposite of a schema in one direction, keyword by keyword (De Morgan). Keywords with no simple opposite leave it
 * incomplete.
 */
export function negate(schema: SchemaObject, direction: Direction): Negation {
  const before = known[direction].get(schema);
  if (before !== undefined) return before;
  const terms: Schema[] = [];
  let complete = true;
  for (const keyword of assertions(schema)) {
    const opposite = opposites[keyword]?.(schema, direction);
    if (opposite === undefined) complete = false;
    else terms.push(...opposite);
  }
  const possible = terms.filter((term) => term !== false);
  const negation = { terms: possible, complete };
  known[direction].set(schema, negation);
  return negation;
}

type Opposite = (schema: SchemaObject, direction: Direction) => readonly Schema[] | undefined;

const not = (schema: Schema): Schema => (typeof schema === 'boolean' ? !schema : { not: schema });

const property = (name: string, schema: Schema): Readonly<Record<string, Schema>> =>
  Object.fromEntries([[name, schema]]);

const lacks = (name: string): SchemaObject => ({ type: 'object', properties: property(name, false) });

function atMost(count: number | undefined, make: (count: number) => SchemaObject): readonly Schema[] {
  return count === undefined || count <= 0 ? [] : [make(count - 1)];
}

/** Answers are never judged by what is `writeOnly`, nor requests by what is `readOnly`: neither its value nor its lack breaks anything. */
function isJudged(schema: SchemaObject, direction: Direction): (name: string) => boolean {
  const unjudged = unwantedMembers(schema, direction);
  return (name) => !unjudged.has(name);
}

const opposites: Readonly<Record<string, Opposite>> = {
  type: negateType,
  const: (schema) => [{ not: { const: schema.const } }],
  enum: (schema) => [{ not: { enum: schema.enum ?? [] } }],
  minimum: ({ minimum = 0 }) => [{ type: 'number', exclusiveMaximum: minimum }],
  maximum: ({ maximum = 0 }) => [{ type: 'number', exclusiveMinimum: maximum }],
  exclusiveMinimum: ({ exclusiveMinimum = 0 }) => [{ type: 'number', maximum: exclusiveMinimum }],
  exclusiveMaximum: ({ exclusiveMaximum = 0 }) => [{ type: 'number', minimum: exclusiveMaximum }],
  multipleOf: ({ multipleOf = 1 }) => [{ type: 'number', not: { multipleOf } }],
  pattern: ({ pattern = '' }) => [{ type: 'string', not: { pattern } }],
  minLength: ({ minLength }) => atMost(minLength, (maxLength) => ({ type: 'string', maxLength })),
  maxLength: ({ maxLength = 0 }) => [{ type: 'string', minLength: maxLength + 1 }],
  minItems: ({ minItems }) => atMost(minItems, (maxItems) => ({ type: 'array', maxItems })),
  maxItems: ({ maxItems = 0 }) => [{ type: 'array', minItems: maxItems + 1 }],
  minProperties: ({ minProperties }) =>
    atMost(minProperties, (maxProperties) => ({ type: 'object', maxProperties })),
  maxProperties: ({ maxProperties = 0 }) => [{ type: 'object', minProperties: maxProperties + 1 }],
  required: (schema, direction) => (schema.required ?? []).filter(isJudged(schema, direction)).map(lacks),
  properties: (whole, direction) => {
    const judged = isJudged(whole, direction);
    return Object.entries(whole.properties ?? {})
      .filter(([name]) => judged(name))
      .map(([name, schema]) => ({
        type: 'object',
        required: [name],
        properties: property(name, not(schema)),
      }));
  },
  dependentRequired: ({ dependentRequired = {} }) =>
    Object.entries(dependentRequired).flatMap(([name, wanted]) =>
      wanted.map((other) => ({ type: 'object', required: [name], properties: property(other, false) })),
    ),
  items: ({ items = true, prefixItems }) =>
    prefixItems === undefined ? [{ type: 'array', contains: not(items) }] : undefined,
  contains: ({ contains = true, minContains, maxContains }) =>
    minContains === undefined && maxContains === undefined
      ? [{ type: 'array', items: not(contains) }]
      : undefined,
  minContains: () => undefined,
  allOf: (schema, direction) =>
    unwantedMembers(schema, direction).size === 0 ? (schema.allOf ?? []).map(not) : undefined,
  anyOf: ({ anyOf = [] }) => [{ allOf: anyOf.map(not) }],
  oneOf: ({ oneOf = [] }) => (oneOf.length === 1 ? oneOf.map(not) : undefined),
  not: (schema) => (schema.not === undefined ? [] : [schema.not]),
};

function negateType(schema: SchemaObject): readonly Schema[] {
  const allowed = new Set(typesOf(schema));
  const others = everyType.filter(
    (type) => !allowed.has(type) && !(type === 'number' && allowed.has('integer')),
  );
  const terms: Schema[] = others.length === 0 ? [] : [{ type: others }];
  if (allowed.has('integer') && !allowed.has('number'))
    terms.push({ type: 'number', not: { multipleOf: 1 } });
  return terms;
}
