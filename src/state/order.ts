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

/** Sorts by the keys; what has no value comes last, and what is equal stays in the order of its creation. */
export function sortBy(entries: readonly Entry[], keys: readonly OrderKey[]): readonly Entry[] {
  let sorted = [...entries].sort((left, right) => left.sequence - right.sequence);
  // Sorting keeps the order of equals, so the last key is sorted by first.
  for (const key of [...keys].reverse()) sorted = sortByOne(sorted, key);
  return sorted;
}

function sortByOne(entries: readonly Entry[], { path, descending }: OrderKey): Entry[] {
  const rows = entries.map((entry) => ({ entry, value: sortable(readProperty(entry.thing, path)) }));
  const sign = descending ? -1 : 1;
  const isNumeric = rows.every(({ value }) => typeof value === 'number' || value === undefined);
  const compare = isNumeric ? compareNumbers : compareTexts;
  rows.sort(({ value: left }, { value: right }) => {
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined);
    return sign * compare(left, right);
  });
  return rows.map(({ entry }) => entry);
}

function compareNumbers(left: string | number, right: string | number): number {
  return Number(left) - Number(right);
}

function compareTexts(left: string | number, right: string | number): number {
  const [first, second] = [String(left), String(right)];
  return first < second ? -1 : Number(first > second);
}

function sortable(value: unknown): string | number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') return timeOf(value) ?? value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}
