import type { EncodingObject, MediaTypeObject, ParameterIn, ParameterObject } from './api-document.ts';
import { readExamples } from './example.ts';
import { styleOf } from './parameter-style.ts';
import { entriesOf, isObject, listOf, own, textOf } from './raw.ts';
import { keeping, type Reading, resolve } from './reading.ts';
import { descend, type Located, originAt } from './source-file.ts';
import { swaggerStyle } from './swagger-parameter.ts';

/** The media types of a body by their key as written. */
export function readContent(reading: Reading, place: Located): ReadonlyMap<string, MediaTypeObject> {
  const content = new Map<string, MediaTypeObject>();
  for (const [mediaType] of entriesOf(place.value)) {
    content.set(mediaType, readMediaType(reading, descend(place, mediaType), mediaType));
  }
  return content;
}

/** https://spec.openapis.org/oas/v3.2.0.html#media-type-object */
function readMediaType(reading: Reading, reference: Located, mediaType: string): MediaTypeObject {
  const place = resolve(reading, reference);
  const schema = descend(place, 'schema');
  const itemSchema = descend(place, 'itemSchema');
  const prefix = descend(place, 'prefixEncoding');
  const item = descend(place, 'itemEncoding');
  return Object.freeze({
    mediaType,
    examples: readExamples(reading, place),
    encoding: readEncodings(reading, descend(place, 'encoding')),
    origin: originAt(place),
    ...(schema.value === undefined ? {} : { schema: reading.schemas.read(schema) }),
    ...(itemSchema.value === undefined ? {} : { itemSchema: reading.schemas.read(itemSchema) }),
    ...(Array.isArray(prefix.value) ? { prefixEncoding: readEncodingList(reading, prefix) } : {}),
    ...(isObject(item.value) ? { itemEncoding: readEncoding(reading, item) } : {}),
  });
}

function readEncodings(reading: Reading, place: Located): ReadonlyMap<string, EncodingObject> {
  const encodings = new Map<string, EncodingObject>();
  for (const [name] of entriesOf(place.value)) {
    encodings.set(name, readEncoding(reading, descend(place, name)));
  }
  return encodings;
}

function readEncodingList(reading: Reading, place: Located): readonly EncodingObject[] {
  return listOf(place.value).map((_, index) => readEncoding(reading, descend(place, index)));
}

/** https://spec.openapis.org/oas/v3.2.0.html#encoding-object */
function readEncoding(reading: Reading, place: Located): EncodingObject {
  const raw = place.value;
  const contentType = textOf(own(raw, 'contentType'));
  const style = styleOf(own(raw, 'style'));
  const explode = own(raw, 'explode');
  const allowReserved = own(raw, 'allowReserved');
  return Object.freeze({
    headers: readHeaders(reading, descend(place, 'headers')),
    ...(contentType === undefined ? {} : { contentType: contentType.split(',').map((one) => one.trim()) }),
    ...(style === undefined ? {} : { style }),
    ...(typeof explode === 'boolean' ? { explode } : {}),
    ...(typeof allowReserved === 'boolean' ? { allowReserved } : {}),
  });
}

/** Headers by name as written, without `Content-Type`, which the specification says to ignore. */
export function readHeaders(reading: Reading, place: Located): ReadonlyMap<string, ParameterObject> {
  const headers = new Map<string, ParameterObject>();
  for (const [name] of entriesOf(place.value)) {
    if (name.toLowerCase() === 'content-type') continue;
    headers.set(name, readHeader(reading, descend(place, name), name));
  }
  return headers;
}

/** A response's header as a parameter of style `simple`. The name comes from its key. */
function readHeader(reading: Reading, place: Located, name: string): ParameterObject {
  const header = readUnnamed(reading, place);
  return Object.freeze({ ...header, name });
}

const readUnnamed: (reading: Reading, place: Located) => ParameterObject = keeping((reading, place) =>
  describe(reading, place, { name: '', in: 'header' }),
);

/** What a parameter is known by. */
export interface Identity {
  readonly name: string;
  readonly in: ParameterIn;
}

/**
 * What a parameter or a header says, with its defaults made explicit.
 *
 * @see https://spec.openapis.org/oas/v3.2.0.html#parameter-object
 */
export function describe(reading: Reading, place: Located, identity: Identity): ParameterObject {
  const raw = place.value;
  const isSwagger = place.file.dialect === '2.0';
  const [content] = isSwagger ? [] : readContent(reading, descend(place, 'content')).values();
  const schema = isSwagger ? place : descend(place, 'schema');
  const style = styleOf(own(raw, 'style')) ?? (usesForm(identity.in) ? 'form' : 'simple');
  const explode = own(raw, 'explode');
  const description = textOf(own(raw, 'description'));
  return {
    ...identity,
    required: identity.in === 'path' || own(raw, 'required') === true,
    deprecated: own(raw, 'deprecated') === true,
    allowEmptyValue: own(raw, 'allowEmptyValue') === true,
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form' || style === 'cookie',
    allowReserved: own(raw, 'allowReserved') === true,
    schema: content === undefined ? reading.schemas.read(schema) : (content.schema ?? true),
    examples: readExamples(reading, place),
    origin: originAt(place),
    ...(isSwagger ? swaggerStyle(raw, identity.in) : {}),
    ...(content === undefined ? {} : { content }),
    ...(description === undefined ? {} : { description }),
  };
}

function usesForm(where: ParameterIn): boolean {
  return where === 'query' || where === 'cookie' || where === 'querystring';
}
