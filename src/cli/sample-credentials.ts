import type { ApiDocument, ApiOperation, SecurityScheme } from '../document/index.ts';

/** The parts of a request that carry credentials. */
export interface CredentialParts {
  readonly headers: (readonly [string, string])[];
  readonly query: string[];
}

/** What the first alternative of the operation's security asks for; nothing where one alternative is to send nothing. */
export function sampleCredentials(
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
