import { ApidoubleError } from '../../core/index.ts';
import { follow, type Schema } from '../../schema/index.ts';
import type { BodyCodec, Decoded } from '../codec.ts';
import { absent, present } from '../fault.ts';
import { isBinary, isRecord, setOwn } from '../own-data.ts';
import { alternativesOf, bits, domainOf } from '../shape/domain.ts';

/** Everything that no other codec reads: the bytes as they are. A string is written as UTF-8. */
export const binaryCodec: BodyCodec = {
  decode: (bytes, contentType) =>
    bytes.byteLength === 0 && contentType === '' ? absent : { ...present(bytes), binary: true },
  encode: (value, contentType) => ({ bytes: bytesOf(value), contentType }),
};

/**
 * The same for a media type that we cannot write but whose schema speaks of objects or lists (`application/pdf` beside JSON, with
 * the schema of both): these are written as JSON, since no bytes would say more.
 */
const structureCodec: BodyCodec = {
  ...binaryCodec,
  encode: (value, contentType) => ({
    bytes: isBinary(value) || typeof value !== 'object' ? bytesOf(value) : Buffer.from(JSON.stringify(value)),
    contentType,
  }),
};

/** The codec for a media type that has none of its own. */
export function createBinaryCodec(schema: Schema | undefined): BodyCodec {
  return isBinarySchema(schema) || !allowsStructure(schema ?? true) ? binaryCodec : structureCodec;
}

/** Whether a schema allows objects or lists. */
export function allowsStructure(schema: Schema): boolean {
  return (domainOf(schema).types & (bits.object | bits.array)) !== 0;
}

/** The bytes that a value stands for: bytes themselves, or a text as UTF-8. Throws `ERR_CODEC` for anything else. */
export function bytesOf(value: unknown): Uint8Array {
  if (isBinary(value)) return value;
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  throw new ApidoubleError(
    'ERR_CODEC',
    `Cannot write binary content "${typeof value}": it is neither bytes nor text. Use a Uint8Array.`,
  );
}

/**
 * Whether a schema describes raw bytes: `format: binary`, or a `contentMediaType` without a `contentEncoding` (with one,
 * the value is text).
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#working-with-binary-data
 */
export function isBinarySchema(schema: Schema | undefined): boolean {
  return schema !== undefined && describesBytes(schema, new Set());
}

function describesBytes(schema: Schema, seen: Set<Schema>): boolean {
  const real = follow(schema);
  if (typeof real === 'boolean' || seen.has(real)) return false;
  seen.add(real);
  if (real.format === 'binary') return true;
  if (real.contentMediaType !== undefined && real.contentEncoding === undefined) {
    return !/json|^text\//i.test(real.contentMediaType);
  }
  const parts = [real.allOf ?? [], ...alternativesOf(real)].flat();
  return parts.some((part) => describesBytes(part, seen));
}

/**
 * The value to judge by a schema. Bytes become text with one character (U+0000 to U+00FF) a byte, so that `type: string`
 * holds and `minLength` and `maxLength` count bytes. Where there are no bytes it is the decoded value itself.
 */
export function valueToValidate(decoded: Decoded): unknown {
  return decoded.binary === true ? withoutBytes(decoded.value) : decoded.value;
}

function withoutBytes(value: unknown): unknown {
  if (isBinary(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
  if (Array.isArray(value)) return value.map(withoutBytes);
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) setOwn(copy, name, withoutBytes(member));
  return copy;
}
