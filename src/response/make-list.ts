import { hashText, type Random } from '../core/index.ts';
import type { GenerateContext, Pools } from '../generate/index.ts';
import { allowsType, type EnvelopeMember, type PageWindow } from '../plan/index.ts';
import { follow, type Schema } from '../schema/index.ts';
import { setOwn } from '../wire/index.ts';
import { type BodyMaker, resourceStream, type ThingMaker } from './body-maker.ts';
import { fromPath, withMembers } from './echo.ts';
import { memberValue, type PageLinks, remove } from './envelope.ts';
import { pageWindow } from './page-window.ts';

type ListMaker = BodyMaker & { readonly kind: 'list' };

/** What a list is made from. */
export interface ListContext {
  /** The stream of the seed. */
  readonly root: Random;
  /** The stream of this very request: the same at every call. */
  own(): Random;
  readonly now: number;
  /** The values of this seed and moment that many answers share. */
  readonly pools: Pools;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly url: string;
  /** The page of a list that somebody keeps, in place of one that is made up. */
  readonly stored?: { readonly rows: readonly unknown[]; readonly page: PageWindow };
}

/** A list that somebody keeps, in an envelope that says what the schema allows; `undefined` where none is kept. */
export function keptRows(maker: ListMaker, context: ListContext): unknown {
  if (context.stored === undefined || maker.shape.items.length === 0) return undefined;
  const body = maker.envelope.generate(sourceOf(context.own(), context));
  setAt(body, maker.shape.items, context.stored.rows);
  return body;
}

/** A list with its envelope: the rows of the page that was asked for, and members that agree with them. */
export function makeList(maker: ListMaker, context: ListContext): unknown {
  if (context.stored !== undefined) return inEnvelope(maker, context, context.stored);
  const { collection, page } = pageOf(maker, context);
  const above = fromPath(context.path, maker.thing.pathMembers);
  const rows = rowsOf(page).map((index) =>
    withMembers(makeRow(maker.thing, { collection, index, context }), above),
  );
  return inEnvelope(maker, context, { rows, page });
}

/**
 * The same as JSON text, written row by row. Where the body takes any rows that are valid, it is valid with these if it is so without
 * any, which is judged here. `undefined` where that is not certain.
 */
export function writeList(
  maker: ListMaker,
  context: ListContext,
  isValid: (value: unknown) => boolean,
): string | undefined {
  if (context.stored !== undefined || maker.room === undefined) return undefined;
  const { collection, page } = pageOf(maker, context);
  if (page.length > maker.room) return undefined;
  const body = inEnvelope(maker, context, { rows: [], page });
  if (!isValid(body)) return undefined;
  const above = fromPath(context.path, maker.thing.pathMembers);
  let rows = '';
  for (const index of rowsOf(page)) {
    const row = writeRow(maker.thing, { collection, index, context }, above);
    if (row === undefined) return undefined;
    rows += rows === '' ? row : `,${row}`;
  }
  return textWith(body, maker.shape.items, `[${rows}]`);
}

/** The text of a value with another text at a path. */
function textWith(value: unknown, [key, ...below]: readonly string[], text: string): string {
  if (key === undefined || !isRecord(value)) return text;
  let whole = '';
  for (const name of Object.keys(value)) {
    const member = name === key ? textWith(value[name], below, text) : JSON.stringify(value[name]);
    whole += `${whole === '' ? '{' : ','}${JSON.stringify(name)}:${member}`;
  }
  return `${whole}}`;
}

type Page = NonNullable<ListContext['stored']>;

function inEnvelope(maker: ListMaker, context: ListContext, { rows, page }: Page): unknown {
  if (maker.shape.items.length === 0) return rows;
  const lists = { [maker.shape.items[0] ?? '']: { length: 0 } };
  const body = maker.envelope.generate(sourceOf(context.own(), context, { lists }));
  setAt(body, maker.shape.items, rows);
  const links = { paging: maker.paging, url: context.url };
  for (const member of maker.shape.members) setMember(body, member, { page, links });
  return body;
}

function pageOf(maker: ListMaker, context: ListContext): { collection: Random; page: PageWindow } {
  const collection =
    maker.part === undefined ? context.own() : resourceStream(context.root, maker.part, context.path);
  const page = fitPage(pageWindow(maker.paging, context.query, collection), maker.shape.arraySchema);
  return { collection, page };
}

function rowsOf({ offset, length }: PageWindow): number[] {
  return Array.from({ length }, (_, index) => offset + index);
}

/** What values are drawn from in a context. */
export function sourceOf(
  random: Random,
  { now, pools }: ListContext,
  { wanted, lists }: Pick<GenerateContext, 'wanted' | 'lists'> = nothing,
): GenerateContext {
  return { random, now, pools, wanted, lists };
}

const nothing = {};

interface RowPlace {
  readonly collection: Random;
  readonly index: number;
  readonly context: ListContext;
}

function makeRow(thing: ThingMaker, place: RowPlace): unknown {
  const { collection, index, context } = place;
  if (thing.id === undefined) return thing.generator.generate(sourceOf(collection.fork(index), context));
  return makeThing(thing, rowId(thing.id, place), { collection, context });
}

function writeRow(thing: ThingMaker, place: RowPlace, above: Given): string | undefined {
  const { collection, index, context } = place;
  if (thing.id === undefined) return thing.generator.write(sourceOf(collection.fork(index), context), above);
  const id = rowId(thing.id, place);
  return writeThing(thing, id, { collection, context, given: { [thing.id.property]: id, ...above } });
}

/** Whole-number ids count up as a database would; others are made from the row's place. */
function rowId(id: NonNullable<ThingMaker['id']>, { collection, index, context }: RowPlace): unknown {
  const schema = follow(id.schema);
  if (typeof schema === 'object' && schema.type === 'integer') {
    const counted = (schema.minimum ?? 1) + index;
    if (counted <= (schema.maximum ?? Number.MAX_SAFE_INTEGER) && schema.enum === undefined) return counted;
  }
  return id.generator.generate(sourceOf(collection.fork(index), context));
}

interface ThingPlace {
  readonly collection: Random;
  readonly context: ListContext;
}

/** The thing with this id: made from the id, so that a list and a detail show the same. */
export function makeThing(
  thing: ThingMaker,
  id: unknown,
  { collection, context, wanted }: ThingPlace & { readonly wanted?: Given | undefined },
): unknown {
  const value = thing.generator.generate(sourceOf(streamOf(collection, id), context, { wanted }));
  if (thing.id !== undefined && isRecord(value)) setOwn(value, thing.id.property, id);
  return value;
}

/** The same as JSON text, with the given members; `undefined` where it has to be judged as a whole. */
export function writeThing(
  thing: ThingMaker,
  id: unknown,
  { collection, context, given }: ThingPlace & { readonly given: Given },
): string | undefined {
  return thing.generator.write(sourceOf(streamOf(collection, id), context), given);
}

type Given = Readonly<Record<string, unknown>>;

function streamOf(collection: Random, id: unknown): Random {
  return collection.fork(hashText(String(id)));
}

function fitPage(page: PageWindow, array: Schema): PageWindow {
  const schema = follow(array);
  if (typeof schema === 'boolean') return page;
  const most = schema.maxItems ?? Number.POSITIVE_INFINITY;
  const least = schema.minItems ?? 0;
  const length = Math.max(least, Math.min(page.length, most));
  if (length === page.length) return page;
  return page.pages <= 1
    ? { ...page, length, total: length, size: Math.max(1, length) }
    : { ...page, length };
}

function setMember(
  body: unknown,
  member: EnvelopeMember,
  { page, links }: { readonly page: PageWindow; readonly links: PageLinks },
): void {
  const holder = holderOf(body, member.path);
  const key = member.path.at(-1);
  if (holder === undefined || key === undefined || !Object.hasOwn(holder, key)) return;
  const value = memberValue(member, page, links);
  if (value === remove) removeAt(body, member.path.slice(0, member.path.length + 1 - (member.depth ?? 1)));
  else setOwn(holder, key, written(value, member));
}

function removeAt(body: unknown, path: readonly string[]): void {
  const holder = holderOf(body, path);
  if (holder !== undefined) delete holder[path.at(-1) ?? ''];
}

/** Some envelopes count in texts. */
function written(value: unknown, { schema }: EnvelopeMember): unknown {
  const isText = typeof value === 'number' && !allowsType(schema, 'number') && !allowsType(schema, 'integer');
  return isText && allowsType(schema, 'string') ? String(value) : value;
}

/** Sets the member that a path leads to, where its holder is there. */
export function setAt(body: unknown, path: readonly string[], value: unknown): void {
  const holder = holderOf(body, path);
  const key = path.at(-1);
  if (holder !== undefined && key !== undefined) setOwn(holder, key, value);
}

function holderOf(body: unknown, path: readonly string[]): Record<string, unknown> | undefined {
  let holder = body;
  for (const key of path.slice(0, -1)) {
    if (!isRecord(holder) || !Object.hasOwn(holder, key)) return undefined;
    holder = holder[key];
  }
  return isRecord(holder) ? holder : undefined;
}

/** A plain object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
