import { deepEqual, type Schema } from '../../schema/index.ts';

/** Keywords that only describe. */
const described: ReadonlySet<string> = new Set([
  'title',
  'description',
  'example',
  'examples',
  'default',
  'deprecated',
  'externalDocs',
  'xml',
]);
const maps: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const lists: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const single: ReadonlySet<string> = new Set([
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'not',
  'if',
  'then',
  'else',
]);

/** Whether two schemas say the same, descriptions and examples aside. Large ones are taken to differ. */
export function isSameSchema(one: Schema, other: Schema): boolean {
  return isSame(one, other, { left: 500 });
}

function isSame(one: unknown, other: unknown, budget: { left: number }): boolean {
  if (one === other) return true;
  budget.left -= 1;
  if (budget.left < 0 || !isObject(one) || !isObject(other)) return false;
  const left = entriesOf(one);
  const right = new Map(entriesOf(other));
  if (left.length !== right.size) return false;
  return left.every(([keyword, value]) => {
    if (!right.has(keyword)) return false;
    return isSameKeyword(keyword, [value, right.get(keyword)], budget);
  });
}

function isSameKeyword(keyword: string, [one, other]: [unknown, unknown], budget: { left: number }): boolean {
  if (single.has(keyword)) return isSame(one, other, budget);
  if (lists.has(keyword) && Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index], budget));
  if (!maps.has(keyword) || !isObject(one) || !isObject(other)) return deepEqual(one, other);
  const right = new Map(Object.entries(other));
  const left = Object.entries(one);
  return left.length === right.size && left.every(([name, value]) => isSame(value, right.get(name), budget));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(schema: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(schema).filter(
    ([keyword, value]) => value !== undefined && !described.has(keyword) && !keyword.startsWith('x-'),
  );
}
