import type { ApiDocument, ApiOperation, ParameterObject, SecurityScheme } from '../document/index.ts';
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
    const keys = credentialsOf(operation, document, credentials);
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
function basePath(operation: ApiOperation): string {
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

interface CredentialParts {
  readonly headers: (readonly [string, string])[];
  readonly query: string[];
}

/** What the first alternative of the operation's security asks for; nothing where one alternative is to send nothing. */
function credentialsOf(
  operation: ApiOperation,
  document: ApiDocument,
  credentials: Readonly<Record<string, string>>,
): CredentialParts {
  const parts: CredentialParts = { headers: [], query: [] };
  if (operation.security.some((alternative) => alternative.size === 0)) return parts;
  for (const name of operation.security[0]?.keys() ?? []) {
    const scheme = document.securitySchemes.get(name);
    const value = Object.hasOwn(credentials, name) ? credentials[name] : undefined;
    if (scheme !== undefined) addCredential(parts, scheme, value);
  }
  return parts;
}

function addCredential(parts: CredentialParts, scheme: SecurityScheme, value: string | undefined): void {
  switch (scheme.type) {
    case 'mutualTLS':
      return;
    case 'apiKey':
      addApiKey(parts, scheme, value ?? 'key');
      return;
    case 'http':
      parts.headers.push(['Authorization', httpCredential(scheme.scheme, value)]);
      return;
    default:
      parts.headers.push(['Authorization', `Bearer ${value ?? 'token'}`]);
  }
}

function addApiKey(
  parts: CredentialParts,
  scheme: Extract<SecurityScheme, { type: 'apiKey' }>,
  value: string,
): void {
  const name = scheme.parameterName;
  if (scheme.in === 'query') parts.query.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  else if (scheme.in === 'cookie') parts.headers.push(['Cookie', `${name}=${value}`]);
  else parts.headers.push([name, value]);
}

/** @see https://www.rfc-editor.org/rfc/rfc7617#section-2 */
function httpCredential(scheme: string, value: string | undefined): string {
  if (scheme.toLowerCase() === 'basic') {
    return `Basic ${Buffer.from(value ?? 'user:password').toString('base64')}`;
  }
  if (scheme.toLowerCase() === 'bearer') return `Bearer ${value ?? 'token'}`;
  return `${scheme} ${value ?? 'token'}`;
}
