/** Objects and arrays inside one another; deeper is refused, so that nobody who walks the value runs out of stack. */
export const maxJsonDepth = 512;

/** Where and why a text is not the JSON that it should be. */
export interface JsonFlaw {
  readonly kind: 'syntax' | 'depth' | 'duplicate-key';
  /** In UTF-16 units from the start. */
  readonly offset: number;
  readonly expected: string;
  /** For a duplicate key: the key. */
  readonly key?: string;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
const space = /[\t\n\r ]*/y;

/** An object (with the keys seen) or an array that is not closed yet. */
type Level = Set<string> | 'array';

/**
 * Finds the first flaw of a text that claims to be JSON; `undefined` for none. It keeps its own stack, so depth costs
 * nothing. Duplicate keys are flaws only where `strict` asks.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function findJsonFlaw(text: string, strict: boolean): JsonFlaw | undefined {
  return new JsonScanner(text, strict).run();
}

class JsonScanner {
  readonly #text: string;
  readonly #strict: boolean;
  readonly #levels: Level[] = [];
  #offset = 0;

  constructor(text: string, strict: boolean) {
    this.#text = text;
    this.#strict = strict;
  }

  run(): JsonFlaw | undefined {
    let flaw = this.#value();
    while (flaw === undefined && this.#levels.length > 0) flaw = this.#afterValue();
    if (flaw !== undefined) return flaw;
    this.#skipSpace();
    return this.#offset === this.#text.length ? undefined : this.#syntax('the end');
  }

  /** Reads a scalar whole; of an object or array, the start, up to the place where a value must stand. */
  #value(): JsonFlaw | undefined {
    this.#skipSpace();
    const next = this.#text[this.#offset];
    if (next === '{') return this.#openObject();
    if (next === '[') return this.#openArray();
    if (next === '"') return this.#string() ? undefined : this.#syntax('the rest of a string');
    const token = next === 't' || next === 'f' || next === 'n' ? word : number;
    return this.#take(token) ? undefined : this.#syntax('a value');
  }

  #openObject(): JsonFlaw | undefined {
    const tooDeep = this.#open(new Set());
    if (tooDeep !== undefined) return tooDeep;
    this.#skipSpace();
    if (this.#text[this.#offset] === '}') return this.#close();
    return this.#key("a key or '}'");
  }

  #openArray(): JsonFlaw | undefined {
    const tooDeep = this.#open('array');
    if (tooDeep !== undefined) return tooDeep;
    this.#skipSpace();
    if (this.#text[this.#offset] === ']') return this.#close();
    return this.#value();
  }

  #open(level: Level): JsonFlaw | undefined {
    if (this.#levels.length === maxJsonDepth) return { kind: 'depth', offset: this.#offset, expected: '' };
    this.#levels.push(level);
    this.#offset += 1;
    return undefined;
  }

  #close(): undefined {
    this.#levels.pop();
    this.#offset += 1;
  }

  #afterValue(): JsonFlaw | undefined {
    this.#skipSpace();
    const isArray = this.#levels.at(-1) === 'array';
    const next = this.#text[this.#offset];
    if (next === (isArray ? ']' : '}')) return this.#close();
    if (next !== ',') return this.#syntax(isArray ? "',' or ']'" : "',' or '}'");
    this.#offset += 1;
    return isArray ? this.#value() : this.#key('a key');
  }

  #key(expected: string): JsonFlaw | undefined {
    this.#skipSpace();
    const offset = this.#offset;
    if (this.#text[offset] !== '"') return this.#syntax(expected);
    if (!this.#string()) return this.#syntax('the rest of a string');
    const flaw = this.#remember(this.#text.slice(offset, this.#offset), offset);
    if (flaw !== undefined) return flaw;
    this.#skipSpace();
    if (this.#text[this.#offset] !== ':') return this.#syntax("':'");
    this.#offset += 1;
    return this.#value();
  }

  #remember(token: string, offset: number): JsonFlaw | undefined {
    const keys = this.#levels.at(-1);
    if (!this.#strict || keys === undefined || keys === 'array') return undefined;
    const key = String(JSON.parse(token));
    if (keys.has(key)) return { kind: 'duplicate-key', offset, expected: 'each key once', key };
    keys.add(key);
    return undefined;
  }

  #take(token: RegExp): boolean {
    token.lastIndex = this.#offset;
    const match = token.exec(this.#text);
    this.#offset += match?.[0].length ?? 0;
    return match !== null;
  }

  /** Goes behind a string; where it is broken, to the character that breaks it. */
  #string(): boolean {
    this.#offset += 1;
    while (this.#offset < this.#text.length) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code < 0x20) return false;
      if (code === 0x5c) {
        if (!this.#take(escaped)) return false;
        continue;
      }
      this.#offset += 1;
      if (code === 0x22) return true;
    }
    return false;
  }

  #skipSpace(): void {
    space.lastIndex = this.#offset;
    this.#offset += space.exec(this.#text)?.[0].length ?? 0;
  }

  #syntax(expected: string): JsonFlaw {
    return { kind: 'syntax', offset: this.#offset, expected };
  }
}
