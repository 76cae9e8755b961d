import { type Node, node } from '../document.ts';
import { json } from './answer.ts';
import { shownBook } from './books.ts';
import type { Call, Handler } from './call.ts';

type Value = (name: string) => unknown;

/** A page of the books that pass every filter. */
export const listBooks: Handler = (call) => {
  const value: Value = (name) => call.values.get(`query.${name}`);
  const found = [...call.room.seen().books.values()].filter((book) => isWanted(book, value));
  const ordering = value('ordering');
  if (ordering !== undefined) found.sort(comparison(String(ordering)));
  const page = Number(value('page'));
  const size = Number(value('page_size'));
  const results = found.slice((page - 1) * size, page * size).map(shownBook);
  const next = page * size < found.length ? linkTo(call, page + 1) : null;
  const previous = page > 1 ? linkTo(call, page - 1) : null;
  const requestId = call.values.get('header.X-Request-Id');
  return json(
    200,
    { count: found.length, next, previous, results },
    {
      'X-Total-Count': String(found.length),
      Link: next === null ? undefined : `<${next}>; rel="next"`,
      'X-Request-Id': requestId === undefined ? undefined : String(requestId),
    },
  );
};

function isWanted(book: Node, value: Value): boolean {
  const { min, max } = node(value('price'));
  const search = value('search');
  const day = value('released_after');
  const inStock = value('in_stock');
  if (!isAmong([book.genre], value('genre'))) return false;
  if (!isAmong(list(book.languages), value('language'))) return false;
  if (inStock !== undefined && book.inStock !== inStock) return false;
  if (min !== undefined && Number(book.price) < Number(min)) return false;
  if (max !== undefined && Number(book.price) > Number(max)) return false;
  if (day !== undefined && !(String(book.releasedOn ?? '') > String(day))) return false;
  return search === undefined || folded(book.title).includes(folded(search));
}

/** Whether one of the values is wanted; where nothing is asked for, all are. */
export function isAmong(values: readonly unknown[], wanted: unknown): boolean {
  return wanted === undefined || values.some((one) => list(wanted).includes(one));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function folded(value: unknown): string {
  return String(value).toLowerCase();
}

/** By a property, in the order of code units; what is equal keeps its order. */
function comparison(ordering: string): (left: Node, right: Node) => number {
  const sign = ordering.startsWith('-') ? -1 : 1;
  const name = ordering.replace('-', '');
  return (left, right) => {
    const [a, b] = [left[name], right[name]];
    if (a === b) return 0;
    return (typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b)) ? -sign : sign;
  };
}

/** The same request for another page. */
function linkTo(call: Call, page: number): string {
  const [path = '', query = ''] = call.request.target.split('?');
  const rest = query.split('&').filter((pair) => pair !== '' && !/^page=/.test(pair));
  return `${path}?${[...rest, `page=${page}`].join('&')}`;
}
