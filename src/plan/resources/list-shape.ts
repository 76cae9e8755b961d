import { pointerKeys } from '../../core/index.ts';
import type { Schema } from '../../schema/index.ts';
import type { Correction } from './correction.ts';
import { allowsType, itemsOf, plainName, propertiesOf, requiredOf, singularOf } from './properties.ts';

/** What a member of a list's envelope tells about the page. */
export type EnvelopeRole =
  | 'total'
  | 'returned'
  | 'pages'
  | 'page'
  | 'size'
  | 'offset'
  | 'firstIndex'
  | 'lastIndex'
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'hasNext'
  | 'hasPrevious'
  | 'cursor'
  | 'empty';

/** A member of the envelope: the keys that lead to it, its role and its schema. */
export interface EnvelopeMember {
  readonly path: readonly string[];
  readonly role: EnvelopeRole;
  readonly schema: Schema;
  /** How many of the keys, from the last, go with it where there is no such page: 2 for `_links.next.href`. Default 1. */
  readonly depth?: number;
}

/** How a response holds a list: bare (`items` is empty) or in an envelope. */
export interface ListShape {
  /** The keys that lead to the array: `['results']`, `['_embedded', 'events']`, `[]`. */
  readonly items: readonly string[];
  readonly itemSchema: Schema;
  readonly arraySchema: Schema;
  readonly members: readonly EnvelopeMember[];
}

const roles: Readonly<Record<EnvelopeRole, string>> = {
  total:
    'total totalcount totalresults totalitems totalelements totalrecords recordcount totalentries totalsize nbhits count',
  returned: 'numberofelements returned itemcount pagecountitems currentitemcount',
  pages: 'totalpages pages pagecount lastpage numpages nbpages',
  page: 'page current currentpage pagenumber pageindex number',
  size: 'pagesize perpage size limit itemsperpage',
  offset: 'offset skip',
  firstIndex: 'startindex from',
  lastIndex: 'endindex to',
  next: 'next nextpage nexturl nextlink nextpageurl nexthref',
  previous: 'previous prev previouspage prevpage previousurl prevurl previouslink prevpageurl',
  first: 'first',
  last: 'last',
  hasNext: 'hasnext hasmore hasnextpage more',
  hasPrevious: 'hasprevious hasprev haspreviouspage',
  cursor:
    'nextcursor nextpagetoken nexttoken cursor endcursor continuationtoken continue iterator nextmarker',
  empty: 'empty',
};

const roleOfName: ReadonlyMap<string, EnvelopeRole> = new Map(
  Object.entries(roles).flatMap(([role, names]) =>
    names.split(' ').map((name) => [name, role as EnvelopeRole] as const),
  ),
);

/** Roles of members that may be links: objects with an address. */
const pageLinks: ReadonlySet<EnvelopeRole> = new Set(['next', 'previous', 'first', 'last']);

const listNames = new Set(
  'results result items data content records entries values rows objects list hits hydramember'.split(' '),
);
const envelopeNames = new Set(
  'pagination page paging meta metadata pageinfo links responsemetadata'.split(' '),
);
const wrapperNames = new Set('embedded data result response body'.split(' '));

/**
 * Sees how a schema holds a list, as far as nobody says so (`given`); `undefined` where it holds none. `nouns` are names
 * that its items may go by.
 */
export function listShapeOf(
  schema: Schema | undefined,
  nouns: readonly string[] = [],
  given?: Correction['items'],
): ListShape | undefined {
  if (schema === undefined || given === false) return undefined;
  if (given !== undefined) return givenShape(schema, pointerKeys(given));
  const bare = itemsOf(schema);
  if (bare !== undefined && !allowsType(schema, 'object')) {
    return { items: [], itemSchema: bare, arraySchema: schema, members: [] };
  }
  const members = membersOf(schema);
  const found = findList(schema, {
    nouns: new Set(nouns.flatMap(listNamesOf)),
    hasMembers: members.length > 0,
  });
  return found === undefined ? undefined : { ...found, members };
}

/** The same, of what is known to be a list: then the only array that there is holds it, or the only one of objects. */
export function knownListOf(
  schema: Schema | undefined,
  nouns: readonly string[] = [],
  given?: Correction['items'],
): ListShape | undefined {
  const sure = listShapeOf(schema, nouns, given);
  if (sure !== undefined || schema === undefined || given !== undefined) return sure;
  if (isAboutOne(schema, nouns)) return undefined;
  const lists = arraysIn(schema);
  const ofObjects = lists.filter(({ items }) => propertiesOf(items).size > 0);
  const only = ofObjects.length === 1 ? ofObjects[0] : lists.length === 1 ? lists[0] : undefined;
  if (only === undefined) return undefined;
  return {
    items: [only.name],
    itemSchema: only.items,
    arraySchema: only.array,
    members: membersOf(schema),
  };
}

/** Whether an object is a thing with an id of its own, or has under the name of the things something else than an array. */
function isAboutOne(schema: Schema, nouns: readonly string[]): boolean {
  const names = new Set(['id', 'uuid', 'pk', 'guid', ...nouns.flatMap(listNamesOf)]);
  return [...propertiesOf(schema).keys()].some((name) => names.has(plainName(name)));
}

/** The plain names that a list of some things may have: `/shipping_fulfillment` lists `fulfillments`, `/schools` a `schoolList`. */
function listNamesOf(noun: string): string[] {
  const last = noun.split(/[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).at(-1) ?? '';
  return [plainName(noun), plainName(last)].flatMap((name) => {
    const one = singularOf(name);
    return [name, one, `${one}s`, one.replace(/y$/, 'ies'), `${one}list`, `${name}list`];
  });
}

interface ArrayIn {
  readonly name: string;
  readonly items: Schema;
  readonly array: Schema;
}

function arraysIn(schema: Schema): ArrayIn[] {
  return [...propertiesOf(schema)].flatMap(([name, array]) => {
    const items = itemsOf(array);
    return items === undefined ? [] : { name, items, array };
  });
}

/** The shape of a list whose place is known; `undefined` where the schema has no list there. */
function givenShape(schema: Schema, path: readonly string[]): ListShape | undefined {
  let array: Schema | undefined = schema;
  for (const key of path) array = propertiesOf(array).get(key);
  const items = itemsOf(array);
  if (array === undefined || items === undefined) return undefined;
  return {
    items: path,
    itemSchema: items,
    arraySchema: array,
    members: path.length === 0 ? [] : membersOf(schema),
  };
}

interface Search {
  readonly nouns: ReadonlySet<string>;
  readonly hasMembers: boolean;
}

function findList(
  schema: Schema,
  search: Search,
  path: readonly string[] = [],
): Omit<ListShape, 'members'> | undefined {
  const lists = arraysIn(schema);
  const named = lists.find(({ name }) => listNames.has(plainName(name)) || search.nouns.has(plainName(name)));
  const only = lists.length === 1 && (search.hasMembers || path.length > 0) ? lists[0] : undefined;
  const found = named ?? only;
  if (found !== undefined)
    return { items: [...path, found.name], itemSchema: found.items, arraySchema: found.array };
  if (path.length > 0) return undefined;
  for (const [name, one] of propertiesOf(schema)) {
    if (!wrapperNames.has(plainName(name))) continue;
    const inner = findList(one, search, [name]);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function membersOf(schema: Schema, path: readonly string[] = []): EnvelopeMember[] {
  const members: EnvelopeMember[] = [];
  for (const [name, one] of propertiesOf(schema)) {
    const plain = plainName(name);
    const role = roleOfName.get(plain);
    const nested = propertiesOf(one).size > 0;
    if (path.length === 0 && nested && envelopeNames.has(plain)) members.push(...membersOf(one, [name]));
    else if (role !== undefined && !nested) members.push({ path: [...path, name], role, schema: one });
    else if (role !== undefined && path.length === 1 && pageLinks.has(role)) {
      const href = propertiesOf(one).get('href');
      const depth = requiredOf(schema).has(name) ? 1 : 2;
      if (href !== undefined) members.push({ path: [...path, name, 'href'], role, schema: href, depth });
    }
  }
  const explicit = members.some(
    ({ role, path: [...keys] }) => role === 'total' && plainName(keys.at(-1) ?? '') !== 'count',
  );
  return explicit ? members.map(countIsReturned) : members;
}

/** Beside a total of its own, `count` says how many are on the page. */
function countIsReturned(member: EnvelopeMember): EnvelopeMember {
  const isCount = member.role === 'total' && plainName(member.path.at(-1) ?? '') === 'count';
  return isCount ? { ...member, role: 'returned' } : member;
}
