/** The type and subtype in lower case, without parameters: `Text/HTML; charset=x` is `text/html`. */
export function essenceOf(mediaType: string): string {
  const end = mediaType.indexOf(';');
  return (end === -1 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}

/** The parameters by name in lower case, unquoted; the first of a repeated one counts. */
export function parametersOf(mediaType: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let rest = mediaType.slice(mediaType.indexOf(';') + 1);
  if (rest.length === mediaType.length) return found;
  while (rest !== '') {
    const at = rest.indexOf('=');
    if (at === -1) break;
    const skipped = rest.lastIndexOf(';', at) + 1;
    const name = rest.slice(skipped, at).trim().toLowerCase();
    const value = readValue(rest.slice(at + 1));
    if (!found.has(name)) found.set(name, value.text);
    rest = value.rest;
  }
  return found;
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.6 */
function readValue(source: string): { text: string; rest: string } {
  const text = source.trimStart();
  if (!text.startsWith('"')) {
    const end = text.indexOf(';');
    return end === -1
      ? { text: text.trim(), rest: '' }
      : { text: text.slice(0, end).trim(), rest: text.slice(end + 1) };
  }
  let value = '';
  for (let index = 1; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') {
      const end = text.indexOf(';', index);
      return { text: value, rest: end === -1 ? '' : text.slice(end + 1) };
    }
    if (character === '\\') index += 1;
    value += text[index] ?? '';
  }
  return { text: value, rest: '' };
}

/** `application/json`, `application/problem+json`, `text/json`. */
export function isJsonType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json');
}

/** `application/xml`, `text/xml`, `application/atom+xml`. @see https://www.rfc-editor.org/rfc/rfc7303 */
export function isXmlType(essence: string): boolean {
  return essence === 'application/xml' || essence === 'text/xml' || essence.endsWith('+xml');
}

/** Whether a media type is one of those that a range (`image/*`) stands for. Parameters are not looked at. */
export function matchesRange(essence: string, range: string): boolean {
  const wanted = essenceOf(range);
  if (wanted === essence || wanted === '*/*' || wanted === '*') return true;
  return wanted.endsWith('/*') && essence.startsWith(wanted.slice(0, -1));
}
