import type { ApiOperation } from '../document/index.ts';
import { allowsType, heldBy, propertiesOf, type ResourcePart, type ResourceRole } from '../plan/index.ts';
import { follow, type Schema } from '../schema/index.ts';
import { isRecord, memberAt } from '../wire/index.ts';
import type { BodyMaker } from './body-maker.ts';
import { idIn, pathAlone, placeBelow } from './place-below.ts';

/** Puts into a body where it, and each row of a list, can be read again. */
export type SelfLinks = (body: unknown, url: string) => unknown;

/** A member that says where its object can be read: the keys that lead to it, and its schema. */
interface SelfPlace {
  readonly path: readonly string[];
  readonly schema: Schema;
}

/** HAL, JSON:API, and what others write. */
const usual: readonly (readonly string[])[] = [
  ['_links', 'self', 'href'],
  ['_links', 'self'],
  ['links', 'self', 'href'],
  ['links', 'self'],
  ['data', 'links', 'self'],
  ['self'],
];

/** The links to themselves of the bodies that a maker makes; `undefined` where their schema has no place for one. */
export function selfLinksOf(
  schema: Schema | undefined,
  maker: BodyMaker,
  { operation, part }: { readonly operation: ApiOperation; readonly part: ResourcePart | undefined },
): SelfLinks | undefined {
  const places = placesIn(schema);
  const linkOf = places.length === 0 ? undefined : ownLink(operation, schema, part);
  const links = maker.kind === 'list' ? [rowLinks(maker, part)].filter((one) => one !== undefined) : [];
  if (linkOf !== undefined)
    links.push((body, url) => places.reduce((one, place) => withLink(one, place, linkOf(body, url)), body));
  return links.length === 0 ? undefined : (body, url) => links.reduce((one, link) => link(one, url), body);
}

function placesIn(schema: Schema | undefined): SelfPlace[] {
  return usual.flatMap((path) => {
    let found: Schema | undefined = schema;
    for (const key of path) found = propertiesOf(found).get(key);
    return found !== undefined && isLink(found) ? [{ path, schema: found }] : [];
  });
}

function isLink(schema: Schema): boolean {
  const node = follow(schema);
  return typeof node === 'object' && node.type !== undefined && allowsType(node, 'string');
}

const onOne: ReadonlySet<ResourceRole> = new Set(['read', 'replace', 'update']);

/** Where a body as a whole can be read: at its own URL, or, where it was just made, below that. */
function ownLink(
  { method }: ApiOperation,
  schema: Schema | undefined,
  part: ResourcePart | undefined,
): ((body: unknown, url: string) => string | undefined) | undefined {
  if (part?.role === 'create') {
    const { read } = part.resource.operations;
    return read === undefined
      ? undefined
      : (body, url) => placeBelow(url, idIn(body, schema, part.resource), read);
  }
  const isOne = part !== undefined && onOne.has(part.role);
  if (method !== 'GET' && !isOne) return undefined;
  return (_, url) => (isOne ? pathAlone(url) : url);
}

/** Each row is read below the list, by its id. */
function rowLinks(
  { shape, thing }: BodyMaker & { readonly kind: 'list' },
  part: ResourcePart | undefined,
): SelfLinks | undefined {
  const item = part?.resource.operations.read;
  const places = placesIn(shape.itemSchema);
  if (item === undefined || places.length === 0 || thing.id === undefined) return undefined;
  const { property } = thing.id;
  const linked = (row: unknown, url: string): unknown => {
    const link = placeBelow(url, memberAt(row, [property]), item);
    return places.reduce((one, place) => withLink(one, place, link), row);
  };
  return (body, url) =>
    changedAt(body, shape.items, (rows) =>
      Array.isArray(rows) ? rows.map((row) => linked(row, url)) : rows,
    );
}

/** A body with the link in its place, where it has the member and can hold the link. */
function withLink(body: unknown, { path, schema }: SelfPlace, link: string | undefined): unknown {
  const value = link === undefined ? undefined : heldBy(schema, link);
  return value === undefined ? body : changedAt(body, path, () => value);
}

/** The value with what a path leads to changed; the value itself is left as it is. */
function changedAt(
  value: unknown,
  [key, ...more]: readonly string[],
  change: (one: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: changedAt(value[key], more, change) };
}
