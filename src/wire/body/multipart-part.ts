import { ApidoubleError } from '../../core/index.ts';
import type { Schema } from '../../schema/index.ts';
import type { BodyCodec, Decoded, WireFault } from '../codec.ts';
import { present, quote } from '../fault.ts';
import { essenceOf, isJsonType, matchesRange } from '../media-type.ts';
import { isBinary } from '../own-data.ts';
import { headerStyle } from '../parameter/header-style.ts';
import { type Shape, shapeOf } from '../shape/shape.ts';
import type { EncodingSpec, MediaTypeSpec, PartHeaderSpec } from '../spec.ts';
import { bytesOf, isBinarySchema } from './binary.ts';
import { decodeTransfer, dispositionOf, escapeName, type Part } from './multipart-split.ts';

/** Makes the codec of a part's own media type. */
export type CreateCodec = (spec: MediaTypeSpec) => BodyCodec;

/** Reads and writes one part of a multipart body, for one schema and its encoding object. */
export interface PartCodec {
  readonly shape: Shape;
  decode(part: Part): Decoded;
  /** `name` where the part has one. Throws `ERR_CODEC`. */
  encode(value: unknown, name: string | undefined): Part;
}

/**
 * Compiles the reading of parts. What the bytes are, is said by the schema where it means bytes, else by the part's own
 * Content-Type, else by the encoding object, else by the type: JSON for objects, text for the rest.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-content-type
 */
export function createPartCodec(
  schema: Schema,
  encoding: EncodingSpec | undefined,
  create: CreateCodec,
): PartCodec {
  const shape = shapeOf(schema);
  const plan: PartPlan = {
    schema,
    shape,
    isBinary: isBinarySchema(schema),
    contentTypes: encoding?.contentType ?? [],
    headers: [...(encoding?.headers ?? [])].filter(([name]) => name.toLowerCase() !== 'content-type'),
    codecOf: rememberCodecs(schema, create),
  };
  return {
    shape,
    decode: (part) => decodePart(part, plan),
    encode: (value, name) => encodePart(value, name, plan),
  };
}

interface PartPlan {
  readonly schema: Schema;
  readonly shape: Shape;
  readonly isBinary: boolean;
  /** What the document allows; ranges among them. */
  readonly contentTypes: readonly string[];
  readonly headers: readonly (readonly [string, PartHeaderSpec])[];
  codecOf(essence: string): BodyCodec;
}

/** Kept for the usual types only, so that a request cannot make the table grow. */
const usual: ReadonlySet<string> = new Set(['application/json', 'text/plain', 'application/xml']);

function rememberCodecs(schema: Schema, create: CreateCodec): (essence: string) => BodyCodec {
  const codecs = new Map<string, BodyCodec>();
  return (essence) => {
    const known = codecs.get(essence);
    if (known !== undefined) return known;
    const made = create({ mediaType: essence, schema });
    if (usual.has(essence)) codecs.set(essence, made);
    return made;
  };
}

function decodePart(part: Part, plan: PartPlan): Decoded {
  const faults: WireFault[] = [];
  const bytes = decodeTransfer(part, faults);
  const contentType = part.headers.get('content-type');
  checkContentType(contentType, plan, faults);
  checkHeaders(part, plan, faults);
  if (plan.isBinary || isFile(part, plan)) return { ...present(bytes, faults), binary: true };
  const given = contentType ?? defaultType(plan);
  const essence = isUntypedJson(essenceOf(given), plan) ? 'application/json' : essenceOf(given);
  const decoded = plan.codecOf(essence).decode(bytes, essence === essenceOf(given) ? given : essence);
  if (!decoded.present) return present(undefined, [...faults, ...decoded.faults, emptyPart]);
  return { ...decoded, faults: [...faults, ...decoded.faults] };
}

const emptyPart: WireFault = {
  code: 'body.malformed',
  message: 'has an empty part where a value is expected',
  expected: 'a value',
  seen: 'an empty part',
};

/** A schema that says nothing leaves a file a file. */
function isFile(part: Part, { shape }: PartPlan): boolean {
  return shape.isFree && dispositionOf(part).filename !== undefined;
}

/** Many clients cannot say that a text part is JSON; where only an object or an array will do, it is. */
function isUntypedJson(essence: string, { shape }: PartPlan): boolean {
  return essence === 'text/plain' && !shape.takesText && (shape.takesObject || shape.takesArray);
}

function defaultType({ contentTypes, shape }: PartPlan): string {
  const first = contentTypes.find((one) => !one.includes('*'));
  if (first !== undefined) return first;
  return shape.takesText || !(shape.takesObject || shape.takesArray) ? 'text/plain' : 'application/json';
}

function checkContentType(given: string | undefined, { contentTypes }: PartPlan, faults: WireFault[]): void {
  if (given === undefined || contentTypes.length === 0) return;
  const essence = essenceOf(given);
  if (contentTypes.some((one) => matchesRange(essence, one))) return;
  faults.push({
    code: 'body.part-content-type',
    message: `has a part of the type ${quote(given)}`,
    expected: contentTypes.join(' or '),
    seen: quote(given),
  });
}

function checkHeaders(part: Part, { headers }: PartPlan, faults: WireFault[]): void {
  for (const [name, header] of headers) {
    if (!header.required || part.headers.has(name.toLowerCase())) continue;
    faults.push({
      code: 'body.part-header',
      message: `has a part without the header ${quote(name)}`,
      expected: `the header ${name}`,
      seen: 'no such header',
    });
  }
}

function encodePart(value: unknown, name: string | undefined, plan: PartPlan): Part {
  const headers = new Map<string, string>();
  const type = isBinary(value) ? binaryType(plan) : typeFor(value, plan);
  if (name !== undefined) {
    const file = isBinary(value) ? `; filename="${escapeName(name)}"` : '';
    headers.set('content-disposition', `form-data; name="${escapeName(name)}"${file}`);
  }
  const { bytes, contentType } =
    isBinary(value) || plan.isBinary
      ? { bytes: bytesOf(value), contentType: type }
      : plan.codecOf(essenceOf(type)).encode(value, type);
  if (contentType !== 'text/plain' || plan.contentTypes.length > 0) headers.set('content-type', contentType);
  for (const [header, spec] of plan.headers) {
    const text = headerExample(spec);
    if (text !== undefined) headers.set(header.toLowerCase(), text);
  }
  return { headers, body: bytes };
}

function binaryType({ contentTypes }: PartPlan): string {
  return contentTypes.find((one) => !one.includes('*')) ?? 'application/octet-stream';
}

function typeFor(value: unknown, plan: PartPlan): string {
  if (typeof value !== 'object' || value === null) return defaultType(plan);
  const concrete = plan.contentTypes.filter((one) => !one.includes('*'));
  return concrete.find((one) => isJsonType(essenceOf(one))) ?? concrete[0] ?? 'application/json';
}

/** The values of a part's headers are no part of the body's value; what the schema fixes or suggests is sent. */
function headerExample(spec: PartHeaderSpec): string | undefined {
  const { schema } = spec;
  if (typeof schema === 'boolean') return undefined;
  const value =
    schema.const ?? schema.default ?? schema.enum?.[0] ?? schema.example ?? schema.examples?.[0] ?? undefined;
  return value === undefined ? undefined : headerStyle(spec).write(value);
}

/** The error of a value that a multipart body cannot carry. */
export function notMultipart(mediaType: string, reason: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_CODEC',
    `Cannot write body "${mediaType}": ${reason}. Use another value, or an encoding object.`,
  );
}
