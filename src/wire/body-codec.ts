import type { Direction } from '../schema/index.ts';
import { allowsStructure, binaryCodec, createBinaryCodec, isBinarySchema } from './body/binary.ts';
import { createFormCodec } from './body/form.ts';
import { createJsonCodec } from './body/json.ts';
import { createMultipartCodec } from './body/multipart.ts';
import { createSequenceCodec, isSequential } from './body/sequence.ts';
import { createTextCodec } from './body/text.ts';
import { createXmlCodec } from './body/xml.ts';
import type { BodyCodec } from './codec.ts';
import { essenceOf, isJsonType, isXmlType } from './media-type.ts';
import type { MediaTypeSpec } from './spec.ts';

/** What a body codec may be told beside its media type. */
export interface BodyCodecOptions {
  readonly direction: Direction;
  /** JSON: report keys that one object has twice. Costs a second pass. Default `false`. */
  readonly strict?: boolean;
  /** XML: the name of the root where the schema gives none (the component's name). Default `xml`. */
  readonly rootName?: string;
}

/**
 * Makes the codec of a media type object, once. `decode` never throws: what is wrong becomes faults. `encode` throws
 * `ERR_CODEC` for a value that the media type cannot carry.
 */
export function createBodyCodec(spec: MediaTypeSpec, options: BodyCodecOptions): BodyCodec {
  const essence = essenceOf(spec.mediaType);
  return essence.includes('*') ? createRangeCodec(spec, essence, options) : createCodec(spec, options);
}

/** Where only bytes are to be expected, whatever the subtype (`image/svg+xml`). */
const bytesOnly = /^(?:image|audio|video|font)\//;

/** For a range (`*\/*`, `text/*`) the message's own Content-Type decides; a codec is kept for each kind. */
function createRangeCodec(spec: MediaTypeSpec, range: string, options: BodyCodecOptions): BodyCodec {
  if (bytesOnly.test(range) || isBinarySchema(spec.schema)) return binaryCodec;
  const codecs = new Map<string, BodyCodec>();
  const codecFor = (contentType: string): BodyCodec => {
    const mediaType = representative(essenceOf(contentType === '' ? range : contentType));
    const codec = codecs.get(mediaType) ?? createCodec({ ...spec, mediaType }, options);
    codecs.set(mediaType, codec);
    return codec;
  };
  return {
    decode: (bytes, contentType) => codecFor(contentType).decode(bytes, contentType),
    encode: (value, contentType) => codecFor(contentType).encode(value, contentType),
  };
}

/** One media type for all that are read alike, so that a request cannot make the table of codecs grow. */
function representative(essence: string): string {
  if (isJsonType(essence)) return 'application/json';
  if (isXmlType(essence)) return 'application/xml';
  if (essence.endsWith('+json-seq')) return 'application/json-seq';
  if (isSequential(essence) || essence === formType || essence === 'multipart/form-data') return essence;
  if (essence.startsWith('multipart/')) return 'multipart/mixed';
  return essence.startsWith('text/') ? 'text/plain' : 'application/octet-stream';
}

const formType = 'application/x-www-form-urlencoded';

function createCodec(spec: MediaTypeSpec, options: BodyCodecOptions): BodyCodec {
  const essence = essenceOf(spec.mediaType);
  if (isJsonType(essence)) return createJsonCodec(options.strict ?? false);
  if (essence === formType) return createFormCodec(spec);
  if (isXmlType(essence)) return createXmlCodec(spec, options.rootName);
  if (essence.startsWith('multipart/'))
    return isWholeText(spec) ? binaryCodec : createMultipartCodec(spec, (part) => createPart(part, options));
  if (isSequential(essence)) return createSequenceCodec(spec);
  return essence.startsWith('text/') ? createTextCodec(spec) : createBinaryCodec(spec.schema);
}

/** A schema of a multipart body that takes neither an object nor a list can only mean the body as it was sent. */
function isWholeText({ schema, itemSchema }: MediaTypeSpec): boolean {
  return itemSchema === undefined && schema !== undefined && !allowsStructure(schema);
}

/** A multipart body inside another one stays bytes, so that nobody can nest them without end. */
function createPart(spec: MediaTypeSpec, options: BodyCodecOptions): BodyCodec {
  return essenceOf(spec.mediaType).startsWith('multipart/') ? binaryCodec : createBodyCodec(spec, options);
}
