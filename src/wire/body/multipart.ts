import { appendPointer } from '../../core/index.ts';
import type { Schema } from '../../schema/index.ts';
import type { BodyCodec, Decoded, EncodedBody, WireFault } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { essenceOf, isJsonType, parametersOf } from '../media-type.ts';
import { isRecord, sameValue, setOwn, withoutEmptyLists } from '../own-data.ts';
import { repeatedFault } from '../parameter/delimited.ts';
import { itemSchema, propertySchema } from '../shape/projection.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import type { MediaTypeSpec } from '../spec.ts';
import { type CreateCodec, createPartCodec, notMultipart, type PartCodec } from './multipart-part.ts';
import { dispositionOf, type Part, splitMultipart } from './multipart-split.ts';

/**
 * `multipart/form-data` and the other multipart types. Parts with names make an object, in which a repeated part is a
 * list; parts by position (a schema of an array, `prefixEncoding`, `itemEncoding`) make an array.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-multipart-media-types
 * @see https://spec.openapis.org/oas/v3.2.0.html#encoding-by-position
 */
export function createMultipartCodec(spec: MediaTypeSpec, create: CreateCodec): BodyCodec {
  const form = isByPosition(spec) ? byPosition(spec, create) : byName(spec, create);
  const decode = (bytes: Uint8Array, contentType: string): Decoded => {
    if (bytes.byteLength === 0) return absent;
    const faults: WireFault[] = [];
    const parts = splitMultipart(bytes, contentType, faults);
    const { value, hasBytes } = form.read(parts, faults);
    return hasBytes ? { ...present(value, faults), binary: true } : present(value, faults);
  };
  return {
    decode,
    encode: (value, contentType) => {
      const body = join(form.write(value), contentType);
      const decoded = decode(body.bytes, body.contentType);
      if (decoded.faults.length === 0 && sameValue(decoded.value, withoutEmptyLists(value))) return body;
      throw notMultipart(contentType, 'it would be read as another value');
    },
  };
}

/** How parts make up a value. */
interface Arrangement {
  read(parts: readonly Part[], faults: WireFault[]): { value: unknown; hasBytes: boolean };
  write(value: unknown): Part[];
}

function isByPosition(spec: MediaTypeSpec): boolean {
  if (spec.prefixEncoding !== undefined || spec.itemEncoding !== undefined) return true;
  if (essenceOf(spec.mediaType) === 'multipart/form-data') return false;
  const shape = shapeOf(spec.schema ?? true);
  return spec.itemSchema !== undefined || shape.takesArray;
}

/** Positions after this one share a codec. */
const lastKeptIndex = 64;

function byPosition(spec: MediaTypeSpec, create: CreateCodec): Arrangement {
  const schemaAt = (index: number): Schema => spec.itemSchema ?? itemSchema(spec.schema ?? true, index);
  const codecs: PartCodec[] = [];
  const codecAt = (index: number): PartCodec => {
    const key = Math.min(index, lastKeptIndex);
    codecs[key] ??= createPartCodec(schemaAt(key), spec.prefixEncoding?.[key] ?? spec.itemEncoding, create);
    return codecs[key];
  };
  return {
    read: (parts, faults) => {
      const decoded = parts.map((part, index) => codecAt(index).decode(part));
      decoded.forEach((one, index) => {
        pushAt(faults, one.faults, appendPointer('', index));
      });
      return { value: decoded.map((one) => one.value), hasBytes: decoded.some((one) => one.binary) };
    },
    write: (value) => {
      if (!Array.isArray(value))
        throw notMultipart(spec.mediaType, 'its parts go by position, so it is an array');
      return value.map((item, index) => codecAt(index).encode(item, undefined));
    },
  };
}

/** What is known of the parts of one name. */
interface Field {
  readonly shape: Shape;
  /** The whole property, where it is one part. */
  readonly whole: PartCodec;
  /** One item, where the property is a list. */
  readonly item: PartCodec;
}

function byName(spec: MediaTypeSpec, create: CreateCodec): Arrangement {
  const schema = spec.schema ?? true;
  const shape = shapeOf(schema);
  const makeField = (name: string): Field => {
    const own = propertySchema(schema, name);
    const encoding = spec.encoding?.get(name);
    return {
      shape: shapeOf(own),
      whole: createPartCodec(own, encoding, create),
      item: createPartCodec(itemSchema(own, 0), encoding, create),
    };
  };
  const fields = new Map<string, Field>();
  const others = makeField('');
  const fieldOf = (name: string): Field => {
    if (!shape.isDeclared(name) && spec.encoding?.has(name) !== true) return others;
    const field = fields.get(name) ?? makeField(name);
    fields.set(name, field);
    return field;
  };
  return {
    read: (parts, faults) => readFields(groupByName(parts, faults), fieldOf, faults),
    write: (value) => {
      if (!isRecord(value)) throw notMultipart(spec.mediaType, 'its parts have names, so it is an object');
      return Object.entries(value).flatMap(([name, member]) => writeField(name, member, fieldOf(name)));
    },
  };
}

function groupByName(parts: readonly Part[], faults: WireFault[]): Map<string, Part[]> {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const { name } = dispositionOf(part);
    if (name === undefined) faults.push(namelessPart);
    else if (groups.has(name)) groups.get(name)?.push(part);
    else groups.set(name, [part]);
  }
  return groups;
}

const namelessPart: WireFault = {
  code: 'body.part-name',
  message: 'has a part without a name',
  expected: 'a Content-Disposition with a name',
  seen: 'a part without a name',
};

function readFields(
  groups: ReadonlyMap<string, readonly Part[]>,
  fieldOf: (name: string) => Field,
  faults: WireFault[],
): { value: unknown; hasBytes: boolean } {
  const value: Record<string, unknown> = {};
  let hasBytes = false;
  for (const [name, parts] of groups) {
    const decoded = readField(parts, name, fieldOf(name));
    hasBytes ||= decoded.binary === true;
    pushAt(faults, decoded.faults, appendPointer('', name));
    setOwn(value, name, decoded.value);
  }
  return { value, hasBytes };
}

function readField(parts: readonly Part[], name: string, { shape, whole, item }: Field): Decoded {
  const [first] = parts;
  if (first === undefined) return absent;
  const isList = shape.takesArray && (parts.length > 1 || !(shape.takesText || shape.takesObject));
  if (isList) return isWholeList(parts, item) ? whole.decode(first) : readList(parts, item);
  const decoded = whole.decode(first);
  return parts.length === 1 ? decoded : { ...decoded, faults: [...decoded.faults, repeatedFault(name)] };
}

/** Some clients send a list as one JSON part; where no item can be a list, that is clear. */
function isWholeList(parts: readonly Part[], item: PartCodec): boolean {
  const [first] = parts;
  if (first === undefined || parts.length > 1 || item.shape.takesArray) return false;
  return isJsonType(essenceOf(first.headers.get('content-type') ?? '')) && first.body[0] === 0x5b;
}

function readList(parts: readonly Part[], item: PartCodec): Decoded {
  const faults: WireFault[] = [];
  const decoded = parts.map((part) => item.decode(part));
  decoded.forEach((one, index) => {
    pushAt(faults, one.faults, appendPointer('', index));
  });
  const list = present(
    decoded.map((one) => one.value),
    faults,
  );
  return decoded.some((one) => one.binary) ? { ...list, binary: true } : list;
}

function pushAt(faults: WireFault[], found: readonly WireFault[], pointer: string): void {
  for (const fault of found) faults.push({ ...fault, pointer: `${pointer}${fault.pointer ?? ''}` });
}

function writeField(name: string, member: unknown, { whole, item }: Field): Part[] {
  if (member === undefined) return [];
  if (!Array.isArray(member)) return [whole.encode(member, name)];
  return member.map((one) => item.encode(one, name));
}

const lineBreak = Buffer.of(0x0d, 0x0a);

/** Joins parts by a boundary that none of them holds: the one that the content type names, or one of ours. */
function join(parts: readonly Part[], contentType: string): EncodedBody {
  const pieces = parts.map((part) => Buffer.concat([writeHeaders(part), part.body]));
  const named = parametersOf(contentType).get('boundary');
  const boundary = named ?? freeBoundary(pieces);
  const lines = pieces.flatMap((piece) => [Buffer.from(`--${boundary}\r\n`), piece, lineBreak]);
  return {
    bytes: Buffer.concat([...lines, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: named === undefined ? `${contentType}; boundary=${boundary}` : contentType,
  };
}

function writeHeaders({ headers }: Part): Buffer {
  let text = '';
  for (const [name, value] of headers) text += `${titleCase(name)}: ${value}\r\n`;
  return Buffer.from(`${text}\r\n`, 'utf8');
}

/** Some servers know only `Content-Disposition`, letter by letter. */
function titleCase(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

function freeBoundary(pieces: readonly Buffer[]): string {
  for (let attempt = 0; ; attempt += 1) {
    const boundary = `apidouble-boundary-${attempt}`;
    if (!pieces.some((piece) => piece.includes(boundary))) return boundary;
  }
}
