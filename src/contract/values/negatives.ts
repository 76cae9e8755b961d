import type { Random } from '../../core/index.ts';
import {
  compilePattern,
  compileSchema,
  deepEqual,
  follow,
  type Schema,
  type SchemaObject,
  typesOf,
} from '../../schema/index.ts';
import type { Spot } from '../planning/spots.ts';
import { isPlain } from './at-steps.ts';
import { brokenFormats } from './broken-formats.ts';

/** What a change may use. */
export interface ChangeTools {
  readonly random: Random;
  /** A valid value of a schema; another one for another name. Throws where there is none. */
  readonly make: (schema: Schema, name?: string) => unknown;
}

/** A way to break one keyword: candidates from a valid value, the best first. The first that is truly invalid is sent. */
export interface Breach {
  /** For the id: `maximum`, `required.name`. */
  readonly name: string;
  readonly keyword: string;
  /** The schema object whose keyword it is. */
  readonly owner: SchemaObject;
  readonly words: string;
  readonly candidates: (value: unknown, tools: ChangeTools) => readonly unknown[];
}

/** The least and the most that are told apart by trying: a text or a list beyond is too big to send. */
const mostLength = 20_000;
const mostItems = 300;

/** Every way in which a value at a place can break what stands in the schema. */
export function breachesOf(spot: Spot): readonly Breach[] {
  const found = spot.parts.flatMap((part) => [
    ...typeBreaches(part),
    ...numberBreaches(part),
    ...textBreaches(part),
    ...listBreaches(part),
    ...objectBreaches(part),
    ...choiceBreaches(part),
  ]);
  const names = new Set<string>();
  return found.filter(({ name }) => !names.has(name) && names.add(name) !== undefined);
}

type Candidates = Breach['candidates'];

function breach(
  owner: SchemaObject,
  keyword: string,
  of: { name?: string; words: string; candidates: Candidates },
): Breach {
  return { owner, keyword, name: of.name ?? keyword, words: of.words, candidates: of.candidates };
}

function typeBreaches(owner: SchemaObject): Breach[] {
  const types = typesOf(owner);
  if (types === undefined) return [];
  const others = [{ apidouble: true }, ['apidouble'], 'apidouble', true, [['apidouble']]];
  const found = [
    breach(owner, 'type', { words: `a value that is not ${types.join(' or ')}`, candidates: () => others }),
  ];
  if (types.includes('integer') && !types.includes('number')) {
    const candidates: Candidates = (value) => [(typeof value === 'number' ? value : 1) + 0.5];
    found.push(breach(owner, 'type', { name: 'type.fraction', words: 'a fraction', candidates }));
  }
  if (!types.includes('null')) {
    found.push(breach(owner, 'type', { name: 'type.null', words: 'null', candidates: () => [null] }));
  }
  return found;
}

function numberBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const step = owner.multipleOf ?? 1;
  const add = (keyword: keyof SchemaObject, words: string, values: readonly number[]): void => {
    found.push(breach(owner, keyword, { words, candidates: () => values }));
  };
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = owner;
  if (typeof minimum === 'number') add('minimum', `a number below ${minimum}`, [minimum - step, minimum - 1]);
  if (typeof maximum === 'number') add('maximum', `a number above ${maximum}`, [maximum + step, maximum + 1]);
  if (typeof exclusiveMinimum === 'number') {
    add('exclusiveMinimum', `${exclusiveMinimum} itself`, [exclusiveMinimum, exclusiveMinimum - 1]);
  }
  if (typeof exclusiveMaximum === 'number') {
    add('exclusiveMaximum', `${exclusiveMaximum} itself`, [exclusiveMaximum, exclusiveMaximum + 1]);
  }
  if (typeof multipleOf === 'number') {
    const candidates: Candidates = (value) => {
      const base = typeof value === 'number' ? value : multipleOf;
      return multipleOf === 1 ? [base + 0.5] : [base + multipleOf / 2, base + 1, base - multipleOf / 2];
    };
    found.push(breach(owner, 'multipleOf', { words: `no multiple of ${multipleOf}`, candidates }));
  }
  return found;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'a';
}

function textBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const { minLength = 0, maxLength, format } = owner;
  if (minLength > 0 && minLength <= mostLength) {
    const candidates: Candidates = (value) => [
      [...textOf(value).padEnd(minLength, 'a')].slice(0, minLength - 1).join(''),
      'a'.repeat(minLength - 1),
    ];
    found.push(breach(owner, 'minLength', { words: `a text shorter than ${minLength}`, candidates }));
  }
  if (maxLength !== undefined && maxLength < mostLength) {
    const candidates: Candidates = (value) => {
      const text = textOf(value);
      const long = text + (text.at(-1) ?? 'a').repeat(Math.max(0, maxLength + 1 - [...text].length));
      return [long.trim().length > maxLength ? long : 'a'.repeat(maxLength + 1), 'a'.repeat(maxLength + 1)];
    };
    found.push(breach(owner, 'maxLength', { words: `a text longer than ${maxLength}`, candidates }));
  }
  if (owner.pattern !== undefined) found.push(...patternBreaches(owner, owner.pattern));
  const broken = format === undefined || !Object.hasOwn(brokenFormats, format) ? [] : brokenFormats[format];
  for (const [index, text] of (broken ?? []).entries()) {
    const name = index === 0 ? 'format' : `format.${index + 1}`;
    found.push(
      breach(owner, 'format', { name, words: `"${text}", which is no ${format}`, candidates: () => [text] }),
    );
  }
  return found;
}

function patternBreaches(owner: SchemaObject, pattern: string): Breach[] {
  const compiled = compilePattern(pattern);
  const of = (texts: readonly string[]): readonly string[] => texts.filter((text) => !compiled.test(text));
  const found = [
    breach(owner, 'pattern', {
      words: `a text that does not match ${pattern}`,
      candidates: (value) => of(fitted(owner, ['!', '~', 'A', '0', '_'], textOf(value))),
    }),
  ];
  if (pattern.endsWith('$')) {
    const candidates: Candidates = (value) => of([`${textOf(value)}!`, `${textOf(value)}a`]);
    found.push(
      breach(owner, 'pattern', {
        name: 'pattern.end',
        words: `a text with more after what matches ${pattern}`,
        candidates,
      }),
    );
  }
  if (pattern.startsWith('^')) {
    const candidates: Candidates = (value) => of([`!${textOf(value)}`, `a${textOf(value)}`]);
    found.push(
      breach(owner, 'pattern', {
        name: 'pattern.start',
        words: `a text with more before what matches ${pattern}`,
        candidates,
      }),
    );
  }
  return found;
}

/** Texts of one character, as long as the valid one, so that only the pattern is broken. */
function fitted(owner: SchemaObject, characters: readonly string[], valid: string): string[] {
  const length = Math.max(owner.minLength ?? 1, Math.min([...valid].length, owner.maxLength ?? 1000), 1);
  return characters.map((character) => character.repeat(length));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function listBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const { minItems = 0, maxItems, uniqueItems, prefixItems, items, contains } = owner;
  const itemSchema = items ?? true;
  if (minItems > 0) {
    const candidates: Candidates = (value) => [listOf(value).slice(0, minItems - 1)];
    found.push(breach(owner, 'minItems', { words: `fewer than ${minItems} items`, candidates }));
  }
  if (maxItems !== undefined && maxItems < mostItems) {
    const candidates: Candidates = (value, tools) => [
      grown(listOf(value), { length: maxItems + 1, itemSchema, tools }),
    ];
    found.push(breach(owner, 'maxItems', { words: `more than ${maxItems} items`, candidates }));
  }
  if (uniqueItems === true) {
    const candidates: Candidates = (value, tools) => {
      const [first = tools.make(itemSchema), ...rest] = listOf(value);
      return [
        [first, first, ...rest.slice(1)],
        [first, first, ...rest],
      ];
    };
    found.push(breach(owner, 'uniqueItems', { words: 'the same item twice', candidates }));
  }
  if (prefixItems !== undefined && items === false) {
    const candidates: Candidates = (value) => [[...listOf(value), listOf(value)[0] ?? 1]];
    found.push(breach(owner, 'items', { words: 'one item more than there are places', candidates }));
  }
  if (contains !== undefined) {
    const candidates: Candidates = (value, tools) => [
      withoutContained(listOf(value), { contains, itemSchema, tools }),
    ];
    found.push(breach(owner, 'contains', { words: 'no item of the kind that has to be there', candidates }));
  }
  return found;
}

interface Growth {
  readonly itemSchema: Schema;
  readonly tools: ChangeTools;
}

function grown(
  list: readonly unknown[],
  { length, itemSchema, tools }: Growth & { length: number },
): unknown[] {
  const result = [...list];
  for (const item of membersOf(itemSchema)) {
    if (result.length < length && !result.some((one) => deepEqual(one, item))) result.push(item);
  }
  for (let tries = 0; result.length < length && tries < length * 6; tries += 1) {
    const item = tools.make(itemSchema, `item ${tries}`);
    if (!result.some((one) => deepEqual(one, item)) || tries > length * 4) result.push(item);
  }
  return result;
}

function membersOf(schema: Schema): readonly unknown[] {
  const node = follow(schema);
  return typeof node === 'object' ? (node.enum ?? []) : [];
}

function withoutContained(
  list: readonly unknown[],
  { contains, itemSchema, tools }: Growth & { contains: Schema },
): unknown[] {
  const wanted = compileSchema(contains, { direction: 'request' });
  for (let tries = 0; tries < 30; tries += 1) {
    const item = tools.make(itemSchema, `item ${tries}`);
    if (!wanted.isValid(item)) return list.length > 1 ? list.map(() => item) : [item];
  }
  return [...list];
}

function objectBreaches(owner: SchemaObject): Breach[] {
  return [...requiredBreaches(owner), ...sizeBreaches(owner), ...extraBreaches(owner)];
}

function requiredBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  for (const name of owner.required ?? []) {
    const schema = owner.properties?.[name];
    if (typeof schema === 'object' && schema.readOnly === true) continue;
    const candidates: Candidates = (value) => [without(value, name)];
    found.push(breach(owner, 'required', { name: `required.${name}`, words: `no ${name}`, candidates }));
  }
  for (const [name, others] of Object.entries(owner.dependentRequired ?? {})) {
    for (const other of others) {
      const candidates: Candidates = (value, tools) => {
        const trigger = owner.properties?.[name] ?? true;
        const there =
          isPlain(value) && Object.hasOwn(value, name)
            ? value
            : { ...plain(value), [name]: tools.make(trigger) };
        return [without(there, other)];
      };
      const words = `${name} without ${other}`;
      found.push(
        breach(owner, 'dependentRequired', { name: `dependentRequired.${name}.${other}`, words, candidates }),
      );
    }
  }
  return found;
}

function plain(value: unknown): Readonly<Record<string, unknown>> {
  return isPlain(value) ? value : {};
}

function without(value: unknown, name: string): unknown {
  return Object.fromEntries(Object.entries(plain(value)).filter(([one]) => one !== name));
}

function sizeBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const { minProperties = 0, maxProperties } = owner;
  if (minProperties > 0) {
    const candidates: Candidates = (value) => [
      Object.fromEntries(Object.entries(plain(value)).slice(0, minProperties - 1)),
    ];
    found.push(
      breach(owner, 'minProperties', { words: `fewer than ${minProperties} properties`, candidates }),
    );
  }
  if (maxProperties !== undefined && maxProperties < mostItems) {
    const candidates: Candidates = (value) => [crowded(plain(value), maxProperties + 1)];
    found.push(
      breach(owner, 'maxProperties', { words: `more than ${maxProperties} properties`, candidates }),
    );
  }
  return found;
}

function crowded(value: Readonly<Record<string, unknown>>, size: number): unknown {
  const entries = Object.entries(value);
  const [, filler = 'a'] = entries[0] ?? [];
  for (let index = 0; entries.length < size; index += 1) {
    const name = `${String.fromCharCode(97 + (index % 26))}${'x'.repeat(Math.floor(index / 26) + 1)}`;
    if (!Object.hasOwn(value, name)) entries.push([name, filler]);
  }
  return Object.fromEntries(entries);
}

function extraBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const keyword = owner.additionalProperties === false ? 'additionalProperties' : 'unevaluatedProperties';
  if (owner[keyword] === false) {
    const candidates: Candidates = (value) => [{ ...plain(value), apidoubleExtra: 'x' }];
    found.push(breach(owner, keyword, { words: 'a property that is not allowed', candidates }));
  }
  if (owner.propertyNames !== undefined) {
    const candidates: Candidates = (value) => {
      const [[first, filler] = ['', 'a'], ...rest] = Object.entries(plain(value));
      return ['Apidouble Name!', '0', `${first}-`].map((name) => ({
        ...Object.fromEntries(rest),
        [name]: filler,
      }));
    };
    found.push(
      breach(owner, 'propertyNames', { words: 'a property with a name that is not allowed', candidates }),
    );
  }
  if (owner.discriminator !== undefined) {
    const name = owner.discriminator.propertyName;
    const candidates: Candidates = (value) => [{ ...plain(value), [name]: 'apidouble-none' }];
    found.push(breach(owner, 'discriminator', { words: `a ${name} that there is not`, candidates }));
  }
  return found;
}

function choiceBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const odd = ['apidouble-none', 987_654_321, 0.123, true, { apidouble: true }, ['apidouble']];
  if (owner.enum !== undefined) {
    const numbers = owner.enum.some((one) => typeof one === 'number') ? [987_654_321] : [];
    found.push(
      breach(owner, 'enum', { words: 'a value that is not listed', candidates: () => [...numbers, ...odd] }),
    );
  }
  if (owner.const !== undefined) {
    const like = typeof owner.const === 'number' ? [owner.const + 1] : [];
    found.push(
      breach(owner, 'const', {
        words: 'another value than the one there is',
        candidates: () => [...like, ...odd],
      }),
    );
  }
  if (owner.oneOf !== undefined)
    found.push(breach(owner, 'oneOf', { words: 'a value of no branch', candidates: () => odd }));
  if (owner.anyOf !== undefined)
    found.push(breach(owner, 'anyOf', { words: 'a value of no branch', candidates: () => odd }));
  const { not } = owner;
  if (typeof not === 'object') {
    const candidates: Candidates = (_, tools) => [
      ...(not.enum ?? []),
      ...(not.const === undefined ? [tools.make(not)] : [not.const]),
    ];
    found.push(breach(owner, 'not', { words: 'a value that is ruled out', candidates }));
  }
  return found;
}
