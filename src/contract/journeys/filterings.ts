import type { ApiOperation, ParameterObject } from '../../document/index.ts';
import {
  allowsType,
  correctionOf,
  listParametersOf,
  listRoleOf,
  plainName,
  propertiesOf,
  readProperty,
} from '../../plan/index.ts';
import { deepEqual } from '../../schema/index.ts';
import { shownListOf } from '../planning/shown-list.ts';
import { partsOf } from '../planning/spots.ts';
import { isPlain } from '../values/at-steps.ts';
import type { ListContext } from './run-lists.ts';
import { text } from './same-value.ts';

/** One filtering of a list: what is sent, and which items it must keep. */
export interface Filtering {
  readonly value: unknown;
  /** `true`: it must be there; `false`: it must not; `undefined`: it may. */
  readonly wants: (item: unknown) => boolean | undefined;
  readonly words: string;
  /** Whether it is only guessed what the parameter looks at: then a list that does not fit proves nothing. */
  readonly isGuess?: boolean;
}

/** What can be asked of a list by a parameter, by what its items have. */
export function filteringsOf(
  parameter: ParameterObject,
  { run, all: { items }, path, duties }: ListContext,
): Filtering[] {
  const { parameters } = run.api.compile(duties.operation);
  const validator = parameters.find((one) => one.parameter === parameter)?.validator;
  const given = correctionOf(duties.operation).filters?.[parameter.name];
  const property = given === undefined || given === false ? propertyFor(parameter.name, items) : given;
  const found =
    listRoleOf(duties.operation, parameter.name) === 'search'
      ? searches(items)
      : [
          ...equalities(parameter, { property, items }),
          ...ranges(parameter, {
            property,
            items,
            wide: parameter.in === 'path' ? path[parameter.name] : undefined,
          }),
          ...afters(parameter, items),
          ...members(parameter, { property, items }),
          ...(property === undefined ? guesses(parameter, duties.operation, items) : []),
        ];
  return found.filter(({ value }) => validator?.isValid(value) === true);
}

/** `username`, of items that have a user with a name: what stands below a property that the schema leaves open. */
function guesses(
  parameter: ParameterObject,
  operation: ApiOperation,
  items: readonly unknown[],
): Filtering[] {
  const shape = shownListOf(operation);
  const filters = shape === undefined ? [] : listParametersOf(operation, shape).filters;
  const found = filters.find((one) => one.parameter === parameter.name && one.member === undefined);
  if (found === undefined || (found.operator !== 'equals' && found.operator !== 'contains')) return [];
  const valueIn = (item: unknown): unknown => readProperty(item, found.path);
  const values = [...new Set(items.map(valueIn))].filter((one) => typeof one === 'string' && one !== '');
  return values.slice(0, 3).map((value) => ({
    value,
    wants: (item) => (valueIn(item) === value ? true : isPart(value, valueIn(item)) ? undefined : false),
    words: `${parameter.name} ${text(value)}`,
    isGuess: true,
  }));
}

function isPart(value: unknown, own: unknown): boolean {
  return String(own).toLowerCase().includes(String(value).toLowerCase());
}

/** The item's property that a parameter is named after. */
export function propertyFor(name: string, items: readonly unknown[]): string | undefined {
  const wanted = plainName(name).replace(/^x(?=[a-z]{3})/, '');
  const first = items.filter(isPlain).flatMap((item) => Object.keys(item));
  return [wanted, `${wanted}s`, wanted.replace(/s$/, '')]
    .map((plain) => first.find((one) => plainName(one) === plain))
    .find((one) => one !== undefined);
}

function valuesOf(property: string, items: readonly unknown[]): readonly unknown[] {
  const values = items
    .flatMap((item) => (isPlain(item) ? item[property] : []))
    .filter((one) => one !== null && typeof one !== 'object');
  return values.filter((one, index) => values.indexOf(one) === index);
}

function has(item: unknown, property: string, value: unknown): boolean {
  const own = isPlain(item) ? item[property] : undefined;
  return Array.isArray(own) ? own.includes(value) : deepEqual(own, value);
}

interface Filtered {
  /** What the parameter filters by. */
  readonly property: string | undefined;
  readonly items: readonly unknown[];
}

function equalities(parameter: ParameterObject, { property, items }: Filtered): Filtering[] {
  const isList = allowsType(parameter.schema, 'array') && !allowsType(parameter.schema, 'string');
  if (property === undefined || isRelated(parameter)) return [];
  const values = valuesOf(property, items);
  const found: Filtering[] = values.slice(0, 3).map((value) => ({
    value: isList ? [value] : value,
    wants: (item) => {
      if (has(item, property, value)) return true;
      const may = lacks(item, property) || (isFreeText(parameter) && contains(item, property, value));
      return may ? undefined : false;
    },
    words: `${parameter.name} ${text(value)}`,
  }));
  const [first, second] = values;
  if (isList && second !== undefined) {
    found.push({
      value: [first, second],
      wants: (item) => has(item, property, first) || has(item, property, second),
      words: `${parameter.name} ${text(first)} or ${text(second)}`,
    });
  }
  return found;
}

/** An item that does not show the property tells nothing: a parameter of that name may be what hides it. */
function lacks(item: unknown, property: string): boolean {
  return isPlain(item) && item[property] === undefined;
}

/** A free text may be looked for inside of another, in capitals or not. */
function isFreeText({ schema }: ParameterObject): boolean {
  return partsOf(schema).every(
    (part) => part.type === 'string' && part.enum === undefined && part.format === undefined,
  );
}

function contains(item: unknown, property: string, value: unknown): boolean {
  const own = isPlain(item) ? item[property] : undefined;
  return isPart(value, own);
}

function isRelated({ schema }: ParameterObject): boolean {
  return allowsType(schema, 'object') && propertiesOf(schema).size > 0;
}

const lower = new Set(['min', 'gte', 'from', 'minimum']);
const upper = new Set(['max', 'lte', 'to', 'maximum']);

/** `price[min]=1`: both bounds, each with what stands on it. */
function ranges(
  parameter: ParameterObject,
  { property, items, wide }: Filtered & { wide: unknown },
): Filtering[] {
  if (property === undefined || !isRelated(parameter)) return [];
  const numbers = valuesOf(property, items)
    .filter((one) => typeof one === 'number')
    .toSorted((left, right) => left - right);
  const middle = numbers[Math.floor(numbers.length / 2)];
  if (middle === undefined) return [];
  const found: Filtering[] = [];
  for (const name of propertiesOf(parameter.schema).keys()) {
    const isLower = lower.has(plainName(name));
    if (!isLower && !upper.has(plainName(name))) continue;
    found.push({
      value: { ...(isPlain(wide) ? wide : {}), [name]: middle },
      wants: (item) => {
        const own = isPlain(item) ? item[property] : undefined;
        if (typeof own !== 'number') return undefined;
        return isLower ? own >= middle : own <= middle;
      },
      words: `${property} ${isLower ? 'at least' : 'at most'} ${middle}`,
    });
  }
  return found;
}

/** `released_after=2020-01-01`, of a property that begins with `released`. */
function afters(parameter: ParameterObject, items: readonly unknown[]): Filtering[] {
  const match = /^(.+?)[_.-]?(after|before|since|until)$/i.exec(parameter.name);
  const start = plainName(match?.[1] ?? '');
  const names = [...new Set(items.filter(isPlain).flatMap((item) => Object.keys(item)))];
  const property = start === '' ? undefined : names.find((name) => plainName(name).startsWith(start));
  if (property === undefined) return [];
  const dates = valuesOf(property, items).filter(
    (one) => typeof one === 'string' && /^\d{4}-\d\d-\d\d/.test(one),
  );
  const middle = dates.toSorted()[Math.floor(dates.length / 2)];
  if (typeof middle !== 'string') return [];
  const isAfter = /after|since/i.test(match?.[2] ?? '');
  const wants = (item: unknown): boolean | undefined => {
    const own = isPlain(item) ? item[property] : undefined;
    if (typeof own !== 'string') return own === undefined || own === null ? undefined : false;
    if (own === middle) return undefined;
    return isAfter ? own > middle : own < middle;
  };
  return [{ value: middle, wants, words: `${parameter.name} ${middle}` }];
}

/** An object whose keys are properties of the item, or of a part of it; only what is no number is surely compared for equality. */
function members(parameter: ParameterObject, { property: part, items }: Filtered): Filtering[] {
  const schema = parameter.content?.schema ?? parameter.schema;
  const required = partsOf(schema).some((part) => (part.required?.length ?? 0) > 1);
  if (required) return [];
  const inside = (item: unknown): unknown =>
    part !== undefined && isPlain(item) && isPlain(item[part]) ? item[part] : item;
  const found: Filtering[] = [];
  for (const name of propertiesOf(schema).keys()) {
    const values = valuesOf(name, items.map(inside)).filter((one) => typeof one !== 'number');
    for (const value of values.slice(0, 2)) {
      found.push({
        value: { [name]: value },
        wants: (item) => has(inside(item), name, value),
        words: `${name} ${text(value)}`,
      });
    }
  }
  return found;
}

/** A word of an item's title finds it; a word that nothing has finds nothing. */
function searches(items: readonly unknown[]): Filtering[] {
  const nothing: Filtering = {
    value: 'zqxwvjkqz',
    wants: (item) => JSON.stringify(item).toLowerCase().includes('zqxwvjkqz'),
    words: 'what nothing has',
  };
  const titled = items.filter(isPlain).find((item) => titleOf(item) !== undefined);
  const title = titled === undefined ? undefined : titleOf(titled);
  if (title === undefined) return searchesOfTexts(items, nothing);
  const word = title.split(/\s+/).find((one) => /^\p{L}{4,}$/u.test(one));
  if (word === undefined) return [nothing];
  const lowered = word.toLowerCase();
  const wants = (item: unknown): boolean | undefined =>
    isPlain(item) && titleOf(item)?.toLowerCase().includes(lowered) === true ? true : undefined;
  return [nothing, { value: word, wants, words: text(word) }];
}

/** Which texts are looked through cannot be known where nothing is a title. */
function searchesOfTexts(items: readonly unknown[], nothing: Filtering): Filtering[] {
  const item = items.find(isPlain);
  const word = Object.values(item ?? {})
    .flatMap((one) => (typeof one === 'string' ? one.split(/\s+/) : []))
    .find((one) => /^\p{L}{4,}$/u.test(one));
  if (item === undefined || word === undefined) return [];
  const wants = (other: unknown): boolean | undefined => (other === item ? true : undefined);
  return [
    { ...nothing, isGuess: true },
    { value: word, wants, words: text(word), isGuess: true },
  ];
}

function titleOf(item: Readonly<Record<string, unknown>>): string | undefined {
  const value = item.title ?? item.name;
  return typeof value === 'string' ? value : undefined;
}
