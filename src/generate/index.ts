export { compileGenerator, provenUnsatisfiable } from './compile-generator.ts';
export { callFakerMethod, type FakerCall } from './faker/call-faker-method.ts';
export { locales } from './faker/locales.ts';
export type { GenerateContext, Generator, GeneratorOptions, ListPlan, Source } from './generator.ts';
