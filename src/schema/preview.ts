import { type JsonPointer, pointerKeys } from '../core/index.ts';

const longest = 80;
const deepest = 6;

/** A value as JSON, cut to about 80 characters; never more work than that is worth. */
export function preview(value: unknown): string {
  return cut(write(value, deepest));
}

function cut(text: string, length: number = longest): string {
  if (text.length <= length) return text;
  // Not in the middle of a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}

function write(value: unknown, depth: number): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(cut(value, longest - 2));
  if (typeof value !== 'object' || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (depth === 0) return '…';
  return Array.isArray(value) ? writeItems(value, depth - 1) : writeMembers(value, depth - 1);
}

function writeItems(items: readonly unknown[], depth: number): string {
  return `[${writeSome(items, (item) => write(item, depth))}]`;
}

function writeMembers(value: object, depth: number): string {
  const members = value as Readonly<Record<string, unknown>>;
  return `{${writeSome(Object.keys(value), (key) => `${JSON.stringify(key)}:${write(members[key], depth)}`)}}`;
}

function writeSome<Item>(items: readonly Item[], writeOne: (item: Item) => string): string {
  let text = '';
  for (const [index, item] of items.entries()) {
    if (text.length > longest) return `${text},…`;
    text += index === 0 ? writeOne(item) : `,${writeOne(item)}`;
  }
  return text;
}

/** Values as a list in words: `"a", "b" or 3`. Cut after a dozen. */
export function previewList(values: readonly unknown[], last: 'or' | 'and' = 'or'): string {
  const shown = values.slice(0, 12).map(preview);
  const more = values.length - shown.length;
  return joinWords(more > 0 ? [...shown, `${more} more`] : shown, last);
}

/** `a, b or c` */
export function joinWords(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** The place in words: `results[0].pk`; the whole value is `The value`. */
export function placeInWords(pointer: JsonPointer, value: unknown): string {
  let words = '';
  let at = value;
  for (const key of pointerKeys(pointer)) {
    if (Array.isArray(at)) words += `[${key}]`;
    else words += /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(cut(key))}]`;
    at = typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[key] : undefined;
  }
  if (words === '') return 'The value';
  return words.startsWith('.') ? words.slice(1) : words;
}
