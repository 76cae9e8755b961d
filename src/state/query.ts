import {
  type ListFilter,
  type ListParameters,
  type PageWindow,
  type PathMember,
  readProperty,
  windowAt,
  windowOf,
} from '../plan/index.ts';
import type { Schema } from '../schema/index.ts';
import { isRecord } from '../wire/index.ts';
import type { Collection, Entry } from './collection.ts';
import { holds } from './compare.ts';
import { type OrderKey, readOrder, sortBy } from './order.ts';
import { keysOf } from './property-index.ts';
import { search } from './search.ts';
import type { Entries } from './sorted-entries.ts';

/** What a list is asked for. */
export interface ListQuestion {
  readonly parameters: ListParameters;
  readonly item: Schema;
  readonly query: Readonly<Record<string, unknown>>;
  /** The property by which the newest come first, where the document says that they do. */
  readonly created: OrderKey | undefined;
  /** Whose things are asked for; empty: everybody's. */
  readonly owners: readonly string[];
  /** The members that name them. */
  readonly ownedBy: readonly (PathMember | undefined)[];
}

/** The page of a collection that was asked for. */
export interface ListPage {
  readonly entries: readonly Entry[];
  readonly page: PageWindow;
}

/** Filters, searches, orders and pages a collection. */
export function queryCollection(collection: Collection, question: ListQuestion): ListPage {
  const found = select(collection, question);
  const page = pageOf(found, question);
  return { entries: found.slice(page.offset, page.offset + page.length), page };
}

function select(
  collection: Collection,
  { parameters, item, query, created, owners, ownedBy }: ListQuestion,
): Entries {
  const keys = readOrder(parameters, query, item);
  const order = keys.length > 0 ? keys : created === undefined ? [] : [created];
  const filtered = filter(collection, parameters.filters, query);
  let entries: Entries = filtered === undefined ? collection.sorted(order) : sortBy(filtered, order);
  if (owners.length > 0) entries = [...entries].filter((entry) => isOf(entry, owners, ownedBy));
  for (const name of parameters.searches) {
    const text = query[name];
    if (typeof text === 'string') entries = search(entries, text);
  }
  return entries;
}

/** A thing says itself whose it is, or it is of those that it was created below. */
function isOf(entry: Entry, owners: readonly string[], ownedBy: ListQuestion['ownedBy']): boolean {
  return owners.every((owner, index) => {
    const said = entry.thing[ownedBy[index]?.property ?? ''];
    return (said === undefined ? entry.owners?.[index] : String(said)) === owner;
  });
}

/** The entries that every filter lets in; `undefined` where nothing is filtered. */
function filter(
  collection: Collection,
  filters: readonly ListFilter[],
  query: Readonly<Record<string, unknown>>,
): Iterable<Entry> | undefined {
  let found: Iterable<Entry> | undefined;
  for (const one of filters) {
    const asked = askedOf(one, query);
    if (asked === undefined) continue;
    found = found === undefined ? lookUp(collection, one, asked) : narrow(found, one, asked);
  }
  return found;
}

/** What is asked of one filter: several values mean any of them. An empty text asks for nothing. */
function askedOf(
  { parameter, member }: ListFilter,
  query: Readonly<Record<string, unknown>>,
): unknown[] | undefined {
  const whole = query[parameter];
  const value =
    member === undefined
      ? whole
      : isRecord(whole) && Object.hasOwn(whole, member)
        ? whole[member]
        : undefined;
  if (value === undefined || value === '') return undefined;
  const asked = Array.isArray(value)
    ? value
    : /(?:__|_|\[)in\]?$/.test(parameter)
      ? String(value).split(',')
      : [value];
  return asked.length === 0 ? undefined : asked;
}

function lookUp(
  collection: Collection,
  { path, operator }: ListFilter,
  asked: readonly unknown[],
): Iterable<Entry> {
  const index = collection.index(path);
  const exactly = operator === 'equals' && asked.length === 1 ? index.get(asked[0]) : undefined;
  if (exactly !== undefined) return exactly;
  const found = new Set<Entry>();
  for (const [value, entries] of index.values()) {
    if (!isWanted(operator, value, asked)) continue;
    for (const entry of entries) found.add(entry);
  }
  return found;
}

function narrow(
  found: Iterable<Entry>,
  { path, operator }: ListFilter,
  asked: readonly unknown[],
): readonly Entry[] {
  const kept: Entry[] = [];
  for (const entry of found) {
    const values = keysOf(readProperty(entry.thing, path));
    if (values.some((value) => isWanted(operator, value, asked))) kept.push(entry);
  }
  return kept;
}

function isWanted(operator: ListFilter['operator'], own: unknown, asked: readonly unknown[]): boolean {
  const test = (one: unknown): boolean => holds(operator, own, one);
  return operator === 'not' ? asked.every(test) : asked.some(test);
}

/** A cursor may be the id of the last thing that the client has seen (`starting_after`). */
function pageOf(found: Entries, { parameters: { paging }, query }: ListQuestion): PageWindow {
  const page = windowOf(paging, query, found.length);
  const cursor = query[paging?.cursor ?? ''];
  if (typeof cursor !== 'string' || page.offset > 0) return page;
  const last = [...found].findIndex(({ id }) => id === cursor);
  return last === -1 ? page : windowAt(last + 1, page.size, found.length);
}
