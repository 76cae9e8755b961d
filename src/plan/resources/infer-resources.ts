import type { ApiDocument, ApiOperation, ParameterObject } from '../../document/index.ts';
import { follow, type Schema } from '../../schema/index.ts';
import { correctionOf } from './correction.ts';
import { allowsType, plainName, singularOf } from './properties.ts';
import { allPropertiesOf } from './property-path.ts';

/** What an operation does to a resource. */
export type ResourceRole = 'list' | 'create' | 'read' | 'replace' | 'update' | 'delete';

/** A collection of things that paths tell of: `/events/` holds what `/events/{id}/` names. */
export interface Resource {
  /** The collection's path without trailing slashes and variable names: `/users/{}/posts`. */
  readonly name: string;
  /** The last literal of the path that is no version: `posts`. */
  readonly noun: string;
  /** The variable that names one item: `event_uuid`. */
  readonly idParameter: string;
  /** The variables before it: `['user_id']`. */
  readonly parents: readonly string[];
  /** The property of an item that the variable names, where somebody says so. */
  readonly idProperty?: string;
  /** There is only one thing, which the path names without an id: `/me`. */
  readonly isSingle?: boolean;
  readonly operations: Readonly<Partial<Record<ResourceRole, ApiOperation>>>;
}

/** An operation's part in the life of a resource. */
export interface ResourcePart {
  readonly resource: Resource;
  readonly role: ResourceRole;
}

/** The resources of a document, by the operations that act on them. */
export type ResourceIndex = ReadonlyMap<ApiOperation, ResourcePart>;

const itemRoles: Readonly<Record<string, ResourceRole>> = {
  GET: 'read',
  PUT: 'replace',
  PATCH: 'update',
  DELETE: 'delete',
};
const collectionRoles: Readonly<Record<string, ResourceRole>> = { GET: 'list', POST: 'create' };

const indexes = new WeakMap<ApiDocument, ResourceIndex>();

/**
 * Infers the resources from the paths, once per document: a path that ends in a variable, and its parent. What an operation's
 * `x-apidouble` says of its role and collection comes before.
 */
export function inferResources(document: ApiDocument): ResourceIndex {
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const index = buildIndex(document.operations);
  indexes.set(document, index);
  return index;
}

function buildIndex(operations: readonly ApiOperation[]): ResourceIndex {
  const byPath = new Map<string, ApiOperation[]>();
  for (const operation of operations) {
    const path = placeOf(operation);
    const there = byPath.get(path);
    if (there === undefined) byPath.set(path, [operation]);
    else there.push(operation);
  }
  const index = new Map<ApiOperation, ResourcePart>();
  for (const [path, atItem] of byPath) {
    if (!path.endsWith('/{}')) continue;
    const name = path.slice(0, -3);
    const resource = resourceOf(name, atItem, atCollectionOf(name, byPath));
    for (const [role, operation] of Object.entries(resource.operations)) {
      index.set(operation, { resource, role: role as ResourceRole });
    }
  }
  return index;
}

/**
 * The operations at the path of a collection. The path of a thing that a collection has is none; where nothing stands at the
 * path itself, the collection may be named in the plural, and its items not: `/locations` with `/location/{id}`.
 */
function atCollectionOf(
  name: string,
  byPath: ReadonlyMap<string, readonly ApiOperation[]>,
): readonly ApiOperation[] {
  if (name.endsWith('/{}')) return byPath.has(name.slice(0, -3)) ? [] : (byPath.get(name) ?? []);
  const own = byPath.get(name);
  if (own !== undefined) return own;
  const plurals = [`${name}s`, name.replace(/y$/, 'ies')];
  return plurals.flatMap((plural) => (plural === name ? [] : (byPath.get(plural) ?? [])));
}

/** The path that an operation acts on by what is said of it: an item's own path stays, a collection may be another. */
function placeOf(operation: ApiOperation): string {
  const { role, collection } = correctionOf(operation);
  const path = plainPath(operation.path);
  if (role === false) return `${path}#none`;
  const isItem = role === undefined ? path.endsWith('/{}') : !['list', 'create'].includes(role);
  if (collection === undefined) return path;
  return isItem ? `${plainPath(collection)}/{}` : plainPath(collection);
}

function resourceOf(
  name: string,
  atItem: readonly ApiOperation[],
  atCollection: readonly ApiOperation[],
): Resource {
  const variables = [...(atItem[0]?.path ?? '').matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] as string);
  const operations: Partial<Record<ResourceRole, ApiOperation>> = {};
  for (const operation of atItem) addRole(operations, roleOf(operation, itemRoles), operation);
  for (const operation of atCollection) addRole(operations, roleOf(operation, collectionRoles), operation);
  const [idProperty] = Object.values(operations).flatMap((operation) => correctionOf(operation).id ?? []);
  return {
    name,
    noun: name.split('/').findLast((segment) => segment !== '' && !/^(?:\{\}|v\d+)$/.test(segment)) ?? '',
    idParameter: variables.at(-1) ?? '',
    parents: variables.slice(0, -1),
    operations,
    ...(idProperty === undefined ? {} : { idProperty }),
  };
}

function roleOf(
  operation: ApiOperation,
  usual: Readonly<Record<string, ResourceRole>>,
): ResourceRole | undefined {
  const { role } = correctionOf(operation);
  return role === false ? undefined : (role ?? usual[operation.method]);
}

function addRole(
  operations: Partial<Record<ResourceRole, ApiOperation>>,
  role: ResourceRole | undefined,
  operation: ApiOperation,
): void {
  if (role !== undefined) operations[role] ??= operation;
}

/** Variables without their names, no trailing slash: two spellings of one place are equal. */
export function plainPath(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}').replace(/\/+$/, '');
}

/** The last literal of a path: `posts` of `/users/{id}/posts/{post_id}`. */
export function nounOf(path: string): string {
  return (
    plainPath(path)
      .split('/')
      .findLast((one) => one !== '' && one !== '{}') ?? ''
  );
}

/** The property of an item that the path's variable stands for: the one that is given, its own name, else the usual ones. */
export function idPropertyOf(resource: Resource, item: Schema | undefined): string | undefined {
  return idPropertyIn(resource, [item]);
}

/** The same, of several descriptions of an item: the surest of what any of them shows. */
export function idPropertyIn(resource: Resource, items: readonly (Schema | undefined)[]): string | undefined {
  if (resource.idProperty !== undefined) return resource.idProperty;
  const described = items.map((item) => [...allPropertiesOf(item)]);
  for (const wanted of idNamesOf(resource)) {
    for (const properties of described) {
      const found = properties.find(
        ([name, schema]) => plainName(name) === wanted && canName(resource, [wanted, schema]),
      );
      if (found !== undefined) return found[0];
    }
  }
  return sameChoiceIn(resource, described);
}

/** Where the path names a thing by one of a few words, the property that has just those words is what it is named by. */
function sameChoiceIn(
  resource: Resource,
  described: readonly (readonly (readonly [string, Schema])[])[],
): string | undefined {
  const choice = choiceOf(variableOf(resource)?.schema);
  const found = described.flat().filter(([, schema]) => choice !== undefined && choiceOf(schema) === choice);
  return new Set(found.map(([name]) => name)).size === 1 ? found[0]?.[0] : undefined;
}

function choiceOf(schema: Schema | undefined): string | undefined {
  const node = schema === undefined ? undefined : follow(schema);
  return typeof node === 'object' && node.enum !== undefined ? JSON.stringify(node.enum) : undefined;
}

function variableOf({ operations, idParameter }: Resource): ParameterObject | undefined {
  return Object.values(operations)
    .flatMap(({ parameters }) => parameters)
    .find((one) => one.in === 'path' && one.name === idParameter);
}

/** The plain names that the property may have, the surest first. */
function idNamesOf({ idParameter, noun }: Resource): readonly string[] {
  const parameter = plainName(idParameter);
  const plainNoun = plainName(noun);
  const singular = singularOf(plainNoun);
  const words = idParameter.split(/[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter(Boolean);
  const names = [
    parameter,
    // `{collection_uid}` is the `uid`, `{uploadToken}` the `token`.
    words.length > 1 ? plainName(words.at(-1) ?? '') : '',
    ...['id', 'pk', 'uuid', 'guid'],
    ...[`${singular}id`, `${singular}uuid`],
    parameter.slice(singular.length),
    ...['uid', 'resourceid', 'slug', 'key', 'name'],
    `${singular}name`,
  ];
  return names.filter((name) => name !== '');
}

const words: ReadonlySet<string> = new Set(['slug', 'key', 'name']);

/** A word names nothing where the path wants a number. */
function canName(resource: Resource, [name, schema]: readonly [string, Schema]): boolean {
  if (!words.has(name) || plainName(resource.idParameter) === name) return true;
  const variable = variableOf(resource);
  return variable === undefined || allowsType(variable.schema, 'string') || allowsType(schema, 'integer');
}
