import type { ApiDocument, ApiOperation, LinkObject } from '../../document/index.ts';
import { correctionOf } from '../../plan/index.ts';

/** An operation whose answer names things: a link of the document leads from it. */
export interface LinkSource {
  readonly from: ApiOperation;
  readonly status: string;
  readonly link: LinkObject;
  /** Of the target's path variable: `$response.body#/id`. */
  readonly expression: string;
}

/** A link that brings an operation values for other parts of its request than the path. */
export interface ValueLink {
  readonly from: ApiOperation;
  /** Place and name (`query.page`), with an expression or a value. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly requestBody?: unknown;
}

/** Where the value of a path variable may come from. */
export interface PathSource {
  /** The path up to the variable, variables without names: `/books/{}`. */
  readonly prefix: string;
  readonly create?: ApiOperation;
  readonly list?: ApiOperation;
  readonly remove?: ApiOperation;
  readonly links: readonly LinkSource[];
  /** The last literal before the variable. */
  readonly noun: string;
}

/** Path variables of a document and the operations that give their values. */
export interface PathSources {
  /** The variables of a path, in their order. */
  variables(path: string): readonly string[];
  /** `undefined` where nothing is known: then the variable is a value like any other. */
  of(path: string, variable: string): PathSource | undefined;
  at(path: string): readonly ApiOperation[];
  byKey(key: string): ApiOperation | undefined;
  /** The links that bring values for an operation's query, headers, cookies or body. */
  linksTo(operation: ApiOperation): readonly ValueLink[];
}

/** A path without the names of its variables and trailing slashes. */
export function plainPath(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}').replace(/\/+$/, '');
}

/** Where an operation stands among the others: on its path, unless `x-apidouble` gives it to another collection, or to none. */
function placeOf(operation: ApiOperation): string {
  const { role, collection } = correctionOf(operation);
  const path = plainPath(operation.path);
  if (role === false) return `${path}#none`;
  if (collection === undefined) return path;
  const isItem = role === undefined ? path.endsWith('}') : role !== 'list' && role !== 'create';
  return isItem ? `${plainPath(collection)}/{}` : plainPath(collection);
}

/** Indexes the paths and links of a document, once. */
export function indexPaths(document: ApiDocument): PathSources {
  const byPath = new Map<string, ApiOperation[]>();
  for (const operation of document.operations) {
    const path = placeOf(operation);
    byPath.set(path, [...(byPath.get(path) ?? []), operation]);
  }
  const { byPrefix: links, byTarget } = indexLinks(document);
  const at = (path: string): readonly ApiOperation[] => byPath.get(plainPath(path)) ?? [];
  const known = new Map<string, PathSource | undefined>();
  const byKey = new Map(document.operations.map((operation) => [operation.key, operation]));
  return {
    at,
    byKey: (key) => byKey.get(key),
    linksTo: ({ key }) => byTarget.get(key) ?? [],
    variables: (path) => [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''),
    of(path, variable) {
      const prefix = prefixOf(path, variable);
      if (!known.has(prefix)) known.set(prefix, sourceOf(prefix, at, links.get(plainPath(prefix)) ?? []));
      return known.get(prefix);
    },
  };
}

function prefixOf(path: string, variable: string): string {
  const end = path.indexOf(`{${variable}}`) + variable.length + 2;
  return path.slice(0, end);
}

function sourceOf(
  prefix: string,
  at: PathSources['at'],
  links: readonly LinkSource[],
): PathSource | undefined {
  const collection = prefix.replace(/\/?\{[^{}]*\}$/, '');
  const whole = collection !== prefix && prefix.at(collection.length) === '/';
  const there = whole ? at(collection) : [];
  const create = there.find((one) => one.method === 'POST' && one.requestBody !== undefined);
  const list = there.find((one) => one.method === 'GET');
  if (create === undefined && list === undefined && links.length === 0) return undefined;
  const remove = at(prefix).find((one) => one.method === 'DELETE');
  return {
    prefix: plainPath(prefix),
    noun: collection.split('/').findLast((one) => one !== '' && !one.startsWith('{')) ?? '',
    links,
    ...(create === undefined ? {} : { create }),
    ...(list === undefined ? {} : { list }),
    ...(remove === undefined ? {} : { remove }),
  };
}

interface LinkIndex {
  readonly byPrefix: Map<string, LinkSource[]>;
  readonly byTarget: Map<string, ValueLink[]>;
}

function indexLinks(document: ApiDocument): LinkIndex {
  const found: LinkIndex = { byPrefix: new Map(), byTarget: new Map() };
  const byKey = new Map(document.operations.map((operation) => [operation.key, operation]));
  for (const from of document.operations) {
    if (from.disabledBy !== undefined) continue;
    for (const [status, response] of from.responses) {
      if (!/^2/.test(status)) continue;
      for (const link of response.links.values()) {
        const target = byKey.get(link.operation ?? '');
        if (target === undefined) continue;
        addPathLink(found.byPrefix, { from, status, link }, target);
        addValueLink(found.byTarget, { from, link }, target);
      }
    }
  }
  return found;
}

function addPathLink(
  found: LinkIndex['byPrefix'],
  link: Omit<LinkSource, 'expression'>,
  target: ApiOperation,
): void {
  for (const [name, expression] of link.link.parameters) {
    const variable = name.replace(/^path\./, '');
    if (typeof expression !== 'string' || !target.path.includes(`{${variable}}`)) continue;
    const prefix = plainPath(prefixOf(target.path, variable));
    found.set(prefix, [...(found.get(prefix) ?? []), { ...link, expression }]);
  }
}

function addValueLink(
  found: LinkIndex['byTarget'],
  { from, link }: Pick<LinkSource, 'from' | 'link'>,
  target: ApiOperation,
): void {
  const parameters = new Map<string, unknown>();
  for (const [name, given] of link.parameters) {
    const place = placeNamed(target, name);
    if (place !== undefined) parameters.set(place, given);
  }
  const { requestBody } = link;
  if (parameters.size === 0 && requestBody === undefined) return;
  const one = { from, parameters, ...(requestBody === undefined ? {} : { requestBody }) };
  found.set(target.key, [...(found.get(target.key) ?? []), one]);
}

/** `query.page` of `query.page`, or of `page` where that is no variable of the path. */
function placeNamed(target: ApiOperation, name: string): string | undefined {
  const others = target.parameters.filter((one) => one.in !== 'path');
  const isBare = target.parameters.every((one) => one.in !== 'path' || one.name !== name);
  const found =
    others.find((one) => `${one.in}.${one.name}` === name) ??
    (isBare ? others.find((one) => one.name === name) : undefined);
  return found === undefined ? undefined : `${found.in}.${found.name}`;
}
