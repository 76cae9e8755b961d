import { ApidoubleError, appendPointer } from '../../core/index.ts';
import { follow, type Schema } from '../../schema/index.ts';
import type { BodyCodec, Decoded, WireFault } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { essenceOf } from '../media-type.ts';
import { isRecord, sameValue } from '../own-data.ts';
import { propertySchema } from '../shape/projection.ts';
import { shapeOf } from '../shape/shape.ts';
import type { MediaTypeSpec } from '../spec.ts';
import { readUtf8, writeText } from './charset.ts';
import { readEvents, type StreamEvent, writeEvent } from './event-stream.ts';
import { parseJson, stringifyJson } from './json.ts';

/** The sequential media types that are read here. @see https://spec.openapis.org/oas/v3.2.0.html#sequential-media-types */
const sequential: ReadonlySet<string> = new Set([
  'application/jsonl',
  'application/x-jsonl',
  'application/jsonlines',
  'application/ndjson',
  'application/x-ndjson',
  'application/json-seq',
  'text/event-stream',
]);

/** Whether a media type is a sequence of items, whose value is the array of them. */
export function isSequential(mediaType: string): boolean {
  const essence = essenceOf(mediaType);
  return sequential.has(essence) || essence.endsWith('+json-seq');
}

/** How one sequential media type says its items. */
interface Notation {
  read(text: string, faults: WireFault[]): unknown[];
  write(items: readonly unknown[]): string;
}

/** JSON lines, JSON text sequences and event streams: the value is the array of items. */
export function createSequenceCodec(spec: MediaTypeSpec): BodyCodec {
  const notation = notationOf(spec);
  const decode = (bytes: Uint8Array, contentType: string): Decoded => {
    if (bytes.byteLength === 0 && contentType === '') return absent;
    const faults: WireFault[] = [];
    const text = readUtf8(bytes, faults);
    return present(isPlainText(spec) ? text : notation.read(text, faults), faults);
  };
  return {
    decode,
    encode: (value, contentType) => {
      const bytes = writeText(writeSequence(value, spec, notation), undefined);
      const decoded = decode(bytes, contentType);
      if (decoded.faults.length === 0 && sameValue(decoded.value, value)) return { bytes, contentType };
      throw notSequence(contentType, 'it would be read as another value');
    },
  };
}

function writeSequence(value: unknown, spec: MediaTypeSpec, notation: Notation): string {
  if (typeof value === 'string' && isPlainText(spec)) return value;
  if (Array.isArray(value)) return notation.write(value);
  throw notSequence(spec.mediaType, 'its value is an array of items');
}

/** Before 3.2 a stream could only be called a string; then its value is its text. */
function isPlainText({ schema, itemSchema }: MediaTypeSpec): boolean {
  if (itemSchema !== undefined || schema === undefined) return false;
  const shape = shapeOf(schema);
  return shape.takesString && !shape.takesArray && !shape.isFree;
}

function notationOf(spec: MediaTypeSpec): Notation {
  const essence = essenceOf(spec.mediaType);
  if (essence === eventStream) return eventNotation(dataOf(spec));
  return essence.endsWith('json-seq') ? recordNotation : lineNotation;
}

const eventStream = 'text/event-stream';

/** What an event's data is: text, JSON, or (where the document only hints at it) JSON where it can be read as such. */
type EventData = 'text' | 'json' | 'perhaps json';

function dataOf(spec: MediaTypeSpec): EventData {
  if (hasJsonData(itemOf(spec))) return 'json';
  return eventsOf(spec) !== undefined && spec.schema !== undefined ? 'perhaps json' : 'text';
}

/**
 * Before 3.2 a stream of events had no words of its own: a `schema` that takes no list is taken for that of each event's
 * data, and none says that the data is text.
 */
function eventsOf(spec: MediaTypeSpec): Schema | undefined {
  const { mediaType, schema, itemSchema } = spec;
  if (essenceOf(mediaType) !== eventStream || itemSchema !== undefined || isPlainText(spec)) return undefined;
  const saysNothing = schema === undefined || shapeOf(schema).isFree;
  if (!saysNothing && shapeOf(schema).takesArray) return undefined;
  const data = saysNothing ? { type: 'string' as const } : schema;
  return listOf({ type: 'object', properties: { data }, required: ['data'] });
}

function listOf(items: Schema): Schema {
  return { type: 'array', items, minItems: 1 };
}

function itemOf({ itemSchema, schema }: MediaTypeSpec): Schema {
  if (itemSchema !== undefined) return itemSchema;
  const real = follow(schema ?? true);
  return typeof real === 'boolean' ? true : (real.items ?? true);
}

/** One JSON text a line; empty lines are passed over. @see https://jsonlines.org/ */
const lineNotation: Notation = {
  read: (text, faults) => readItems(text.split('\n'), faults),
  write: (items) => items.map((item) => `${stringifyJson(item)}\n`).join(''),
};

/** Each text starts with a record separator. @see https://www.rfc-editor.org/rfc/rfc7464 */
const recordNotation: Notation = {
  read: (text, faults) => readItems(text.split('\u001e'), faults),
  write: (items) => items.map((item) => `\u001e${stringifyJson(item)}\n`).join(''),
};

function readItems(texts: readonly string[], faults: WireFault[]): unknown[] {
  const items: unknown[] = [];
  for (const text of texts) if (text.trim() !== '') items.push(readItem(text, items.length, faults));
  return items;
}

function readItem(text: string, index: number, faults: WireFault[]): unknown {
  const decoded = parseJson(text, { strict: false, faults: [] });
  for (const fault of decoded.faults) faults.push({ ...fault, pointer: appendPointer('', index) });
  return decoded.value;
}

function eventNotation(data: EventData): Notation {
  return {
    read: (text, faults) => {
      const events = readEvents(text, faults);
      if (data === 'text') return events;
      const dataFaults = data === 'json' ? faults : [];
      return events.map((event, index) => parseData(event, index, dataFaults));
    },
    write: (items) => items.map((item) => writeItem(item, data !== 'text')).join(''),
  };
}

function parseData(event: StreamEvent, index: number, faults: WireFault[]): StreamEvent {
  const decoded = parseJson(String(event.data), { strict: false, faults: [] });
  for (const fault of decoded.faults) faults.push({ ...fault, pointer: appendPointer('', index, 'data') });
  return decoded.faults.length > 0 ? event : { ...event, data: decoded.value };
}

function writeItem(item: unknown, parsesData: boolean): string {
  if (!isRecord(item)) throw notSequence(eventStream, 'its items are events');
  return writeEvent(parsesData ? { ...item, data: stringifyJson(item.data) } : item);
}

/** Whether the events' `data` is JSON in a string, which is parsed. */
function hasJsonData(item: Schema): boolean {
  return saysJson(propertySchema(item, 'data'), new Set());
}

function saysJson(schema: Schema, seen: Set<Schema>): boolean {
  const real = follow(schema);
  if (typeof real === 'boolean' || seen.has(real)) return false;
  seen.add(real);
  if (real.contentMediaType !== undefined && /\bjson\b/i.test(real.contentMediaType)) return true;
  return [real.allOf ?? [], real.anyOf ?? [], real.oneOf ?? []].flat().some((part) => saysJson(part, seen));
}

/**
 * The schema that a decoded body is to be judged by. For a sequential media type it is that of the array of items
 * (`itemSchema`; a `schema` that takes no array is taken for that of an item; data that was parsed is judged by its
 * `contentSchema`); for the rest it is `schema`. `undefined` where the document says nothing.
 */
export function bodySchema(spec: MediaTypeSpec): Schema | undefined {
  const { schema, itemSchema, mediaType } = spec;
  if (!isSequential(mediaType)) {
    return itemSchema === undefined
      ? schema
      : { allOf: [schema ?? true, { type: 'array', items: itemSchema }] };
  }
  if (isPlainText(spec)) return schema;
  const isEvents = essenceOf(mediaType) === eventStream;
  if (itemSchema === undefined) {
    if (schema === undefined || shapeOf(schema).takesArray) return schema;
    return isEvents ? undefined : { type: 'array', items: schema };
  }
  const items = isEvents && hasJsonData(itemSchema) ? withParsedData(itemSchema, 0) : itemSchema;
  const array: Schema = { type: 'array', items };
  return schema === undefined ? array : { allOf: [schema, array] };
}

/** The schema that a body is made by: the one that it is judged by, or for a sequence that has none, one of a list. */
export function makingSchema(spec: MediaTypeSpec): Schema | undefined {
  const events = eventsOf(spec);
  if (events !== undefined || !isSequential(spec.mediaType)) return events ?? bodySchema(spec);
  const schema = bodySchema(spec) ?? true;
  return shapeOf(schema).isFree ? listOf({ type: 'object' }) : schema;
}

/** Nesting of alternatives in a schema of events beyond which nothing is rewritten. */
const maxAlternatives = 8;

/**
 * Puts in the place of a `data` that is JSON in a string the schema of that JSON. A discriminator names branches by
 * identity, so it cannot stay; the branches say the same.
 */
function withParsedData(schema: Schema, depth: number): Schema {
  const real = follow(schema);
  if (typeof real === 'boolean' || depth > maxAlternatives) return real;
  const each = (parts: readonly Schema[]): Schema[] => parts.map((part) => withParsedData(part, depth + 1));
  const { discriminator: _, ...rest } = real;
  const data = real.properties?.data;
  return {
    ...rest,
    ...(data === undefined ? {} : { properties: { ...real.properties, data: parsed(data) } }),
    ...(real.allOf === undefined ? {} : { allOf: each(real.allOf) }),
    ...(real.anyOf === undefined ? {} : { anyOf: each(real.anyOf) }),
    ...(real.oneOf === undefined ? {} : { oneOf: each(real.oneOf) }),
  };
}

function parsed(data: Schema): Schema {
  const real = follow(data);
  return typeof real !== 'boolean' && saysJson(real, new Set()) ? (real.contentSchema ?? true) : real;
}

function notSequence(mediaType: string, reason: string): ApidoubleError {
  return new ApidoubleError('ERR_CODEC', `Cannot write body "${mediaType}": ${reason}. Use another value.`);
}
