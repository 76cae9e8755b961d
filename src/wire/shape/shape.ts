import type { Schema } from '../../schema/index.ts';
import { parseJson } from '../body/json.ts';
import { anything, bits, type Domain, domainOf } from './domain.ts';
import { isOpen, itemSchema, propertyNames, propertySchema, restSchema } from './projection.ts';

/** A schema as a reader of text needs it: which kinds of value it takes, and what a text means. Compiled once. */
export interface Shape {
  /** The types that the schema leaves open, as bits of `domain.ts`. */
  readonly types: number;
  /** The schema says nothing of types; text is then taken as text. */
  readonly isFree: boolean;
  readonly takesText: boolean;
  readonly takesString: boolean;
  readonly takesArray: boolean;
  readonly takesObject: boolean;
  /** Turns a text into the number, boolean, null or (from JSON) object or array that the schema wants; else gives it back. */
  coerce(text: string): unknown;
  item(index: number): Shape;
  property(name: string): Shape;
  /** Declared properties, in document order. */
  readonly names: readonly string[];
  isDeclared(name: string): boolean;
  /** Whether undeclared properties are let in. */
  readonly isOpen: boolean;
}

const shapes = new WeakMap<object, Shape>();

/** The shape of a schema; made once per schema object, its inner shapes on first use. */
export function shapeOf(schema: Schema): Shape {
  if (typeof schema === 'boolean') return freeShape();
  const known = shapes.get(schema);
  if (known !== undefined) return known;
  const made = new CompiledShape(schema);
  shapes.set(schema, made);
  return made;
}

let free: Shape | undefined;

function freeShape(): Shape {
  free ??= new CompiledShape(true);
  return free;
}

/** Positions after this one share a shape, so that a request cannot make the table grow. */
const lastKeptIndex = 64;

class CompiledShape implements Shape {
  readonly types: number;
  readonly isFree: boolean;
  readonly takesText: boolean;
  readonly takesString: boolean;
  readonly takesArray: boolean;
  readonly takesObject: boolean;
  readonly coerce: (text: string) => unknown;
  readonly #schema: Schema;
  readonly #items = new Map<number, Shape>();
  #properties: Map<string, Shape | undefined> | undefined;
  #rest: Shape | undefined;
  #names: readonly string[] | undefined;
  #isOpen: boolean | undefined;

  constructor(schema: Schema) {
    const domain = domainOf(schema);
    this.#schema = schema;
    this.types = domain.types === anything ? likelyTypes(schema) : domain.types;
    this.isFree = this.types === anything;
    this.takesText = (this.types & ~(bits.object | bits.array)) !== 0;
    this.takesString = (this.types & bits.string) !== 0;
    this.takesArray = (this.types & bits.array) !== 0;
    this.takesObject = (this.types & bits.object) !== 0;
    this.coerce = compileCoercion(domain);
  }

  item(index: number): Shape {
    const key = Math.min(index, lastKeptIndex);
    const known = this.#items.get(key);
    if (known !== undefined) return known;
    const made = shapeOf(itemSchema(this.#schema, key));
    this.#items.set(key, made);
    return made;
  }

  property(name: string): Shape {
    const properties = this.#declared();
    if (!properties.has(name)) {
      this.#rest ??= shapeOf(restSchema(this.#schema));
      return this.#rest;
    }
    const known = properties.get(name);
    if (known !== undefined) return known;
    const made = shapeOf(propertySchema(this.#schema, name));
    properties.set(name, made);
    return made;
  }

  get names(): readonly string[] {
    this.#names ??= [...this.#declared().keys()];
    return this.#names;
  }

  isDeclared(name: string): boolean {
    return this.#declared().has(name);
  }

  get isOpen(): boolean {
    this.#isOpen ??= isOpen(this.#schema);
    return this.#isOpen;
  }

  #declared(): Map<string, Shape | undefined> {
    this.#properties ??= new Map(propertyNames(this.#schema).map((name) => [name, undefined]));
    return this.#properties;
  }
}

/** A schema without a type that describes members or items is meant for an object or an array. */
function likelyTypes(schema: Schema): number {
  if (propertyNames(schema).length > 0) return bits.object;
  if (typeof schema === 'boolean') return anything;
  return schema.items === undefined && schema.prefixItems === undefined ? anything : bits.array;
}

/** A number as JSON writes it. @see https://www.rfc-editor.org/rfc/rfc8259#section-6 */
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A text becomes a literal only where it is exactly one, of a type that the schema takes. Where the schema takes
 * strings too, text stays text, unless an enum, a const or a format says that this very text is no string of theirs.
 */
function compileCoercion(domain: Domain): (text: string) => unknown {
  const literals = domain.types & (bits.null | bits.boolean | bits.number | bits.integer);
  if (isNested(domain.types)) return nestedValue;
  if (literals === 0 || domain.types === anything) return (text) => text;
  if ((domain.types & bits.string) === 0) return (text) => literalOf(text, literals);
  return (text) => {
    const literal = literalOf(text, literals);
    return literal !== text && domain.acceptsText(text) ? text : literal;
  };
}

function isNested(types: number): boolean {
  return types !== 0 && (types & ~(bits.object | bits.array)) === 0;
}

/** No style has a form for an object inside an array or another object; JSON is what clients write there. */
function nestedValue(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  const { value, faults } = parseJson(text, { strict: false, faults: [] });
  return faults.length === 0 ? value : text;
}

function literalOf(text: string, types: number): unknown {
  if (text === 'true' || text === 'false') return (types & bits.boolean) === 0 ? text : text === 'true';
  if (text === 'null') return (types & bits.null) === 0 ? text : null;
  if ((types & (bits.number | bits.integer)) === 0 || !jsonNumber.test(text)) return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return (types & bits.number) !== 0 || Number.isInteger(number) ? number : text;
}
