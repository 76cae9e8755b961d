import { plainName, type Resource } from '../plan/index.ts';
import { compileSchema, follow, type Schema } from '../schema/index.ts';
import type { Thing } from './collection.ts';
import type { Kind } from './kind.ts';
import type { Kinds } from './kinds.ts';

const known = new WeakMap<Kind, readonly (readonly [name: string, resource: Resource])[]>();

/** Members of a kind that name things of other kinds, each with an id that exists. `idOf` gives one. */
export function referencesOf(kind: Kind, kinds: Kinds, idOf: (other: Kind) => unknown): Thing {
  const members: Record<string, unknown> = {};
  for (const [name, resource] of found(kind, kinds)) {
    const other = kinds.kindOf(resource);
    const id = other === undefined ? undefined : idOf(other);
    const schema = kind.properties.get(name);
    const value = isList(schema) ? [id] : id;
    if (id !== undefined && schema !== undefined && compileSchema(schema).isValid(value))
      members[name] = value;
  }
  return members;
}

/** Whether a member of a kind names a thing of another kind. */
export function isReference(kind: Kind, kinds: Kinds, property: string): boolean {
  return found(kind, kinds).some(([name]) => name === property);
}

function found(kind: Kind, kinds: Kinds): readonly (readonly [name: string, resource: Resource])[] {
  const read = known.get(kind) ?? readReferences(kind, kinds);
  known.set(kind, read);
  return read;
}

function isList(schema: Schema | undefined): boolean {
  const node = schema === undefined ? undefined : follow(schema);
  return typeof node === 'object' && node.items !== undefined;
}

/** `user_id`, `userId`, `user`, `user_uuid` name one of `/users`; `group_ids` name several of `/groups`. */
function readReferences(kind: Kind, kinds: Kinds): [string, Resource][] {
  const found: [string, Resource][] = [];
  for (const [name, schema] of kind.properties) {
    if (name === kind.idProperty || !isIdLike(schema)) continue;
    const word = plainName(name.replace(/(?:_?(?:id|uuid|pk|key|slug)s?)$/i, ''));
    const resource = kinds.resources.find(
      (one) => one.parents.length === 0 && word.length > 1 && names(one, word),
    );
    if (resource !== undefined) found.push([name, resource]);
  }
  return found;
}

function names({ noun }: Resource, word: string): boolean {
  const plain = plainName(noun);
  return [plain, plain.replace(/ies$/, 'y'), plain.replace(/es$/, ''), plain.replace(/s$/, '')].includes(
    word,
  );
}

function isIdLike(schema: Schema): boolean {
  const node = follow(schema);
  if (typeof node === 'boolean') return false;
  if (node.items !== undefined) return isIdLike(node.items);
  return (
    (node.type === 'string' || node.type === 'integer') &&
    node.enum === undefined &&
    node.format !== 'date-time'
  );
}
