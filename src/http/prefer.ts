import { splitOutsideQuotes, unquote } from './field-text.ts';

/**
 * Reads Prefer headers: names in lower case, values with their quotes undone, `''` for a bare one. Several fields count as one,
 * the first of equal names holds, and parameters after `;` are left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-2
 */
export function parsePrefer(fields: readonly string[]): ReadonlyMap<string, string> {
  const preferences = new Map<string, string>();
  for (const member of splitOutsideQuotes(fields.join(','), ',')) {
    const preference = splitOutsideQuotes(member, ';')[0] ?? '';
    const equals = preference.indexOf('=');
    const name = (equals < 0 ? preference : preference.slice(0, equals)).trim().toLowerCase();
    if (name === '' || preferences.has(name)) continue;
    const value = equals < 0 ? '' : preference.slice(equals + 1).trim();
    // A value that is neither token nor quoted string (a date, a path) is taken as it stands: better than losing it.
    preferences.set(name, unquote(value) ?? value);
  }
  return preferences;
}
