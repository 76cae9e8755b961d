/**
 * A JSON Pointer (RFC 6901) as a string: `''` is the whole document, `/paths/~1events/get` a place in it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */
export type JsonPointer = string;

/** Writes one key as a reference token: `a/b` becomes `a~1b`. */
function escapeToken(key: string | number): string {
  const text = String(key);
  if (!text.includes('~') && !text.includes('/')) return text;
  return text.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Reads one reference token back into the key it stands for. */
export function unescapeToken(token: string): string {
  return token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token;
}

/** The pointer to a child: `appendPointer('/paths', '/a')` is `/paths/~1a`. */
export function appendPointer(pointer: JsonPointer, ...keys: readonly (string | number)[]): JsonPointer {
  let result = pointer;
  for (const key of keys) result += `/${escapeToken(key)}`;
  return result;
}

/** The keys along a pointer: `/paths/~1a` gives `['paths', '/a']`. */
export function pointerKeys(pointer: JsonPointer): string[] {
  return pointer === '' ? [] : pointer.slice(1).split('/').map(unescapeToken);
}

/** The value that a pointer leads to, or `undefined` where it leads nowhere. Own properties only. */
export function valueAt(root: unknown, pointer: JsonPointer): unknown {
  let value = root;
  for (const key of pointerKeys(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
