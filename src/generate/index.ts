export type { GenerateContext, Generator, GeneratorOptions, Source } from './generator.ts';
