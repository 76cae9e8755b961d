import { createRecursion, type Schema } from '../../src/schema/index.ts';
import type { Json } from './json-arbitraries.ts';

const maps: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const data: ReadonlySet<string> = new Set([
  'enum',
  'const',
  'required',
  'dependentRequired',
  'type',
  'default',
  'example',
]);

/**
 * A schema with `$defs` as the graph that the document room makes: each definition one object, a `Recursion` where one
 * stands inside itself.
 */
export function toGraph(json: Json): Schema {
  const definitions = isObject(json) && isObject(json.$defs) ? json.$defs : {};
  const made = new Map<string, Schema>();
  const begun = new Set<string>();
  const definition = (name: string): Schema => {
    const known = made.get(name);
    if (known !== undefined) return known;
    if (begun.has(name)) return createRecursion(`#/$defs/${name}`, () => made.get(name) ?? true);
    begun.add(name);
    const schema = build(definitions[name] ?? true);
    begun.delete(name);
    made.set(name, schema);
    return schema;
  };
  const build = (value: Json): Schema => {
    if (!isObject(value)) return value === true;
    if (typeof value.$ref === 'string') return definition(value.$ref.slice('#/$defs/'.length));
    return Object.fromEntries(
      Object.entries(value)
        .filter(([keyword]) => keyword !== '$defs')
        .map(([keyword, inner]) => [keyword, buildValue(keyword, inner)]),
    );
  };
  const buildValue = (keyword: string, value: Json): unknown => {
    if (data.has(keyword)) return value;
    if (Array.isArray(value)) return value.map(build);
    if (maps.has(keyword) && isObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, build(inner)]));
    }
    return isObject(value) || typeof value === 'boolean' ? schemaOrFlag(keyword, value) : value;
  };
  const schemaOrFlag = (keyword: string, value: Json): unknown =>
    keyword === 'uniqueItems' || keyword === 'readOnly' || keyword === 'writeOnly' ? value : build(value);
  return build(json);
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
