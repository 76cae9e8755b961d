import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { HttpRequest } from '../../src/http/index.ts';

/** A member of a parsed document or message whose shape is looked at by hand. */
export type Node = Readonly<Record<string, unknown>>;

/** The document that the reference server keeps. */
export const documentFile: string = join(import.meta.dirname, '../../fixtures/selftest/openapi.yaml');

/** One parameter, every reference resolved. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly style: string;
  readonly explode: boolean;
  /** Written as JSON text (`content`), not in a style. */
  readonly isJson: boolean;
  readonly schema: Node;
}

/** One response as the document promises it. */
export interface Response {
  readonly headers: readonly { readonly name: string; readonly required: boolean; readonly schema: Node }[];
  /** Media type to schema. */
  readonly content: ReadonlyMap<string, Node>;
}

/** One operation, every reference resolved; nothing is shared between operations, so that one can be amended alone. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With the server's base path: `/api/books/{bookId}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Media type to schema; absent where the operation takes no body. */
  readonly body: ReadonlyMap<string, Node> | undefined;
  /** By status. */
  readonly responses: ReadonlyMap<string, Response>;
  /** Alternatives: scheme to roles. Empty where anybody may. */
  readonly security: readonly ReadonlyMap<string, readonly string[]>[];
}

const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'patch']);

/** Reads the document's operations, each by its operationId. By hand, so that nothing under test has a part in it. */
export function readOperations(file: string = documentFile): ReadonlyMap<string, Operation> {
  const root = load(readFileSync(file, 'utf8')) as Node;
  const base = String((list(root.servers)[0] as Node).url);
  const operations = new Map<string, Operation>();
  for (const [path, item] of entries(root.paths)) {
    for (const [method, raw] of entries(item)) {
      if (!methods.has(method)) continue;
      const shared = list(node(item).parameters);
      const operation = node(resolve(root, raw));
      const merged = { security: root.security, ...operation };
      const parameters = [...shared.map((one) => resolve(root, one)), ...list(operation.parameters)];
      const id = String(operation.operationId);
      operations.set(id, makeOperation({ id, method, path: base + path, parameters }, merged));
    }
  }
  return operations;
}

interface Frame {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly unknown[];
}

function makeOperation(frame: Frame, raw: Node): Operation {
  return {
    id: frame.id,
    method: frame.method.toUpperCase(),
    path: frame.path,
    parameters: frame.parameters.map((one) => makeParameter(node(one))),
    body: raw.requestBody === undefined ? undefined : contentOf(node(raw.requestBody)),
    responses: new Map(entries(raw.responses).map(([status, one]) => [status, makeResponse(node(one))])),
    security: list(raw.security).map(
      (one) => new Map(entries(one).map(([name, roles]) => [name, list(roles).map(String)])),
    ),
  };
}

function makeParameter(raw: Node): Parameter {
  const where = raw.in as Parameter['in'];
  const style = String(raw.style ?? (where === 'query' || where === 'cookie' ? 'form' : 'simple'));
  const json = node(node(raw.content)['application/json']);
  return {
    name: String(raw.name),
    in: where,
    required: raw.required === true,
    style,
    explode: raw.explode === undefined ? style === 'form' : raw.explode === true,
    isJson: raw.content !== undefined,
    schema: node(raw.schema ?? json.schema),
  };
}

function makeResponse(raw: Node): Response {
  const headers = entries(raw.headers).map(([name, one]) => ({
    name,
    required: node(one).required === true,
    schema: node(node(one).schema),
  }));
  return { headers, content: contentOf(raw) };
}

function contentOf(raw: Node): ReadonlyMap<string, Node> {
  return new Map(entries(raw.content).map(([type, one]) => [type, node(node(one).schema)]));
}

/** Finds the operation that a request is for, HEAD being for that of GET; `undefined` where the document has none. */
export function createFinder(): (request: Pick<HttpRequest, 'method' | 'target'>) => Operation | undefined {
  const known = [...readOperations().values()].map((operation) => ({
    operation,
    pattern: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?|$)`),
  }));
  return ({ method, target }) => {
    const wanted = method === 'HEAD' ? 'GET' : method;
    return known.find(({ operation, pattern }) => operation.method === wanted && pattern.test(target))
      ?.operation;
  };
}

/** A copy of a part of the document with every reference in its place. The document has no recursion. */
function resolve(root: Node, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(root, one));
  if (typeof value !== 'object' || value === null) return value;
  const reference = (value as Node).$ref;
  if (typeof reference === 'string') {
    let found: unknown = root;
    for (const key of reference.slice(2).split('/')) found = node(found)[key];
    return resolve(root, found);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(root, one)]));
}

/** The value as a record; an empty one where it is none. */
export function node(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

function entries(value: unknown): [string, unknown][] {
  return Object.entries(node(value));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
