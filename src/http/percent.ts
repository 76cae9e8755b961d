import { wellFormed } from '../core/index.ts';

/**
 * Undoes percent-encoding; `undefined` where a percent sign has no two hexadecimal digits, or the bytes are no UTF-8.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-2.1
 */
export function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * The same for the form encoding, where a plus sign is a blank.
 *
 * @see https://url.spec.whatwg.org/#concept-urlencoded-parser
 */
export function formDecode(text: string): string | undefined {
  return percentDecode(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

/**
 * Percent-encodes all but the unreserved characters. A lone surrogate becomes U+FFFD, because it has no bytes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-2.3
 */
export function percentEncode(text: string): string {
  if (/^[A-Za-z0-9\-._~]*$/.test(text)) return text;
  return encodeURIComponent(wellFormed(text)).replaceAll(/[!'()*]/g, hexOf);
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
