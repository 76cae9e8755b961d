/** Characters of a token, by char code. */
const tokenCodes: Uint8Array = tokenTable();

function tokenTable(): Uint8Array {
  const table = new Uint8Array(128);
  const allowed = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  for (let index = 0; index < allowed.length; index += 1) table[allowed.charCodeAt(index)] = 1;
  return table;
}

/**
 * Tells whether the text is a token: what a method, a field name or half of a media type is made of.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */
export function isToken(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (tokenCodes[text.charCodeAt(index)] !== 1) return false;
  }
  return text !== '';
}

/**
 * Tells whether a field value can be sent as it is: visible ASCII, blanks and bytes above 0x7F.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
export function isFieldValue(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code > 0xff) return false;
  }
  return true;
}

/**
 * A field value that can be sent: control characters become blanks, so that nothing made up can start a new line, and text
 * beyond Latin-1 becomes its UTF-8 bytes, one character for each.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5-5
 */
export function sendableFieldValue(value: string): string {
  if (isFieldValue(value)) return value;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const printable = value.replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f]/g, ' ').trim();
  return isFieldValue(printable) ? printable : Buffer.from(printable, 'utf8').toString('latin1');
}

/**
 * Splits a list field at a separator, but not inside quoted strings, and drops empty members.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
 */
export function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  if (!text.includes('"')) return trimmed(text.split(separator));
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    else if (character === '\\' && quoted) index += 1;
    else if (character === separator && !quoted) {
      pieces.push(text.slice(start, index));
      start = index + 1;
    }
  }
  pieces.push(text.slice(start));
  return trimmed(pieces);
}

function trimmed(pieces: readonly string[]): string[] {
  const kept: string[] = [];
  for (const piece of pieces) {
    const text = piece.trim();
    if (text !== '') kept.push(text);
  }
  return kept;
}

/**
 * The text of a token or of a quoted string with its escapes undone; `undefined` where it is neither.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4
 */
export function unquote(text: string): string | undefined {
  if (!text.startsWith('"')) return isToken(text) ? text : undefined;
  let result = '';
  for (let index = 1; index < text.length; index += 1) {
    const character = text[index] as string;
    if (character === '"') return index === text.length - 1 ? result : undefined;
    if (character === '\\') index += 1;
    result += text[index] ?? '';
  }
  return undefined;
}
