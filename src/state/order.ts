import { findProperty, type ListParameters, type PropertyPath, readProperty } from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import type { Entry } from './collection.ts';
import { timeOf } from './compare.ts';

/** One property that a list is ordered by. */
export interface OrderKey {
  readonly path: PropertyPath;
  readonly descending: boolean;
}

const mostKeys = 5;

/** Reads `-created`, `created:desc`, `a,b`, or a property with a parameter for the direction. What is no property orders nothing. */
export function readOrder(
  { order }: ListParameters,
  query: Readonly<Record<string, unknown>>,
  item: Schema,
): readonly OrderKey[] {
  const asked = order === undefined ? undefined : query[order.parameter];
  if (order === undefined || asked === undefined) return [];
  const direction = order.direction === undefined ? undefined : query[order.direction];
  const keys: OrderKey[] = [];
  for (const text of (Array.isArray(asked) ? asked : [asked]).flatMap((one) => String(one).split(','))) {
    const key = keys.length < mostKeys ? readKey(text.trim(), item) : undefined;
    if (key !== undefined) keys.push(/^desc/i.test(String(direction)) ? { ...key, descending: true } : key);
  }
  return keys;
}

function readKey(text: string, item: Schema): OrderKey | undefined {
  const wrapped = /^(asc|desc)\((.+)\)$/i.exec(text);
  const [, name = '', word = ''] =
    /^(.*?)(?:[:. _]+(asc|desc)(?:ending)?)?$/i.exec(wrapped?.[2] ?? text) ?? [];
  const descending = /^desc/i.test(word) || /^desc/i.test(wrapped?.[1] ?? '') || /^[-!]/.test(name);
  const path = findProperty(item, name.replace(/^[-+!]/, ''));
  return path === undefined ? undefined : { path, descending };
}

type SortValue = string | number | undefined;

/** Which of two entries comes first: what has no value comes last, and what is equal stays in the order of its creation. */
export function compareEntries(left: Entry, right: Entry, keys: readonly OrderKey[]): number {
  for (const { path, descending } of keys) {
    const order = compareValues(valueAt(left, path), valueAt(right, path), descending);
    if (order !== 0) return order;
  }
  return left.sequence - right.sequence;
}

/** Sorts entries by the keys. */
export function sortBy(entries: Iterable<Entry>, keys: readonly OrderKey[]): readonly Entry[] {
  const list = [...entries];
  const columns = keys.map((key) => weightsIn(list, key));
  const weigh = (left: number, right: number): number => {
    for (const weights of columns) {
      const one = weights[left] ?? 0;
      const other = weights[right] ?? 0;
      if (one !== other) return one < other ? -1 : 1;
    }
    return (list[left]?.sequence ?? 0) - (list[right]?.sequence ?? 0);
  };
  const sorted: Entry[] = [];
  for (const place of list.map((_, index) => index).sort(weigh)) {
    const entry = list[place];
    if (entry !== undefined) sorted.push(entry);
  }
  return sorted;
}

/**
 * Each entry's value as a number that it is ordered by: texts are compared slowly, and sorting compares each some twenty times.
 * What has no value weighs `Infinity`: a number that is infinite itself (JSON's 1e999) is ordered by its rank.
 */
function weightsIn(list: readonly Entry[], { path, descending }: OrderKey): readonly number[] {
  const values = list.map((entry) => valueAt(entry, path));
  if (values.every((value) => value === undefined || Number.isFinite(value)))
    return values.map((value) => (typeof value === 'number' ? (descending ? -value : value) : Infinity));
  const distinct = [...new Set(values)].sort((left, right) => compareValues(left, right, descending));
  const ranks = new Map(distinct.map((value, rank) => [value, rank]));
  return values.map((value) => ranks.get(value) ?? Infinity);
}

/** Numbers before texts; texts by their code units. */
function compareValues(left: SortValue, right: SortValue, descending: boolean): number {
  if (left === right) return 0;
  if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
  const isBefore = typeof left === typeof right ? left < right : typeof left === 'number';
  return isBefore === descending ? 1 : -1;
}

function valueAt({ thing }: Entry, path: PropertyPath): SortValue {
  return sortable(readProperty(thing, path));
}

function sortable(value: unknown): SortValue {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') return timeOf(value) ?? value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}
