import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { compileGenerator } from '../../src/generate/index.ts';
import { compileSchema, type Schema } from '../../src/schema/index.ts';

/** A schema of a 3.0 document, in the one model. */
async function legacy(schema: object): Promise<Schema> {
  const response = { description: 'ok', content: { 'application/json': { schema } } };
  const node = { type: 'object', properties: { next: { nullable: true, allOf: [ref('Node')] } } };
  const user = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  const document = await loadDocument({
    openapi: '3.0.3',
    info: { title: 't', version: '1' },
    paths: { '/': { get: { responses: { 200: response } } } },
    components: { schemas: { User: user, Node: { ...node, required: ['next'] } } },
  });
  return document.operations[0]?.responses.get('200')?.content.get('application/json')?.schema ?? false;
}

function ref(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

function draws(schema: Schema): readonly unknown[] {
  const generator = compileGenerator(schema, { direction: 'response', source: 'faker' });
  return Array.from({ length: 300 }, (_, index) =>
    generator.generate({ random: createRandom(index), now: 0 }),
  );
}

describe("a null that 3.0's nullable lets in where no type stands beside it", () => {
  const cases: readonly [string, object][] = [
    ['allOf', { nullable: true, allOf: [ref('User')] }],
    ['anyOf', { nullable: true, anyOf: [ref('User'), { type: 'string' }] }],
    ['oneOf', { nullable: true, oneOf: [ref('User'), { type: 'integer' }] }],
  ];
  it.each(cases)('is taken beside %s and not made', async (_, schema) => {
    const model = await legacy(schema);
    expect(compileSchema(model, { direction: 'response' }).isValid(null)).toBe(true);
    expect(draws(model)).not.toContain(null);
  });

  it('is made where nothing else ends a recursion', async () => {
    const text = JSON.stringify(draws(await legacy(ref('Node'))));
    expect(text).toContain('{"next":null}');
  });

  it('beside a type is made now and then', async () => {
    expect(draws(await legacy({ nullable: true, type: 'integer' }))).toContain(null);
  });
});
