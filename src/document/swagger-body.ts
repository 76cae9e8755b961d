import { setOrigin } from '../core/index.ts';
import type { Schema } from '../schema/index.ts';
import type {
  EncodingObject,
  ExampleObject,
  MediaTypeObject,
  RequestBodyObject,
  ResponseObject,
} from './api-document.ts';
import { exampleOf } from './example.ts';
import { readHeaders } from './media-type.ts';
import { isObject, own, textOf, textsOf } from './raw.ts';
import { type Reading, resolve } from './reading.ts';
import { descend, type Located, originAt } from './source-file.ts';
import { swaggerStyle } from './swagger-parameter.ts';

const multipart = 'multipart/form-data';
const urlencoded = 'application/x-www-form-urlencoded';

/** The request body that Swagger 2.0's `body` or `formData` parameters describe, or `undefined` where there are none. */
export function readSwaggerBody(
  reading: Reading,
  parameters: readonly Located[],
  consumes: readonly string[],
): RequestBodyObject | undefined {
  const body = parameters.find((place) => own(place.value, 'in') === 'body');
  if (body !== undefined) return bodyOf(reading, body, consumes);
  const fields = parameters.filter((place) => own(place.value, 'in') === 'formData');
  return fields.length === 0 ? undefined : formOf(reading, fields, consumes);
}

function bodyOf(reading: Reading, place: Located, consumes: readonly string[]): RequestBodyObject {
  const schema = descend(place, 'schema');
  const description = textOf(own(place.value, 'description'));
  const part = {
    origin: originAt(place),
    ...(schema.value === undefined ? {} : { schema: reading.schemas.read(schema) }),
  };
  const types = consumes.length === 0 ? ['application/json'] : consumes;
  return Object.freeze({
    required: own(place.value, 'required') === true,
    content: new Map(types.map((type) => [type, mediaType(type, part)])),
    origin: originAt(place),
    ...(description === undefined ? {} : { description }),
  });
}

/** https://spec.openapis.org/oas/v2.0.html#parameter-object: files travel in multipart bodies only. */
function formOf(
  reading: Reading,
  fields: readonly Located[],
  consumes: readonly string[],
): RequestBodyObject {
  const origin = originAt(fields[0] as Located);
  const hasFile = fields.some((place) => own(place.value, 'type') === 'file');
  const forms = consumes.filter((type) => type.startsWith(multipart) || type.startsWith(urlencoded));
  const wanted = hasFile ? forms.filter((type) => type.startsWith(multipart)) : forms;
  const fallback = hasFile ? multipart : urlencoded;
  const types = wanted.length === 0 ? [fallback] : wanted;
  const required = fields.filter(isRequired).map(nameOf);
  const part = { schema: formSchema(reading, fields), encoding: formEncoding(fields), origin };
  return Object.freeze({
    required: required.length > 0,
    content: new Map(types.map((type) => [type, mediaType(type, part)])),
    origin,
  });
}

function formSchema(reading: Reading, fields: readonly Located[]): Schema {
  const properties: Record<string, Schema> = Object.create(null);
  for (const field of fields) properties[nameOf(field)] = reading.schemas.read(field);
  const required = fields.filter(isRequired).map(nameOf);
  const schema = { type: 'object', properties: Object.freeze(properties) } as const;
  const whole = required.length === 0 ? schema : { ...schema, required: Object.freeze(required) };
  return Object.freeze(setOrigin(whole, originAt(fields[0] as Located)));
}

function formEncoding(fields: readonly Located[]): ReadonlyMap<string, EncodingObject> {
  const encoding = new Map<string, EncodingObject>();
  for (const field of fields) {
    if (own(field.value, 'type') !== 'array') continue;
    encoding.set(nameOf(field), Object.freeze({ headers: new Map(), ...swaggerStyle(field.value, 'query') }));
  }
  return encoding;
}

function isRequired(place: Located): boolean {
  return own(place.value, 'required') === true;
}

function nameOf(place: Located): string {
  return textOf(own(place.value, 'name')) ?? '';
}

/** A response of Swagger 2.0: one schema in each media type that the operation produces. */
export function readSwaggerResponse(
  reading: Reading,
  reference: Located,
  produces: readonly string[],
): ResponseObject {
  const place = resolve(reading, reference);
  const examples = own(place.value, 'examples');
  const schema = descend(place, 'schema');
  const content = new Map<string, MediaTypeObject>();
  const read = schema.value === undefined ? {} : { schema: reading.schemas.read(schema) };
  for (const type of responseTypes(schema.value, examples, produces)) {
    const value = own(examples, type);
    const example = descend(place, 'examples', type);
    const named: [string, ExampleObject][] = value === undefined ? [] : [['', exampleOf(value, example)]];
    content.set(type, mediaType(type, { ...read, examples: new Map(named), origin: originAt(place) }));
  }
  return Object.freeze({
    description: textOf(own(place.value, 'description')) ?? '',
    headers: readHeaders(reading, descend(place, 'headers')),
    content,
    links: new Map(),
    origin: originAt(place),
  });
}

/** https://spec.openapis.org/oas/v2.0.html#response-object: without a schema there is no content. */
function responseTypes(schema: unknown, examples: unknown, produces: readonly string[]): readonly string[] {
  const named = isObject(examples) ? Object.keys(examples) : [];
  if (schema === undefined && named.length === 0) return [];
  if (produces.length > 0) return produces;
  return named.length > 0 ? named : ['application/json'];
}

/** The operation's own list of media types, else the document's. */
export function swaggerTypes(place: Located, key: 'consumes' | 'produces'): readonly string[] {
  const ownTypes = own(place.value, key);
  return textsOf(ownTypes === undefined ? own(place.file.root, key) : ownTypes);
}

function mediaType(
  type: string,
  part: Partial<MediaTypeObject> & Pick<MediaTypeObject, 'origin'>,
): MediaTypeObject {
  return Object.freeze({ examples: new Map(), encoding: new Map(), ...part, mediaType: type });
}
