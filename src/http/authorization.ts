import { isToken } from './field-text.ts';

/** An Authorization header: the scheme in lower case, and all that follows it. */
export interface Authorization {
  readonly scheme: string;
  readonly rest: string;
}

/**
 * Reads an Authorization header; `undefined` where it does not begin with a scheme.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.4
 */
export function parseAuthorization(header: string): Authorization | undefined {
  const text = header.trim();
  const blank = text.search(/[ \t]/);
  const scheme = blank < 0 ? text : text.slice(0, blank);
  if (!isToken(scheme)) return undefined;
  return { scheme: scheme.toLowerCase(), rest: blank < 0 ? '' : text.slice(blank).trim() };
}

/** What Basic credentials hold. */
export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

/**
 * Reads what follows `Basic`; `undefined` where it is no base64, or holds no colon.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
export function parseBasic(rest: string): BasicCredentials | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(rest)) return undefined;
  const pair = Buffer.from(rest, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : { user: pair.slice(0, colon), password: pair.slice(colon + 1) };
}
