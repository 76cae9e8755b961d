import {
  type CharSet,
  complement,
  digits,
  lineEnds,
  normalise,
  propertySet,
  spaces,
  wordCharacters,
} from './char-set.ts';
import type { PatternNode } from './pattern-tree.ts';

interface Reader {
  readonly text: string;
  at: number;
  groups: number;
  depth: number;
}

const maximumDepth = 200;

/**
 * Reads a regular expression of ECMA-262 into a tree that texts can be made from.
 * `undefined` for one that is not valid or is nested too deeply to be read.
 */
export function parsePattern(pattern: string): PatternNode | undefined {
  const reader: Reader = { text: pattern, at: 0, groups: 0, depth: 0 };
  try {
    const node = readChoice(reader);
    return reader.at === pattern.length ? node : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function peek(reader: Reader): string {
  return reader.text.charAt(reader.at);
}

function take(reader: Reader, token: string): boolean {
  if (!reader.text.startsWith(token, reader.at)) return false;
  reader.at += token.length;
  return true;
}

function match(reader: Reader, expression: RegExp): RegExpExecArray | undefined {
  expression.lastIndex = reader.at;
  const found = expression.exec(reader.text);
  if (found === null) return undefined;
  reader.at += found[0].length;
  return found;
}

function readChoice(reader: Reader): PatternNode {
  reader.depth += 1;
  if (reader.depth > maximumDepth) throw new SyntaxError('nested too deeply');
  const options = [readSequence(reader)];
  while (take(reader, '|')) options.push(readSequence(reader));
  reader.depth -= 1;
  return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options };
}

function readSequence(reader: Reader): PatternNode {
  const items: PatternNode[] = [];
  while (reader.at < reader.text.length && peek(reader) !== '|' && peek(reader) !== ')') {
    items.push(readQuantified(reader));
  }
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items };
}

function readQuantified(reader: Reader): PatternNode {
  const item = readAtom(reader);
  const range = readQuantifier(reader);
  if (range === undefined) return item;
  take(reader, '?');
  if (item.kind === 'condition') return { kind: 'empty' };
  return { kind: 'repeat', item, least: range[0], most: range[1] };
}

function readQuantifier(reader: Reader): readonly [number, number] | undefined {
  if (take(reader, '*')) return [0, Number.POSITIVE_INFINITY];
  if (take(reader, '+')) return [1, Number.POSITIVE_INFINITY];
  if (take(reader, '?')) return [0, 1];
  const found = match(reader, /\{(\d+)(,(\d*))?\}/y);
  if (found === undefined) return undefined;
  const least = Number(found[1]);
  if (found[2] === undefined) return [least, least];
  return [least, found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3])];
}

function readAtom(reader: Reader): PatternNode {
  const char = peek(reader);
  switch (char) {
    case '(':
      return readGroup(reader);
    case '[':
      return { kind: 'set', set: readClass(reader) };
    case '\\':
      return readEscape(reader);
    case '.':
      reader.at += 1;
      return { kind: 'set', set: complement(lineEnds) };
    case '^':
      reader.at += 1;
      return { kind: 'start' };
    case '$':
      reader.at += 1;
      return { kind: 'end' };
    case '*':
    case '+':
    case '?':
      throw new SyntaxError('nothing to repeat');
    default:
      return { kind: 'set', set: single(readPoint(reader)) };
  }
}

function readPoint(reader: Reader): number {
  const point = reader.text.codePointAt(reader.at);
  if (point === undefined) throw new SyntaxError('the pattern ends too early');
  reader.at += point > 0xffff ? 2 : 1;
  return point;
}

const single = (point: number): CharSet => [[point, point]];

function readGroup(reader: Reader): PatternNode {
  const opening = match(reader, /\((?:\?(?:<([A-Za-z_$][\w$]*)>|<?[=!]|:|[a-z]*(?:-[a-z]*)?:))?/y);
  if (opening === undefined) throw new SyntaxError('an unknown group');
  const [token, name] = opening;
  const isCapture = token === '(' || name !== undefined;
  if (isCapture) reader.groups += 1;
  const index = reader.groups;
  const item = readChoice(reader);
  if (!take(reader, ')')) throw new SyntaxError('a group does not end');
  if (token === '(?=' || token === '(?<=') return { kind: 'condition', wanted: item };
  if (token === '(?!' || token === '(?<!') return { kind: 'condition' };
  if (!isCapture)
    return item.kind === 'set' || item.kind === 'sequence' ? { kind: 'choice', options: [item] } : item;
  return name === undefined ? { kind: 'group', item, index } : { kind: 'group', item, index, name };
}

function readEscape(reader: Reader): PatternNode {
  if (take(reader, '\\b') || take(reader, '\\B')) return { kind: 'condition' };
  const named = match(reader, /\\k<([^>]*)>/y);
  if (named?.[1] !== undefined) return { kind: 'back', to: named[1] };
  const numbered = match(reader, /\\([1-9]\d*)/y);
  if (numbered !== undefined) return { kind: 'back', to: Number(numbered[1]) };
  return { kind: 'set', set: readEscapedSet(reader) };
}

const classEscapes: Readonly<Record<string, CharSet>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
};

const controlEscapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, v: 11, f: 12, 0: 0, b: 8 };

/** One escape, inside or outside a class: the characters that it stands for. */
function readEscapedSet(reader: Reader): CharSet {
  const property = match(reader, /\\[pP]\{[^}]*\}/y);
  if (property !== undefined) return propertySet(property[0]);
  const code = match(reader, /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/y);
  if (code !== undefined) return single(readSurrogates(reader, code[1] ?? code[2] ?? code[3] ?? '20'));
  const control = match(reader, /\\c([A-Za-z])/y);
  if (control?.[1] !== undefined) return single(control[1].charCodeAt(0) % 32);
  reader.at += 1;
  const point = readPoint(reader);
  const char = String.fromCodePoint(point);
  if (Object.hasOwn(classEscapes, char)) return classEscapes[char] ?? [];
  return single(Object.hasOwn(controlEscapes, char) ? (controlEscapes[char] ?? point) : point);
}

/** `\ud83d\ude00` is one character. */
function readSurrogates(reader: Reader, hex: string): number {
  const point = Number.parseInt(hex, 16);
  if (point < 0xd800 || point > 0xdbff) return point;
  const low = match(reader, /\\u(d[c-f][0-9a-f]{2})/iy);
  if (low?.[1] === undefined) return point;
  return (point - 0xd800) * 0x400 + (Number.parseInt(low[1], 16) - 0xdc00) + 0x10000;
}

function readClass(reader: Reader): CharSet {
  reader.at += 1;
  const isNegated = take(reader, '^');
  const ranges: (readonly [number, number])[] = [];
  while (peek(reader) !== ']') {
    if (reader.at >= reader.text.length) throw new SyntaxError('a class does not end');
    ranges.push(...readClassItem(reader));
  }
  reader.at += 1;
  const set = normalise(ranges);
  return isNegated ? complement(set) : set;
}

function readClassItem(reader: Reader): CharSet {
  const first = readClassSet(reader);
  const from = first[0]?.[0];
  const isSingle = first.length === 1 && from !== undefined && first[0]?.[1] === from;
  if (!isSingle || peek(reader) !== '-' || reader.text.charAt(reader.at + 1) === ']') return first;
  const before = reader.at;
  reader.at += 1;
  const second = readClassSet(reader);
  const to = second[0]?.[0];
  if (second.length === 1 && to !== undefined && second[0]?.[1] === to && to >= from) return [[from, to]];
  reader.at = before + 1;
  return [...first, [45, 45]];
}

function readClassSet(reader: Reader): CharSet {
  return peek(reader) === '\\' ? readEscapedSet(reader) : single(readPoint(reader));
}
