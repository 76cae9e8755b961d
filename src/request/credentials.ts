import type { SecurityScheme } from '../document/index.ts';
import {
  type HttpRequest,
  parseAuthorization,
  parseBasic,
  parseCookies,
  parseQuery,
  percentDecode,
} from '../http/index.ts';

/** What a request brought for one security scheme. */
export interface Credential {
  /** Whether something was sent where the scheme looks. */
  readonly present: boolean;
  /** Present and of the scheme's form. */
  readonly wellFormed: boolean;
  /** The token, key, or `user:password`; as it stands after the scheme's name. */
  readonly value: string;
}

const none: Credential = { present: false, wellFormed: false, value: '' };

/**
 * Looks for a scheme's credential in a request.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object
 */
export function readCredential(scheme: SecurityScheme, request: HttpRequest): Credential {
  switch (scheme.type) {
    case 'http':
      return fromAuthorization(request, scheme.scheme.toLowerCase());
    case 'oauth2':
    case 'openIdConnect':
      return fromAuthorization(request, 'bearer');
    case 'apiKey':
      return fromKey(scheme, request);
    case 'mutualTLS':
      // Without TLS of our own nobody can tell: only a connection that could have brought a certificate is refused.
      return { present: true, wellFormed: request.clientCertificate !== false, value: '' };
    default:
      return scheme satisfies never;
  }
}

function fromAuthorization(request: HttpRequest, wanted: string): Credential {
  const header = request.headers.get('authorization');
  if (header === undefined) return none;
  const authorization = parseAuthorization(header);
  const value = authorization?.rest.trim() ?? '';
  if (authorization === undefined || authorization.scheme.toLowerCase() !== wanted) {
    return { present: true, wellFormed: false, value };
  }
  if (wanted !== 'basic') return { present: true, wellFormed: value !== '', value };
  const pair = parseBasic(value);
  return {
    present: true,
    wellFormed: pair !== undefined,
    value: pair === undefined ? value : `${pair.user}:${pair.password}`,
  };
}

function fromKey(scheme: SecurityScheme & { type: 'apiKey' }, request: HttpRequest): Credential {
  const value = keyValue(scheme, request);
  if (value === undefined) return none;
  return { present: true, wellFormed: value !== '', value };
}

function keyValue(
  { in: place, parameterName }: SecurityScheme & { type: 'apiKey' },
  request: HttpRequest,
): string | undefined {
  switch (place) {
    case 'header':
      return request.headers.get(parameterName);
    case 'cookie':
      return firstNamed(parseCookies(request.headers.get('cookie') ?? ''), parameterName);
    case 'query': {
      const start = request.target.indexOf('?');
      return start < 0 ? undefined : firstNamed(parseQuery(request.target.slice(start + 1)), parameterName);
    }
    default:
      return place satisfies never;
  }
}

function firstNamed(pairs: Iterable<readonly [string, string]>, wanted: string): string | undefined {
  for (const [name, value] of pairs) {
    if (name === wanted || percentDecode(name) === wanted) return percentDecode(value) ?? value;
  }
  return undefined;
}
