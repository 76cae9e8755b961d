import type { Family, FamilyMember, Kinship, Schema } from '../schema/index.ts';
import { refOf } from './discriminator.ts';
import { entriesOf, isObject, listOf, own, textOf, textsOf } from './raw.ts';
import { isFault, type References, referenceOf } from './references.ts';
import { descend, type Located, rootOf, type SourceFile, withValue } from './source-file.ts';

/** A component, and what its discriminator's property is called by default. */
interface Component {
  readonly name: string;
  readonly place: Located;
  readonly node: object;
}

/** Who takes up whom, by the raw schemas. */
interface Descent {
  readonly components: ReadonlyMap<object, Component>;
  readonly children: ReadonlyMap<object, readonly Component[]>;
  /** The component that an inline part of an allOf belongs to. */
  readonly homes: ReadonlyMap<object, object>;
}

/** Finds the families of discriminators that have neither oneOf nor anyOf. */
export class Families {
  readonly #references: References;
  readonly #read: (place: Located) => Schema | undefined;
  #descent: Descent | undefined;

  /** `read` is given components, and answers with nothing where one cannot be read. */
  constructor(references: References, read: (place: Located) => Schema | undefined) {
    this.#references = references;
    this.#read = read;
  }

  /** What a schema object is to families; `undefined` for one that can be neither head nor member. */
  kinshipOf(place: Located): Kinship | undefined {
    const node = place.value as object;
    const propertyName = propertyOf(node);
    const isHead = propertyName !== undefined && !hasBranches(node);
    if (!isHead) return Object.hasOwn(node, 'allOf') ? { identity: node } : undefined;
    let family: Family | undefined;
    const getFamily = (): Family => {
      family ??= this.#familyOf(place, propertyName);
      return family;
    };
    return { identity: node, getFamily };
  }

  #familyOf(place: Located, propertyName: string): Family {
    this.#descent ??= descentOf(this.#references);
    const { components, homes } = this.#descent;
    const node = place.value as object;
    const head = homes.get(node) ?? node;
    const mapped = this.#mapped(place);
    const own = components.get(head);
    const found = this.#membersOf(head, mapped);
    const members = found.map((one) => this.#member(one, propertyName, mapped));
    const named = members.filter(({ identity }) => mapped.has(identity));
    return {
      propertyName,
      names: own === undefined ? (mapped.get(head)?.keys ?? []) : usualNames(own, mapped),
      members,
      known: named.length > 0 ? named : members,
    };
  }

  #membersOf(head: object, mapped: Mapped): Component[] {
    const { components, children } = this.#descent ?? descentOf(this.#references);
    const found = new Map<object, Component>();
    const waiting = [head];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      for (const child of children.get(next) ?? []) {
        if (child.node === head || found.has(child.node)) continue;
        found.set(child.node, child);
        waiting.push(child.node);
      }
    }
    for (const [node, { place, keys }] of mapped) {
      if (node === head || found.has(node)) continue;
      found.set(node, components.get(node) ?? { name: keys[0] ?? '', place, node });
    }
    return [...found.values()];
  }

  #member(component: Component, propertyName: string, mapped: Mapped): FamilyMember {
    const usual = usualNames(component, mapped);
    const listed = this.#listedNames(component.place, propertyName);
    const both = usual.filter((name) => listed.includes(name));
    const names = listed.length === 0 ? usual : both.length === 0 ? listed : both;
    return { identity: component.node, names, read: () => this.#read(component.place) };
  }

  /** The names that a member itself lists for the property. */
  #listedNames(place: Located, propertyName: string, depth = 0): string[] {
    const property = this.#references.final(descend(place, 'properties', propertyName));
    const value = isFault(property) ? undefined : property.value;
    const constant = textOf(own(value, 'const'));
    const listed = constant === undefined ? textsOf(own(value, 'enum')) : [constant];
    if (listed.length > 0) return listed;
    for (const part of depth < deepestPart ? inlineParts(place) : []) {
      const inner = this.#listedNames(part, propertyName, depth + 1);
      if (inner.length > 0) return inner;
    }
    return [];
  }

  #mapped(place: Located): Mapped {
    const mapped = new Map<object, { readonly place: Located; readonly keys: string[] }>();
    for (const [key, name] of entriesOf(own(own(place.value, 'discriminator'), 'mapping'))) {
      const target = typeof name === 'string' ? this.#targetOf(name, place) : undefined;
      if (target === undefined || !isObject(target.value)) continue;
      const known = mapped.get(target.value);
      if (known === undefined) mapped.set(target.value, { place: target, keys: [key] });
      else known.keys.push(key);
    }
    return mapped;
  }

  #targetOf(target: string, place: Located): Located | undefined {
    const component = descend(schemasOf(place.file), target);
    const start = component.value === undefined ? withValue(place, { $ref: refOf(target) }) : component;
    const end = this.#references.final(start);
    return isFault(end) ? undefined : end;
  }
}

/** What a mapping leads to, with the keys that do. */
type Mapped = ReadonlyMap<object, { readonly place: Located; readonly keys: readonly string[] }>;

/** How deep inline parts of an allOf are looked into: anchors of YAML may hold themselves. */
const deepestPart = 8;

function propertyOf(node: object): string | undefined {
  const raw = own(node, 'discriminator');
  return textOf(raw) ?? textOf(own(raw, 'propertyName'));
}

function hasBranches(node: object): boolean {
  return listOf(own(node, 'oneOf')).length + listOf(own(node, 'anyOf')).length > 0;
}

/** What those who generate clients of Swagger 2.0, which has no mapping, agreed on. */
const nameExtensions = ['x-ms-discriminator-value', 'x-discriminator-value'];

function usualNames({ node, name }: Component, mapped: Mapped): readonly string[] {
  const keys = mapped.get(node)?.keys;
  if (keys !== undefined) return keys;
  const said = nameExtensions.map((key) => textOf(own(node, key))).find((one) => one !== undefined);
  return [said ?? name];
}

function schemasOf(file: SourceFile): Located {
  const root = rootOf(file);
  return file.dialect === '2.0' ? descend(root, 'definitions') : descend(root, 'components', 'schemas');
}

function inlineParts(place: Located): Located[] {
  const list = descend(place, 'allOf');
  const parts = listOf(list.value).map((_, index) => descend(list, index));
  return parts.filter(({ value }) => isObject(value) && referenceOf(value) === undefined);
}

/** Files are read several at a time: their order must not depend on which was faster. */
function descentOf(references: References): Descent {
  const components = componentsOf(references);
  const children = new Map<object, Component[]>();
  const homes = new Map<object, object>();
  for (const component of components.values()) {
    for (const parent of parentsOf(component, { references, homes })) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [component]);
      else known.push(component);
    }
  }
  return { components, children, homes };
}

function componentsOf(references: References): Map<object, Component> {
  const { root, files } = references;
  const others = [...files.values()].filter((file) => file !== root);
  others.sort((one, other) => (one.uri < other.uri ? -1 : 1));
  const components = new Map<object, Component>();
  for (const file of [root, ...others]) {
    const schemas = schemasOf(file);
    for (const [name, value] of entriesOf(schemas.value)) {
      const end = references.final(descend(schemas, name));
      if (isFault(end) || !isObject(end.value)) continue;
      const isAlias = end.value !== value;
      if (!isAlias || !components.has(end.value))
        components.set(end.value, { name, place: end, node: end.value });
    }
  }
  return components;
}

function parentsOf(
  { place, node }: Component,
  { references, homes }: { references: References; homes: Map<object, object> },
): Set<object> {
  const parents = new Set<object>();
  const waiting = [place];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const list = descend(next, 'allOf');
    for (const index of listOf(list.value).keys()) {
      const part = descend(list, index);
      const end = references.final(part);
      if (!isObject(part.value) || isFault(end) || !isObject(end.value)) continue;
      if (end.value !== part.value) parents.add(end.value);
      else if (!homes.has(part.value)) {
        homes.set(part.value, node);
        waiting.push(part);
      }
    }
  }
  return parents;
}
