/** An expression of the template language, read. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly keys: readonly (string | number)[] }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] }
  | {
      readonly kind: 'pipe';
      readonly input: Expression;
      readonly name: string;
      readonly given: readonly Expression[];
    };

const tokenPattern =
  /\s*(?:('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(-?\d{1,15}(?:\.\d{1,15})?)|([A-Za-z_$][\w$-]*)|([.|(),[\]]))/y;

interface Token {
  readonly kind: 'text' | 'number' | 'word' | 'sign';
  readonly text: string;
}

/** Reads `request.query.page | default(1)`. Throws a plain `Error` with a sentence where it cannot. */
export function parseExpression(text: string): Expression {
  const tokens = tokensOf(text);
  const reader = new Reader(tokens);
  const expression = reader.expression(0);
  reader.end();
  return expression;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  for (let at = 0; at < trimmed.length; ) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(trimmed);
    if (match === null) throw new Error(`nothing can be read at "${trimmed.slice(at).trim()}"`);
    const [whole, quoted, number, word, sign] = match;
    if (quoted !== undefined)
      tokens.push({ kind: 'text', text: quoted.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
    at += whole.length;
  }
  return tokens;
}

const deepest = 20;
const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  end(): void {
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new Error(`"${rest.text}" is not expected there`);
  }

  expression(depth: number): Expression {
    if (depth > deepest) throw new Error(`it is nested deeper than ${deepest}`);
    let result = this.#term(depth);
    while (this.#takes('|')) {
      const name = this.#word();
      result = { kind: 'pipe', input: result, name, given: this.#given(depth) };
    }
    return result;
  }

  #term(depth: number): Expression {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error('a value is missing');
    this.#at += 1;
    if (token.kind === 'text') return { kind: 'literal', value: token.text };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'sign') throw new Error(`"${token.text}" is not expected there`);
    const literal = words.get(token.text);
    if (literal !== undefined) return { kind: 'literal', value: literal };
    if (this.#sees('(')) return { kind: 'call', name: token.text, given: this.#given(depth) };
    return { kind: 'path', keys: [token.text, ...this.#keys()] };
  }

  #keys(): (string | number)[] {
    const keys: (string | number)[] = [];
    for (;;) {
      if (this.#takes('.')) keys.push(this.#word());
      else if (this.#takes('[')) {
        const token = this.#tokens[this.#at];
        if (token === undefined || (token.kind !== 'text' && token.kind !== 'number'))
          throw new Error('in brackets stands an index or a text in quotes');
        this.#at += 1;
        keys.push(token.kind === 'number' ? Number(token.text) : token.text);
        this.#expect(']');
      } else return keys;
    }
  }

  #given(depth: number): Expression[] {
    const given: Expression[] = [];
    if (!this.#takes('(') || this.#takes(')')) return given;
    do given.push(this.expression(depth + 1));
    while (this.#takes(','));
    this.#expect(')');
    return given;
  }

  #sees(sign: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'sign' && token.text === sign;
  }

  #takes(sign: string): boolean {
    if (!this.#sees(sign)) return false;
    this.#at += 1;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#takes(sign)) throw new Error(`"${sign}" is missing`);
  }

  #word(): string {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word') throw new Error('a name is missing');
    this.#at += 1;
    return token.text;
  }
}
