import { type SchemaObject, type TypeName, typesOf } from '../../schema/index.ts';

/** The kinds of JSON value that a schema tells apart. `fraction`: a number that is not whole. */
export type Kind = 'null' | 'boolean' | 'object' | 'array' | 'integer' | 'fraction' | 'string';

/** In the order in which a value is tried where the schema says nothing of types. */
const everyKind: readonly Kind[] = ['object', 'array', 'string', 'integer', 'fraction', 'boolean', 'null'];

const kindsOfType: Readonly<Record<TypeName, readonly Kind[]>> = {
  null: ['null'],
  boolean: ['boolean'],
  object: ['object'],
  array: ['array'],
  integer: ['integer'],
  number: ['integer', 'fraction'],
  string: ['string'],
};

/** The kinds that types stand for. */
export function kindsOfTypes(types: readonly TypeName[]): Set<Kind> {
  return new Set(types.flatMap((type) => kindsOfType[type] ?? []));
}

/** The kinds that every schema allows, in the order of the first schema that names types. */
export function kindsOf(parts: readonly SchemaObject[]): Kind[] {
  let kinds: Kind[] | undefined;
  for (const part of parts) {
    const types = typesOf(part);
    if (types === undefined) continue;
    const allowed = kindsOfTypes(types);
    kinds = kinds === undefined ? [...allowed] : kinds.filter((kind) => allowed.has(kind));
  }
  return kinds ?? [...everyKind];
}

/** The kind of a JSON value. */
export function kindOf(value: unknown): Kind | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'object':
      return 'object';
    case 'string':
      return 'string';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'fraction';
    default:
      return undefined;
  }
}
