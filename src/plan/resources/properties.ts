import { follow, type Schema, type TypeName, typesOf } from '../../schema/index.ts';

/** The properties that a schema declares, those of `allOf` included; where two declare one, the schema's own wins. */
export function propertiesOf(schema: Schema | undefined, depth = 0): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>();
  if (schema === undefined || depth > 8) return found;
  const node = follow(schema);
  if (typeof node === 'boolean') return found;
  for (const part of node.allOf ?? [])
    for (const [name, one] of propertiesOf(part, depth + 1)) found.set(name, one);
  for (const [name, one] of Object.entries(node.properties ?? {})) found.set(name, one);
  return found;
}

/** Whether a schema allows values of a type, as far as its own `type` and its `allOf` say. */
export function allowsType(schema: Schema | undefined, type: TypeName, depth = 0): boolean {
  if (schema === undefined || depth > 8) return true;
  const node = follow(schema);
  if (typeof node === 'boolean') return node;
  const types = typesOf(node);
  if (types !== undefined && !types.includes(type) && !(type === 'integer' && types.includes('number')))
    return false;
  if (node.anyOf !== undefined && !node.anyOf.some((one) => allowsType(one, type, depth + 1))) return false;
  if (node.oneOf !== undefined && !node.oneOf.some((one) => allowsType(one, type, depth + 1))) return false;
  return (node.allOf ?? []).every((one) => allowsType(one, type, depth + 1));
}

/** The schema of a list's items, where the schema is of a list and says what they are. */
export function itemsOf(schema: Schema | undefined, depth = 0): Schema | undefined {
  if (schema === undefined || depth > 8) return undefined;
  const node = follow(schema);
  if (typeof node === 'boolean') return undefined;
  if (node.items !== undefined && typesOf(node)?.includes('array') !== false) return node.items;
  for (const part of node.allOf ?? []) {
    const items = itemsOf(part, depth + 1);
    if (items !== undefined) return items;
  }
  return undefined;
}

const plainNames = new Map<string, string>();
const mostPlainNames = 4096;

/** A name without case and punctuation, so that `totalCount`, `total_count` and `Total-Count` are one. The first thousands are remembered. */
export function plainName(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (plainNames.size < mostPlainNames && name.length <= 64) plainNames.set(name, plain);
  return plain;
}

/** A plain name without the ending of a plural: `categories` is `category`. */
export function singularOf(name: string): string {
  return name.replace(/ies$/, 'y').replace(/s$/, '');
}

const required = new WeakMap<object, ReadonlySet<string>>();

/** The properties that a schema asks for, those of its `allOf` included. Read once. */
export function requiredOf(schema: Schema | undefined): ReadonlySet<string> {
  if (typeof schema !== 'object') return new Set();
  const found = required.get(schema) ?? readRequired(schema, 0);
  required.set(schema, found);
  return found;
}

function readRequired(schema: Schema, depth: number): ReadonlySet<string> {
  const node = follow(schema);
  if (typeof node === 'boolean' || depth > 8) return new Set();
  return new Set([
    ...(node.required ?? []),
    ...(node.allOf ?? []).flatMap((part) => [...readRequired(part, depth + 1)]),
  ]);
}
