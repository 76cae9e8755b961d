import { hashText, type Random } from '../core/index.ts';
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
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly url: string;
  /** The page of a list that somebody keeps, in place of one that is made up. */
  readonly stored?: { readonly rows: readonly unknown[]; readonly page: PageWindow };
}

/** A list that somebody keeps, in an envelope that says what the schema allows; `undefined` where none is kept. */
export function keptRows(maker: ListMaker, context: ListContext): unknown {
  if (context.stored === undefined || maker.shape.items.length === 0) return undefined;
  const body = maker.envelope.generate({ random: context.own(), now: context.now });
  setAt(body, maker.shape.items, context.stored.rows);
  return body;
}

/** A list with its envelope: the rows of the page that was asked for, and members that agree with them. */
export function makeList(maker: ListMaker, context: ListContext): unknown {
  const { rows, page } = context.stored ?? madeUp(maker, context);
  if (maker.shape.items.length === 0) return rows;
  const lists = { [maker.shape.items[0] ?? '']: { length: 0 } };
  const body = maker.envelope.generate({ random: context.own(), now: context.now, lists });
  setAt(body, maker.shape.items, rows);
  const links = { paging: maker.paging, url: context.url };
  for (const member of maker.shape.members) setMember(body, member, { page, links });
  return body;
}

function madeUp(maker: ListMaker, context: ListContext): NonNullable<ListContext['stored']> {
  const collection =
    maker.part === undefined ? context.own() : resourceStream(context.root, maker.part, context.path);
  const page = fitPage(pageWindow(maker.paging, context.query, collection), maker.shape.arraySchema);
  const above = fromPath(context.path, maker.thing.pathMembers);
  const rows: unknown[] = [];
  for (let index = 0; index < page.length; index += 1) {
    const row = makeRow(maker.thing, { collection, index: page.offset + index, now: context.now });
    rows.push(withMembers(row, above));
  }
  return { rows, page };
}

interface RowPlace {
  readonly collection: Random;
  readonly index: number;
  readonly now: number;
}

function makeRow(thing: ThingMaker, { collection, index, now }: RowPlace): unknown {
  if (thing.id === undefined) return thing.generator.generate({ random: collection.fork(index), now });
  return makeThing(thing, rowId(thing.id, { collection, index, now }), { collection, now });
}

/** Whole-number ids count up as a database would; others are made from the row's place. */
function rowId(id: NonNullable<ThingMaker['id']>, { collection, index, now }: RowPlace): unknown {
  const schema = follow(id.schema);
  if (typeof schema === 'object' && schema.type === 'integer') {
    const counted = (schema.minimum ?? 1) + index;
    if (counted <= (schema.maximum ?? Number.MAX_SAFE_INTEGER) && schema.enum === undefined) return counted;
  }
  return id.generator.generate({ random: collection.fork(index), now });
}

/** The thing with this id: made from the id, so that a list and a detail show the same. */
export function makeThing(
  thing: ThingMaker,
  id: unknown,
  {
    collection,
    now,
    wanted,
  }: {
    readonly collection: Random;
    readonly now: number;
    readonly wanted?: Readonly<Record<string, unknown>> | undefined;
  },
): unknown {
  const random = collection.fork(hashText(String(id)));
  const value = thing.generator.generate(wanted === undefined ? { random, now } : { random, now, wanted });
  if (thing.id !== undefined && isRecord(value)) setOwn(value, thing.id.property, id);
  return value;
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
  if (value === remove) delete holder[key];
  else setOwn(holder, key, written(value, member));
}

/** Some envelopes count in texts. */
function written(value: unknown, { schema }: EnvelopeMember): unknown {
  const isText = typeof value === 'number' && !allowsType(schema, 'number') && !allowsType(schema, 'integer');
  return isText && allowsType(schema, 'string') ? String(value) : value;
}

function setAt(body: unknown, path: readonly string[], value: unknown): void {
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
