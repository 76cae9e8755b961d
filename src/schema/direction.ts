import { isRecord } from './keyword-shapes.ts';
import { follow, type Schema, type SchemaObject } from './schema.ts';
import type { Direction } from './validator.ts';

/** The flag that a member must not have in a direction. */
export function unwantedFlag(direction: Direction): 'readOnly' | 'writeOnly' {
  return direction === 'request' ? 'readOnly' : 'writeOnly';
}

function allOfParts(node: SchemaObject): readonly Schema[] {
  return Array.isArray(node.allOf) ? node.allOf : [];
}

/** Whether a member with this schema is not wanted in the direction; a flag reached through allOf counts. */
export function isUnwanted(schema: Schema, direction: Direction): boolean {
  const flag = unwantedFlag(direction);
  return [...madeOf(schema)].some((node) => node[flag] === true);
}

/** The schema with every schema that it is made of by allOf, each once. Booleans are left out. */
export function madeOf(schema: Schema): Set<SchemaObject> {
  const parts = new Set<SchemaObject>();
  const waiting: Schema[] = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = isRecord(next) ? follow(next) : next;
    if (!isRecord(node) || parts.has(node)) continue;
    parts.add(node);
    waiting.push(...allOfParts(node));
  }
  return parts;
}

const known = {
  request: new WeakMap<SchemaObject, ReadonlySet<string>>(),
  response: new WeakMap<SchemaObject, ReadonlySet<string>>(),
};

/**
 * The members that are not wanted in the direction, by the properties of the schema and of all that it is made of by
 * allOf: what one part declares `readOnly`, another may list as required.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-20 ("the required will take effect on the response only")
 */
export function unwantedMembers(node: SchemaObject, direction: Direction): ReadonlySet<string> {
  const found = known[direction].get(node);
  if (found !== undefined) return found;
  const names = new Set<string>();
  for (const part of madeOf(node)) {
    if (!isRecord(part.properties)) continue;
    for (const [name, schema] of Object.entries(part.properties)) {
      if (isUnwanted(schema, direction)) names.add(name);
    }
  }
  known[direction].set(node, names);
  return names;
}
