import type { Direction } from '../schema/index.ts';
import { binaryCodec } from './body/binary.ts';
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
  if (isJsonType(essence)) return createJsonCodec(options.strict ?? false);
  if (essence === 'application/x-www-form-urlencoded') return createFormCodec(spec);
  if (isXmlType(essence)) return createXmlCodec(spec, options.rootName);
  if (essence.startsWith('multipart/'))
    return createMultipartCodec(spec, (part) => createPart(part, options));
  if (isSequential(essence)) return createSequenceCodec(spec);
  if (essence.startsWith('text/')) return createTextCodec(spec);
  return binaryCodec;
}

/** A multipart body inside another one stays bytes, so that nobody can nest them without end. */
function createPart(spec: MediaTypeSpec, options: BodyCodecOptions): BodyCodec {
  return essenceOf(spec.mediaType).startsWith('multipart/') ? binaryCodec : createBodyCodec(spec, options);
}
