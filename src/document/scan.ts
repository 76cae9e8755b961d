import type { Finding } from '../core/index.ts';
import { checkDiscriminator } from './discriminator.ts';
import { type DocumentFaultCode, fault } from './fault-codes.ts';
import type { Kind } from './kind.ts';
import { isObject, type RawObject, typeWord } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import { callbackEntry, type ScanEntry, scanTable } from './scan-table.ts';
import {
  baseInside,
  descend,
  isModern,
  type Located,
  originAt,
  Passed,
  rootOf,
  type SourceFile,
  Whereabouts,
} from './source-file.ts';

/** A reference with what is expected where it leads. */
interface Site {
  readonly place: Located;
  readonly kind: Kind;
}

/** A member by what holds it and its name there. */
interface MemberOf {
  readonly node: object;
  readonly key: string | number;
}

/**
 * Walks all parts of a document once: finds every reference, every `$id` and `$anchor`, and what
 * has the wrong type. Values (examples, defaults, enums) are not parts: a `$ref` in one is data.
 *
 * It is most of what a start costs beside the parser, so it makes nothing per part, not even its place. The depth of the
 * recursion is bounded by `checkDepth`.
 */
export class Scan {
  readonly faults: Finding[] = [];
  /** The references that lead nowhere, by the object that holds them. */
  readonly broken: Map<object, Finding> = new Map();
  readonly #references: References;
  readonly #visited = new Set<object>();
  readonly #whereabouts = new Whereabouts();
  #file: SourceFile;
  #base: string;
  #sites: Site[] = [];
  readonly #allSites: Located[] = [];
  /** Schemas with a discriminator. */
  readonly #choices: Located[] = [];
  readonly #foreign = new Map<string, { readonly first: Finding; count: number }>();

  constructor(references: References) {
    this.#references = references;
    this.#file = references.root;
    this.#base = rootOf(references.root).base;
  }

  /** Walks a part and all below it, and takes note of the references in it. */
  visit(place: Located, kind: Kind): void {
    this.#file = place.file;
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

  /** The place of a part that is being looked at, or of a member of it. */
  #here(node: object, key?: string | number): Located {
    const place = new Passed(node, { file: this.#file, base: this.#base }, this.#whereabouts);
    return key === undefined ? place : descend(place, key);
  }

  /** In one function, because it runs for each of the ten thousands of parts of a document before anything is optimized. */
  #enter(node: RawObject, kind: Kind): void {
    if (this.#visited.has(node)) return;
    this.#visited.add(node);
    const outer = this.#base;
    if (isModern(this.#file.dialect)) this.#base = baseInside(outer, node, this.#file.dialect);
    if (kind === 'document' || !this.#isOnlyReference(node, kind)) {
      const table = kind === 'callback' ? undefined : scanTable(kind, this.#file.dialect);
      for (const key in node) {
        const entry = table === undefined ? callbackEntry(key) : table.get(key);
        if (entry?.member === undefined) {
          if (entry !== undefined) this.#checkKeyword(node, key, entry);
          continue;
        }
        const value = node[key];
        const { kind: inner, holding } = entry.member;
        if (holding === 'one') {
          if (isObject(value)) this.#enter(value, inner);
          else this.#checkRest(value, inner, { node, key });
        } else if (holding === 'list') this.#enterList(value, inner, { node, key });
        else if (isObject(value)) {
          for (const name in value) {
            const part = value[name];
            if (holding === 'patterned' && name.startsWith('x-')) continue;
            if (isObject(part)) this.#enter(part, inner);
            else this.#checkRest(part, inner, { node: value, key: name });
          }
        } else this.#wrongType('an object', inner, this.#here(node, key));
      }
    }
    this.#base = outer;
  }

  #enterList(value: unknown, kind: Kind, { node, key }: MemberOf): void {
    if (!Array.isArray(value)) {
      this.#wrongType('a list', kind, this.#here(node, key));
      return;
    }
    for (const [index, part] of value.entries()) {
      if (isObject(part)) this.#enter(part, kind);
      else this.#checkRest(part, kind, { node: value, key: index });
    }
  }

  /** What is no object: a schema may be `true` or `false`. */
  #checkRest(value: unknown, kind: Kind, { node, key }: MemberOf): void {
    if (kind !== 'schema' || typeof value !== 'boolean')
      this.#wrongType('an object', kind, this.#here(node, key));
  }

  /** Takes note of a reference, and tells whether nothing beside it counts. */
  #isOnlyReference(node: RawObject, kind: Kind): boolean {
    if (referenceOf(node) !== undefined) {
      this.#sites.push({ place: this.#here(node), kind });
      if (!hasLivingSiblings(this.#file, kind)) return true;
    }
    if (node.$ref !== undefined && typeof node.$ref !== 'string')
      this.#wrongWord(node, '$ref', 'a text that names a place');
    if (kind === 'schema' && isObject(node.discriminator)) this.#choices.push(this.#here(node));
    return false;
  }

  #wrongType(expected: string, kind: Kind, place: Located): void {
    const severity = kind === 'schema' || isEmpty(place.value) ? 'warning' : 'error';
    const origin = originAt(place);
    const seen = typeWord(place.value);
    const message = `"${origin.pointer}" must be ${expected} and is ${seen}; it is ignored.`;
    this.faults.push(fault('document.wrong-type', origin, { severity, expected, seen, message }));
  }

  #checkKeyword(node: RawObject, key: string, { rule, foreign }: ScanEntry): void {
    const value = node[key];
    if (rule !== undefined && !rule.holds(value)) this.#wrongWord(node, key, rule.expected);
    const home = foreign?.(value);
    if (home !== undefined) this.#countForeign(node, key, home);
  }

  #wrongWord(node: RawObject, key: string, expected: string): void {
    const value = node[key];
    const seen = typeof value === 'object' ? typeWord(value) : JSON.stringify(value).slice(0, 60);
    const message = `The keyword "${key}" must be ${expected} and is ${seen}; it is ignored.`;
    const detail = { severity: 'warning', expected, seen, message } as const;
    this.faults.push(fault('document.wrong-type', originAt(this.#here(node, key)), detail));
  }

  #countForeign(node: RawObject, key: string, home: string): void {
    const known = this.#foreign.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    const code: DocumentFaultCode = 'document.foreign-keyword';
    const message = `The keyword "${key}", written so, belongs to ${home}; it is honoured all the same.`;
    this.#foreign.set(key, {
      count: 1,
      first: fault(code, originAt(this.#here(node, key)), { severity: 'warning', message }),
    });
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value as object).length === 0);
}

/** Beside a reference, other members count in a path item, and in the schemas of 3.1 and later. */
function hasLivingSiblings({ dialect }: SourceFile, kind: Kind): boolean {
  return kind === 'pathItem' || (kind === 'schema' && isModern(dialect));
}
