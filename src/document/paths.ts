import type { Finding } from '../core/index.ts';
import { isPathTemplateFault, parsePathTemplate } from '../http/index.ts';
import type { SecurityRequirement, SecurityScheme, ServerObject } from './api-document.ts';
import { fault } from './fault-codes.ts';
import { methodNames } from './grammar.ts';
import { type OperationFacts, statusOf } from './operation.ts';
import { parameterPlaces } from './parameter.ts';
import { entriesOf, isObject, listOf, own, textOf } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import { checkSecurity, readSecurity } from './security.ts';
import { readServers } from './server-object.ts';
import { descend, isModern, type Located, originAt } from './source-file.ts';
import { formatFault } from './swagger-parameter.ts';

/** What the operations of a document have in common. */
export interface Common {
  readonly references: References;
  readonly schemes: ReadonlyMap<string, SecurityScheme>;
  readonly servers: readonly ServerObject[];
  readonly security: readonly SecurityRequirement[];
  readonly getFault: OperationFacts['getFault'];
  readonly faults: Finding[];
  /** The operationIds that are taken, with the operation that has each. */
  readonly ids: Map<string, OperationFacts>;
}

/** A path item: the object under the path, then those that references lead to. */
type Item = readonly Located[];

/** Walks `paths` in document order, and tells what is wrong with templates, ids, responses and parameters. */
export function readPaths(place: Located, common: Common): OperationFacts[] {
  const seen = new Map<string, string>();
  const found: OperationFacts[] = [];
  for (const [path] of entriesOf(place.value)) {
    if (path.startsWith('x-')) continue;
    const at = descend(place, path);
    const template = parsePathTemplate(path);
    if (isPathTemplateFault(template)) {
      const message = `The path "${path}" cannot be routed: ${template.fault}; it is ignored.`;
      common.faults.push(fault('document.path-template', originAt(at), { message, seen: path }));
      continue;
    }
    checkPath(path, at, { seen, faults: common.faults });
    found.push(...readItem(path, at, { ...common, variables: [...template.names] }));
  }
  return found;
}

/** Walks a mapping of names to path items that have no path of their own: webhooks. */
export function readHooks(place: Located, common: Common): OperationFacts[] {
  return entriesOf(place.value).flatMap(([name]) =>
    readItem(name, descend(place, name), { ...common, variables: [] }),
  );
}

interface Seen {
  readonly seen: Map<string, string>;
  readonly faults: Finding[];
}

/** https://spec.openapis.org/oas/v3.2.0.html#paths-object */
function checkPath(path: string, place: Located, { seen, faults }: Seen): void {
  const shape = path.includes('{') ? path.replaceAll(/\{[^{}]*\}/g, '{}') : path;
  const other = seen.get(shape);
  if (other === undefined) {
    seen.set(shape, path);
    return;
  }
  const message = `The path "${path}" is the same as "${other}" but for the names of its parameters; the first is used where both have the method.`;
  faults.push(fault('document.duplicate-path', originAt(place), { message, seen: path }));
}

interface ItemCommon extends Common {
  readonly variables: readonly string[];
}

/** The operations of one path item. */
export function readItem(path: string, place: Located, common: ItemCommon): OperationFacts[] {
  const item = itemOf(place, common.references);
  const servers = firstOf(item, 'servers', readServers) ?? common.servers;
  const shared = item.map((one) => descend(one, 'parameters'));
  return methodsOf(item).map(([method, at]) => {
    const facts: OperationFacts = {
      method,
      path,
      place: at,
      shared,
      variables: common.variables,
      key: keyOf(method, path, { place: at, common }),
      servers: readServers(descend(at, 'servers')) ?? servers,
      security: readSecurity(descend(at, 'security')) ?? common.security,
      getFault: common.getFault,
    };
    checkOperation(facts, item, common);
    return facts;
  });
}

/** A path item with what it refers to. A reference that leads nowhere is told by the scan. */
function itemOf(place: Located, references: References): Item {
  const item: Located[] = [];
  let at = place;
  while (isObject(at.value)) {
    if (item.some((one) => one.value === at.value)) break;
    item.push(at);
    if (referenceOf(at.value) === undefined) break;
    const next = references.next(at);
    if (isFault(next)) break;
    at = next;
  }
  return item;
}

function firstOf<Result>(
  item: Item,
  key: string,
  read: (place: Located) => Result | undefined,
): Result | undefined {
  for (const place of item) {
    const result = read(descend(place, key));
    if (result !== undefined) return result;
  }
  return undefined;
}

/** The operations in the order in which they are written. */
function methodsOf(item: Item): [method: string, place: Located][] {
  const found = new Map<string, Located>();
  for (const place of item) {
    for (const [key, value] of entriesOf(place.value)) {
      if (!isObject(value)) continue;
      const method = methodNames.includes(key) ? key.toUpperCase() : undefined;
      if (method !== undefined && !found.has(method)) found.set(method, descend(place, key));
    }
    // https://spec.openapis.org/oas/v3.2.0.html#path-item-object
    const additional = descend(place, 'additionalOperations');
    for (const [method, value] of entriesOf(additional.value)) {
      if (isObject(value) && !found.has(method)) found.set(method, descend(additional, method));
    }
  }
  return [...found];
}

function keyOf(method: string, path: string, { place, common }: { place: Located; common: Common }): string {
  const id = textOf(own(place.value, 'operationId'));
  const key = `${method} ${path}`;
  if (id === undefined || id === '') return key;
  const other = common.ids.get(id);
  if (other === undefined) return id;
  const message = `The operationId "${id}" is taken by ${other.method} ${other.path}; this operation goes by "${key}".`;
  const origin = originAt(descend(place, 'operationId'));
  common.faults.push(fault('document.duplicate-operation-id', origin, { message, seen: id }));
  return key;
}

function checkOperation(facts: OperationFacts, item: Item, common: Common): void {
  const { place, key } = facts;
  if (key === own(place.value, 'operationId')) common.ids.set(key, facts);
  checkMethod(facts, item, common.faults);
  checkSecurity(descend(place, 'security'), common.schemes, common.faults);
  checkResponses(facts, common.faults);
  checkParameters(facts, common);
}

/** https://spec.openapis.org/oas/v3.2.0.html#path-item-object: what has a member of its own has no place among the others. */
function checkMethod({ place, method }: OperationFacts, item: Item, faults: Finding[]): void {
  if (!methodNames.includes(method.toLowerCase())) return;
  if (!item.some((one) => own(own(one.value, 'additionalOperations'), method) === place.value)) return;
  const expected = `"${method.toLowerCase()}" beside "additionalOperations"`;
  const message = `The method ${method} must stand as ${expected}; it is served all the same.`;
  faults.push(fault('document.wrong-type', originAt(place), { severity: 'warning', expected, message }));
}

/** https://spec.openapis.org/oas/v3.0.4.html#responses-object: at least one; 3.1 allows that there are none. */
function checkResponses({ place, method, path }: OperationFacts, faults: Finding[]): void {
  const responses = own(place.value, 'responses');
  let count = 0;
  for (const key of isObject(responses) ? Object.keys(responses) : []) {
    if (key.startsWith('x-')) continue;
    count += 1;
    if (statusOf(key) === undefined) faults.push(unknownStatus(key, descend(place, 'responses', key)));
  }
  if (count > 0) return;
  const severity = isModern(place.file.dialect) ? 'warning' : 'error';
  const message = `The operation ${method} ${path} declares no response.`;
  faults.push(fault('document.no-responses', originAt(place), { severity, message }));
}

function unknownStatus(key: string, place: Located): Finding {
  const expected = 'a status (200), a range (2XX) or "default"';
  const message = `The response "${key}" must be ${expected}; it is ignored.`;
  return fault('document.wrong-type', originAt(place), { expected, seen: JSON.stringify(key), message });
}

function checkParameters(facts: OperationFacts, { references, faults }: Common): void {
  const declared = new Set<string>();
  for (const list of [descend(facts.place, 'parameters'), ...facts.shared]) {
    const here = new Set<string>();
    for (const [index] of listOf(list.value).entries()) {
      const at = descend(list, index);
      const end = references.final(at);
      if (isFault(end)) return;
      const problem = checkParameter(at, end, { here, facts });
      if (problem !== undefined) faults.push(problem);
      if (own(end.value, 'in') === 'path') declared.add(String(own(end.value, 'name')));
    }
  }
  for (const name of facts.variables) {
    if (declared.has(name)) continue;
    const message = `The path "${facts.path}" has the variable "{${name}}", and ${facts.method} declares no parameter for it; it is taken for a string.`;
    faults.push(fault('document.path-parameter-missing', originAt(facts.place), { message, expected: name }));
  }
}

interface ParameterList {
  readonly here: Set<string>;
  readonly facts: OperationFacts;
}

function checkParameter(at: Located, end: Located, { here, facts }: ParameterList): Finding | undefined {
  const name = own(end.value, 'name');
  const where = own(end.value, 'in');
  const isBody = end.file.dialect === '2.0' && (where === 'body' || where === 'formData');
  if (typeof name !== 'string' || !(isBody || parameterPlaces.has(where))) {
    const message = 'A parameter must have a name and a known place ("in"); it is ignored.';
    return fault('document.wrong-type', originAt(at), { message, seen: `${name} in ${where}` });
  }
  const key = `${where} ${name}`;
  const unlike = end.file.dialect === '2.0' ? formatFault(end.value) : undefined;
  if (unlike !== undefined) {
    const message = `The parameter "${name}" has a collectionFormat ${unlike}.`;
    const seen = String(own(end.value, 'collectionFormat'));
    return fault('document.unsupported', originAt(at), { severity: 'warning', message, seen });
  }
  const isTwin = here.has(key);
  here.add(key);
  if (isSecondBody(where, here)) {
    const message = `The parameter "${name}" is a second body beside the first, or beside form fields; one body counts, a "body" before fields.`;
    return fault('document.duplicate-parameter', originAt(at), { severity: 'warning', message, seen: name });
  }
  if (isTwin) {
    const message = `The parameter "${name}" in ${where} is declared twice in one list; the first counts.`;
    return fault('document.duplicate-parameter', originAt(at), { severity: 'warning', message, seen: name });
  }
  if (where !== 'path' || facts.variables.includes(name)) return undefined;
  const message = `The path "${facts.path}" has no variable "{${name}}" for the parameter of that name; it is ignored.`;
  return fault('document.path-parameter-unknown', originAt(at), { severity: 'warning', message, seen: name });
}

/** https://spec.openapis.org/oas/v2.0.html#parameter-object: one body, and no form fields beside it. */
function isSecondBody(where: unknown, here: ReadonlySet<string>): boolean {
  if (where !== 'body' && where !== 'formData') return false;
  const bodies = [...here].filter((key) => key.startsWith('body ')).length;
  const hasFields = [...here].some((key) => key.startsWith('formData '));
  return where === 'body' ? bodies > 1 || hasFields : bodies > 0;
}
