import type { ApiOperation, ParameterObject } from '../../document/index.ts';
import { follow, type Schema } from '../../schema/index.ts';
import { type Correction, correctionOf } from './correction.ts';
import type { ListShape } from './list-shape.ts';
import { type Paging, pagingOf } from './paging.ts';
import { allowsType, plainName, propertiesOf } from './properties.ts';
import { allPropertiesOf, findProperty, type PropertyPath } from './property-path.ts';

/** How a filter compares a thing's property with what was asked for. */
export type FilterOperator =
  | 'equals'
  | 'not'
  | 'contains'
  | 'starts'
  | 'ends'
  | 'above'
  | 'atLeast'
  | 'below'
  | 'atMost'
  | 'exists'
  | 'absent';

/** A parameter, or a member of one that is an object, that keeps some things of a list and leaves out others. */
export interface ListFilter {
  readonly parameter: string;
  /** The member of the parameter's object: `min` of `price[min]`. */
  readonly member?: string;
  readonly path: PropertyPath;
  readonly operator: FilterOperator;
}

/** The part that each parameter of a list has in what the list shows. */
export interface ListParameters {
  readonly paging: Paging | undefined;
  /** The parameter by which the list is ordered, with a parameter of its own for the direction perhaps. */
  readonly order: { readonly parameter: string; readonly direction?: string } | undefined;
  readonly searches: readonly string[];
  readonly filters: readonly ListFilter[];
  /** Whether the things that were made last come first where no order is asked for. */
  readonly newestFirst: boolean;
}

const orderings = new Set('ordering orderby order sort sortby sorting sortfield orderfield'.split(' '));
const directions = new Set(
  'direction sortorder sortdirection orderdirection sortdir dir sorttype'.split(' '),
);
const searches = new Set(
  'search q query searchterm searchquery term keyword keywords searchtext fulltext'.split(' '),
);
const views = new Set('fields include expand select embed exclude format pretty'.split(' '));
const tongues = new Set('locale lang language'.split(' '));

/** Whether a parameter decides how things are shown. They are shown in one language: who may name several picks things by theirs. */
function isView({ name, schema }: ParameterObject): boolean {
  const plain = plainName(name);
  return views.has(plain) || (tongues.has(plain) && !allowsType(schema, 'array'));
}

/** The part that a parameter has in a list; `undefined` where somebody says that it has none. */
export function listRoleOf(operation: ApiOperation, name: string): 'order' | 'search' | 'filter' | undefined {
  const { ordering, search, filters = {} } = correctionOf(operation);
  if (Object.hasOwn(filters, name)) return filters[name] === false ? undefined : 'filter';
  if (ordering === name) return 'order';
  if (search === name) return 'search';
  const plain = plainName(name);
  if (orderings.has(plain)) return ordering === undefined ? 'order' : undefined;
  if (searches.has(plain)) return search === undefined ? 'search' : undefined;
  return 'filter';
}

/**
 * Sees what the parameters of a list do. Variables of its path count where they are `free`: where they name nothing that the
 * list stands below. What `x-apidouble` says of the operation comes before.
 */
export function listParametersOf(
  operation: ApiOperation,
  shape: Pick<ListShape, 'itemSchema'>,
  free: readonly string[] = [],
): ListParameters {
  const correction = correctionOf(operation);
  const paging = pagingOf(operation.parameters, correction.paging);
  const paged = new Set([paging?.page, paging?.size, paging?.offset, paging?.cursor]);
  const rest = operation.parameters.filter(({ name, in: place }) => {
    if (place === 'path') return free.includes(name);
    const isOwn = place === 'query' || place === 'querystring' || /^x-/i.test(name);
    return isOwn && !paged.has(name);
  });
  const order = orderOf(rest, correction);
  const found: { searches: string[]; filters: ListFilter[] } = { searches: [], filters: [] };
  for (const parameter of rest) {
    if (parameter.name === order?.parameter || parameter.name === order?.direction) continue;
    const role = listRoleOf(operation, parameter.name);
    const given = correction.filters?.[parameter.name];
    if (role === undefined || given === false) continue;
    const filters = filtersOf(parameter, shape.itemSchema, given);
    if (role === 'search' && filters.every(({ operator }) => operator !== 'equals'))
      found.searches.push(parameter.name);
    else found.filters.push(...filters);
  }
  return { paging, order, ...found, newestFirst: isNewestFirst(operation) };
}

function isNewestFirst({ summary = '', description = '' }: ApiOperation): boolean {
  return /(?:newest|latest|most recent)(?: \w+)? first|reverse[- ]chronological/i.test(
    `${summary} ${description}`,
  );
}

function orderOf(parameters: readonly ParameterObject[], { ordering }: Correction): ListParameters['order'] {
  if (ordering === false) return undefined;
  const isOrder = ({ name }: ParameterObject): boolean =>
    ordering === undefined ? orderings.has(plainName(name)) : name === ordering;
  const named = parameters.filter(isOrder);
  const order = named.find((one) => !saysDirection(one)) ?? named[0];
  if (order === undefined) return undefined;
  const direction = parameters.find(
    (one) => one !== order && (directions.has(plainName(one.name)) || (isOrder(one) && saysDirection(one))),
  );
  return { parameter: order.name, ...(direction === undefined ? {} : { direction: direction.name }) };
}

/** `order=asc`, beside a parameter that names the property. */
function saysDirection({ schema }: ParameterObject): boolean {
  const node = follow(schema);
  const members = typeof node === 'object' ? node.enum : undefined;
  return members?.every((one) => /^(?:asc|desc)(?:ending)?$/i.test(String(one))) === true;
}

const operators: Readonly<Record<string, FilterOperator>> = {
  in: 'equals',
  any: 'equals',
  eq: 'equals',
  exact: 'equals',
  iexact: 'equals',
  is: 'equals',
  not: 'not',
  ne: 'not',
  neq: 'not',
  exclude: 'not',
  nin: 'not',
  contains: 'contains',
  icontains: 'contains',
  like: 'contains',
  ilike: 'contains',
  match: 'contains',
  startswith: 'starts',
  istartswith: 'starts',
  prefix: 'starts',
  endswith: 'ends',
  iendswith: 'ends',
  suffix: 'ends',
  gt: 'above',
  greaterthan: 'above',
  gte: 'atLeast',
  ge: 'atLeast',
  min: 'atLeast',
  minimum: 'atLeast',
  from: 'atLeast',
  start: 'atLeast',
  after: 'atLeast',
  since: 'atLeast',
  lt: 'below',
  lessthan: 'below',
  lte: 'atMost',
  le: 'atMost',
  max: 'atMost',
  maximum: 'atMost',
  to: 'atMost',
  end: 'atMost',
  before: 'atMost',
  until: 'atMost',
  exists: 'exists',
  isset: 'exists',
  isnull: 'absent',
  isempty: 'absent',
};

const suffix: RegExp = new RegExp(
  `^(.+?)(?:__|[_.\\-:]|\\[|(?=[A-Z]))(${Object.keys(operators).join('|')})\\]?$`,
  'i',
);
const prefix: RegExp = /^(min|max|from|to|since|until|before|after|not)(?:[_.-]|(?=[A-Z]))(.+)$/;

function filtersOf(parameter: ParameterObject, item: Schema, given: string | undefined): ListFilter[] {
  const { name } = parameter;
  const schema = parameter.content?.schema ?? parameter.schema;
  const members = allowsType(schema, 'object') ? propertiesOf(schema) : new Map<string, Schema>();
  if (members.size > 0)
    return [...members.keys()].flatMap((member) => memberFilter(parameter, member, item) ?? []);
  if (given !== undefined) {
    const path = findProperty(item, given.replaceAll('/', '.').replace(/^\./, ''));
    return path === undefined ? [] : [{ parameter: name, path, operator: equalityOf(parameter) }];
  }
  const filter = isView(parameter) ? undefined : namedFilter(barePart(name), item, parameter);
  return filter === undefined ? [] : [{ parameter: name, ...filter }];
}

/** `filter[name]` filters by `name`. */
function barePart(name: string): string {
  return /^(?:filters?|where)(?:\[(.+?)\]|[._](.+))((?:\[.+\])?)$/i.exec(name)?.slice(1).join('') ?? name;
}

/** A member of a parameter that is an object: a bound of the property that the parameter names, or a property of its own. */
function memberFilter(parameter: ParameterObject, member: string, item: Schema): ListFilter | undefined {
  const name = parameter.name.replace(/^x-/i, '');
  const operator = operators[plainName(member)];
  const bounded = operator === undefined ? undefined : exactPath(item, name);
  if (operator !== undefined && bounded !== undefined)
    return { parameter: parameter.name, member, path: bounded, operator };
  const isFilter = /^(?:filters?|where|query|q)$/i.test(name);
  const filter =
    (isFilter ? undefined : namedFilter(`${name}.${member}`, item, parameter)) ??
    namedFilter(member, item, parameter);
  return filter === undefined ? undefined : { parameter: parameter.name, member, ...filter };
}

function exactPath(item: Schema, name: string): PropertyPath | undefined {
  return findProperty(item, name) ?? dateProperty(item, name);
}

function namedFilter(
  name: string,
  item: Schema,
  parameter: ParameterObject,
): Pick<ListFilter, 'path' | 'operator'> | undefined {
  const whole = findProperty(item, name);
  if (whole !== undefined && whole.loose.length === 0 && whole.steps.length === 1)
    return { path: whole, operator: equalityOf(parameter) };
  for (const [base, word] of partsOf(name)) {
    const operator = operators[word.toLowerCase()];
    const isTime = /^(?:after|before|since|until|from|to|start|end)$/i.test(word);
    const path = findProperty(item, base) ?? (isTime ? dateProperty(item, base) : undefined);
    if (operator !== undefined && path !== undefined) return { path, operator };
  }
  if (whole !== undefined) return { path: whole, operator: equalityOf(parameter) };
  if (/^(?:since|after|until|before)$/i.test(name)) {
    const path = dateProperty(item, 'updated') ?? dateProperty(item, 'created');
    if (path !== undefined) return { path, operator: operators[name.toLowerCase()] ?? 'atLeast' };
  }
  const { length } = name;
  return length > 4 && /_?ids?$/i.test(name) ? referenceFilter(name, item) : undefined;
}

/** `user_id` for a property `user` that holds a thing, or its id. */
function referenceFilter(name: string, item: Schema): Pick<ListFilter, 'path' | 'operator'> | undefined {
  const path = findProperty(item, name.replace(/_?ids?$/i, ''));
  return path === undefined ? undefined : { path, operator: 'equals' };
}

function partsOf(name: string): [base: string, word: string][] {
  const [after, before] = [suffix.exec(name), prefix.exec(name)];
  return [
    ...(after === null ? [] : ([[after[1] ?? '', after[2] ?? '']] as [string, string][])),
    ...(before === null ? [] : ([[before[2] ?? '', before[1] ?? '']] as [string, string][])),
  ];
}

/** `released_after`: of a date whose name begins with `released`. */
function dateProperty(item: Schema, start: string): PropertyPath | undefined {
  const wanted = plainName(start);
  for (const [name, schema] of allPropertiesOf(item)) {
    const node = follow(schema);
    const isDate = typeof node === 'object' && (node.format === 'date-time' || node.format === 'date');
    if (isDate && wanted.length > 2 && plainName(name).startsWith(wanted))
      return { steps: [name], loose: [], schema };
  }
  return undefined;
}

/** What the description says of a text: that it is looked for inside of another. */
function equalityOf({ description = '', schema }: ParameterObject): FilterOperator {
  const isText = allowsType(schema, 'string') && !allowsType(schema, 'array');
  return isText && /\bcontains?\b|\bcontaining\b|\bsubstring\b|\bpartial(?:ly)?\b/i.test(description)
    ? 'contains'
    : 'equals';
}
