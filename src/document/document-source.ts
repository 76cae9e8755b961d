import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApidoubleError } from '../core/index.ts';
import { checkGraph } from './check-shape.ts';
import { parseSource, type SourceName } from './parse-source.ts';
import { isObject, own } from './raw.ts';
import type { Dialect, SourceFile } from './source-file.ts';

/** How a person knows a file: relative to the working directory where it is below it, else by its path or URI. */
export function displayName(uri: string, cwd: string): string {
  if (!uri.startsWith('file:')) return uri;
  const path = fileURLToPath(uri);
  const below = relative(cwd, path);
  return below === '' || below.startsWith('..') ? path : below;
}

/** A text as a file of the document. `dialect` is what it has where it does not say so itself. */
export function fileOfText(text: string, name: SourceName, dialect?: Dialect): SourceFile {
  const { root, syntax } = parseSource(text, name);
  return { uri: name.uri, syntax, text, root, dialect: dialectOf(root) ?? dialect ?? refuse(name, root) };
}

/** An object as a document: copied, so that it is never changed, and freezing cannot reach it. */
export function fileOfObject(value: object, uri: string): SourceFile {
  const name = { uri, file: uri };
  checkGraph(value, uri);
  const root = copyOf(value, new Map());
  return { uri, syntax: 'object', root, dialect: dialectOf(root) ?? refuse(name, root) };
}

/** The dialect that a document says it has. https://spec.openapis.org/oas/v3.2.0.html#versions-and-deprecation */
export function dialectOf(root: unknown): Dialect | undefined {
  const version = versionOf(root);
  if (version === undefined) return undefined;
  const found = /^(2\.0|3\.[012])(?:\.|-|$)/.exec(version)?.[1];
  return found as Dialect | undefined;
}

/** The version as written. YAML reads an unquoted `2.0` or `3.1` as a number. */
export function versionOf(root: unknown): string | undefined {
  const written = own(root, 'openapi') ?? own(root, 'swagger');
  if (typeof written === 'string') return written.trim();
  if (typeof written !== 'number') return undefined;
  return Number.isInteger(written) ? `${written}.0` : String(written);
}

function refuse({ uri, file }: SourceName, root: unknown): never {
  const version = versionOf(root);
  const reason =
    version === undefined
      ? `it has ${isObject(root) ? 'neither a member "openapi" nor "swagger"' : 'no object at the top'}`
      : `it says that it is version "${version}"`;
  throw new ApidoubleError(
    'ERR_DOCUMENT_VERSION',
    `Cannot read document "${file}": ${reason}. Give a document of Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2.`,
    { location: { uri, pointer: '', file, line: 1, column: 1 } },
  );
}

/** A copy of the plain data of a value; parts that were shared stay shared. What is no data is left out. */
function copyOf(value: unknown, copies: Map<object, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  const known = copies.get(value);
  if (known !== undefined) return known;
  const copy: unknown = Array.isArray(value) ? [] : {};
  copies.set(value, copy);
  for (const [key, part] of Object.entries(value)) {
    const copied = copyOf(part, copies);
    if (copied === undefined && !Array.isArray(value)) continue;
    Object.defineProperty(copy, key, { value: copied, enumerable: true, writable: true, configurable: true });
  }
  return copy;
}
