import { canonicalText, type Schema } from '../../schema/index.ts';

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

/** How many schemas, inner ones counted, are compared; larger ones are taken to differ. */
const largest = 500;

/** Whether two schemas say the same, descriptions and examples aside. Large ones are taken to differ. */
export function isSameSchema(one: Schema, other: Schema): boolean {
  if (one === other) return true;
  return isObject(one) && isObject(other) && contentOf(one) === contentOf(other);
}

const contents = new WeakMap<object, string>();
let differing = 0;

/** A text that schemas with the same content share: each branch of a wide oneOf is held against each other. */
function contentOf(schema: object): string {
  const known = contents.get(schema);
  if (known !== undefined) return known;
  const budget = { left: largest };
  const written = write(schema, budget);
  const content = budget.left < 0 ? unlikeAll() : written;
  contents.set(schema, content);
  return content;
}

function unlikeAll(): string {
  differing += 1;
  return `#${differing}`;
}

function write(schema: unknown, budget: { left: number }): string {
  budget.left -= 1;
  if (budget.left < 0 || !isObject(schema)) return String(schema);
  return writeMap(schema, (keyword, value) => writeKeyword(keyword, value, budget));
}

function writeKeyword(keyword: string, value: unknown, budget: { left: number }): string | undefined {
  if (value === undefined || described.has(keyword) || keyword.startsWith('x-')) return undefined;
  // Its branches stand in a Map, which has no content that JSON could show.
  if (keyword === 'discriminator') return unlikeAll();
  if (single.has(keyword)) return write(value, budget);
  if (lists.has(keyword) && Array.isArray(value))
    return `[${value.map((item) => write(item, budget)).join()}]`;
  if (maps.has(keyword) && isObject(value)) return writeMap(value, (_, member) => write(member, budget));
  return canonicalText(value);
}

function writeMap(
  map: Readonly<Record<string, unknown>>,
  writeOne: (name: string, value: unknown) => string | undefined,
): string {
  const members: string[] = [];
  for (const [name, value] of Object.entries(map)) {
    const text = writeOne(name, value);
    if (text !== undefined) members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${members.sort().join()}}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
