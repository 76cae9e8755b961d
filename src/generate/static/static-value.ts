import type { SchemaObject } from '../../schema/index.ts';
import type { NumberFacts } from '../facts/number-facts.ts';
import { keepsNumberFacts } from '../facts/number-facts.ts';
import { setOwn } from '../make/set-own.ts';
import { isImpossible } from '../shape/analysis.ts';
import { type Leaf, type Shape, shapeOf } from '../shape/shape.ts';
import { staticText } from './static-text.ts';

/** Where a static value is being put together. */
interface Place {
  readonly name: string | undefined;
  readonly open: ReadonlySet<string>;
  readonly budget: { left: number };
}

const sizeLimit = 2_500;

/** No static value: the shape is one that contains itself, or the whole has grown too large. */
const none: unique symbol = Symbol('no static value');

/**
 * Prism's static value for a shape: an example, a default, the first listed value, else one by its type. It may break the
 * schema: the caller judges it. `undefined` where there is none.
 */
export function staticValue(shape: Shape, name: string | undefined): { readonly value: unknown } | undefined {
  const value = sample(shape, { name, open: new Set(), budget: { left: sizeLimit } });
  return value === none ? undefined : { value };
}

function sample(shape: Shape, place: Place): unknown {
  place.budget.left -= 1;
  if (place.budget.left < 0) return none;
  const parts = shape.conjunction.parts.map((part) => part.schema);
  const shown = firstOf(parts, ['example']);
  if (shown !== undefined) return shown.value;
  if (shape.leaf === undefined) return sampleBranch(shape, place);
  const listed = firstOf(parts, ['default', 'const', 'enum', 'examples']);
  if (listed !== undefined) return listed.value;
  return sampleType(shape, shape.leaf, place);
}

/** The own schema comes last in its list, and its word counts most. */
function firstOf(
  parts: readonly SchemaObject[],
  keywords: readonly ('example' | 'default' | 'const' | 'enum' | 'examples')[],
): { readonly value: unknown } | undefined {
  for (const part of [...parts].reverse()) {
    for (const keyword of keywords) {
      if (!Object.hasOwn(part, keyword)) continue;
      if (keyword !== 'enum' && keyword !== 'examples') return { value: part[keyword] };
      const list = part[keyword];
      if (Array.isArray(list) && list.length > 0) return { value: list[0] };
    }
  }
  return undefined;
}

function sampleBranch(shape: Shape, place: Place): unknown {
  for (const branch of shape.branches) {
    const made = branch();
    if (!isImpossible(made)) return sample(made, place);
  }
  return none;
}

function sampleType(shape: Shape, leaf: Leaf, place: Place): unknown {
  const type = leaf.parts.some((part) => part.type !== undefined) ? leaf.kinds[0] : likelyType(leaf);
  switch (type) {
    case 'string': {
      const facts = leaf.string();
      return staticText(facts.formats[0], facts, place.name);
    }
    case 'integer':
    case 'fraction':
      return staticNumber(leaf.number(leaf.kinds.includes('fraction') ? 'fraction' : 'integer'));
    case 'boolean':
      return true;
    case 'array':
      return within(shape, place, [], (inner) => staticList(shape, leaf, inner));
    case 'object':
      return within(shape, place, {}, (inner) => staticObject(shape, leaf, inner));
    default:
      return null;
  }
}

function likelyType(leaf: Leaf): Leaf['kinds'][number] | undefined {
  const has = (...keywords: readonly (keyof SchemaObject)[]) =>
    leaf.parts.some((part) => keywords.some((keyword) => part[keyword] !== undefined));
  if (has('multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum')) return 'fraction';
  if (has('maxLength', 'minLength', 'pattern')) return 'string';
  if (has('items', 'maxItems', 'minItems', 'uniqueItems')) return 'array';
  return has(
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'maxProperties',
    'minProperties',
  )
    ? 'object'
    : undefined;
}

/** What contains itself ends empty at the inner place. */
function within(shape: Shape, place: Place, empty: unknown, make: (inner: Place) => unknown): unknown {
  const key = shape.schemas.map(identityOf).join();
  if (place.open.has(key)) return empty;
  return make({ ...place, open: new Set([...place.open, key]) });
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identityOf(schema: unknown): number {
  if (typeof schema !== 'object' || schema === null) return 0;
  const known = identities.get(schema);
  if (known !== undefined) return known;
  lastIdentity += 1;
  identities.set(schema, lastIdentity);
  return lastIdentity;
}

/** Prism takes a bound where there is one, else 0; one that the other keywords refuse gives way to its neighbours. */
function staticNumber(facts: NumberFacts): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = facts;
  const candidates = [
    exclusiveMinimum ? minimum + 1 : minimum,
    exclusiveMaximum ? maximum - 1 : maximum,
    0,
    Math.ceil(minimum),
    Math.floor(maximum),
    (minimum + maximum) / 2,
    ...facts.multiples.flatMap((step) => [step, Math.ceil(minimum / step) * step]),
  ];
  const usual = candidates.find((value) => keepsNumberFacts(facts, value));
  return usual ?? 0;
}

function staticList(shape: Shape, leaf: Leaf, place: Place): unknown {
  const facts = leaf.array();
  const hasItems = leaf.parts.some(
    (part) => part.items !== undefined || part.prefixItems !== undefined || part.contains !== undefined,
  );
  const length = Math.min(facts.maxItems, Math.max(facts.minItems, facts.rest, hasItems ? 1 : 0), sizeLimit);
  const list: unknown[] = [];
  for (let index = 0; index < length; index += 1) {
    const contained = facts.contains.length > 0 && index >= facts.rest ? facts.contains[0] : undefined;
    const item = shapeOf(facts.schemasAt(index, contained), shape.direction);
    if (isImpossible(item)) break;
    const value = sample(item, { ...place, name: undefined });
    if (value === none) return none;
    list.push(value);
  }
  return list;
}

function staticObject(shape: Shape, leaf: Leaf, place: Place): unknown {
  const facts = leaf.object();
  const result: Record<string, unknown> = {};
  const names = facts.members.map((member) => ({ name: member.name, schemas: member.schemas }));
  if (leaf.parts.some((part) => typeof part.additionalProperties === 'object'))
    for (const name of ['property1', 'property2']) names.push({ name, schemas: facts.schemasFor(name) });
  for (const { name, schemas } of names) {
    const member = shapeOf(schemas, shape.direction);
    if (isImpossible(member) || !facts.allowsName(name)) continue;
    const value = sample(member, { ...place, name });
    if (value === none) return none;
    setOwn(result, name, value);
  }
  return result;
}
