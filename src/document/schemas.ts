import { ApidoubleError, type Finding, setOrigin } from '../core/index.ts';
import { createRecursion, kinshipOf, type Schema, type SchemaObject, setKinship } from '../schema/index.ts';
import { Cycles } from './cycles.ts';
import { readDiscriminator } from './discriminator.ts';
import { Families } from './families.ts';
import { memberOf } from './grammar.ts';
import type { Member } from './kind.ts';
import { type Draft, toModel } from './legacy-schema.ts';
import { freezeDeep, isObject, listOf, own } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import { annotationKeywords, inPlaceKeywords, plainKeywords } from './schema-keywords.ts';
import { descend, isModern, type Located, originAt } from './source-file.ts';

/** Levels of schemas, references included, that one may be inside another. */
const depthLimit = 600;

/**
 * Brings raw schemas to the one model, each on first use and once: what two places share is one object. Where a
 * schema contains itself the inner place becomes a `Recursion`; which place that is depends on the document alone.
 */
export class Schemas {
  readonly #references: References;
  readonly #fail: (finding: Finding) => never;
  readonly #cycles: Cycles;
  readonly #families: Families;
  readonly #made = new WeakMap<object, Schema>();
  readonly #named = new Map<Schema, Located>();
  readonly #open = new Set<object>();

  constructor(references: References, fail: (finding: Finding) => never) {
    this.#references = references;
    this.#fail = fail;
    this.#cycles = new Cycles(references);
    this.#families = new Families(references, (place) => this.#readWhole(place));
  }

  /** Schemas that references led to, with the place where they stand. */
  get named(): ReadonlyMap<Schema, Located> {
    return this.#named;
  }

  /** The schema at a place. Throws where a reference in it is broken, or where it is nested too deeply. */
  read(place: Located): Schema {
    return this.#read(place, true);
  }

  #read(place: Located, inPlace: boolean): Schema {
    const node = place.value;
    if (typeof node === 'boolean') return node;
    if (!isObject(node)) return true;
    const made = this.#made.get(node);
    if (made !== undefined) return made;
    if (this.#open.has(node)) return this.#recursion(place, place);
    if (this.#open.size > depthLimit) return tooDeep(place);
    this.#open.add(node);
    try {
      const schema =
        referenceOf(node) === undefined ? this.#readObject(place, inPlace) : this.#follow(place, inPlace);
      this.#made.set(node, schema);
      return schema;
    } finally {
      this.#open.delete(node);
    }
  }

  #readObject(place: Located, inPlace: boolean): Schema {
    const draft = toModel(this.#draft(place, inPlace), place);
    const schema = freeze(draft, place);
    setKinship(schema, this.#families.kinshipOf(place));
    return schema;
  }

  #follow(place: Located, inPlace: boolean): Schema {
    const end = this.#references.final(place);
    if (isFault(end)) return this.#fail(end);
    const target = this.#target(place);
    const recursive =
      isObject(target.value) &&
      this.#cycles.contains(target, place) &&
      (!inPlace || this.#cycles.containsInPlace(target, place));
    return this.#withSiblings(
      place,
      recursive ? this.#recursion(place, target) : this.#readNamed(target),
      inPlace,
    );
  }

  /** The first place along the references that is more than a reference. */
  #target(place: Located): Located {
    let target = place;
    do {
      const next = this.#references.next(target);
      if (isFault(next)) return this.#fail(next);
      target = next;
    } while (isBareReference(target.value));
    return target;
  }

  #recursion(place: Located, target: Located): Schema {
    const uri = target.file === this.#references.root ? '' : target.file.uri;
    const node = createRecursion(`${uri}#${target.pointer}`, () => this.#readNamed(target));
    return Object.freeze(setOrigin(node, originAt(place)));
  }

  #readNamed(target: Located): Schema {
    const schema = this.#read(target, true);
    if (typeof schema === 'object' && !this.#named.has(schema)) this.#named.set(schema, target);
    return schema;
  }

  /** A member of a family that cannot be read is none: the operation that uses its head is whole without it. */
  #readWhole(place: Located): Schema | undefined {
    try {
      return this.#readNamed(place);
    } catch (error) {
      if (error instanceof ApidoubleError) return undefined;
      throw error;
    }
  }

  /**
   * Beside a reference 3.1 lets every keyword count; 3.0 lets none, but a description is wanted there, and nobody
   * writes `nullable` to have it ignored.
   *
   * @see https://spec.openapis.org/oas/v3.1.1.html#schema-object
   * @see https://spec.openapis.org/oas/v3.0.4.html#reference-object
   */
  #withSiblings(place: Located, schema: Schema, inPlace: boolean): Schema {
    if (Object.keys(place.value as object).length === 1) return schema;
    const draft = this.#draft(place, inPlace);
    const counts = isModern(place.file.dialect) ? () => true : (key: string) => key === 'description';
    for (const key of Object.keys(draft)) if (!counts(key)) delete draft[key];
    const isNullable = own(place.value, 'nullable') === true;
    if (Object.keys(draft).length === 0 && !isNullable) return schema;
    const annotates = Object.keys(draft).every((key) => annotationKeywords.has(key) || key.startsWith('x-'));
    if (annotates && !isNullable && typeof schema === 'object' && schema.$ref === undefined) {
      const copy = freeze({ ...schema, ...draft }, place);
      setKinship(copy, kinshipOf(schema));
      return copy;
    }
    const whole: Draft = { ...draft, allOf: [schema, ...listOf(draft.allOf)] };
    return freeze(toModel(whole, place), place);
  }

  #draft(place: Located, inPlace: boolean): Draft {
    const raw = place.value as Record<string, unknown>;
    const draft: Draft = {};
    for (const key of Object.keys(raw)) {
      const member = memberOf('schema', key);
      if (member === undefined) copyPlain(draft, key, raw[key]);
      else if (key !== '$defs' && key !== 'definitions') {
        const value = this.#member(descend(place, key), member, inPlace && inPlaceKeywords.has(key));
        if (value !== undefined) draft[key] = value;
      }
    }
    const discriminator = readDiscriminator(place, draft, this.#references);
    if (discriminator !== undefined) draft.discriminator = discriminator;
    return draft;
  }

  #member(place: Located, { holding }: Member, inPlace: boolean): unknown {
    const { value } = place;
    if (holding === 'one') {
      return isObject(value) || typeof value === 'boolean' ? this.#read(place, inPlace) : undefined;
    }
    if (holding === 'list') {
      if (!Array.isArray(value) || value.length === 0) return undefined;
      return Object.freeze(value.map((_, index) => this.#read(descend(place, index), inPlace)));
    }
    if (!isObject(value)) return undefined;
    const schemas: Record<string, Schema> = Object.create(null);
    for (const key of Object.keys(value)) schemas[key] = this.#read(descend(place, key), inPlace);
    return Object.freeze(schemas);
  }
}

/** Copies a keyword that holds no schema, where its value is one that it may have. */
function copyPlain(draft: Draft, key: string, value: unknown): void {
  if (key.startsWith('x-') || plainKeywords.get(key)?.holds(value)) draft[key] = freezeDeep(value);
}

function isBareReference(value: unknown): boolean {
  return referenceOf(value) !== undefined && Object.keys(value as object).length === 1;
}

function freeze(draft: Draft, place: Located): SchemaObject {
  return Object.freeze(setOrigin(draft as SchemaObject, originAt(place)));
}

function tooDeep(place: Located): never {
  throw new ApidoubleError(
    'ERR_SCHEMA_INVALID',
    `Cannot read schema "${place.file.uri}#${place.pointer}": schemas are nested in one another more than ${depthLimit} deep. Shorten the chain of references.`,
  );
}
