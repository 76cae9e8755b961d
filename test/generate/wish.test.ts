import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/index.ts';
import { compileGenerator } from '../../src/generate/index.ts';
import type { Schema, SchemaObject } from '../../src/schema/index.ts';

const now = Date.parse('2024-01-01T00:00:00Z');
const brand = { pk: 'a1', name: 'Default brand', tags: ['x'] };
const pickBrand = { 'x-faker': { 'helpers.arrayElement': [[brand]] } };

function generate(schema: Schema, seed = 'x'): unknown {
  return compileGenerator(schema, { direction: 'response', source: 'faker' }).generate({
    random: createRandom(seed),
    now,
  });
}

describe('x-faker on what is no text or number', () => {
  it.each<[string, SchemaObject]>([
    ['a place without a type', pickBrand],
    ['an object', { type: 'object', ...pickBrand }],
    ['a free-form object', { type: 'object', additionalProperties: true, ...pickBrand }],
    ['an object that may be null', { type: ['object', 'null'], ...pickBrand }],
  ])('makes %s', (_, schema) => {
    expect(generate(schema)).toEqual(brand);
  });

  it('makes arrays', () => {
    const wish = { 'helpers.arrayElement': [[['a', 'b']]] };
    expect(generate({ type: 'array', items: { type: 'string' }, 'x-faker': wish })).toEqual(['a', 'b']);
  });

  it('makes anything where no type is asked for', () => {
    expect(generate({ 'x-faker': { 'helpers.arrayElement': [['only']] } })).toBe('only');
  });

  it('gives way to the schema', () => {
    const schema: SchemaObject = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer' } },
      ...pickBrand,
    };
    expect(generate(schema)).toEqual({ id: expect.any(Number) });
  });

  it('hands out copies, because the list is the document’s own', () => {
    const made = generate({ type: 'object', properties: { brand: pickBrand }, required: ['brand'] });
    const { brand: first } = made as { brand: typeof brand };
    first.tags.push('changed');
    expect(generate(pickBrand)).toEqual({ pk: 'a1', name: 'Default brand', tags: ['x'] });
  });
});
