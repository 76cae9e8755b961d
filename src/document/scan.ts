import type { Finding } from '../core/index.ts';
import { type DocumentFaultCode, fault } from './fault-codes.ts';
import { memberOf } from './grammar.ts';
import type { Kind, Member } from './kind.ts';
import { isObject, typeWord } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import { foreignKeywords, plainKeywords } from './schema-keywords.ts';
import { descend, isModern, type Located, originAt } from './source-file.ts';

interface Visit {
  readonly place: Located;
  readonly kind: Kind;
}

/**
 * Walks all parts of a document once, without recursion: finds every reference, every `$id` and `$anchor`, and what
 * has the wrong type. Values (examples, defaults, enums) are not parts: a `$ref` in one is data.
 */
export class Scan {
  readonly faults: Finding[] = [];
  /** The references that lead nowhere, by the object that holds them. */
  readonly broken: Map<object, Finding> = new Map();
  readonly #references: References;
  readonly #visited = new Set<object>();
  readonly #stack: Visit[] = [];
  #sites: Visit[] = [];
  readonly #allSites: Located[] = [];
  readonly #foreign = new Map<string, { readonly first: Finding; count: number }>();

  constructor(references: References) {
    this.#references = references;
  }

  /** Walks a part and all below it, and takes note of the references in it. */
  visit(place: Located, kind: Kind): void {
    this.#stack.push({ place, kind });
    for (let next = this.#stack.pop(); next !== undefined; next = this.#stack.pop()) {
      const mark = this.#stack.length;
      this.#enter(next);
      reverseFrom(this.#stack, mark);
    }
  }

  /** The files that references need and nobody has read yet, each with the first place that needs it. */
  missingFiles(): Map<string, Located> {
    const missing = new Map<string, Located>();
    for (const { place } of this.#sites) {
      const uri = this.#references.missingFile(place);
      if (uri !== undefined && !missing.has(uri)) missing.set(uri, place);
    }
    return missing;
  }

  /** Walks what the references lead to; returns whether new references came up. What is not found stays waiting. */
  followReferences(): boolean {
    const sites = this.#sites;
    this.#sites = [];
    const waiting: Visit[] = [];
    for (const site of sites) {
      const target = this.#references.next(site.place);
      if (isFault(target)) waiting.push(site);
      else {
        this.#allSites.push(site.place);
        this.visit(target, site.kind);
      }
    }
    const hasNew = this.#sites.length > 0;
    this.#sites.push(...waiting);
    return hasNew;
  }

  /** Tells what is broken, once all files are read. */
  finish(): void {
    this.#references.seal();
    const told = new Set<Finding>();
    for (const place of [...this.#allSites, ...this.#sites.map((site) => site.place)]) {
      const end = this.#references.final(place);
      if (!isFault(end)) continue;
      this.broken.set(place.value as object, end);
      if (!told.has(end)) this.faults.push(end);
      told.add(end);
    }
    for (const { first, count } of this.#foreign.values()) {
      const more = count === 1 ? '' : ` It stands in ${count} places; this is the first.`;
      this.faults.push({ ...first, message: first.message + more });
    }
  }

  #enter({ place, kind }: Visit): void {
    const node = place.value as object;
    if (!isObject(node) || this.#visited.has(node)) return;
    this.#visited.add(node);
    if (kind !== 'document' && referenceOf(node) !== undefined) {
      this.#sites.push({ place, kind });
      if (!hasLivingSiblings(place, kind)) return;
    }
    for (const key of Object.keys(node)) {
      const member = memberOf(kind, key);
      if (member !== undefined) this.#descend(place, key, member);
      else if (kind === 'schema') this.#checkKeyword(place, key);
    }
  }

  #descend(place: Located, key: string, { kind, holding }: Member): void {
    const inner = descend(place, key);
    if (holding === 'one') this.#descendOne(inner, kind);
    else if (holding === 'list') this.#descendList(inner, kind);
    else this.#descendMap(inner, kind, holding === 'patterned');
  }

  #descendList(place: Located, kind: Kind): void {
    if (!Array.isArray(place.value)) this.#wrongType(place, 'a list', kind);
    else for (const index of place.value.keys()) this.#descendOne(descend(place, index), kind);
  }

  #descendMap(place: Located, kind: Kind, hasExtensions: boolean): void {
    if (!isObject(place.value)) {
      this.#wrongType(place, 'an object', kind);
      return;
    }
    for (const name of Object.keys(place.value)) {
      if (hasExtensions && name.startsWith('x-')) continue;
      this.#descendOne(descend(place, name), kind);
    }
  }

  #descendOne(place: Located, kind: Kind): void {
    if (isObject(place.value)) this.#stack.push({ place, kind });
    else if (kind !== 'schema' || typeof place.value !== 'boolean') this.#wrongType(place, 'an object', kind);
  }

  #wrongType(place: Located, expected: string, kind: Kind): void {
    const severity = kind === 'schema' || isEmpty(place.value) ? 'warning' : 'error';
    const seen = typeWord(place.value);
    const message = `"${place.pointer}" must be ${expected} and is ${seen}; it is ignored.`;
    this.faults.push(fault('document.wrong-type', originAt(place), { severity, expected, seen, message }));
  }

  #checkKeyword(place: Located, key: string): void {
    const value = (place.value as Record<string, unknown>)[key];
    const rule = plainKeywords.get(key);
    if (rule !== undefined && !rule.holds(value)) {
      const seen = JSON.stringify(value)?.slice(0, 60) ?? typeWord(value);
      const message = `The keyword "${key}" must be ${rule.expected} and is ${seen}; it is ignored.`;
      const detail = { severity: 'warning', expected: rule.expected, seen, message } as const;
      this.faults.push(fault('document.wrong-type', originAt(descend(place, key)), detail));
    }
    const foreign = foreignKeywords(place.file.dialect, key, value);
    if (foreign !== undefined) this.#countForeign(descend(place, key), key, foreign);
  }

  #countForeign(place: Located, key: string, home: string): void {
    const known = this.#foreign.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    const code: DocumentFaultCode = 'document.foreign-keyword';
    const message = `The keyword "${key}", written so, belongs to ${home}; it is honoured all the same.`;
    this.#foreign.set(key, {
      count: 1,
      first: fault(code, originAt(place), { severity: 'warning', message }),
    });
  }
}

/** Puts what was pushed last in the order in which it is written, so that faults come in document order. */
function reverseFrom(stack: Visit[], mark: number): void {
  for (let left = mark, right = stack.length - 1; left < right; left += 1, right -= 1) {
    const moved = stack[left] as Visit;
    stack[left] = stack[right] as Visit;
    stack[right] = moved;
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value as object).length === 0);
}

/** Beside a reference, other members count in a path item, and in the schemas of 3.1 and later. */
function hasLivingSiblings({ file }: Located, kind: Kind): boolean {
  return kind === 'pathItem' || (kind === 'schema' && isModern(file.dialect));
}
