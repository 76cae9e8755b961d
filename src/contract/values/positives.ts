import { type Schema, type SchemaObject, typesOf } from '../../schema/index.ts';
import type { Spot } from '../planning/spots.ts';
import type { ChangeTools } from './breach.ts';
import { unusualFormats } from './broken-formats.ts';

/** A valid value at an edge of what a schema allows. */
export interface Edge {
  /** For the id: `maximum`, `enum.fiction`. */
  readonly name: string;
  readonly keyword: string;
  readonly owner: SchemaObject;
  readonly words: string;
  /** Made from a valid value; it counts only where the schema takes it. */
  readonly value: (valid: unknown, tools: ChangeTools) => unknown;
}

const mostMembers = 12;
const mostLength = 4_000;
const mostItems = 50;

/** The edges at a place: bounds, members of an enum, null, both booleans, the shortest and the longest. */
export function edgesOf(spot: Spot): readonly Edge[] {
  const found = spot.parts.flatMap((part) => [
    ...numberEdges(part),
    ...textEdges(part),
    ...listEdges(part),
    ...choiceEdges(part),
    ...sizeEdges(part),
  ]);
  const names = new Set<string>();
  return found.filter(({ name }) => !names.has(name) && names.add(name) !== undefined);
}

function fixed(
  owner: SchemaObject,
  keyword: string,
  of: { name?: string; value: unknown; words?: string },
): Edge {
  const words = of.words ?? JSON.stringify(of.value) ?? 'nothing';
  return { owner, keyword, name: of.name ?? keyword, words, value: () => of.value };
}

function numberEdges(owner: SchemaObject): Edge[] {
  const found: Edge[] = [];
  const whole = typesOf(owner)?.includes('integer') === true;
  const step = owner.multipleOf ?? (whole ? 1 : 0.5);
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = owner;
  if (minimum !== undefined) found.push(fixed(owner, 'minimum', { value: minimum }));
  if (maximum !== undefined) found.push(fixed(owner, 'maximum', { value: maximum }));
  if (exclusiveMinimum !== undefined) {
    found.push(fixed(owner, 'exclusiveMinimum', { value: exclusiveMinimum + step }));
  }
  if (exclusiveMaximum !== undefined) {
    found.push(fixed(owner, 'exclusiveMaximum', { value: exclusiveMaximum - step }));
  }
  return found;
}

function textEdges(owner: SchemaObject): Edge[] {
  const found: Edge[] = [];
  const { minLength = 0, maxLength, pattern, format } = owner;
  const free =
    pattern === undefined && format === undefined && owner.enum === undefined && owner.const === undefined;
  if (free && minLength > 0 && minLength <= mostLength) {
    found.push(fixed(owner, 'minLength', { value: 'm'.repeat(minLength), words: `a text of ${minLength}` }));
  }
  if (free && maxLength !== undefined && maxLength <= mostLength) {
    found.push(fixed(owner, 'maxLength', { value: 'M'.repeat(maxLength), words: `a text of ${maxLength}` }));
  }
  if (free && typesOf(owner)?.includes('string') === true) {
    const value = "Zoë O'Neil & 100% _x_ 🦉".slice(0, maxLength ?? 40);
    found.push(fixed(owner, 'type', { name: 'type.odd-text', value }));
  }
  const unusual =
    format === undefined || !Object.hasOwn(unusualFormats, format) ? [] : unusualFormats[format];
  for (const [index, value] of (unusual ?? []).entries()) {
    found.push(fixed(owner, 'format', { name: index === 0 ? 'format' : `format.${index + 1}`, value }));
  }
  return found;
}

function listEdges(owner: SchemaObject): Edge[] {
  const found: Edge[] = [];
  const { minItems, maxItems, items } = owner;
  const of = (keyword: string, length: number): Edge => ({
    owner,
    keyword,
    name: keyword,
    words: `a list of ${length}`,
    value: (valid, tools) => sized(valid, { length, items: items ?? true, tools }),
  });
  if (minItems !== undefined && minItems <= mostItems) found.push(of('minItems', minItems));
  if (maxItems !== undefined && maxItems <= mostItems) found.push(of('maxItems', maxItems));
  return found;
}

function sized(valid: unknown, of: { length: number; items: Schema; tools: ChangeTools }): unknown[] {
  const list = Array.isArray(valid) ? valid.slice(0, of.length) : [];
  const texts = new Set(list.map((one) => JSON.stringify(one)));
  for (let tries = 0; list.length < of.length && tries < of.length * 6; tries += 1) {
    const item = of.tools.make(of.items, `edge ${tries}`);
    const text = JSON.stringify(item);
    if (texts.has(text) && tries < of.length * 5) continue;
    texts.add(text);
    list.push(item);
  }
  return list;
}

function choiceEdges(owner: SchemaObject): Edge[] {
  const found: Edge[] = [];
  const types = typesOf(owner) ?? [];
  for (const value of (owner.enum ?? []).slice(0, mostMembers)) {
    found.push(fixed(owner, 'enum', { name: `enum.${String(value)}`, value }));
  }
  if (owner.enum === undefined && owner.const === undefined && types.includes('boolean')) {
    found.push(fixed(owner, 'type', { name: 'type.true', value: true }));
    found.push(fixed(owner, 'type', { name: 'type.false', value: false }));
  }
  if (types.includes('null') && types.length > 1) {
    found.push(fixed(owner, 'type', { name: 'type.null', value: null }));
  }
  return found;
}

/** As few properties as are allowed, the first ones or the last. */
function sizeEdges(owner: SchemaObject): Edge[] {
  const { minProperties = 0 } = owner;
  if (minProperties === 0) return [];
  const of = (
    name: string,
    pick: (entries: readonly [string, unknown][]) => readonly [string, unknown][],
  ): Edge => ({
    owner,
    keyword: 'minProperties',
    name,
    words: `${minProperties} of its properties`,
    value: (valid) => Object.fromEntries(pick(Object.entries(Object(valid)))),
  });
  return [
    of('minProperties', (entries) => entries.slice(0, minProperties)),
    of('minProperties.last', (entries) => entries.slice(-minProperties)),
  ];
}
