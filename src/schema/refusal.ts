import { madeOf, unwantedMembers } from './direction.ts';
import type { Variant } from './emit-assertions.ts';
import { hasRightShape, isRecord, typeList } from './keyword-shapes.ts';
import { follow, type Schema, type SchemaObject } from './schema.ts';

/** Tells of some values at a glance that they are not valid; the others may be valid or not. */
export type Refuses = (value: unknown) => boolean;

interface Tag {
  readonly name: string;
  readonly values: ReadonlySet<unknown>;
}

/**
 * Compiles what can be told of an object without generating any code: a required property that is missing, or a required one
 * with another value than all that are listed. Most branches of a wide choice are refused by that.
 */
export function compileRefusal(schema: Schema, { direction, unwanted }: Variant): Refuses {
  const parts = [...madeOf(schema)];
  const node = follow(schema);
  const dropped = isRecord(node) ? unwantedMembers(node, direction) : unwanted;
  const isJudged = (name: string): boolean => !unwanted.has(name) && !dropped.has(name);
  const required = [...new Set(parts.flatMap(requiredOf))].filter(isJudged);
  const tags = required.flatMap((name) => parts.flatMap((part) => tagOf(part, name) ?? []));
  const onlyObjects = parts.some(({ type }) => typeList(type).join() === 'object');
  return (value) => {
    if (!isRecord(value)) return onlyObjects;
    return (
      required.some((name) => !Object.hasOwn(value, name)) ||
      tags.some(({ name, values }) => !values.has(value[name]))
    );
  };
}

function requiredOf({ required }: SchemaObject): readonly string[] {
  return required !== undefined && hasRightShape('required', required) ? required : [];
}

/** The values that a property may have, where they are listed and none of them has members. */
function tagOf({ properties }: SchemaObject, name: string): Tag | undefined {
  if (!isRecord(properties) || !Object.hasOwn(properties, name)) return undefined;
  const property = properties[name];
  if (!isRecord(property)) return undefined;
  const listed = Object.hasOwn(property, 'const') ? [property.const] : property.enum;
  if (!Array.isArray(listed) || listed.length === 0) return undefined;
  return listed.some((one) => typeof one === 'object' && one !== null)
    ? undefined
    : { name, values: new Set(listed) };
}
