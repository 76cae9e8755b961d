import { follow, type Schema, type SchemaObject } from '../../schema/index.ts';

const single = [
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'contentSchema',
] as const;
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
const maps = ['properties', 'patternProperties', 'dependentSchemas'] as const;

/** Visits every schema object below a root, each once in all calls that share `seen`. */
export function walkSchemas(
  root: Schema,
  seen: Set<SchemaObject>,
  visit: (schema: SchemaObject) => void,
): void {
  const waiting: Schema[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const schema = follow(next);
    if (typeof schema === 'boolean' || seen.has(schema)) continue;
    seen.add(schema);
    visit(schema);
    waiting.push(...childrenOf(schema));
  }
}

function childrenOf(schema: SchemaObject): Schema[] {
  const children: Schema[] = [];
  for (const keyword of single) if (isSchema(schema[keyword])) children.push(schema[keyword]);
  for (const keyword of lists)
    if (Array.isArray(schema[keyword])) children.push(...schema[keyword].filter(isSchema));
  for (const keyword of maps) {
    const map = schema[keyword];
    if (typeof map === 'object' && map !== null) children.push(...Object.values(map).filter(isSchema));
  }
  return children;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null);
}
