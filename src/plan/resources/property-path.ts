import { follow, type Schema } from '../../schema/index.ts';
import { allowsType, plainName, propertiesOf } from './properties.ts';

/** Where a thing has what a parameter speaks of. */
export interface PropertyPath {
  /** The keys that the schema declares: `['attributes', 'name']`. */
  readonly steps: readonly string[];
  /** What is looked for below them where the schema leaves open what stands there, each as a list of words. */
  readonly loose: readonly (readonly string[])[];
  /** The property's schema, where it is declared. */
  readonly schema: Schema | undefined;
}

const wrappers: ReadonlySet<string> = new Set(['attributes', 'fields', 'properties', 'data', 'spec']);
const mostBranches = 16;

const known = new WeakMap<object, ReadonlyMap<string, Schema>>();
const none: ReadonlyMap<string, Schema> = new Map();

/** The properties that a schema declares anywhere: its own, those of `allOf`, and those of every branch. Read once. */
export function allPropertiesOf(schema: Schema | undefined): ReadonlyMap<string, Schema> {
  if (typeof schema !== 'object') return none;
  const found = known.get(schema) ?? readProperties(schema);
  known.set(schema, found);
  return found;
}

function readProperties(schema: Schema): ReadonlyMap<string, Schema> {
  const found = new Map(propertiesOf(schema));
  const waiting = branchesOf(schema);
  for (let count = 0; count < mostBranches; count += 1) {
    const branch = waiting.shift();
    if (branch === undefined) break;
    for (const [name, one] of propertiesOf(branch)) if (!found.has(name)) found.set(name, one);
    waiting.push(...branchesOf(branch));
  }
  return found;
}

function branchesOf(schema: Schema): Schema[] {
  const node = follow(schema);
  if (typeof node === 'boolean') return [];
  return [...(node.oneOf ?? []), ...(node.anyOf ?? []), ...(node.allOf ?? []).flatMap(branchesOf)];
}

/**
 * The property of a thing that a name speaks of: declared under that name (`createdAt` for `created_at`), in the part that
 * holds its attributes, along its words (`address.city`, `context_model_app`), or below a property whose name it begins with
 * (`username` for `user`). `undefined` where there is none.
 */
export function findProperty(item: Schema | undefined, name: string): PropertyPath | undefined {
  const properties = allPropertiesOf(item);
  return (
    exactly(properties, name) ??
    wrapped(properties, name) ??
    byWords(properties, name, 0) ??
    below(properties, name)
  );
}

function exactly(properties: ReadonlyMap<string, Schema>, name: string): PropertyPath | undefined {
  const wanted = plainName(name).replace(/^x(?=[a-z]{3})/, '');
  for (const plain of [wanted, `${wanted}s`, wanted.replace(/ies$/, 'y').replace(/s$/, '')]) {
    const found = plain === '' ? undefined : [...properties].find(([one]) => plainName(one) === plain);
    if (found !== undefined) return { steps: [found[0]], loose: [], schema: found[1] };
  }
  return undefined;
}

function wrapped(properties: ReadonlyMap<string, Schema>, name: string): PropertyPath | undefined {
  for (const [holder, schema] of properties) {
    if (!wrappers.has(plainName(holder))) continue;
    const found = exactly(allPropertiesOf(schema), name);
    if (found !== undefined) return { ...found, steps: [holder, ...found.steps] };
  }
  return undefined;
}

function byWords(
  properties: ReadonlyMap<string, Schema>,
  name: string,
  depth: number,
): PropertyPath | undefined {
  const words = name.split(/[_.\-[\]]+/).filter((one) => one !== '');
  if (depth > 3) return undefined;
  for (let count = words.length - 1; count > 0; count -= 1) {
    const head = words.slice(0, count).join('');
    const rest = words.slice(count);
    const found = [...properties].find(([one]) => plainName(one) === plainName(head));
    if (found === undefined || !allowsType(found[1], 'object')) continue;
    const inner = allPropertiesOf(found[1]);
    const deeper = exactly(inner, rest.join('_')) ?? byWords(inner, rest.join('_'), depth + 1);
    if (deeper !== undefined) return { ...deeper, steps: [found[0], ...deeper.steps] };
    if (inner.size === 0) return { steps: [found[0]], loose: [rest], schema: undefined };
  }
  return undefined;
}

function below(properties: ReadonlyMap<string, Schema>, name: string): PropertyPath | undefined {
  const wanted = plainName(name);
  for (const [one, schema] of properties) {
    const plain = plainName(one);
    const isInside = plain.length > 2 && wanted.length > plain.length && wanted.startsWith(plain);
    if (!isInside || !allowsType(schema, 'object')) continue;
    const inner = allPropertiesOf(schema);
    const found = exactly(inner, name) ?? exactly(inner, wanted.slice(plain.length));
    if (found !== undefined) return { ...found, steps: [one, ...found.steps] };
    if (inner.size === 0)
      return { steps: [one], loose: [[name], [wanted.slice(plain.length)]], schema: undefined };
  }
  return undefined;
}

/** What a thing has at a path; `undefined` where it has nothing. Of a list on the way, what each of its members has. */
export function readProperty(thing: unknown, { steps, loose }: PropertyPath): unknown {
  let value = thing;
  for (const step of steps) {
    value = Array.isArray(value) ? value.map((one) => memberOf(one, step)) : memberOf(value, step);
    if (value === undefined) return undefined;
  }
  if (loose.length === 0) return value;
  for (const words of loose) {
    const found = readLoosely(value, words);
    if (found !== undefined) return found;
  }
  return undefined;
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/** Follows words through an object that no schema describes: each key takes as many of them as it is made of. */
function readLoosely(value: unknown, words: readonly string[], before = '', depth = 0): unknown {
  if (words.length === 0) return value;
  if (typeof value !== 'object' || value === null || depth > 6) return undefined;
  const keys = Object.keys(value).slice(0, 200);
  const find = (wanted: string): string | undefined => keys.find((one) => plainName(one) === wanted);
  const whole = plainName(words.join(''));
  // `model_name` of a model, before its `name`.
  const repeated = before === '' ? undefined : find(`${before}${whole}`);
  if (repeated !== undefined) return memberOf(value, repeated);
  for (let count = words.length; count > 0; count -= 1) {
    const wanted = plainName(words.slice(0, count).join(''));
    const key = find(wanted);
    if (key !== undefined) return readLoosely(memberOf(value, key), words.slice(count), wanted, depth + 1);
  }
  // `authorized_app` for `authorized_application`.
  const longer = whole.length > 5 ? keys.find((one) => plainName(one).startsWith(whole)) : undefined;
  return longer === undefined ? undefined : memberOf(value, longer);
}
