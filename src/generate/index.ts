export { compileGenerator, provenUnsatisfiable } from './compile-generator.ts';
export type { GenerateContext, Generator, GeneratorOptions, ListPlan, Source } from './generator.ts';
