import { formDecode, parseCookies, parseQuery, percentDecode } from '../../../src/http/index.ts';
import type { RawPair } from '../../../src/http/target.ts';
import { type Node, node, type Parameter } from '../document.ts';

/** The raw parts of a request that parameters stand in. */
export interface RawParts {
  /** By name, undecoded. */
  readonly path: ReadonlyMap<string, string>;
  readonly query: readonly RawPair[];
  readonly header: (name: string) => string | undefined;
  readonly cookies: readonly RawPair[];
}

/** Thrown where text cannot be read at all: a broken escape, a value that comes twice. */
export class Unreadable extends Error {}

/** Takes a query and a Cookie field apart. */
export function rawQuery(query: string, cookie: string | undefined): Pick<RawParts, 'query' | 'cookies'> {
  return { query: parseQuery(query), cookies: parseCookies(cookie ?? '') };
}

/** The value of a parameter; `undefined` where it is absent. Throws `Unreadable`. */
export function readParameter(parameter: Parameter, parts: RawParts): unknown {
  switch (parameter.in) {
    case 'path':
      return readText(parameter, parts.path.get(parameter.name) ?? '', percent);
    case 'header': {
      const field = parts.header(parameter.name);
      return field === undefined ? undefined : readText(parameter, field, (text) => text.trim());
    }
    case 'cookie':
      return readOne(parameter, parts.cookies);
    case 'query':
      return readQuery(parameter, parts.query);
  }
}

/** Whether a key of the query belongs to the parameter. */
export function isKeyOf(parameter: Parameter, key: string): boolean {
  if (parameter.style === 'deepObject') return key.startsWith(`${parameter.name}[`);
  return key === parameter.name;
}

function readQuery(parameter: Parameter, pairs: readonly RawPair[]): unknown {
  const own = pairs.filter(([key]) => isKeyOf(parameter, form(key)));
  if (own.length === 0) return undefined;
  if (parameter.style === 'deepObject') return readDeep(parameter, own);
  if (parameter.explode && isOf(parameter, 'array')) {
    return own.map(([, value]) => coerce(node(parameter.schema.items), form(value)));
  }
  return readOne(parameter, pairs);
}

function readOne(parameter: Parameter, pairs: readonly RawPair[]): unknown {
  const own = pairs.filter(([key]) => form(key) === parameter.name);
  const [first, second] = own;
  if (first === undefined) return undefined;
  if (second !== undefined) throw new Unreadable(`${parameter.name} comes twice`);
  return readText(parameter, first[1], form);
}

function readDeep(parameter: Parameter, own: readonly RawPair[]): Node {
  const found: Record<string, unknown> = {};
  for (const [key, value] of own) {
    const name = /^[^[]+\[([^\]]+)\]$/.exec(form(key))?.[1];
    if (name === undefined) throw new Unreadable(`${form(key)} is no key of ${parameter.name}`);
    if (Object.hasOwn(found, name)) throw new Unreadable(`${form(key)} comes twice`);
    found[name] = coerce(propertyOf(parameter.schema, name), form(value));
  }
  return found;
}

type Decode = (raw: string) => string;

function readText(parameter: Parameter, raw: string, decode: Decode): unknown {
  if (parameter.isJson) return parseJson(decode(raw));
  const text = withoutPrefix(parameter, raw);
  if (isOf(parameter, 'array')) {
    return split(parameter, text).map((one) => coerce(node(parameter.schema.items), decode(one)));
  }
  if (isOf(parameter, 'object')) return readObject(parameter, text, decode);
  return coerce(parameter.schema, decode(text));
}

function readObject(parameter: Parameter, text: string, decode: Decode): Node {
  const pieces = split(parameter, text).map(decode);
  const flat = parameter.explode ? pieces.flatMap((piece) => halves(piece)) : pieces;
  const found: Record<string, unknown> = {};
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index] ?? '';
    if (Object.hasOwn(found, name)) throw new Unreadable(`${name} of ${parameter.name} comes twice`);
    found[name] = coerce(propertyOf(parameter.schema, name), flat[index + 1] ?? '');
  }
  return found;
}

function halves(piece: string): [string, string] {
  const equals = piece.indexOf('=');
  return equals < 0 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)];
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#style-values */
function withoutPrefix({ style, name }: Parameter, raw: string): string {
  if (style !== 'label' && style !== 'matrix') return raw;
  const prefix = style === 'label' ? '.' : ';';
  if (!raw.startsWith(prefix)) throw new Unreadable(`${name} does not begin with "${prefix}"`);
  return raw.slice(1);
}

function split({ style, explode }: Parameter, text: string): string[] {
  if (style === 'label') return text.split('.');
  if (style === 'matrix') return text.split(';');
  if (style === 'spaceDelimited') return text.split(/%20|\+| /);
  if (style === 'pipeDelimited') return text.split(/\||%7C/i);
  return explode && style === 'form' ? [text] : text.split(',');
}

/** The value that a text stands for by its schema's type; the text itself where it stands for none. */
function coerce(schema: Node, text: string): unknown {
  const { type } = schema;
  const isNumber = type === 'integer' || type === 'number';
  if (isNumber && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function propertyOf(schema: Node, name: string): Node {
  const properties = node(schema.properties);
  return Object.hasOwn(properties, name) ? node(properties[name]) : {};
}

function isOf({ schema }: Parameter, type: string): boolean {
  return schema.type === type;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable('it is no JSON');
  }
}

function form(raw: string): string {
  return formDecode(raw) ?? broken(raw);
}

function percent(raw: string): string {
  return percentDecode(raw) ?? broken(raw);
}

function broken(raw: string): never {
  throw new Unreadable(`${raw} has a broken escape`);
}
