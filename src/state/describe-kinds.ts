import type { Kinds } from './kinds.ts';

/** A resource whose things are kept, in words and names. */
export interface KeptResource {
  /** The collection's path, variables without names: `/users/{}/posts`. */
  readonly name: string;
  /** The property that names a thing. */
  readonly id: string | undefined;
  /** Role to the key of the operation that has it. */
  readonly operations: Readonly<Record<string, string>>;
}

/** Everything of a document that is kept. */
export function describeKinds({ resources, kindOf }: Kinds): KeptResource[] {
  const found: KeptResource[] = [];
  for (const resource of resources) {
    const kind = kindOf(resource);
    if (kind === undefined) continue;
    const operations = Object.entries(resource.operations).map(([role, { key }]) => [role, key] as const);
    found.push({ name: resource.name, id: kind.idProperty, operations: Object.fromEntries(operations) });
  }
  return found;
}
