export { isBinarySchema, valueToValidate } from './body/binary.ts';
export { bodySchema, makingSchema } from './body/sequence.ts';
export { createBodyCodec } from './body-codec.ts';
export type { BodyCodec, Decoded, EncodedBody, ParameterCodec, RawParameters, WireFault } from './codec.ts';
export { mergePatch } from './merge-patch.ts';
export { isBinary, isRecord, memberAt, setOwn } from './own-data.ts';
export { createParameterCodec } from './parameter-codec.ts';
