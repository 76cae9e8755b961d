import { createRequire } from 'node:module';
import type * as JsonP3 from 'json-p3';
import { appendPointer, type JsonPointer } from '../core/index.ts';
import { compilePattern } from '../schema/index.ts';
import { depthLimit } from './check-shape.ts';

/** A node that a JSONPath selected. */
export interface SelectedNode {
  readonly value: unknown;
  /** The names and indexes that lead to it from the root. */
  readonly keys: readonly (string | number)[];
  readonly pointer: JsonPointer;
}

/** A compiled JSONPath. */
export interface JsonPath {
  /** The nodes that it selects in a JSON value, in the order of RFC 9535. What is nested deeper than documents may be throws. */
  select(root: unknown): readonly SelectedNode[];
}

/** A JSONPath that cannot be read: `reason` says why, for a person. */
export interface JsonPathFault {
  readonly reason: string;
}

const load = createRequire(import.meta.url);
let known: { readonly environment: JsonP3.JSONPathEnvironment; readonly library: typeof JsonP3 } | undefined;

/** json-p3, read with the first path. */
function reader(): NonNullable<typeof known> {
  if (known !== undefined) return known;
  const library = load('json-p3') as typeof JsonP3;
  known = { library, environment: createEnvironment(library) };
  return known;
}

/** `match` and `search` run on our own patterns, so that none takes exponential time. */
function createEnvironment({
  FunctionExpressionType,
  JSONPathEnvironment,
}: typeof JsonP3): JsonP3.JSONPathEnvironment {
  const environment = new JSONPathEnvironment({ maxRecursionDepth: depthLimit + 1 });
  const argTypes = [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType];
  const returnType = FunctionExpressionType.LogicalType;
  const matching =
    (around: (pattern: string) => string) =>
    (text: unknown, pattern: unknown): boolean =>
      typeof text === 'string' &&
      typeof pattern === 'string' &&
      isPattern(pattern) &&
      compilePattern(around(pattern)).test(text);
  environment.functionRegister.set('match', {
    argTypes,
    returnType,
    call: matching((pattern) => `^(?:${pattern})$`),
  });
  environment.functionRegister.set('search', { argTypes, returnType, call: matching((pattern) => pattern) });
  return environment;
}

/** https://www.rfc-editor.org/rfc/rfc9535#section-2.4.6: what is no pattern matches nothing. */
function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').unicode;
  } catch {
    return false;
  }
}

/**
 * Compiles a JSONPath, or says why it is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9535
 */
export function compileJsonPath(path: string): JsonPath | JsonPathFault {
  const { environment, library } = reader();
  try {
    const query = environment.compile(path);
    return {
      select: (root) =>
        query.query(root as JsonP3.JSONValue).nodes.map(({ value, location }) => ({
          value,
          keys: location,
          pointer: appendPointer('', ...location),
        })),
    };
  } catch (error) {
    if (!(error instanceof library.JSONPathError)) throw error;
    return { reason: error.message };
  }
}

/** Tells a JSONPath that cannot be read from one that can. */
export function isJsonPathFault(path: JsonPath | JsonPathFault): path is JsonPathFault {
  return 'reason' in path;
}
