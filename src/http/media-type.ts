import { isToken, splitOutsideQuotes, unquote } from './field-text.ts';

/** A media type, or a range of them (`image/*`). */
export interface MediaType {
  /** Lower case. */
  readonly type: string;
  /** Lower case, with its suffix: `problem+json`. */
  readonly subtype: string;
  /** The structured syntax suffix: `json` of `problem+json`. */
  readonly suffix?: string;
  /** By lower-case name; values as written, quotes undone. */
  readonly parameters: ReadonlyMap<string, string>;
  /** `type/subtype`, lower case, without parameters. */
  readonly essence: string;
}

const noParameters: ReadonlyMap<string, string> = new Map();

/**
 * Reads a media type or range. `undefined` where the text is none; a malformed parameter is ignored, and of two with one
 * name the first holds.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1
 */
export function parseMediaType(text: string): MediaType | undefined {
  const end = text.indexOf(';');
  const essence = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase();
  const slash = essence.indexOf('/');
  const type = essence.slice(0, Math.max(slash, 0));
  const subtype = essence.slice(slash + 1);
  if (!isToken(type) || !isToken(subtype) || (type === '*' && subtype !== '*')) return undefined;
  const parameters = end < 0 ? noParameters : parseParameters(text.slice(end + 1));
  const plus = subtype.lastIndexOf('+');
  if (plus < 0) return { type, subtype, parameters, essence };
  return { type, subtype, suffix: subtype.slice(plus + 1), parameters, essence };
}

function parseParameters(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const piece of splitOutsideQuotes(text, ';')) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, Math.max(equals, 0)).toLowerCase();
    const value = unquote(piece.slice(equals + 1));
    if (isToken(name) && value !== undefined && !parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** Writes a media type with its parameters, values quoted where they must be. */
export function formatMediaType(mediaType: Pick<MediaType, 'essence' | 'parameters'>): string {
  let text = mediaType.essence;
  for (const [name, value] of mediaType.parameters) {
    text += `;${name}=${isToken(value) ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`}`;
  }
  return text;
}

/** Tells whether it stands for more than one media type: everything, `text/*`, `application/*+json`. */
export function isRange(mediaType: MediaType): boolean {
  return mediaType.subtype.startsWith('*');
}

/** Tells whether the media type is JSON: `application/json`, `text/json` or one with the suffix `+json`. */
export function isJson(mediaType: MediaType): boolean {
  return mediaType.subtype === 'json' || mediaType.suffix === 'json';
}

/** Tells whether a media type lies in a range: type, subtype, and every parameter that the range names. */
export function matchesMediaType(range: MediaType, type: MediaType): boolean {
  return matchesEssence(range, type) && hasParameters(range, type);
}

/** The same without a look at parameters. */
export function matchesEssence(range: MediaType, type: MediaType): boolean {
  if (range.type === '*') return true;
  if (range.type !== type.type) return false;
  if (range.subtype === '*' || range.subtype === type.subtype) return true;
  return range.subtype.startsWith('*+') && range.suffix === type.suffix;
}

function hasParameters(range: MediaType, type: MediaType): boolean {
  for (const [name, value] of range.parameters) {
    const other = type.parameters.get(name);
    if (other === undefined || !sameParameter(name, value, other)) return false;
  }
  return true;
}

// Charset names are compared without regard to case; what other parameters mean is theirs to say.
// https://www.rfc-editor.org/rfc/rfc9110#section-8.3.2
function sameParameter(name: string, left: string, right: string): boolean {
  return left === right || (name === 'charset' && left.toLowerCase() === right.toLowerCase());
}

/** How exactly a range speaks: 0 everything, 1 `type/*`, 2 `type/*+suffix`, 3 a type, and one more for each parameter. */
export function specificity(range: MediaType): number {
  if (range.type === '*') return 0;
  if (range.subtype === '*') return 1;
  if (isRange(range)) return 2;
  return 3 + range.parameters.size;
}
