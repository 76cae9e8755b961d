/**
 * The header fields of a message in the order they came, repeated ones kept apart, names as written and found
 * without regard to case.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5
 */
export class HeaderList implements Iterable<readonly [name: string, value: string]> {
  readonly #flat: readonly string[];

  /** From a flat list of name, value, name, value (the form of node's `rawHeaders`). It is kept, not copied. */
  constructor(flat: readonly string[] = []) {
    this.#flat = flat;
  }

  /** From a record (a list of values becomes repeated fields) or from pairs. */
  static from(
    fields: Readonly<Record<string, string | readonly string[]>> | Iterable<readonly [string, string]>,
  ): HeaderList {
    const flat: string[] = [];
    if (isIterable(fields)) {
      for (const [name, value] of fields) flat.push(name, value);
      return new HeaderList(flat);
    }
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string') flat.push(name, value);
      else for (const one of value) flat.push(name, one);
    }
    return new HeaderList(flat);
  }

  /** The field's value; repeated fields are joined with `, ` (`; ` for Cookie); `undefined` where there is none. */
  get(name: string): string | undefined {
    let found: string | undefined;
    for (let index = 0; index < this.#flat.length; index += 2) {
      if (!sameName(this.#flat[index] as string, name)) continue;
      const value = this.#flat[index + 1] as string;
      found =
        found === undefined
          ? value
          : `${found}${name.length === 6 && sameName(name, 'cookie') ? '; ' : ', '}${value}`;
    }
    return found;
  }

  /** Every value of the field, one per line that was sent. */
  getAll(name: string): string[] {
    const values: string[] = [];
    for (let index = 0; index < this.#flat.length; index += 2) {
      if (sameName(this.#flat[index] as string, name)) values.push(this.#flat[index + 1] as string);
    }
    return values;
  }

  has(name: string): boolean {
    for (let index = 0; index < this.#flat.length; index += 2) {
      if (sameName(this.#flat[index] as string, name)) return true;
    }
    return false;
  }

  /** A list with the field set to one value (in place of all it had), or to several. */
  with(name: string, value: string | readonly string[]): HeaderList {
    const flat = [...this.without(name).#flat];
    for (const one of typeof value === 'string' ? [value] : value) flat.push(name, one);
    return new HeaderList(flat);
  }

  /** A list without the field. */
  without(name: string): HeaderList {
    const flat: string[] = [];
    for (const [other, value] of this) if (!sameName(other, name)) flat.push(other, value);
    return new HeaderList(flat);
  }

  /** The flat list of name, value, name, value; not a copy. */
  get flat(): readonly string[] {
    return this.#flat;
  }

  *[Symbol.iterator](): Iterator<readonly [string, string]> {
    for (let index = 0; index < this.#flat.length; index += 2) {
      yield [this.#flat[index] as string, this.#flat[index + 1] as string];
    }
  }
}

function isIterable(value: object): value is Iterable<readonly [string, string]> {
  return Symbol.iterator in value;
}

function sameName(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  return left === right || left.toLowerCase() === right.toLowerCase();
}
