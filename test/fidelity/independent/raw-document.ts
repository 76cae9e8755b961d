/** A document as it was written, read without any of our code: this is what the judges go by. */
export type Json = Readonly<Record<string, unknown>>;

/** One operation of a raw document, its parameters merged, references to whole objects followed. */
export interface RawOperation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Json[];
  readonly requestBody: Json | undefined;
  /** By status key as written. */
  readonly responses: ReadonlyMap<string, Json>;
  readonly security: readonly Json[];
  /** The path of the first server, without a slash at its end. */
  readonly basePath: string;
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** True for an object that is not an array. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list as it stands, anything else as an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An object as it stands, anything else as an empty one. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** Follows `$ref`s inside the document, at most ten deep; a reference that leads nowhere gives an empty object. */
export function resolve(document: Json, node: unknown): Json {
  let found = objectOf(node);
  for (let depth = 0; depth < 10 && typeof found.$ref === 'string'; depth += 1) {
    found = objectOf(valueAt(document, found.$ref));
  }
  return found;
}

/** What a local reference (`#/components/schemas/A`) names. */
export function valueAt(document: Json, reference: string): unknown {
  let value: unknown = document;
  for (const token of reference.replace(/^#\/?/, '').split('/')) {
    if (token === '' && value === document) continue;
    const key = decode(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Json)[key];
  }
  return value;
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

/** Every operation under `paths`, by `METHOD /path`. */
export function rawOperations(document: Json): ReadonlyMap<string, RawOperation> {
  const operations = new Map<string, RawOperation>();
  for (const [path, item] of Object.entries(objectOf(document.paths))) {
    const pathItem = resolve(document, item);
    for (const method of methods) {
      if (!isObject(pathItem[method])) continue;
      const operation = rawOperation(document, pathItem, { method, path });
      operations.set(`${operation.method} ${path}`, operation);
    }
  }
  return operations;
}

function rawOperation(
  document: Json,
  pathItem: Json,
  { method, path }: { readonly method: string; readonly path: string },
): RawOperation {
  const operation = objectOf(pathItem[method]);
  const parameters = new Map<string, Json>();
  for (const one of [...listOf(pathItem.parameters), ...listOf(operation.parameters)]) {
    const parameter = resolve(document, one);
    parameters.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  const responses = new Map<string, Json>();
  for (const [status, response] of Object.entries(objectOf(operation.responses))) {
    responses.set(
      status.toUpperCase() === 'DEFAULT' ? 'default' : status.toUpperCase(),
      resolve(document, response),
    );
  }
  return {
    method: method.toUpperCase(),
    path,
    parameters: [...parameters.values()],
    requestBody: operation.requestBody === undefined ? undefined : resolve(document, operation.requestBody),
    responses,
    security: listOf(operation.security ?? document.security).filter(isObject),
    basePath: basePathOf(listOf(operation.servers ?? pathItem.servers ?? document.servers)[0]),
  };
}

function basePathOf(server: unknown): string {
  const { url, variables } = objectOf(server);
  if (typeof url !== 'string') return '';
  const filled = url.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    String(objectOf(objectOf(variables)[name]).default ?? name),
  );
  try {
    return new URL(filled, 'http://localhost/').pathname.replace(/\/+$/, '');
  } catch {
    return '';
  }
}
