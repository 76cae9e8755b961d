import { pointerKeys, valueAt } from '../core/index.ts';
import type { ApiDocument, ApiOperation } from '../document/index.ts';
import { isDangerousPattern } from '../schema/index.ts';

/** A plain JSON object. */
type Json = { [key: string]: unknown };

/**
 * The document as Prism gets it: the given operations with the components that they reach. Prism's reference resolver follows
 * every `$ref`, also one in an example, to any file or host; so those that lead out of the document, or nowhere, are taken
 * out, and examples too. Patterns that V8 would choke on are taken out as well.
 */
export function documentForPrism(document: ApiDocument, operations: readonly ApiOperation[]): Json {
  const whole = objectOf(document.toJSON());
  const schemas = objectOf(objectOf(whole.components).schemas);
  const copy = createCopier(whole);
  const paths = pathsOf(objectOf(whole.paths), operations, copy);
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'document', version: '1' },
    paths,
    components: {
      securitySchemes: copy(objectOf(whole.components).securitySchemes),
      schemas: reachable(paths, schemas, copy),
    },
  };
}

type Copy = (node: unknown) => unknown;

function pathsOf(paths: Json, operations: readonly ApiOperation[], copy: Copy): Json {
  const kept: Json = {};
  for (const { path, method } of operations) {
    const name = method.toLowerCase();
    const operation = objectOf(paths[path])[name];
    if (operation === undefined || method !== name.toUpperCase()) continue;
    kept[path] = { ...objectOf(kept[path]), [name]: copy(operation) };
  }
  return kept;
}

/** The components that a tree refers to, and those that they refer to in turn. */
function reachable(tree: unknown, schemas: Json, copy: Copy): Json {
  const kept = new Map<string, unknown>();
  const waiting: unknown[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const name = componentOf((node as Json).$ref);
    if (name !== undefined && !kept.has(name)) {
      const schema = copy(schemas[name]);
      kept.set(name, schema);
      waiting.push(schema);
    }
    for (const child of Object.values(node)) waiting.push(child);
  }
  return Object.fromEntries(kept);
}

function componentOf(reference: unknown): string | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#/components/schemas/')) return undefined;
  return pointerKeys(decodeURI(reference.slice(1)))[2];
}

const leftOut: ReadonlySet<string> = new Set(['example', 'examples', 'callbacks', 'links', '$id', '$schema']);

/** Copies a tree of the document without what Prism must not see. */
function createCopier(root: Json): Copy {
  const copy = (node: unknown, isMap: boolean): unknown => {
    if (Array.isArray(node)) return node.map((item) => copy(item, false));
    if (typeof node !== 'object' || node === null) return node;
    const result: [string, unknown][] = [];
    for (const [key, value] of Object.entries(node)) {
      // Under "properties" and such, keys are names of the document's own.
      if (!isMap && isLeftOut(root, key, value)) continue;
      result.push([key, copy(value, !isMap && maps.has(key))]);
    }
    return Object.fromEntries(result);
  };
  return (node) => copy(node, false);
}

const maps: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  'headers',
  'content',
]);

function isLeftOut(root: Json, key: string, value: unknown): boolean {
  if (leftOut.has(key)) return true;
  if (key === 'pattern') return typeof value === 'string' && isDangerousPattern(value);
  if (key !== '$ref') return false;
  return (
    typeof value !== 'string' ||
    !value.startsWith('#/') ||
    valueAt(root, decodeURI(value.slice(1))) === undefined
  );
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
