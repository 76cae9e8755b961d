import { isToken, splitOutsideQuotes, unquote } from './field-text.ts';

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

/** One challenge of a WWW-Authenticate header. */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** By lower-case name. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads a WWW-Authenticate header. Its commas part challenges as well as parameters, so a member that begins with a word and a
 * blank opens the next challenge. A `token68` is left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const member of splitOutsideQuotes(header, ',')) {
    const opening = /^([^\s=]+)(?:[ \t]+(?!=)|$)/.exec(member);
    const scheme = opening?.[1];
    if (scheme !== undefined && isToken(scheme)) {
      challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    }
    const parameter = scheme === undefined ? member : member.slice(opening?.[0].length);
    const equals = parameter.indexOf('=');
    const name = parameter.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const value = unquote(parameter.slice(equals + 1).trim());
    if (isToken(name) && value !== undefined) challenges.at(-1)?.parameters.set(name, value);
  }
  return challenges;
}
