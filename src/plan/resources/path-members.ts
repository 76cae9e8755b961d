import { compileSchema, follow, type Schema, typesOf } from '../../schema/index.ts';
import { plainName, singularOf } from './properties.ts';

/** A property of a thing that a variable of its path stands for. */
export interface PathMember {
  readonly property: string;
  readonly schema: Schema;
}

/** The members that a path says something of, by its variables. */
export type PathMembers = ReadonlyMap<string, PathMember>;

/** Names that things have of their own: of `/users/{id}/posts`, `id` is not the `id` of a post. */
const ownNames = new Set(['id', 'uuid', 'guid', 'uid', 'pk', 'key', 'slug', 'name']);

/**
 * The members of a thing that name what it stands below: `user_id` of `/users/{user_id}/posts` is the `userId` (or the `user`)
 * of a post, `id` of `/users/{id}/posts` its `user_id`. What has another name must be able to hold an id. `own` is the property
 * of the thing's own id.
 */
export function ancestorsOf(
  path: string,
  properties: ReadonlyMap<string, Schema>,
  own?: string,
): Map<string, PathMember> {
  const byName = new Map<string, PathMember>();
  for (const [property, schema] of properties)
    if (property !== own) byName.set(plainName(property), { property, schema });
  const found = new Map<string, PathMember>();
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const variable = /^\{([^{}]+)\}$/.exec(segment)?.[1];
    if (variable === undefined) continue;
    const names = namesFor(variable, segments[index - 1] ?? '');
    const members = names.flatMap((name) => byName.get(name) ?? []);
    const member = members.find(
      ({ property, schema }) => plainName(property) === plainName(variable) || isIdLike(schema),
    );
    if (member !== undefined) found.set(variable, member);
  }
  return found;
}

/** What a property that stands for a variable may be called, best first. */
function namesFor(variable: string, segment: string): string[] {
  const name = plainName(variable);
  const one = segment.includes('{') ? '' : singularOf(plainName(segment));
  if (one === '') return ownNames.has(name) ? [] : [name];
  if (ownNames.has(name)) return [`${one}${name}`, `${one}id`, one];
  return name.startsWith(one) ? [name, one] : [name, `${one}${name}`];
}

function isIdLike(schema: Schema): boolean {
  const node = follow(schema);
  if (typeof node === 'boolean' || node.enum !== undefined) return false;
  return (typesOf(node) ?? []).some((type) => type === 'string' || type === 'integer' || type === 'number');
}

/** The value of a variable as a schema takes it, a number as a text or a text as a number; `undefined` where it does not. */
export function heldBy(schema: Schema, value: unknown): unknown {
  const { isValid } = compileSchema(schema);
  if (isValid(value)) return value;
  const other = typeof value === 'string' && value.trim() !== '' ? Number(value) : String(value);
  // A text that is no number is `NaN`, a very long one infinite: JSON can hold neither.
  const isHeld = typeof other === 'string' || Number.isFinite(other);
  return isHeld && isValid(other) ? other : undefined;
}
