import { type Json, listOf, objectOf, type RawOperation, resolve } from './independent/raw-document.ts';

/** What the first alternative of an operation's security asks a request to bring. */
export interface Credentials {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
  /** Without `Cookie:`; `''` where there is none. */
  readonly cookie: string;
}

/** Makes up credentials of the right form, from the raw document. */
export function credentialsFor(document: Json, operation: RawOperation): Credentials {
  const schemes = objectOf(objectOf(document.components).securitySchemes);
  const headers: (readonly [string, string])[] = [];
  const query: (readonly [string, string])[] = [];
  const cookies: string[] = [];
  for (const name of Object.keys(listOf(operation.security)[0] ?? {})) {
    const scheme = resolve(document, schemes[name]);
    const isBasic = scheme.type === 'http' && String(scheme.scheme).toLowerCase() === 'basic';
    if (scheme.type === 'apiKey') {
      if (scheme.in === 'query') query.push([String(scheme.name), 'key']);
      else if (scheme.in === 'cookie') cookies.push(`${encodeURIComponent(String(scheme.name))}=key`);
      else headers.push([String(scheme.name), 'key']);
    } else if (isBasic) headers.push(['Authorization', `Basic ${btoa('user:password')}`]);
    else if (scheme.type === 'http') headers.push(['Authorization', `${wordOf(scheme.scheme)} token`]);
    else if (scheme.type === 'oauth2' || scheme.type === 'openIdConnect') {
      headers.push(['Authorization', 'Bearer token']);
    }
  }
  return { headers, query, cookie: cookies.join('; ') };
}

function wordOf(scheme: unknown): string {
  return typeof scheme === 'string' && scheme !== '' ? scheme : 'Bearer';
}
