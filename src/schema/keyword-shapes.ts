/** The right shape of one keyword's value: the words for a person, and the test. */
interface Shape {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

const typeNames: ReadonlySet<unknown> = new Set([
  'null',
  'boolean',
  'object',
  'array',
  'number',
  'integer',
  'string',
]);

const isText = (value: unknown): boolean => typeof value === 'string';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isFiniteNumber = (value: unknown): boolean => Number.isFinite(value);
const isPositive = (value: unknown): boolean => Number.isFinite(value) && Number(value) > 0;
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
const isTypeList = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeNames.has(one));
const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

/** Tells a plain object from everything else. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isSchema = (value: unknown): boolean => isFlag(value) || isRecord(value);
const isSchemaList = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isSchema);
const isSchemaMap = (value: unknown): boolean => isRecord(value) && Object.values(value).every(isSchema);

const number: Shape = { expected: 'a number', fits: isFiniteNumber };
const count: Shape = { expected: 'a whole number that is not negative', fits: isCount };
const text: Shape = { expected: 'a string', fits: isText };
const flag: Shape = { expected: 'true or false', fits: isFlag };
const schema: Shape = { expected: 'a schema', fits: isSchema };
const schemas: Shape = { expected: 'a list of at least one schema', fits: isSchemaList };
const schemaMap: Shape = { expected: 'an object of schemas', fits: isSchemaMap };

/** Every keyword that has a say in judgement (and the flags of OpenAPI), with the shape its value must have. */
const keywordShapes: Readonly<Record<string, Shape>> = {
  type: {
    expected: 'one of null, boolean, object, array, number, integer, string, or a list of these',
    fits: (value) => typeNames.has(value) || isTypeList(value),
  },
  enum: {
    expected: 'a list of at least one value',
    fits: (value) => Array.isArray(value) && value.length > 0,
  },
  multipleOf: { expected: 'a number above 0', fits: isPositive },
  maximum: number,
  exclusiveMaximum: number,
  minimum: number,
  exclusiveMinimum: number,
  maxLength: count,
  minLength: count,
  pattern: text,
  format: text,
  contentEncoding: text,
  contentMediaType: text,
  contentSchema: schema,
  items: schema,
  prefixItems: schemas,
  unevaluatedItems: schema,
  contains: schema,
  minContains: count,
  maxContains: count,
  maxItems: count,
  minItems: count,
  uniqueItems: flag,
  properties: schemaMap,
  patternProperties: schemaMap,
  additionalProperties: schema,
  unevaluatedProperties: schema,
  propertyNames: schema,
  required: { expected: 'a list of property names', fits: isTextList },
  dependentRequired: {
    expected: 'an object of lists of property names',
    fits: (value) => isRecord(value) && Object.values(value).every(isTextList),
  },
  dependentSchemas: schemaMap,
  maxProperties: count,
  minProperties: count,
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
  not: schema,
  if: schema,
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
  then: schema,
  else: schema,
  readOnly: flag,
  writeOnly: flag,
  deprecated: flag,
};

/** Whether the value of a keyword has the shape that JSON Schema asks for. Unknown keywords may have any. */
export function hasRightShape(keyword: string, value: unknown): boolean {
  return Object.hasOwn(keywordShapes, keyword) ? (keywordShapes[keyword]?.fits(value) ?? true) : true;
}

/** The names of types that a `type` keyword of any shape holds; empty where it says nothing that is known. */
export function typeList(type: unknown): readonly string[] {
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  return [...new Set(names)].filter((name): name is string => typeNames.has(name));
}

/** What shape a keyword's value must have, in words. */
export function expectedShape(keyword: string): string {
  return (Object.hasOwn(keywordShapes, keyword) ? keywordShapes[keyword]?.expected : undefined) ?? 'anything';
}
