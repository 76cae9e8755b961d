import { appendPointer, type JsonPointer, type Origin, pointerKeys } from '../../core/index.ts';
import { own } from '../raw.ts';

/** Where the parts of a document were written that overlays have changed. */
export class Provenance {
  readonly #uri: string;
  /** By container and key: another place, or the index that an item had before others were removed. */
  readonly #changed = new WeakMap<object, Map<string, Origin | number>>();

  constructor(uri: string) {
    this.#uri = uri;
  }

  /** Notes that a member or item comes from elsewhere. */
  note(container: object, key: string | number, origin: Origin): void {
    this.#of(container).set(String(key), origin);
  }

  /** Notes that an item was taken out of a list: those behind it have moved up. */
  noteRemoved(list: readonly unknown[], index: number): void {
    const changed = this.#of(list);
    for (let at = index; at < list.length; at += 1) {
      changed.set(String(at), changed.get(String(at + 1)) ?? at + 1);
    }
    changed.delete(String(list.length));
  }

  /** Where the place of the changed document was written. */
  find(root: unknown, pointer: JsonPointer): Origin {
    let at: Origin = { uri: this.#uri, pointer: '' };
    let value = root;
    for (const key of pointerKeys(pointer)) {
      const changed =
        typeof value === 'object' && value !== null ? this.#changed.get(value)?.get(key) : undefined;
      at =
        typeof changed === 'object'
          ? changed
          : { uri: at.uri, pointer: appendPointer(at.pointer, changed ?? key) };
      value = own(value, key);
    }
    return at;
  }

  #of(container: object): Map<string, Origin | number> {
    const known = this.#changed.get(container);
    if (known !== undefined) return known;
    const made = new Map<string, Origin | number>();
    this.#changed.set(container, made);
    return made;
  }
}
