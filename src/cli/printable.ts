/** Characters that move the cursor, colour the terminal or reverse what is read: C0, C1 and the bidirectional controls. */
const controls = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A text from a document or a request on one line, with nothing in it that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(controls, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A text as one word of a POSIX shell: `it's` becomes `'it'\''s'`. */
export function shellWord(text: string): string {
  if (/^[\w./:@%+=,-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
