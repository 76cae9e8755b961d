import { type Finding, pointerKeys } from '../core/index.ts';
import { fault } from './fault-codes.ts';
import { isObject, own, textOf } from './raw.ts';
import {
  descend,
  isModern,
  type Located,
  originAt,
  resolveUri,
  rootOf,
  type SourceFile,
} from './source-file.ts';

/** What a reference leads to: a place, or the fault that says why it leads nowhere. */
export type Target = Located | Finding;

/** Tells a fault from a place. */
export function isFault(target: Target): target is Finding {
  return 'severity' in target;
}

/** The reference that an object is, if it is one. */
export function referenceOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  return textOf(value.$ref) ?? textOf(value.$dynamicRef) ?? textOf(value.$recursiveRef);
}

/** A file without one of these has no names to take up. */
const namePattern = /\$id|\$anchor|\$dynamicAnchor/;

function mayHaveNames({ text, overlaid }: SourceFile): boolean {
  return text === undefined || overlaid !== undefined || namePattern.test(text);
}

/** What stands below these is data. */
const valueKeywords: ReadonlySet<string> = new Set([
  'example',
  'default',
  'enum',
  'const',
  'value',
  'dataValue',
]);

/** How many references a pointer may pass through on its way. */
const detours = 32;

/** Every file of a document, and where each of its references leads. */
export class References {
  readonly root: SourceFile;
  readonly files: Map<string, SourceFile> = new Map();
  /** Why a file could not be read, by its URI. */
  readonly unreadable: Map<string, (reference: Located) => Finding> = new Map();
  readonly #resources = new Map<string, Located>();
  readonly #anchors = new Map<string, Located>();
  /** How many places have a `$dynamicAnchor` of a name. */
  readonly #dynamic = new Map<string, number>();
  /** Where references led, by base and reference. */
  readonly #found = new Map<string, Map<string, Located>>();
  /** References that lead nowhere, with the fault. */
  readonly #lost = new WeakMap<object, Finding>();
  readonly #final = new WeakMap<object, Target>();
  #complete = false;

  constructor(root: SourceFile) {
    this.root = root;
    this.addFile(root);
  }

  addFile(file: SourceFile): void {
    this.files.set(file.uri, file);
    this.#resources.set(file.uri, rootOf(file));
    if (isModern(file.dialect) && mayHaveNames(file)) this.#addNamesOf(file);
    // https://spec.openapis.org/oas/v3.2.0.html#openapi-self
    const self = file.dialect === '3.2' ? textOf(own(file.root, '$self')) : undefined;
    const uri = self === undefined ? undefined : resolveUri(self, file.uri);
    if (uri !== undefined) this.#resources.set(uri, rootOf(file));
  }

  /** Takes up each `$id`, `$anchor` and `$dynamicAnchor` of a file, also where nothing refers to it by its place. */
  #addNamesOf(file: SourceFile): void {
    const stack = [rootOf(file)];
    const seen = new Set<unknown>();
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      if (seen.has(place.value)) continue;
      seen.add(place.value);
      if (isObject(place.value)) this.#addNames(place);
      for (const [key, part] of Object.entries(place.value as object)) {
        if (typeof part === 'object' && part !== null && !valueKeywords.has(key))
          stack.push(descend(place, key));
      }
    }
  }

  #addNames(place: Located): void {
    if (typeof own(place.value, '$id') === 'string' && !this.#resources.has(place.base)) {
      this.#resources.set(place.base, place);
    }
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const name = textOf(own(place.value, keyword));
      if (name === undefined) continue;
      this.#anchors.set(`${place.base}#${name}`, place);
      if (keyword === '$dynamicAnchor') this.#dynamic.set(name, (this.#dynamic.get(name) ?? 0) + 1);
    }
  }

  /** The name of the anchor of a `$dynamicRef` that hangs on the way by which it is reached: several places have it. */
  ambiguousName(node: unknown): string | undefined {
    const name = textOf(own(node, '$dynamicRef'))?.split('#')[1];
    return name !== undefined && (this.#dynamic.get(name) ?? 0) > 1 ? name : undefined;
  }

  /** From now on what was not found is not looked for again. */
  seal(): void {
    this.#complete = true;
  }

  /** The URI of the file that a reference needs and nobody has read yet, or `undefined`. */
  missingFile(place: Located): string | undefined {
    const reference = referenceOf(place.value);
    if (reference === undefined || reference.startsWith('#')) return undefined;
    const uri = this.#uriOf(reference, place);
    if (uri === undefined || this.#resources.has(uri) || this.unreadable.has(uri)) return undefined;
    return uri;
  }

  /** Where the reference at a place leads, one step. */
  next(place: Located): Target {
    const node = place.value as object;
    const known = this.#lost.get(node);
    if (known !== undefined) return known;
    const target = this.#find(place, detours);
    // What was found is known by its reference. A file that is still to be read may have what no file has now.
    if (this.#complete && isFault(target)) this.#lost.set(node, target);
    return target;
  }

  /** Where a chain of references ends; the place itself where it is none. */
  final(place: Located): Target {
    if (!isReference(place.value)) return place;
    const next = this.#final.get(place.value as object) ?? this.next(place);
    return isFault(next) || !isReference(next.value) ? next : this.#lastOf(place);
  }

  #lastOf(place: Located): Target {
    const path: object[] = [];
    const seen = new Set<unknown>();
    let target: Target = place;
    while (!isFault(target) && isReference(target.value)) {
      const node = target.value as object;
      const known = this.#final.get(node);
      if (known !== undefined || seen.has(node)) {
        target = known ?? cycle(target);
        break;
      }
      seen.add(node);
      path.push(node);
      target = this.next(target);
    }
    for (const node of path) this.#final.set(node, target);
    return target;
  }

  /** The URI that a reference stands for: by the `$id` around it, or else by the file that it stands in. */
  #uriOf(reference: string, place: Located): string | undefined {
    const byBase = resolveUri(reference, place.base);
    if (place.base === place.file.uri || (byBase !== undefined && this.#resources.has(byBase))) return byBase;
    return resolveUri(reference, place.file.uri) ?? byBase;
  }

  #find(place: Located, budget: number): Target {
    const reference = referenceOf(place.value) ?? '';
    const known = this.#found.get(place.base)?.get(reference);
    if (known !== undefined) return known;
    const uri = this.#uriOf(reference, place);
    const resource = uri === undefined ? undefined : this.#resources.get(uri);
    if (resource === undefined) {
      const because = uri === undefined ? undefined : this.unreadable.get(uri);
      return because?.(place) ?? leadsNowhere(place, reference);
    }
    const mark = reference.indexOf('#');
    const fragment = mark === -1 ? '' : reference.slice(mark + 1);
    const target = this.#inside(resource, fragment, budget);
    if (target === undefined) return leadsNowhere(place, reference);
    if (!isFault(target)) this.#keep(place.base, reference, target);
    return target;
  }

  #keep(base: string, reference: string, target: Located): void {
    const found = this.#found.get(base);
    if (found === undefined) this.#found.set(base, new Map([[reference, target]]));
    else found.set(reference, target);
  }

  #inside(resource: Located, fragment: string, budget: number): Target | undefined {
    if (fragment === '') return resource;
    const decoded = decodeFragment(fragment);
    if (!decoded.startsWith('/')) return this.#anchors.get(`${resource.base}#${decoded}`);
    return (
      this.#walk(resource, pointerKeys(decoded), budget) ??
      (decoded === fragment ? undefined : this.#walk(resource, pointerKeys(fragment), budget))
    );
  }

  /** Follows a pointer; a reference that stands in its way is followed too. */
  #walk(start: Located, keys: readonly string[], budget: number): Target | undefined {
    let at: Located = start;
    for (const key of keys) {
      const inner = descend(at, key);
      if (inner.value !== undefined) {
        at = inner;
        continue;
      }
      if (budget === 0 || !isReference(at.value)) return undefined;
      const detour = this.#find(at, budget - 1);
      if (isFault(detour)) return undefined;
      at = descend(detour, key);
      if (at.value === undefined) return undefined;
    }
    return at;
  }
}

function isReference(value: unknown): boolean {
  return referenceOf(value) !== undefined;
}

function decodeFragment(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function leadsNowhere(place: Located, reference: string): Finding {
  return fault('document.reference', originAt(place), {
    message: `The reference "${reference}" leads nowhere.`,
    expected: 'a place that exists',
    seen: reference,
  });
}

function cycle(place: Located): Finding {
  const reference = referenceOf(place.value) ?? '';
  return fault('document.reference-cycle', originAt(place), {
    message: `The reference "${reference}" leads back to itself and never to anything.`,
    seen: reference,
  });
}
