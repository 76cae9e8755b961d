import { madeOf } from './direction.ts';
import type { Link } from './emitted.ts';
import { isRecord } from './keyword-shapes.ts';
import { type Discriminator, follow, type Schema, type SchemaObject } from './schema.ts';

/** Picks the schema that a value is judged by; `undefined` where its tag is missing or unknown. */
export type Chooser = (value: unknown) => Link | undefined;

/** What a chooser picks from. */
export interface ChooserLinks {
  branch(schema: Schema, key: string): Link;
  /** The schema's own oneOf and anyOf, without the discriminator. */
  readonly choices: Link;
}

const pass: Link = { check: () => true, report: () => true, refuses: () => false };

/**
 * Makes the function that a discriminator stands for.
 *
 * - A value that is not an object has no tag: oneOf and anyOf judge it.
 * - Without oneOf and anyOf (a parent that knows its children) an unknown tag leaves the parent's own word.
 * - A branch that the mapping does not name is found by its own `const` or `enum` of the property.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#discriminator-object
 */
export function createChooser(node: SchemaObject, links: ChooserLinks): Chooser {
  const { discriminator } = node;
  if (discriminator === undefined) return () => pass;
  const { propertyName } = discriminator;
  const declared = [...(node.oneOf ?? []), ...(node.anyOf ?? [])];
  const byTag = linksByTag(node, { discriminator, declared, links });
  const rest = otherwise(declared, discriminator, links);
  return (value) => {
    if (!isRecord(value)) return links.choices;
    const tag = Object.hasOwn(value, propertyName) ? value[propertyName] : undefined;
    const known = isScalar(tag) ? byTag.get(String(tag)) : undefined;
    return known ?? rest;
  };
}

function linksByTag(
  node: SchemaObject,
  from: {
    readonly discriminator: Discriminator;
    readonly declared: readonly Schema[];
    readonly links: ChooserLinks;
  },
): ReadonlyMap<string, Link> {
  const { discriminator, declared, links } = from;
  const byTag = new Map<string, Link>();
  for (const [tag, schema] of discriminator.branches) {
    byTag.set(tag, follow(schema) === node ? pass : links.branch(schema, tag));
  }
  for (const schema of declared) {
    for (const tag of ownTags(schema, discriminator.propertyName)) {
      if (!byTag.has(tag)) byTag.set(tag, links.branch(schema, tag));
    }
  }
  return byTag;
}

/** Whether a value can be a tag. What is not may have a `toString` of its own. */
function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The values of the property that a branch itself allows, where it lists them. */
function ownTags(schema: Schema, propertyName: string): string[] {
  const tags: string[] = [];
  for (const part of madeOf(schema)) {
    if (!isRecord(part.properties) || !Object.hasOwn(part.properties, propertyName)) continue;
    for (const property of madeOf(part.properties[propertyName] ?? true)) {
      const values = Array.isArray(property.enum) ? property.enum : [];
      tags.push(...[property.const, ...values].filter(isScalar).map(String));
    }
  }
  return tags;
}

function otherwise(
  declared: readonly Schema[],
  discriminator: Discriminator,
  links: ChooserLinks,
): Link | undefined {
  const { defaultBranch } = discriminator;
  if (defaultBranch !== undefined) return links.branch(defaultBranch, 'defaultMapping');
  if (declared.length === 0) return pass;
  const named = new Set([...discriminator.branches.values()].map(follow));
  return declared.some((schema) => !named.has(follow(schema))) ? links.choices : undefined;
}
