export { compileGenerator, provenUnsatisfiable } from './compile-generator.ts';
export { callFakerMethod } from './faker/call-faker-method.ts';
export { locales } from './faker/locales.ts';
export type { Generator, GeneratorOptions, Source } from './generator.ts';
