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

/** An entry with what it is ordered by. */
export interface Row {
  readonly entry: Entry;
  readonly values: readonly SortValue[];
}

type SortValue = string | number | undefined;

/** An entry as a row of an order. */
export function rowOf(entry: Entry, keys: readonly OrderKey[]): Row {
  return { entry, values: keys.map(({ path }) => sortable(readProperty(entry.thing, path))) };
}

/** Which of two rows comes first: what has no value comes last, and what is equal stays in the order of its creation. */
export function compareRows(left: Row, right: Row, keys: readonly OrderKey[]): number {
  // A plain loop: this runs a million times to order a hundred thousand.
  for (let index = 0; index < keys.length; index += 1) {
    const one = left.values[index];
    const other = right.values[index];
    if (one === other) continue;
    if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
    const order = compareValues(one, other);
    if (order !== 0) return keys[index]?.descending === true ? -order : order;
  }
  return left.entry.sequence - right.entry.sequence;
}

/** Numbers before texts; texts by their code units. */
function compareValues(left: string | number, right: string | number): number {
  if (typeof left === typeof right) return left < right ? -1 : Number(left > right);
  return typeof left === 'number' ? -1 : 1;
}

/** Sorts entries by the keys. */
export function sortBy(entries: Iterable<Entry>, keys: readonly OrderKey[]): readonly Row[] {
  return Array.from(entries, (entry) => rowOf(entry, keys)).sort((left, right) =>
    compareRows(left, right, keys),
  );
}

/** The place of a row in rows that are sorted: where it is, or where it belongs. */
export function placeOf(rows: readonly Row[], row: Row, keys: readonly OrderKey[]): number {
  let [low, high] = [0, rows.length];
  const last = rows.at(-1);
  // What is new mostly comes last.
  if (last !== undefined && compareRows(last, row, keys) < 0) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareRows(rows[middle] as Row, row, keys) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sortable(value: unknown): SortValue {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') return timeOf(value) ?? value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}
