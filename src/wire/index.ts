export type { BodyCodec, Decoded, EncodedBody, ParameterCodec, RawParameters, WireFault } from './codec.ts';
