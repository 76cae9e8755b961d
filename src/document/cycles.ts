import { memberOf } from './grammar.ts';
import { isObject, listOf } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import { inPlaceKeywords } from './schema-keywords.ts';
import { descend, type Located } from './source-file.ts';

interface Vertex {
  readonly place: Located;
  readonly index: number;
  low: number;
  /** The number of its component, once that is complete. */
  component: number | undefined;
  /** What is still to be looked at below it. */
  rest: Located[] | undefined;
}

/**
 * Tells which references stand inside the schema that they lead to. It looks at raw schemas, each once, so that the
 * answer does not depend on which operation was used first.
 *
 * Tarjan's strongly connected components, without recursion.
 */
export class Cycles {
  readonly #references: References;
  readonly #vertices = new Map<object, Vertex>();
  readonly #open: Vertex[] = [];
  #count = 0;

  constructor(references: References) {
    this.#references = references;
  }

  /** Whether the schema that the reference leads to contains the reference. */
  contains(target: Located, reference: Located): boolean {
    this.#explore(reference);
    const from = this.#vertices.get(reference.value as object);
    const to = this.#vertices.get(target.value as object);
    return from !== undefined && from.component === to?.component;
  }

  /** Whether the reference is reached from its target by applicators alone, all about the same value. */
  containsInPlace(target: Located, reference: Located): boolean {
    const seen = new Set<unknown>();
    const rest = [target];
    for (let place = rest.pop(); place !== undefined; place = rest.pop()) {
      if (place.value === reference.value) return true;
      if (!isObject(place.value) || seen.has(place.value)) continue;
      seen.add(place.value);
      rest.push(...this.#below(place, (key) => inPlaceKeywords.has(key)));
    }
    return false;
  }

  #explore(start: Located): void {
    if (this.#vertices.has(start.value as object)) return;
    const path = [this.#add(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest?.pop();
      if (next === undefined) {
        path.pop();
        this.#close(top);
        const parent = path.at(-1);
        if (parent !== undefined) parent.low = Math.min(parent.low, top.low);
        continue;
      }
      const known = this.#vertices.get(next.value as object);
      if (known === undefined) path.push(this.#add(next));
      else if (known.component === undefined) top.low = Math.min(top.low, known.index);
    }
  }

  #add(place: Located): Vertex {
    const index = this.#count;
    this.#count += 1;
    const rest = this.#below(place, () => true);
    const vertex: Vertex = { place, index, low: index, component: undefined, rest };
    this.#vertices.set(place.value as object, vertex);
    this.#open.push(vertex);
    return vertex;
  }

  #close(vertex: Vertex): void {
    vertex.rest = undefined;
    if (vertex.low !== vertex.index) return;
    for (let member = this.#open.pop(); member !== undefined; member = this.#open.pop()) {
      member.component = vertex.index;
      if (member === vertex) return;
    }
  }

  /** The schemas directly below one, and what it refers to. */
  #below(place: Located, follows: (key: string) => boolean): Located[] {
    const found: Located[] = [];
    const node = place.value;
    if (!isObject(node)) return found;
    if (referenceOf(node) !== undefined) {
      const target = this.#references.next(place);
      if (!isFault(target) && isObject(target.value)) found.push(target);
    }
    for (const key of Object.keys(node)) {
      const member = memberOf('schema', key);
      if (member === undefined || key === '$defs' || key === 'definitions' || !follows(key)) continue;
      for (const inner of schemasAt(descend(place, key), member.holding)) {
        if (isObject(inner.value)) found.push(inner);
      }
    }
    return found;
  }
}

function schemasAt(place: Located, holding: string): Located[] {
  if (holding === 'one') return [place];
  if (holding === 'list') return listOf(place.value).map((_, index) => descend(place, index));
  return isObject(place.value) ? Object.keys(place.value).map((key) => descend(place, key)) : [];
}
