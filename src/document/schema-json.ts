import { pointerKeys } from '../core/index.ts';
import { follow, type Schema, type SchemaObject } from '../schema/index.ts';
import { memberOf } from './grammar.ts';
import { isObject } from './raw.ts';
import type { Schemas } from './schemas.ts';
import { type Located, originAt } from './source-file.ts';

/** Writes schemas as plain JSON, those that references led to as references to components. */
export class SchemaWriter {
  readonly #schemas: Schemas;
  readonly #names = new Map<Schema, string>();
  readonly #taken = new Set<string>();
  readonly #waiting: [name: string, schema: Schema][] = [];

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  /** Gives a component of the document its own name, before any other can take it. */
  reserve(name: string, place: Located): void {
    this.#taken.add(name);
    const schema = this.#schemas.read(place);
    const isAlias = typeof schema !== 'object' || this.#placeOf(schema, place) !== place.pointer;
    if (!isAlias) this.#names.set(schema, name);
    this.#waiting.push([name, schema]);
  }

  /** A schema at the place where it is used. */
  write(schema: Schema): unknown {
    if (typeof schema === 'boolean') return schema;
    const target = follow(schema);
    if (typeof target === 'boolean') return target;
    const name = this.#nameOf(target);
    return name === undefined ? this.#body(target) : { $ref: `#/components/schemas/${name}` };
  }

  /** The components that were written or referred to. */
  components(): Record<string, unknown> {
    const components: Record<string, unknown> = Object.create(null);
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const [name, schema] = next;
      const isOwn = typeof schema === 'object' && this.#names.get(schema) === name;
      components[name] = isOwn ? this.#body(schema) : this.write(schema);
    }
    return components;
  }

  #placeOf(schema: SchemaObject, fallback: Located): string {
    return (this.#schemas.named.get(schema) ?? fallback).pointer;
  }

  #nameOf(schema: SchemaObject): string | undefined {
    const known = this.#names.get(schema);
    if (known !== undefined) return known;
    const place = this.#schemas.named.get(schema);
    if (place === undefined) return undefined;
    const wish = wishedName(place);
    let name = wish;
    for (let number = 2; this.#taken.has(name); number += 1) name = `${wish}_${number}`;
    this.#taken.add(name);
    this.#names.set(schema, name);
    this.#waiting.push([name, schema]);
    return name;
  }

  #body(schema: SchemaObject): Record<string, unknown> {
    const body: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'discriminator') body[key] = this.#discriminator(schema);
      else body[key] = this.#member(key, value);
    }
    return body;
  }

  #member(key: string, value: unknown): unknown {
    const holding = memberOf('schema', key)?.holding;
    if (holding === undefined) return value;
    if (Array.isArray(value)) return value.map((one: Schema) => this.write(one));
    if (holding === 'one' || !isObject(value)) return this.write(value as Schema);
    const members: Record<string, unknown> = Object.create(null);
    for (const [key, one] of Object.entries(value)) members[key] = this.write(one as Schema);
    return members;
  }

  #discriminator({ discriminator }: SchemaObject): unknown {
    if (discriminator === undefined) return undefined;
    const mapping: Record<string, unknown> = Object.create(null);
    for (const [value, branch] of discriminator.branches) {
      const name = this.#branchName(branch);
      if (name !== undefined) mapping[value] = `#/components/schemas/${name}`;
    }
    const { propertyName, defaultBranch } = discriminator;
    const fallback = defaultBranch === undefined ? undefined : this.#branchName(defaultBranch);
    return { propertyName, mapping, ...(fallback === undefined ? {} : { defaultMapping: fallback }) };
  }

  #branchName(branch: Schema): string | undefined {
    const target = follow(branch);
    return typeof target === 'boolean' ? undefined : this.#nameOf(target);
  }
}

/** The component's own name, else the last word of the file's name. */
function wishedName(place: Located): string {
  const { uri, pointer } = originAt(place);
  const file = uri
    .split('/')
    .at(-1)
    ?.replace(/\.\w+$/, '');
  const word = pointerKeys(pointer).at(-1) ?? file ?? '';
  const name = word.replace(/[^\w.-]/g, '_');
  return name === '' ? 'Schema' : name;
}
