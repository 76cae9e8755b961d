import { wellFormed } from '../../../core/index.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** What a page must not hold or would obey: NUL, other controls, lone surrogates, marks that turn the direction. */
const unwanted =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** A text of a server or a document as HTML, for content and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return wellFormed(text)
    .replace(unwanted, '\ufffd')
    .replace(/[&<>"'`]/g, (found) => entities[found] as string);
}
