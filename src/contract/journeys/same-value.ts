import { percentDecode, splitTarget } from '../../http/index.ts';
import { plainName } from '../../plan/index.ts';
import { compileSchema, deepEqual, follow, type Schema, type SchemaObject } from '../../schema/index.ts';
import { partsOf } from '../planning/spots.ts';
import { isPlain } from '../values/at-steps.ts';
import { broken, type Finding, kept, type Seen, unknown } from './journey.ts';

/** The properties that a schema tells of anywhere: its own, those of allOf, and those of every branch. */
export function declaredProperties(schema: Schema | undefined): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>();
  const waiting: Schema[] = schema === undefined ? [] : [schema];
  for (let count = 0; waiting.length > 0 && count < 64; count += 1) {
    for (const part of partsOf(waiting.shift() ?? true)) {
      for (const [name, one] of Object.entries(part.properties ?? {}))
        if (!found.has(name)) found.set(name, one);
      waiting.push(...(part.oneOf ?? []), ...(part.anyOf ?? []));
    }
  }
  return found;
}

/** Whether a property is only written, or only read. Swagger 2.0 has no `writeOnly`: there its description says so. */
export function isOnly(schema: Schema | undefined, flag: 'readOnly' | 'writeOnly'): boolean {
  if (schema === undefined) return false;
  const node = follow(schema);
  if (typeof node !== 'object') return false;
  const isSaid = ({ description }: SchemaObject): boolean =>
    flag === 'writeOnly' && description !== undefined && hiddenInWords.test(description);
  return partsOf(node).some((part) => part[flag] === true || isSaid(part));
}

const hiddenInWords =
  /\bwrite-?only\b|\b(?:must not be|is not|is never|never) (?:sent|returned|shown) (?:by|in|back)\b/i;

/** Whether an answer lacks what its schema requires: then it is not the thing that the document describes, and nothing can be compared. */
function isOtherShape(schema: Schema | undefined, read: unknown): boolean {
  if (schema === undefined || !isPlain(read)) return false;
  return partsOf(schema).some((part) => part.required?.some((name) => !Object.hasOwn(read, name)) === true);
}

/** The finding of a comparison of what is read with what was written. */
export function judgeDifference(
  seen: Seen,
  { written, schemas, words = '' }: { written: unknown; schemas: Compared; words?: string },
): Finding {
  // A patch, several things at once, a word, a file beside its description: what is read has no place for it.
  if (
    (!isPlain(written) && isPlain(seen.body)) ||
    Array.isArray(written) !== Array.isArray(seen.body) ||
    seen.body instanceof Uint8Array !== written instanceof Uint8Array
  )
    return unknown('what is written is not what is read');
  const difference = differenceOf(withoutId(written, seen), seen.body, schemas);
  if (written === undefined) return unknown('nothing was written');
  if (seen.body === undefined && schemas.response === undefined)
    return unknown('the document does not say what is read');
  if (difference === undefined)
    return isPlain(written) &&
      comparable(written, seen.body, schemas).length === 0 &&
      Object.keys(written).length > 0
      ? unknown('nothing of what is written is shown')
      : kept;
  if (isOtherShape(schemas.response, seen.body))
    return unknown('what is read is not what the document describes');
  return broken(`${words}${difference}`, seen);
}

/** Names of members that a path may name a thing by. */
const naming = /(?:id|pk|uuid|guid|key|slug|name|code|number|no|token|sku|login|handle|ref|reference)$/;

/** What the path names is not changed by what a body says of it. */
function withoutId(written: unknown, { body, exchange }: Seen): unknown {
  if (!isPlain(written) || !isPlain(body)) return written;
  const segment =
    splitTarget(exchange.request.target)
      .path.split('/')
      .findLast((one) => one !== '') ?? '';
  const named = percentDecode(segment) ?? segment;
  return Object.fromEntries(
    Object.entries(written).filter(
      ([name]) => !naming.test(plainName(name)) || !Object.hasOwn(body, name) || String(body[name]) !== named,
    ),
  );
}

/** The schemas that a body is written and read by. */
interface Compared {
  readonly request?: Schema | undefined;
  readonly response?: Schema | undefined;
}

/** Where what is read differs from what was written, in words; `undefined` where it does not. What the server adds is its own. */
export function differenceOf(written: unknown, read: unknown, schemas: Compared): string | undefined {
  if (!isPlain(written)) return isSame(written, read) ? undefined : say('the value', written, read);
  if (!isPlain(read)) return say('the whole', written, read);
  const asked = declaredProperties(schemas.request);
  const shown = declaredProperties(schemas.response);
  for (const [name, value] of comparable(written, read, schemas)) {
    const got = memberLike(read, name);
    const inside = { request: asked.get(name), response: like(shown, name) };
    if (isPlain(value) && isPlain(got) && declaredProperties(inside.response).size > 0) {
      const difference = differenceOf(value, got, inside);
      if (difference !== undefined) return `${name}.${difference}`;
    } else if (!isSame(value, got)) return say(name, value, got);
  }
  return undefined;
}

/** What was written, as far as what is read can be held to it. */
function comparable(
  written: Readonly<Record<string, unknown>>,
  read: unknown,
  schemas: Compared,
): readonly (readonly [name: string, value: unknown])[] {
  const asked = declaredProperties(schemas.request);
  const shown = declaredProperties(schemas.response);
  return Object.entries(written).filter(([name, value]) => {
    const [written, own] = [asked.get(name), like(shown, name)];
    if (isOnly(written, 'writeOnly') || isOnly(own, 'writeOnly')) return false;
    if (isOnly(written, 'readOnly') || isOnly(own, 'readOnly')) return false;
    const isRead = isPlain(read) && memberLike(read, name) !== undefined;
    if (!isRead && (value === null || own === undefined)) return false;
    // The document itself says that it is shown in another form: the name of a file as its description.
    return canShow(own, value);
  });
}

/** What is declared under a name, or under the same words written otherwise: `friendly_name` for `FriendlyName`. */
function like(declared: ReadonlyMap<string, Schema>, name: string): Schema | undefined {
  return declared.get(name) ?? [...declared].find(([one]) => plainName(one) === plainName(name))?.[1];
}

function memberLike(thing: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(thing, name)) return thing[name];
  return Object.entries(thing).find(([one]) => plainName(one) === plainName(name))?.[1];
}

function canShow(schema: Schema | undefined, value: unknown): boolean {
  return schema === undefined || isPlain(value) || compileSchema(schema).isValid(value);
}

function say(name: string, written: unknown, read: unknown): string {
  return `${name} was written as ${text(written)} and is read as ${text(read)}`;
}

/** A value as JSON for a person, cut after 120 characters. */
export function text(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 120 ? `${json.slice(0, 120)}…` : json;
}

/** Equal, or the same instant; an object may have got more members. */
export function isSame(written: unknown, read: unknown): boolean {
  if (deepEqual(written, read)) return true;
  if (typeof written === 'string' && typeof read === 'string') return isSameInstant(written, read);
  if (typeof written === 'number' && typeof read === 'number')
    return Math.abs(written - read) <= Math.abs(written) * 1e-12;
  if (Array.isArray(written) && Array.isArray(read)) {
    return written.length === read.length && written.every((one, index) => isSame(one, read[index]));
  }
  if (!isPlain(written) || !isPlain(read)) return false;
  return Object.entries(written).every(([name, one]) => Object.hasOwn(read, name) && isSame(one, read[name]));
}

function isSameInstant(left: string, right: string): boolean {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/i;
  return shape.test(left) && shape.test(right) && Math.abs(Date.parse(left) - Date.parse(right)) < 1;
}
