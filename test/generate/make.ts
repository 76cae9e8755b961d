import { createRandom } from '../../src/core/index.ts';
import type { GenerateContext } from '../../src/generate/generator.ts';
import { compileGenerator, type GeneratorOptions } from '../../src/generate/index.ts';
import type { Schema } from '../../src/schema/index.ts';

/** 2024-01-01T00:00:00Z, the present of all these tests. */
export const now: number = Date.parse('2024-01-01T00:00:00Z');

/** One value of a schema. */
export function make(
  schema: Schema,
  seed: string | number = 1,
  options: Partial<GeneratorOptions> & Partial<GenerateContext> = {},
): unknown {
  const { random = createRandom(seed), wanted, lists, ...rest } = options;
  const generator = compileGenerator(schema, { direction: 'response', source: 'faker', ...rest });
  return generator.generate({
    random,
    now,
    ...(wanted === undefined ? {} : { wanted }),
    ...(lists === undefined ? {} : { lists }),
  });
}

/** An object with one member of the schema, and the member's value. */
export function makeMember(name: string, schema: Schema, seed: string | number = 1): unknown {
  const object = make({ type: 'object', required: [name], properties: { [name]: schema } }, seed);
  return (object as Record<string, unknown>)[name];
}
