import type { ApiDocument, ApiOperation } from '../../document/index.ts';
import { follow } from '../../schema/index.ts';
import { answeredList, answeredSchema, showsOne } from './answered.ts';
import { correctionOf } from './correction.ts';
import { inferResources, nounOf, plainPath, type Resource, type ResourceRole } from './infer-resources.ts';
import { listParametersOf } from './list-parameters.ts';
import type { ListShape } from './list-shape.ts';
import { pagingOf } from './paging.ts';
import { allowsType, plainName, propertiesOf, singularOf } from './properties.ts';
import { findProperty } from './property-path.ts';
import { thingPlaceOf } from './thing-place.ts';

/** What an operation does to what a resource keeps; an action does something to one thing that no other role tells. */
export type PartRole = ResourceRole | 'action';

/** An operation's part in what is kept, with the variables of its path. */
export interface KeptPart {
  readonly resource: Resource;
  readonly role: PartRole;
  /** The variables that name what the collection stands below. */
  readonly parents: readonly string[];
  /** The variable that names the thing; absent where the body names it, or where there is only one. */
  readonly id?: string;
  /** The variables that name whose things a list shows, or what a new thing belongs to, where things have paths without them. */
  readonly owners: readonly string[];
}

/** Every part that a document's operations have in what could be kept. */
export type PartIndex = ReadonlyMap<ApiOperation, KeptPart>;

const indexes = new WeakMap<ApiDocument, PartIndex>();

/**
 * Infers, once per document, beyond `inferResources`: single things (`/me`, `/config`), lists of things that have no path of
 * their own, further lists of a resource (`/pet/findByStatus`), collections whose items stand elsewhere (`/books/{id}/notes`
 * with `/notes/{id}`), changes by POST, replacements by PUT to the collection, and actions on a thing (`/items/{id}/publish`).
 */
export function inferParts(document: ApiDocument): PartIndex {
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const index = new PartBuilder(document).build();
  indexes.set(document, index);
  return index;
}

class PartBuilder {
  readonly #document: ApiDocument;
  readonly #parts = new Map<ApiOperation, KeptPart>();
  readonly #resources = new Map<string, Resource>();
  readonly #byPath = new Map<string, ApiOperation[]>();

  constructor(document: ApiDocument) {
    this.#document = document;
  }

  build(): PartIndex {
    const usual = inferResources(this.#document);
    const sorted = new Map<Resource, Resource>();
    for (const [operation, { resource: found, role }] of usual) {
      const resource = sorted.get(found) ?? asAnswered(found);
      sorted.set(found, resource);
      if (resource.operations[role] !== operation) continue;
      this.#resources.set(resource.name, resource);
      this.#parts.set(operation, partOf(operation, resource, role));
    }
    for (const operation of this.#document.operations) {
      if (this.#parts.has(operation) || correctionOf(operation).role === false) continue;
      if (operation.disabledBy !== undefined) continue;
      const path = plainPath(operation.path);
      this.#byPath.set(path, [...(this.#byPath.get(path) ?? []), operation]);
    }
    for (const [path, operations] of this.#byPath) this.#addPath(path, operations);
    return this.#parts;
  }

  #addPath(path: string, operations: readonly ApiOperation[]): void {
    const left = operations.filter((operation) => !this.#addKnown(path, operation));
    if (this.#addElsewhere(path, left)) return;
    if (path.endsWith('}')) {
      this.#addOwn(
        path,
        left.filter(({ method }) => method === 'GET'),
      );
      return;
    }
    const rest = left.filter(
      (operation) => !this.#addOtherList(path, operation) && !this.#addBulk(path, operation),
    );
    if (this.#addSingle(path, rest) || this.#addOwn(path, rest)) return;
    for (const operation of rest) this.#addAction(path, operation);
  }

  /** POST at an item changes it, PUT at a collection replaces the one that the body names. */
  #addKnown(path: string, operation: ApiOperation): boolean {
    const isItem = path.endsWith('/{}');
    const resource = this.#resources.get(isItem ? path.slice(0, -3) : path);
    if (resource === undefined || operation.requestBody === undefined) return false;
    if (isItem && operation.method === 'POST')
      this.#parts.set(operation, partOf(operation, resource, 'update'));
    else if (!isItem && operation.method === 'PUT')
      this.#parts.set(operation, {
        resource,
        role: 'replace',
        parents: variablesOf(operation.path),
        owners: [],
      });
    else return false;
    return true;
  }

  /** `/books/{id}/notes`, whose notes are read at `/notes/{id}`. */
  #addElsewhere(path: string, operations: readonly ApiOperation[]): boolean {
    const noun = path.split('/').at(-1) ?? '';
    const resource = [...this.#resources.values()].find(
      (one) => one.name !== path && one.parents.length === 0 && isBelow(path, one.name),
    );
    if (resource === undefined || noun === '{}' || !path.includes('/{}')) return false;
    for (const operation of operations) {
      const role = operation.method === 'GET' ? 'list' : operation.method === 'POST' ? 'create' : undefined;
      if (role === undefined || (role === 'list' && answeredList(operation) === undefined)) continue;
      this.#parts.set(operation, { resource, role, parents: [], owners: variablesOf(operation.path) });
    }
    return true;
  }

  /** A list of the same things beside the collection's own: `/pet/findByStatus`. */
  #addOtherList(path: string, operation: ApiOperation): boolean {
    const shape = operation.method === 'GET' ? answeredList(operation) : undefined;
    const resource = this.#resources.get(path.slice(0, path.lastIndexOf('/')));
    if (shape === undefined || resource === undefined) return false;
    const { read, list } = resource.operations;
    const own =
      read === undefined
        ? answeredList(list)?.itemSchema
        : thingPlaceOf(resource, answeredSchema(read))?.schema;
    if (own === undefined || follow(own) !== follow(shape.itemSchema)) return false;
    this.#parts.set(operation, { resource, role: 'list', parents: variablesOf(operation.path), owners: [] });
    return true;
  }

  /** Several things that are made at once beside the collection: `/items/bulk`. */
  #addBulk(path: string, operation: ApiOperation): boolean {
    const end = path.lastIndexOf('/');
    const resource = this.#resources.get(path.slice(0, end));
    const isBulk = /^(?:bulk|batch|many|multiple)(?:-?(?:create|add|insert))?$/i.test(path.slice(end + 1));
    if (resource === undefined || !isBulk || operation.method !== 'POST') return false;
    if (operation.requestBody === undefined) return false;
    this.#parts.set(operation, {
      resource,
      role: 'create',
      parents: variablesOf(operation.path),
      owners: [],
    });
    return true;
  }

  /** One thing that is read and written at a path without an id. */
  #addSingle(path: string, operations: readonly ApiOperation[]): boolean {
    const at = (method: string): ApiOperation | undefined => operations.find((one) => one.method === method);
    const [read, replace, update, remove] = [at('GET'), at('PUT'), at('PATCH'), at('DELETE')];
    if (read === undefined || (replace ?? update) === undefined || answeredList(read) !== undefined)
      return false;
    const schema = answeredSchema(read);
    if (schema === undefined || !allowsType(schema, 'object') || propertiesOf(schema).size === 0)
      return false;
    const found = { read, replace, update, delete: remove };
    const roles = Object.entries(found).filter(
      (entry): entry is [ResourceRole, ApiOperation] => entry[1] !== undefined,
    );
    const resource = this.#add(path, Object.fromEntries(roles), true);
    for (const [role, operation] of roles)
      this.#parts.set(operation, { resource, role, parents: resource.parents, owners: [] });
    return true;
  }

  /** A list whose things have no path: what is created at it, or what there is to page and filter. */
  #addOwn(path: string, operations: readonly ApiOperation[]): boolean {
    const list = operations.find((one) => one.method === 'GET');
    const create = operations.find((one) => one.method === 'POST' && one.requestBody !== undefined);
    const shape = answeredList(list);
    if (list === undefined || shape === undefined || propertiesOf(shape.itemSchema).size === 0) return false;
    const free = this.#freeVariables(path, list, shape);
    const { paging, filters } = listParametersOf(list, shape, free);
    if (create === undefined && paging === undefined && filters.length === 0 && shape.members.length === 0)
      return false;
    const added = this.#add(path, { list, ...(create === undefined ? {} : { create }) }, false);
    const resource = { ...added, parents: added.parents.filter((name) => !free.includes(name)) };
    this.#resources.set(path, resource);
    for (const [role, operation] of Object.entries(resource.operations))
      this.#parts.set(operation, { resource, role: role as PartRole, parents: resource.parents, owners: [] });
    return true;
  }

  /** Variables that name nothing that is kept, but a property of what is listed: those filter. */
  #freeVariables(path: string, list: ApiOperation, { itemSchema }: ListShape): string[] {
    const variables = variablesOf(list.path);
    const places = [...path.matchAll(/\/\{\}/g)].map(({ index }) => path.slice(0, index));
    return variables.filter(
      (name, index) =>
        !this.#resources.has(places[index] ?? '') && findProperty(itemSchema, name)?.loose.length === 0,
    );
  }

  #add(path: string, operations: Resource['operations'], isSingle: boolean): Resource {
    const [any] = Object.values(operations);
    const resource: Resource = {
      name: path,
      noun: nounOf(path),
      idParameter: '',
      parents: variablesOf(any?.path ?? ''),
      operations,
      ...(isSingle ? { isSingle } : {}),
    };
    this.#resources.set(path, resource);
    return resource;
  }

  #addAction(path: string, operation: ApiOperation): void {
    const end = path.lastIndexOf('/{}');
    const resource = end === -1 ? undefined : this.#resources.get(path.slice(0, end));
    const variables = variablesOf(operation.path);
    const id = variables.at(-1);
    if (resource === undefined || resource.isSingle === true || id === undefined) return;
    this.#parts.set(operation, { resource, role: 'action', parents: variables.slice(0, -1), id, owners: [] });
  }
}

/**
 * Without what paths alone take for a list, or for one thing, and answers show to be the other: `/articles/{id}` is no collection
 * for `/articles/{user}/{slug}`, and `/shelves/{floor}` may be the path of a list.
 */
function asAnswered(resource: Resource): Resource {
  const { list, read, ...rest } = resource.operations;
  const isList = list !== undefined && !showsOne(list, resource);
  const isThing = read !== undefined && !isOnlyList(read, resource);
  if (isList === (list !== undefined) && isThing === (read !== undefined)) return resource;
  return { ...resource, operations: { ...(isList ? { list } : {}), ...(isThing ? { read } : {}), ...rest } };
}

/** Whether a path begins and ends as a collection's does: `/v1/books/{}/notes` and `/v1/notes`, or `/v1/note`. */
function isBelow(path: string, collection: string): boolean {
  const end = (one: string): number => one.lastIndexOf('/') + 1;
  const noun = (one: string): string => singularOf(plainName(one.slice(end(one))));
  return path.startsWith(collection.slice(0, end(collection))) && noun(path) === noun(collection);
}

/** Whether the path of an item answers with a list: nothing else is done there, and beside a list of the same it is paged: else it holds one thing. */
function isOnlyList(operation: ApiOperation, { operations }: Resource): boolean {
  const shape = answeredList(operation);
  if (shape === undefined) return false;
  if (Object.keys(operations).length === 1) return true;
  const { list, read: _, ...rest } = operations;
  const isPaged = pagingOf(operation.parameters, correctionOf(operation).paging) !== undefined;
  const rows = isPaged && Object.keys(rest).length === 0 ? answeredList(list)?.itemSchema : undefined;
  return rows !== undefined && follow(rows) === follow(shape.itemSchema);
}

const atCollection: ReadonlySet<ResourceRole> = new Set(['list', 'create']);

function partOf(operation: ApiOperation, resource: Resource, role: ResourceRole): KeptPart {
  const variables = variablesOf(operation.path);
  const count = resource.parents.length;
  if (atCollection.has(role)) return { resource, role, parents: variables.slice(0, count), owners: [] };
  const id = variables.at(-1);
  const parents = variables.slice(0, -1).slice(0, count);
  return { resource, role, parents, owners: [], ...(id === undefined ? {} : { id }) };
}

function variablesOf(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
}
