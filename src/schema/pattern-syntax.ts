import {
  type CharacterSet,
  characterSet,
  complement,
  digits,
  everyCharacter,
  notLineEnd,
  type Range,
  whiteSpace,
  wordCharacters,
} from './character-set.ts';

/** A pattern taken apart. What only steers which match is found first (lazy, capturing) is left out. */
export type PatternNode =
  /** One character. `property` is the text of a Unicode property, whose characters are then taken to be any. */
  | { readonly kind: 'set'; readonly set: CharacterSet; readonly property?: string }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly item: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: 'edge'; readonly text: '^' | '$' | '\\b' | '\\B' }
  | { readonly kind: 'look'; readonly item: PatternNode }
  | { readonly kind: 'back' };

/** What the parser cannot take apart. */
class UnknownSyntax extends Error {}

const setOf = (set: CharacterSet): PatternNode => ({ kind: 'set', set });
const one = (code: number): PatternNode => setOf([[code, code]]);

const classEscapes: Readonly<Record<string, CharacterSet>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: whiteSpace,
  S: complement(whiteSpace),
};
const controlEscapes: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/**
 * Takes a pattern apart that JavaScript compiles, with the `u` flag or without; `undefined` for syntax that is newer than
 * this parser.
 *
 * @see https://tc39.es/ecma262/#sec-patterns
 */
export function parsePattern(pattern: string, unicode: boolean): PatternNode | undefined {
  try {
    return new PatternParser(pattern, unicode).parse();
  } catch (error) {
    if (error instanceof UnknownSyntax || error instanceof RangeError) return undefined;
    throw error;
  }
}

class PatternParser {
  readonly #text: string;
  readonly #unicode: boolean;
  readonly #groups: number;
  #at = 0;

  constructor(text: string, unicode: boolean) {
    this.#text = text;
    this.#unicode = unicode;
    this.#groups = text.match(/\((?!\?)|\(\?<(?![=!])/g)?.length ?? 0;
  }

  parse(): PatternNode {
    const node = this.#choice();
    if (this.#at < this.#text.length) throw new UnknownSyntax();
    return node;
  }

  #peek(length = 1): string {
    return this.#text.slice(this.#at, this.#at + length);
  }

  #take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  /** What the expression (sticky) matches here, taken. */
  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }

  #codePoint(): number {
    const code = this.#unicode ? this.#text.codePointAt(this.#at) : this.#text.charCodeAt(this.#at);
    if (code === undefined || Number.isNaN(code)) throw new UnknownSyntax();
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  #choice(): PatternNode {
    const items = [this.#sequence()];
    while (this.#take('|')) items.push(this.#sequence());
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'choice', items };
  }

  #sequence(): PatternNode {
    const items: PatternNode[] = [];
    while (this.#at < this.#text.length && this.#peek() !== '|' && this.#peek() !== ')') {
      items.push(this.#repeated(this.#term()));
    }
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items };
  }

  #repeated(item: PatternNode): PatternNode {
    const found = this.#match(/(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y);
    if (found === undefined) return item;
    const [, sign, least, comma, most] = found;
    if (sign !== undefined) {
      return {
        kind: 'repeat',
        item,
        min: sign === '+' ? 1 : 0,
        max: sign === '?' ? 1 : Number.POSITIVE_INFINITY,
      };
    }
    const min = Number(least);
    if (comma === undefined) return { kind: 'repeat', item, min, max: min };
    return { kind: 'repeat', item, min, max: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
  }

  #term(): PatternNode {
    if (this.#take('^')) return { kind: 'edge', text: '^' };
    if (this.#take('$')) return { kind: 'edge', text: '$' };
    if (this.#take('.')) return setOf(notLineEnd);
    if (this.#take('(')) return this.#group();
    if (this.#take('[')) return this.#class();
    if (this.#take('\\')) return this.#escape();
    return one(this.#codePoint());
  }

  #group(): PatternNode {
    const looks = this.#match(/\?<?[=!]/y) !== undefined;
    if (!looks) this.#match(/\?(?::|<[^>]*>)/y);
    if (this.#peek() === '?') throw new UnknownSyntax();
    const item = this.#choice();
    if (!this.#take(')')) throw new UnknownSyntax();
    return looks ? { kind: 'look', item } : item;
  }

  #escape(): PatternNode {
    if (this.#take('b')) return { kind: 'edge', text: '\\b' };
    if (this.#take('B')) return { kind: 'edge', text: '\\B' };
    if (this.#groupReference()) return { kind: 'back' };
    return this.#classEscape() ?? one(this.#characterEscape());
  }

  #groupReference(): boolean {
    const start = this.#at;
    if (this.#match(/k<[^>]*>/y) !== undefined) return true;
    const digits = this.#match(/[1-9]\d*/y);
    if (digits !== undefined && (this.#unicode || Number(digits[0]) <= this.#groups)) return true;
    this.#at = start;
    return false;
  }

  #classEscape(): PatternNode | undefined {
    const property = this.#unicode ? this.#match(/[pP]\{[^}]*\}/y) : undefined;
    if (property !== undefined) return { kind: 'set', set: everyCharacter, property: `\\${property[0]}` };
    const set = Object.hasOwn(classEscapes, this.#peek()) ? classEscapes[this.#peek()] : undefined;
    if (set === undefined) return undefined;
    this.#at += 1;
    return setOf(set);
  }

  #characterEscape(): number {
    const pair = this.#unicode ? this.#match(/u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/iy) : undefined;
    if (pair !== undefined) {
      return String.fromCharCode(Number(`0x${pair[1]}`), Number(`0x${pair[2]}`)).codePointAt(0) ?? 0;
    }
    const long = this.#unicode ? this.#match(/u\{([\da-f]+)\}/iy) : undefined;
    const hex = long ?? this.#match(/(?:x([\da-f]{2})|u([\da-f]{4}))/iy);
    if (hex !== undefined) return Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
    const control = this.#match(/c([a-z])/iy);
    if (control !== undefined) return (control[1]?.charCodeAt(0) ?? 0) % 32;
    const octal = this.#match(/[0-3][0-7]{0,2}|[4-7][0-7]?/y);
    if (octal !== undefined) return Number.parseInt(octal[0], 8);
    const known = Object.hasOwn(controlEscapes, this.#peek()) ? controlEscapes[this.#peek()] : undefined;
    const code = this.#codePoint();
    return known ?? code;
  }

  #class(): PatternNode {
    const isNegated = this.#take('^');
    const ranges: Range[] = [];
    let properties = '';
    while (!this.#take(']')) {
      const first = this.#classAtom();
      properties += first.property ?? '';
      const last = this.#rangeEnd(first);
      ranges.push(...(last === undefined ? first.set : [[first.set[0]?.[0] ?? 0, last] as const]));
    }
    const set = characterSet(ranges);
    if (properties === '') return setOf(isNegated ? complement(set) : set);
    // The text of the class in full, because its characters are not known here.
    const property = `[${isNegated ? '^' : ''}${properties}${setText(set)}]`;
    return { kind: 'set', set: everyCharacter, property };
  }

  /** The last character of a range whose first is given, or `undefined` where no range begins here. */
  #rangeEnd(first: ClassAtom): number | undefined {
    if (!first.isSingle || this.#peek() !== '-' || this.#peek(2) === '-]') return undefined;
    const start = this.#at;
    this.#at += 1;
    const last = this.#classAtom();
    if (last.isSingle) return last.set[0]?.[1];
    this.#at = start;
    return undefined;
  }

  #classAtom(): ClassAtom {
    if (!this.#take('\\')) return single(this.#codePoint());
    if (this.#take('b')) return single(8);
    if (this.#take('-')) return single(45);
    const escaped = this.#classEscape();
    if (escaped?.kind !== 'set') return single(this.#characterEscape());
    return {
      set: escaped.set,
      isSingle: false,
      ...(escaped.property === undefined ? {} : { set: [], property: escaped.property }),
    };
  }
}

interface ClassAtom {
  readonly set: CharacterSet;
  readonly isSingle: boolean;
  readonly property?: string;
}

function single(code: number): ClassAtom {
  return { set: [[code, code]], isSingle: true };
}

/** The inside of a character class that any engine reads alike: `\x{61}-\x{7a}`. */
export function setText(set: CharacterSet): string {
  return set.map(([first, last]) => `\\x{${first.toString(16)}}-\\x{${last.toString(16)}}`).join('');
}
