import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** A part of a parsed document. */
export type Node = Readonly<Record<string, unknown>>;

/** What a document promises about one operation: each promise by its path, such as `parameters.query.page.schema.type`. */
export type Facts = ReadonlyMap<string, string>;

/** `GET /events/events/`, and what is promised about it. */
export type Promises = ReadonlyMap<string, Facts>;

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Words for people; they promise nothing about the wire. */
const annotations: ReadonlySet<string> = new Set([
  'title',
  'description',
  'summary',
  'example',
  'examples',
  'tags',
  'x-faker',
]);

/** Parses a YAML file. */
export function readYaml(file: string): Node {
  return load(readFileSync(file, 'utf8')) as Node;
}

/** The promises of every operation whose path starts with `prefix`. */
export function promisesOf(document: Node, prefix: string): Promises {
  const promises = new Map<string, Facts>();
  for (const [path, item] of entries(document.paths)) {
    if (!path.startsWith(prefix)) continue;
    for (const method of methods) {
      const operation = (item as Node)[method];
      if (operation === undefined) continue;
      promises.set(
        `${method.toUpperCase()} ${path}`,
        operationFacts(document, item as Node, operation as Node),
      );
    }
  }
  return promises;
}

function operationFacts(document: Node, item: Node, operation: Node): Facts {
  const facts = new Map<string, string>();
  facts.set('operationId', JSON.stringify(operation.operationId));
  facts.set('tags', JSON.stringify(operation.tags));
  facts.set('servers', JSON.stringify(serverUrls(operation.servers ?? item.servers ?? document.servers)));
  facts.set('security', JSON.stringify(operation.security ?? document.security ?? []));
  for (const one of [...list(item.parameters), ...list(operation.parameters)]) {
    const parameter = resolve(document, one);
    collect(document, facts, { path: `parameters.${parameter.in}.${parameter.name}`, value: parameter });
    facts.set(`parameters.${parameter.in}.${parameter.name}.required`, String(parameter.required ?? false));
  }
  if (operation.requestBody !== undefined) {
    const body = resolve(document, operation.requestBody);
    collect(document, facts, { path: 'requestBody', value: body });
    facts.set('requestBody.required', String(body.required ?? false));
  }
  for (const [status, response] of entries(operation.responses)) {
    facts.set(`responses.${status}`, 'listed');
    collect(document, facts, { path: `responses.${status}`, value: resolve(document, response) });
  }
  return facts;
}

/** Writes each leaf below a node as one fact; references are followed, annotations left out. */
function collect(document: Node, facts: Map<string, string>, at: { path: string; value: unknown }): void {
  const value = isNode(at.value) ? resolve(document, at.value) : at.value;
  if (!isNode(value)) {
    facts.set(at.path, JSON.stringify(isNameList(at.path) ? [...list(value)].sort() : value));
    return;
  }
  const names = at.path.endsWith('.properties');
  const members = entries(value).filter(([key]) => names || !annotations.has(key));
  if (members.length === 0) facts.set(at.path, 'anything');
  for (const [key, child] of members) collect(document, facts, { path: `${at.path}.${key}`, value: child });
}

/** The order of names says nothing. */
function isNameList(path: string): boolean {
  return /\.schema(\..*)?\.(required|enum)$/.test(path);
}

function serverUrls(servers: unknown): unknown[] {
  return list(servers).map((one) => (one as Node).url);
}

function resolve(document: Node, node: unknown): Node {
  const reference = (node as Node).$ref;
  if (typeof reference !== 'string') return node as Node;
  let target: unknown = document;
  for (const key of reference.slice(2).split('/')) target = (target as Node)[key];
  return resolve(document, target);
}

function entries(node: unknown): [string, unknown][] {
  return Object.entries((node ?? {}) as Node);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
