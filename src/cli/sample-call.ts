import type { ApiDocument, ApiOperation, ParameterObject } from '../document/index.ts';
import { sampleCredentials } from './sample-credentials.ts';
import { sampleParameter } from './sample-value.ts';

/** What a person would send to try an operation. */
export interface SampleCall {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As text; absent where there is none. */
  readonly body?: string;
}

/** Makes the call of an operation under the URL that the mock listens on. */
export type CallSampler = (operation: ApiOperation, baseUrl: string) => SampleCall;

/** A sampler that fills in the path, the required query and the credentials, and no body. */
export function createCallSampler(
  document: ApiDocument,
  credentials: Readonly<Record<string, string>> = {},
): CallSampler {
  return (operation, baseUrl) => {
    const parameters = parametersOf(operation);
    const keys = sampleCredentials(operation, document, credentials);
    const query = [...requiredQuery(parameters), ...keys.query].join('&');
    const path = filledPath(operation, parameters);
    return {
      method: operation.method,
      url: `${baseUrl}${basePath(operation)}${path}${query === '' ? '' : `?${query}`}`,
      headers: [...requiredHeaders(parameters), ...keys.headers],
    };
  };
}

/** A broken parameter list is reported as a fault of its operation; the line is printed all the same. */
function parametersOf(operation: ApiOperation): readonly ParameterObject[] {
  try {
    return operation.parameters;
  } catch {
    return [];
  }
}

/** The path of the first server, its variables at their defaults, without the slash at its end. */
export function basePath(operation: ApiOperation): string {
  const [server] = operation.servers;
  if (server === undefined) return '';
  const url = server.url.replace(
    /\{([^{}]*)\}/g,
    (_, name: string) => server.variables.get(name)?.default ?? name,
  );
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '');
  return encodeURI(path.startsWith('/') ? path.replace(/\/+$/, '') : '');
}

function filledPath(operation: ApiOperation, parameters: readonly ParameterObject[]): string {
  const inPath = new Map(parameters.filter((one) => one.in === 'path').map((one) => [one.name, one]));
  const pieces = operation.path.split(/\{([^{}]*)\}/);
  let result = '';
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) {
      result += encodeURI(piece);
      continue;
    }
    const parameter = inPath.get(piece);
    result += parameter === undefined ? encodeURIComponent(piece) : pathText(parameter);
  }
  return result;
}

function pathText(parameter: ParameterObject): string {
  const text = encodeURIComponent(sampleParameter(parameter));
  if (parameter.style === 'label') return `.${text}`;
  if (parameter.style === 'matrix') return `;${encodeURIComponent(parameter.name)}=${text}`;
  return text;
}

function requiredQuery(parameters: readonly ParameterObject[]): string[] {
  return parameters
    .filter((one) => one.in === 'query' && one.required)
    .map((one) => `${encodeURIComponent(one.name)}=${encodeURIComponent(sampleParameter(one))}`);
}

function requiredHeaders(parameters: readonly ParameterObject[]): (readonly [string, string])[] {
  return parameters
    .filter((one) => one.in === 'header' && one.required)
    .map((one) => [one.name, sampleParameter(one)] as const);
}
