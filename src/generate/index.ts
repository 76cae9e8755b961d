export { compileGenerator, provenUnsatisfiable } from './compile-generator.ts';
export { callFakerMethod } from './faker/call-faker-method.ts';
export { locales } from './faker/locales.ts';
export type { GenerateContext, Generator, GeneratorOptions, Source } from './generator.ts';
export { createPools, type Pools } from './pool/pools.ts';
export { roomForItems } from './shape/separable.ts';
