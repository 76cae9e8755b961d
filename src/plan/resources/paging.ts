import type { ParameterObject } from '../../document/index.ts';
import { follow, type Schema } from '../../schema/index.ts';
import type { Correction } from './correction.ts';
import { allowsType, plainName } from './properties.ts';

/** The query parameters by which a list is paged. */
export interface Paging {
  readonly page?: string;
  /** The number of the first page: 1, or 0 where the document's default or minimum says so. */
  readonly firstPage: number;
  readonly size?: string;
  /** The page size where the request names none. */
  readonly defaultSize: number;
  readonly maxSize: number;
  readonly offset?: string;
  readonly cursor?: string;
}

const names: Readonly<Record<'page' | 'size' | 'offset' | 'cursor', ReadonlySet<string>>> = {
  page: new Set('page pagenumber pageno pageindex currentpage'.split(' ')),
  size: new Set(
    'pagesize perpage limit pagelimit size itemsperpage maxresults maxitems rows top first take count'.split(
      ' ',
    ),
  ),
  offset: new Set('offset skip start startindex recordindex pageoffset startat'.split(' ')),
  cursor: new Set(
    'cursor pagetoken pagecursor nexttoken continuationtoken iterator startingafter pageafter after marker'.split(
      ' ',
    ),
  ),
};

/** `paginate_page` is a page. */
function pagingName(name: string): string {
  return plainName(name).replace(/^paginat(?:e|ion)(?=.)/, '');
}

/** Sees by which parameters a list is paged, as far as nobody says so (`given`); `undefined` where by none. */
export function pagingOf(
  parameters: readonly ParameterObject[],
  given?: Correction['paging'],
): Paging | undefined {
  if (given === false) return undefined;
  const query = parameters.filter((one) => one.in === 'query' && isPlace(one.schema));
  const find = (role: keyof typeof names) => {
    if (given !== undefined) return query.find(({ name }) => name === given[role]);
    // The names stand in the order of how sure they are: `after` may as well be a time.
    const known = new Map(query.map((parameter) => [pagingName(parameter.name), parameter]));
    return [...names[role]].flatMap((name) => known.get(name) ?? [])[0];
  };
  const [page, size, offset, cursor] = [find('page'), find('size'), find('offset'), find('cursor')];
  if (page === undefined && offset === undefined && cursor === undefined && size === undefined)
    return undefined;
  return {
    firstPage: given?.firstPage ?? firstPageOf(page?.schema),
    defaultSize: numberOf(size?.schema, 'default') ?? 20,
    maxSize: numberOf(size?.schema, 'maximum') ?? 1000,
    ...(page === undefined ? {} : { page: page.name }),
    ...(size === undefined ? {} : { size: size.name }),
    ...(offset === undefined ? {} : { offset: offset.name }),
    ...(cursor === undefined ? {} : { cursor: cursor.name }),
  };
}

/** `page` may be an object with the size and the number, and `start` a time: neither says where a page is. */
function isPlace(schema: Schema): boolean {
  const node = follow(schema);
  if (typeof node === 'object' && /^(?:date|time)/.test(node.format ?? '')) return false;
  return allowsType(schema, 'integer') || allowsType(schema, 'string');
}

function firstPageOf(schema: Schema | undefined): number {
  return numberOf(schema, 'default') === 0 || numberOf(schema, 'minimum') === 0 ? 0 : 1;
}

function numberOf(
  schema: Schema | undefined,
  keyword: 'default' | 'minimum' | 'maximum',
): number | undefined {
  if (schema === undefined) return undefined;
  const node = follow(schema);
  const value = typeof node === 'boolean' ? undefined : node[keyword];
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
