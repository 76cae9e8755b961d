import { follow, type Schema, type SchemaObject } from './schema.ts';

/** One of those that take up the head of a family by allOf, over however many levels, or that its mapping names. */
export interface FamilyMember {
  readonly identity: object;
  /** What the property may say of it: keys of the mapping, or else its own name. */
  readonly names: readonly string[];
  /** Its schema, or `undefined` where a reference in it is broken. */
  read(): Schema | undefined;
}

/**
 * A discriminator without oneOf and anyOf: its schema is the head, and whoever takes that up by allOf is a member. No
 * judge looks at it (a server may know members that its document does not tell of); a generator goes by it.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#discriminator-object
 * @see https://spec.openapis.org/oas/v2.0.html#schema-object
 */
export interface Family {
  readonly propertyName: string;
  /** What the property may say of the head itself. */
  readonly names: readonly string[];
  /** In the order of the document. */
  readonly members: readonly FamilyMember[];
  /** The members that a mapping names; all, where it names none. */
  readonly known: readonly FamilyMember[];
}

/** What a schema is to the families of its document. */
export interface Kinship {
  /** The same for a schema and for its copies with another description. */
  readonly identity: object;
  /** The family that it is the head of. Looked for when it is asked for, never before the document is read. */
  getFamily?(): Family;
}

const kinships = new WeakMap<object, Kinship>();

/** Remembers what a schema is to the families of its document, if it is anything. */
export function setKinship(schema: SchemaObject, kinship: Kinship | undefined): void {
  if (kinship !== undefined) kinships.set(schema, kinship);
}

/** What a schema is to the families of its document. */
export function kinshipOf(schema: SchemaObject): Kinship | undefined {
  return kinships.get(schema);
}

const membersByName = new WeakMap<Family, ReadonlyMap<unknown, FamilyMember>>();

/** The schema of the member that an object names, where its own schema is the head of a family. */
export function memberNamed(schema: Schema, object: Readonly<Record<string, unknown>>): Schema | undefined {
  const head = follow(schema);
  const family = typeof head === 'object' ? kinshipOf(head)?.getFamily?.() : undefined;
  if (family === undefined || !Object.hasOwn(object, family.propertyName)) return undefined;
  let byName = membersByName.get(family);
  if (byName === undefined) {
    byName = new Map(family.members.flatMap((one) => one.names.map((name) => [name, one] as const)));
    membersByName.set(family, byName);
  }
  return byName.get(object[family.propertyName])?.read();
}
