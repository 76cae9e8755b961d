export { isBinarySchema, valueToValidate } from './body/binary.ts';
export { bodySchema, isSequential, makingSchema } from './body/sequence.ts';
export { type BodyCodecOptions, createBodyCodec } from './body-codec.ts';
export type { BodyCodec, Decoded, EncodedBody, ParameterCodec, RawParameters, WireFault } from './codec.ts';
export { mergePatch } from './merge-patch.ts';
export { isBinary, isRecord, setOwn } from './own-data.ts';
export { createParameterCodec, type ParameterCodecOptions } from './parameter-codec.ts';
export type { EncodingSpec, MediaTypeSpec, ParameterSpec, PartHeaderSpec, StyleName } from './spec.ts';
