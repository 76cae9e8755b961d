import type { Mark } from './positions.ts';

interface Open {
  readonly mark: { offset: number; keys?: string[]; parts: Mark[] };
  /** The key whose value comes next. */
  key: { readonly name: string; readonly offset: number } | undefined;
}

const quote = 34;
const backslash = 92;

/** Finds where each value of a valid JSON text stands, without recursion. */
export function scanJson(text: string): Mark {
  const top: Open = { mark: { offset: 0, parts: [] }, key: undefined };
  const stack: Open[] = [];
  let at = 0;
  const add = (offset: number): { offset: number; parts: Mark[] } => {
    const parent = stack.at(-1) ?? top;
    const mark = { offset: parent.key?.offset ?? offset, parts: [] };
    if (parent.key !== undefined) parent.mark.keys?.push(parent.key.name);
    parent.mark.parts.push(mark);
    parent.key = undefined;
    return mark;
  };
  while (at < text.length) {
    const character = text[at];
    if (character === '{' || character === '[') {
      const mark: Open['mark'] = add(at);
      if (character === '{') mark.keys = [];
      stack.push({ mark, key: undefined });
      at += 1;
    } else if (character === '}' || character === ']') {
      stack.pop();
      at += 1;
    } else if (character === '"') {
      const end = endOfString(text, at);
      const parent = stack.at(-1);
      if (parent?.mark.keys !== undefined && parent.key === undefined) {
        parent.key = { name: unquote(text, at, end), offset: at };
      } else add(at);
      at = end;
    } else if (isSpace(character)) at += 1;
    else {
      add(at);
      at = endOfWord(text, at);
    }
  }
  return top.mark.parts[0] ?? top.mark;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && ' \t\r\n,:'.includes(character);
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at + 1;
}

/** Numbers, true, false and null end where a comma, a bracket or white space comes. */
function endOfWord(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !' \t\r\n,:]}'.includes(text[at] as string)) at += 1;
  return at;
}

function unquote(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : inner;
}
