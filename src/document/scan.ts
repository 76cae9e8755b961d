import type { Finding } from '../core/index.ts';
import { checkDiscriminator } from './discriminator.ts';
import { type DocumentFaultCode, fault } from './fault-codes.ts';
import type { Kind, Member } from './kind.ts';
import { isObject, type RawObject, typeWord } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import { callbackEntry, type ScanEntry, scanTable } from './scan-table.ts';
import { baseInside, isModern, type Located, originAt, Reached, rootOf } from './source-file.ts';

/** A reference with what is expected where it leads. */
interface Site {
  readonly place: Located;
  readonly kind: Kind;
}

/**
 * Walks all parts of a document once: finds every reference, every `$id` and `$anchor`, and what
 * has the wrong type. Values (examples, defaults, enums) are not parts: a `$ref` in one is data.
 *
 * It is most of what a start costs beside the parser, so it makes nothing per part: the place is a path of keys that
 * grows and shrinks with the recursion, whose depth `checkDepth` has bounded.
 */
export class Scan {
  readonly faults: Finding[] = [];
  /** The references that lead nowhere, by the object that holds them. */
  readonly broken: Map<object, Finding> = new Map();
  readonly #references: References;
  readonly #visited = new Set<object>();
  readonly #path: (string | number)[] = [];
  #start: Located;
  #base: string;
  #sites: Site[] = [];
  readonly #allSites: Located[] = [];
  /** Schemas with a discriminator. */
  readonly #choices: Located[] = [];
  readonly #foreign = new Map<string, { readonly first: Finding; count: number }>();

  constructor(references: References) {
    this.#references = references;
    this.#start = rootOf(references.root);
    this.#base = this.#start.base;
  }

  /** Walks a part and all below it, and takes note of the references in it. */
  visit(place: Located, kind: Kind): void {
    this.#start = place;
    this.#base = place.base;
    if (isObject(place.value)) this.#enter(place.value, kind);
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
    const waiting: Site[] = [];
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
    this.#tellAmbiguous();
    for (const place of this.#choices) this.faults.push(...checkDiscriminator(place, this.#references));
    for (const { first, count } of this.#foreign.values()) {
      const more = count === 1 ? '' : ` It stands in ${count} places; this is the first.`;
      this.faults.push({ ...first, message: first.message + more });
    }
  }

  /** https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2, which needs the way by which a value was reached. */
  #tellAmbiguous(): void {
    const told = new Set<string>();
    for (const place of this.#allSites) {
      const name = this.#references.ambiguousName(place.value);
      if (name === undefined || told.has(name)) continue;
      told.add(name);
      const message = `The "$dynamicRef" to "${name}" is read as a "$ref" to the nearest one: several schemas have that "$dynamicAnchor".`;
      this.faults.push(
        fault('document.unsupported', originAt(place), { severity: 'warning', message, seen: name }),
      );
    }
  }

  /** The place that the path leads to. */
  #here(value?: unknown): Located {
    return new Reached(this.#start, [...this.#path], { value, base: this.#base });
  }

  #enter(node: RawObject, kind: Kind): void {
    if (this.#visited.has(node)) return;
    this.#visited.add(node);
    const outer = this.#base;
    this.#base = baseInside(outer, node, this.#start.file.dialect);
    this.#look(node, kind);
    this.#base = outer;
  }

  #look(node: RawObject, kind: Kind): void {
    if (kind !== 'document' && referenceOf(node) !== undefined) {
      this.#sites.push({ place: this.#here(node), kind });
      if (!hasLivingSiblings(this.#start, kind)) return;
    }
    if (kind !== 'document' && node.$ref !== undefined && typeof node.$ref !== 'string')
      this.#wrongWord('$ref', node.$ref, 'a text that names a place');
    if (kind === 'schema' && isObject(node.discriminator)) this.#choices.push(this.#here(node));
    const table = kind === 'callback' ? undefined : scanTable(kind, this.#start.file.dialect);
    for (const key of Object.keys(node)) {
      const entry = table === undefined ? callbackEntry(key) : table.get(key);
      if (entry === undefined) continue;
      this.#path.push(key);
      if (entry.member === undefined) this.#checkKeyword(key, node[key], entry);
      else this.#descend(node[key], entry.member);
      this.#path.pop();
    }
  }

  #descend(value: unknown, { kind, holding }: Member): void {
    if (holding === 'one') this.#descendOne(value, kind);
    else if (holding === 'list') this.#descendList(value, kind);
    else this.#descendMap(value, kind, holding === 'patterned');
  }

  #descendList(value: unknown, kind: Kind): void {
    if (!Array.isArray(value)) {
      this.#wrongType(value, 'a list', kind);
      return;
    }
    for (let index = 0; index < value.length; index += 1) {
      this.#path.push(index);
      this.#descendOne(value[index], kind);
      this.#path.pop();
    }
  }

  #descendMap(value: unknown, kind: Kind, hasExtensions: boolean): void {
    if (!isObject(value)) {
      this.#wrongType(value, 'an object', kind);
      return;
    }
    for (const name of Object.keys(value)) {
      if (hasExtensions && name.startsWith('x-')) continue;
      this.#path.push(name);
      this.#descendOne(value[name], kind);
      this.#path.pop();
    }
  }

  #descendOne(value: unknown, kind: Kind): void {
    if (isObject(value)) this.#enter(value, kind);
    else if (kind !== 'schema' || typeof value !== 'boolean') this.#wrongType(value, 'an object', kind);
  }

  #wrongType(value: unknown, expected: string, kind: Kind): void {
    const severity = kind === 'schema' || isEmpty(value) ? 'warning' : 'error';
    const origin = originAt(this.#here());
    const seen = typeWord(value);
    const message = `"${origin.pointer}" must be ${expected} and is ${seen}; it is ignored.`;
    this.faults.push(fault('document.wrong-type', origin, { severity, expected, seen, message }));
  }

  #checkKeyword(key: string, value: unknown, { rule, foreign }: ScanEntry): void {
    if (rule !== undefined && !rule.holds(value)) this.#wrongWord(key, value, rule.expected);
    const home = foreign?.(value);
    if (home !== undefined) this.#countForeign(key, home);
  }

  #wrongWord(key: string, value: unknown, expected: string): void {
    const seen = typeof value === 'object' ? typeWord(value) : JSON.stringify(value).slice(0, 60);
    const message = `The keyword "${key}" must be ${expected} and is ${seen}; it is ignored.`;
    const detail = { severity: 'warning', expected, seen, message } as const;
    this.faults.push(fault('document.wrong-type', originAt(this.#here()), detail));
  }

  #countForeign(key: string, home: string): void {
    const known = this.#foreign.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    const code: DocumentFaultCode = 'document.foreign-keyword';
    const message = `The keyword "${key}", written so, belongs to ${home}; it is honoured all the same.`;
    this.#foreign.set(key, {
      count: 1,
      first: fault(code, originAt(this.#here()), { severity: 'warning', message }),
    });
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value as object).length === 0);
}

/** Beside a reference, other members count in a path item, and in the schemas of 3.1 and later. */
function hasLivingSiblings({ file }: Located, kind: Kind): boolean {
  return kind === 'pathItem' || (kind === 'schema' && isModern(file.dialect));
}
