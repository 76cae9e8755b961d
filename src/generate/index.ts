export { compileGenerator, provenUnsatisfiable } from './compile-generator.ts';
export { locales } from './faker/locales.ts';
export type { GenerateContext, Generator, GeneratorOptions, ListPlan, Source } from './generator.ts';
