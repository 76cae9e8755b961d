import type { SecurityScheme } from '../../document/index.ts';
import type { HttpRequest } from '../../http/index.ts';
import type { OperationPlan, RequiredScheme } from '../../plan/index.ts';
import type { ContractIdentity } from '../options.ts';

/** The first combination of an operation's security that an identity has credentials for. */
function alternativeFor(
  plan: OperationPlan,
  auth: ContractIdentity['auth'] = {},
): readonly RequiredScheme[] | undefined {
  return plan.security.find((combination) =>
    combination.every(({ scheme }) => Object.hasOwn(auth, scheme.name)),
  );
}

/** The request with an identity's headers and the credentials that the operation wants, as far as it has them. */
export function authorize(
  request: HttpRequest,
  plan: OperationPlan,
  identity: ContractIdentity,
): HttpRequest {
  let result = request;
  for (const [name, value] of Object.entries(identity.headers ?? {})) {
    // Cookies of a login stand beside those that the document asks for.
    const others = name.toLowerCase() === 'cookie' ? result.headers.get('cookie') : undefined;
    const whole = others === undefined ? value : `${others}; ${value}`;
    result = { ...result, headers: result.headers.with(name, whole) };
  }
  for (const { scheme } of alternativeFor(plan, identity.auth) ?? []) {
    const value = identity.auth?.[scheme.name];
    if (value !== undefined) result = withCredential(result, scheme, value);
  }
  return result;
}

/** The request with one credential where its scheme looks for it. */
export function withCredential(request: HttpRequest, scheme: SecurityScheme, value: string): HttpRequest {
  switch (scheme.type) {
    case 'http':
      return withAuthorization(request, `${capital(scheme.scheme)} ${httpValue(scheme.scheme, value)}`);
    case 'oauth2':
    case 'openIdConnect':
      return withAuthorization(request, `Bearer ${value}`);
    case 'apiKey':
      return withKey(request, scheme, value);
    case 'mutualTLS':
      return request;
    default:
      return scheme satisfies never;
  }
}

function capital(scheme: string): string {
  return scheme.charAt(0).toUpperCase() + scheme.slice(1).toLowerCase();
}

function httpValue(scheme: string, value: string): string {
  return scheme.toLowerCase() === 'basic' && value.includes(':')
    ? Buffer.from(value).toString('base64')
    : value;
}

/** Sets the whole field. */
export function withAuthorization(request: HttpRequest, value: string): HttpRequest {
  return { ...request, headers: request.headers.with('Authorization', value) };
}

/** What a cookie can hold stays as a server gave it. https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1 */
function cookieValue(value: string): string {
  return /^[!#-+\--:<-[\]-~]*$/.test(value) ? value : encodeURIComponent(value);
}

function withKey(
  request: HttpRequest,
  scheme: SecurityScheme & { type: 'apiKey' },
  value: string,
): HttpRequest {
  const { parameterName } = scheme;
  switch (scheme.in) {
    case 'header':
      return { ...request, headers: request.headers.with(parameterName, value) };
    case 'cookie': {
      const others = request.headers.get('cookie');
      const pair = `${parameterName}=${cookieValue(value)}`;
      return {
        ...request,
        headers: request.headers.with('Cookie', others === undefined ? pair : `${others}; ${pair}`),
      };
    }
    case 'query': {
      const pair = `${encodeURIComponent(parameterName)}=${encodeURIComponent(value)}`;
      return { ...request, target: `${request.target}${request.target.includes('?') ? '&' : '?'}${pair}` };
    }
    default:
      return scheme.in satisfies never;
  }
}
