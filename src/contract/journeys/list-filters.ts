import type { ApiOperation, ParameterObject } from '../../document/index.ts';
import {
  allowsType,
  correctionOf,
  listParametersOf,
  listRoleOf,
  listShapeOf,
  mediaSchema,
  plainName,
  propertiesOf,
  readProperty,
} from '../../plan/index.ts';
import { deepEqual } from '../../schema/index.ts';
import { pagingFor } from '../planning/plan-values.ts';
import { partsOf } from '../planning/spots.ts';
import { isPlain } from '../values/at-steps.ts';
import { broken, type Finding, kept, unknown } from './journey.ts';
import { sameItem } from './list-paging.ts';
import { followNext, type ListAsk, readPage, readWholeList, type WholeList } from './read-list.ts';
import type { ListContext } from './run-lists.ts';
import { text } from './same-value.ts';

/** One filtering of a list: what is sent, and which items it must keep. */
interface Filtering {
  readonly value: unknown;
  /** `true`: it must be there; `false`: it must not; `undefined`: it may. */
  readonly wants: (item: unknown) => boolean | undefined;
  readonly words: string;
  /** Whether it is only guessed what the parameter looks at: then a list that does not fit proves nothing. */
  readonly isGuess?: boolean;
}

/** What a parameter asks for is what comes: all of it, and nothing else. */
export async function lookFilter(context: ListContext, name: string): Promise<Finding> {
  const parameter = context.duties.operation.parameters.find((one) => one.name === name);
  const parts = parameter?.in === 'path' ? await lookParts(context, parameter) : kept;
  if (parts.kind === 'broken') return parts;
  const filterings = parameter === undefined ? [] : filteringsOf(parameter, context);
  if (parameter === undefined || filterings.length === 0)
    return unknown('no property is known that it filters by');
  const filtered: [Filtering, WholeList][] = [];
  for (const filtering of filterings) {
    const list = await readFiltered(context, parameter, filtering);
    if (list !== undefined) filtered.push([filtering, list]);
  }
  if (filtered.length === 0) return unknown('no filtered list could be read');
  const property = propertyFor(name, context.all.items);
  if (property !== undefined && filtered.some(([, list]) => hides(context.all, list, property)))
    return unknown('it decides what is shown of the items, not which of them');
  let tried = false;
  for (const [filtering, list] of filtered) {
    const finding = judge(context.all, list, filtering);
    if (finding.kind === 'broken' && filtering.isGuess === true) continue;
    tried = true;
    if (finding.kind === 'broken') return finding;
    const followed = await lookNext(context, parameter, filtering);
    if (followed.kind === 'broken') return followed;
  }
  return tried ? kept : unknown('no filtered list could be read');
}

/** Whether the items of a list lack a property that they show otherwise. */
function hides(all: WholeList, list: WholeList, property: string): boolean {
  const shows = (item: unknown): boolean => isPlain(item) && item[property] !== undefined;
  return list.items.length > 0 && all.items.every(shows) && !list.items.some(shows);
}

function readFiltered(
  { run, duties, path }: ListContext,
  parameter: ParameterObject,
  { value }: Filtering,
  size = 100,
): Promise<WholeList | undefined> {
  const place = parameter.in === 'querystring' ? 'query' : parameter.in;
  const own = { [parameter.name]: value };
  const asked: ListAsk = { path, size, [place]: place === 'path' ? { ...path, ...own } : own };
  return readWholeList(run, duties.operation, asked);
}

/** A list in the path asks for what each of its members asks for alone. */
async function lookParts(context: ListContext, parameter: ParameterObject): Promise<Finding> {
  const wide = context.path[parameter.name];
  const first = context.all.pages[0];
  if (!Array.isArray(wide) || first === undefined) return kept;
  for (const value of wide.slice(0, 6)) {
    const list = await readFiltered(context, parameter, {
      value: [value],
      wants: () => undefined,
      words: '',
    });
    const missing = list?.items.find((item) => !context.all.items.some((one) => sameItem(one, item)));
    if (missing !== undefined) {
      return broken(
        `asked for ${text(wide)}, the list lacks ${text(missing)}, which is there for ${text(value)}`,
        first.seen,
      );
    }
  }
  return kept;
}

/** The next page that a filtered list names is filtered too. */
async function lookNext(
  context: ListContext,
  parameter: ParameterObject,
  filtering: Filtering,
): Promise<Finding> {
  const { run, duties, path } = context;
  const size = pagingFor(duties.operation)?.size;
  if (parameter.in !== 'query' || size === undefined) return kept;
  const query = { [parameter.name]: filtering.value, [size]: 1 };
  let page = await readPage(run, duties.operation, { path, query });
  for (let turns = 0; turns < 3 && page !== undefined; turns += 1) {
    page = await followNext(run, run.api.compile(duties.operation), page);
    const strange = page?.items.find((item) => filtering.wants(item) === false);
    if (page === undefined || strange === undefined || filtering.isGuess === true) continue;
    return broken(`the next page for ${filtering.words} has ${text(strange)}`, page.seen);
  }
  return kept;
}

function judge(all: WholeList, list: WholeList, { wants, words }: Filtering): Finding {
  const page = list.pages[0];
  if (page === undefined) return unknown('nothing came');
  const strange = list.items.find((item) => wants(item) === false);
  if (strange !== undefined) return broken(`asked for ${words}, the list has ${text(strange)}`, page.seen);
  if (!list.complete) return kept;
  const missing = all.items.find(
    (item) => wants(item) === true && !list.items.some((other) => sameItem(item, other)),
  );
  if (missing !== undefined) return broken(`asked for ${words}, the list lacks ${text(missing)}`, page.seen);
  const count = list.items.length;
  if (page.total !== undefined && page.total !== count)
    return broken(`asked for ${words}, the count is ${page.total} and ${count} items came`, page.seen);
  return kept;
}

function filteringsOf(
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
  const media = [...operation.responses]
    .find(([status]) => /^2/.test(status))?.[1]
    .content.values()
    .next().value;
  const schema = media === undefined ? undefined : mediaSchema(media);
  const shape = listShapeOf(schema, [], correctionOf(operation).items);
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
function propertyFor(name: string, items: readonly unknown[]): string | undefined {
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

/** Two filters at once: each request gets its own answer. */
export async function lookFiltersTogether(context: ListContext): Promise<Finding> {
  for (const parameter of context.duties.operation.parameters) {
    if (parameter.in === 'path' || listRoleOf(context.duties.operation, parameter.name) !== 'filter')
      continue;
    const [first, second] = filteringsOf(parameter, context);
    if (first === undefined || second === undefined || deepEqual(first.value, second.value)) continue;
    const pair = [first, second];
    const alone = [
      await readFiltered(context, parameter, first),
      await readFiltered(context, parameter, second),
    ];
    const honest = pair.every(
      (one, index) => alone[index] !== undefined && judge(context.all, alone[index], one).kind === 'kept',
    );
    if (!honest) continue;
    const together = await Promise.all(
      [...pair, ...pair].map((one) => readFiltered(context, parameter, one)),
    );
    for (const [index, list] of together.entries()) {
      const filtering = pair[index % 2];
      if (list === undefined || filtering === undefined) continue;
      const finding = judge(context.all, list, filtering);
      if (finding.kind === 'broken')
        return { ...finding, message: `together with another request, ${finding.message}` };
    }
    return kept;
  }
  return unknown('no filter is known');
}
