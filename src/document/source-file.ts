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

/** Where the parts of files stand. A file is gone through when the first of its parts is asked for: few are ever named. */
export class Whereabouts {
  readonly #files = new Map<SourceFile, ReadonlyMap<object, Step>>();

  /** The pointer of a part; of one that stands in several places, the first. */
  pointerOf(part: object, file: SourceFile): JsonPointer {
    let steps = this.#files.get(file);
    if (steps === undefined) {
      steps = stepsOf(file.root);
      this.#files.set(file, steps);
    }
    const keys: (string | number)[] = [];
    for (let step = steps.get(part); step !== undefined; step = steps.get(step.parent))
      keys.unshift(step.key);
    return appendPointer('', ...keys);
  }
}

/** What holds a part, and under which key. */
interface Step {
  readonly parent: object;
  readonly key: string | number;
}

function stepsOf(root: unknown): ReadonlyMap<object, Step> {
  const steps = new Map<object, Step>();
  const visit = (parent: object): void => {
    for (const [key, part] of Object.entries(parent)) {
      if (typeof part !== 'object' || part === null || part === root || steps.has(part)) continue;
      steps.set(part, { parent, key });
      visit(part);
    }
  };
  if (typeof root === 'object' && root !== null) visit(root);
  return steps;
}

/** A part that a walk came by. */
export class Passed implements Located {
  readonly value: object;
  readonly file: SourceFile;
  readonly base: string;
  readonly #whereabouts: Whereabouts;

  constructor(value: object, { file, base }: Pick<Located, 'file' | 'base'>, whereabouts: Whereabouts) {
    this.value = value;
    this.file = file;
    this.base = base;
    this.#whereabouts = whereabouts;
  }

  get pointer(): JsonPointer {
    return this.#whereabouts.pointerOf(this.value, this.file);
  }
}

/** The place as if another value stood there. */
export function withValue(place: Located, value: unknown): Located {
  const { file, base } = place;
  return {
    value,
    file,
    base,
    get pointer() {
      return place.pointer;
    },
  };
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
