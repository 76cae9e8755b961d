import type { ApiDocument, ApiOperation } from '../../src/document/index.ts';
import type { Facts, Promises } from './facts.ts';

/** Words for people, and what differs by where a thing stands. */
const annotations: ReadonlySet<string> = new Set([
  'title',
  'description',
  'example',
  'examples',
  'x-faker',
  'origin',
]);

/** The promises of operations as `loadDocument` reads them: references gone, defaults explicit, 3.0 brought to 3.1. */
export function promisesOfLoaded(document: ApiDocument, prefix: string): Promises {
  const operations = document.operations.filter((operation) => operation.path.startsWith(prefix));
  return new Map(
    operations.map((operation) => [`${operation.method} ${operation.path}`, factsOf(operation)]),
  );
}

function factsOf(operation: ApiOperation): Facts {
  const facts = new Map<string, string>();
  facts.set('key', operation.key);
  facts.set('servers', JSON.stringify(operation.servers.map((server) => server.url)));
  facts.set('security', JSON.stringify(operation.security.map((requirement) => [...requirement])));
  for (const parameter of operation.parameters) {
    collect(facts, `parameters.${parameter.in}.${parameter.name}`, parameter);
  }
  collect(facts, 'requestBody', operation.requestBody);
  for (const [status, response] of operation.responses) {
    facts.set(`responses.${status}`, 'listed');
    collect(facts, `responses.${status}`, response);
  }
  return facts;
}

function collect(facts: Map<string, string>, path: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    facts.set(path, JSON.stringify(isRequiredNames(path, value) ? value.toSorted() : value));
    return;
  }
  const keepsAll = path.endsWith('.properties');
  const members: readonly (readonly [string, unknown])[] =
    value instanceof Map ? [...value] : Object.entries(value);
  for (const [key, member] of members) {
    if (keepsAll || !annotations.has(key)) collect(facts, `${path}.${key}`, member);
  }
}

/** The order of names says nothing. */
function isRequiredNames(path: string, value: unknown): value is string[] {
  return path.endsWith('.required') && Array.isArray(value);
}
