/** The name of a member and its colon. */
const start = /"((?:[^"\\]|\\.){1,200})"\s*:\s*/g;
const number = /-?\d[\d.eE+-]*/y;

/**
 * Puts something in the place of members' values that are a text, a number or a list of plain values, as they are written; `undefined`
 * leaves one as it is. Reads JSON, and also JSON lines, event streams and what is cut: there the last value may have no end. Values are
 * walked over by hand, since an expression for a text of many megabytes has no room for all its steps.
 */
export function replaceMembers(
  written: string,
  replace: (name: string, value: string) => string | undefined,
): string {
  let result = '';
  let done = 0;
  start.lastIndex = 0;
  for (let found = start.exec(written); found !== null; found = start.exec(written)) {
    const from = start.lastIndex;
    const end = endOfValue(written, from);
    const value = end === from ? undefined : replace(found[1] ?? '', written.slice(from, end));
    if (value !== undefined) {
      result += written.slice(done, from) + value;
      done = end;
    }
    start.lastIndex = end;
  }
  return done === 0 ? written : result + written.slice(done);
}

/** Puts something in the place of the texts of a list of plain values, as they are written. */
export function replaceTexts(list: string, replace: (json: string) => string): string {
  let result = '';
  let done = 0;
  for (let quote = list.indexOf('"'); quote !== -1; quote = list.indexOf('"', done)) {
    const end = endOfText(list, quote);
    result += list.slice(done, quote) + replace(list.slice(quote, end));
    done = end;
  }
  return result + list.slice(done);
}

/** Where a value ends; where it begins, for one that is an object, a list with more than plain values, or a word. */
function endOfValue(written: string, from: number): number {
  const first = written[from];
  if (first === '"') return endOfText(written, from);
  if (first === '[') return endOfPlainList(written, from);
  number.lastIndex = from;
  return number.test(written) ? number.lastIndex : from;
}

function endOfText(written: string, quote: number): number {
  for (let at = written.indexOf('"', quote + 1); at !== -1; at = written.indexOf('"', at + 1)) {
    let escapes = 0;
    while (written[at - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return at + 1;
  }
  return written.length;
}

function endOfPlainList(written: string, from: number): number {
  const mark = /["[\]{}]/g;
  mark.lastIndex = from + 1;
  for (let found = mark.exec(written); found !== null; found = mark.exec(written)) {
    if (found[0] === ']') return found.index + 1;
    if (found[0] !== '"') return from;
    mark.lastIndex = endOfText(written, found.index);
  }
  return written.length;
}
