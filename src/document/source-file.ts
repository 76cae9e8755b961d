import { appendPointer, type Finding, type JsonPointer, type Origin } from '../core/index.ts';
import { own, textOf } from './raw.ts';

/** The line of specifications that decides how a file is read. */
export type Dialect = '2.0' | '3.0' | '3.1' | '3.2';

/** A file that was read: its text (for lines) and what it says. */
export interface SourceFile {
  readonly uri: string;
  readonly syntax: 'json' | 'yaml' | 'object';
  /** Absent for an object that was given in code. */
  readonly text?: string;
  readonly root: unknown;
  readonly dialect: Dialect;
  /** What overlays made of it: then `root` is no longer what `text` says. */
  readonly overlaid?: Overlaid;
}

/** What overlays made of a file. */
export interface Overlaid {
  /** The overlays by their URI. */
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Actions that selected nothing. */
  readonly faults: readonly Finding[];
  /** Where a place of the changed document was written. */
  find(pointer: JsonPointer): Origin;
}

/** A place in a file with the raw value that stands there. */
export interface Located {
  readonly value: unknown;
  readonly file: SourceFile;
  readonly pointer: JsonPointer;
  /** What references are relative to: the file's URI, or the `$id` around. */
  readonly base: string;
}

/** The place of the whole file. */
export function rootOf(file: SourceFile): Located {
  return { value: file.root, file, pointer: '', base: baseInside(file.uri, file.root, file.dialect) };
}

/** A place below another. Most are passed through and never named, so the pointer is put together when it is asked. */
class Below implements Located {
  readonly value: unknown;
  readonly file: SourceFile;
  readonly base: string;
  readonly #parent: Located;
  readonly #key: string | number;

  constructor(parent: Located, key: string | number) {
    this.value = own(parent.value, key);
    this.file = parent.file;
    this.base = baseInside(parent.base, this.value, parent.file.dialect);
    this.#parent = parent;
    this.#key = key;
  }

  get pointer(): JsonPointer {
    return appendPointer(this.#parent.pointer, this.#key);
  }
}

/** The place of a member or item; its value is `undefined` where there is none. */
export function descend(parent: Located, key: string | number, inner?: string | number): Located {
  const place = new Below(parent, key);
  return inner === undefined ? place : new Below(place, inner);
}

/** A place that a path of keys leads to, with a value and a base that are known. */
export class Reached implements Located {
  readonly value: unknown;
  readonly file: SourceFile;
  readonly base: string;
  readonly #start: Located;
  readonly #keys: readonly (string | number)[];

  constructor(start: Located, keys: readonly (string | number)[], known: Pick<Located, 'value' | 'base'>) {
    this.value = known.value;
    this.base = known.base;
    this.file = start.file;
    this.#start = start;
    this.#keys = keys;
  }

  get pointer(): JsonPointer {
    return appendPointer(this.#start.pointer, ...this.#keys);
  }
}

/** The place as if another value stood there. */
export function withValue({ file, base, pointer }: Located, value: unknown): Located {
  return { value, file, base, pointer };
}

/** The place as an origin. */
export function originAt(place: Located): Origin {
  return { uri: place.file.uri, pointer: place.pointer };
}

/** Whether the dialect's schemas are JSON Schema 2020-12. */
export function isModern(dialect: Dialect): boolean {
  return dialect === '3.1' || dialect === '3.2';
}

/** https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.1 */
export function baseInside(base: string, value: unknown, dialect: Dialect): string {
  if (!isModern(dialect)) return base;
  const id = textOf(own(value, '$id'));
  if (id === undefined) return base;
  return resolveUri(id, base) ?? base;
}

/** The absolute form of a URI reference without its fragment, or `undefined` where there is none. */
export function resolveUri(reference: string, base: string): string | undefined {
  const end = reference.indexOf('#');
  const plain = end === -1 ? reference : reference.slice(0, end);
  if (plain === '') return base;
  if (!URL.canParse(plain, base)) return undefined;
  return new URL(plain, base).href;
}
