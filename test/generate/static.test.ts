import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/schema/index.ts';
import { independentErrors } from './independent.ts';
import { make } from './make.ts';

const table: readonly (readonly [string, Schema, unknown])[] = [
  ['a text', { type: 'string' }, 'string'],
  ['a longer text', { type: 'string', minLength: 10 }, 'stringstri'],
  ['a shorter text', { type: 'string', maxLength: 3 }, 'str'],
  ['a date-time', { type: 'string', format: 'date-time' }, '2019-08-24T14:15:22Z'],
  ['a date', { type: 'string', format: 'date' }, '2019-08-24'],
  ['a time', { type: 'string', format: 'time' }, '14:15:22Z'],
  ['an email address', { type: 'string', format: 'email' }, 'user@example.com'],
  ['a URI', { type: 'string', format: 'uri' }, 'http://example.com'],
  ['a host', { type: 'string', format: 'hostname' }, 'example.com'],
  ['an IPv4 address', { type: 'string', format: 'ipv4' }, '192.168.0.1'],
  ['a number', { type: 'number' }, 0],
  ['a number with bounds', { type: 'integer', minimum: 3, maximum: 9 }, 3],
  ['a number below a bound', { type: 'integer', exclusiveMaximum: -2 }, -3],
  ['true', { type: 'boolean' }, true],
  ['a list of one', { type: 'array', items: { type: 'integer' } }, [0]],
  ['a list of minItems', { type: 'array', minItems: 2, items: { type: 'string' } }, ['string', 'string']],
  ['the default', { type: 'string', default: 'red', enum: ['blue', 'red'] }, 'red'],
  ['the first listed value', { type: 'string', enum: ['blue', 'red'] }, 'blue'],
  ['the constant', { const: 7 }, 7],
  ['the example', { type: 'object', example: { a: 1 }, properties: { a: { type: 'integer' } } }, { a: 1 }],
  ['the first of examples', { type: 'string', examples: ['x', 'y'] }, 'x'],
  [
    'all properties',
    { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'null' }, c: {} } },
    { a: 'string', b: null, c: null },
  ],
  [
    'two members of a map',
    { type: 'object', additionalProperties: { type: 'integer' } },
    { property1: 0, property2: 0 },
  ],
  ['the first branch', { oneOf: [{ type: 'integer' }, { type: 'string' }] }, 0],
  [
    'members of all parts',
    {
      allOf: [
        { properties: { a: { type: 'integer' } }, type: 'object' },
        { properties: { b: { type: 'string' } } },
      ],
    },
    { a: 0, b: 'string' },
  ],
];

describe('static values', () => {
  it.each(table)('%s', (_, schema, want) => {
    expect(make(schema, 1, { source: 'static' })).toEqual(want);
    expect(make(schema, 2, { source: 'static' })).toEqual(want);
  });

  it('give way to made ones where they break the schema', () => {
    const schema: Schema = {
      type: 'object',
      required: ['code', 'kind', 'size'],
      properties: {
        code: { type: 'string', pattern: '^[A-Z]{3}$' },
        kind: { type: 'string', default: 'none', enum: ['a', 'b'] },
        size: { type: 'integer' },
      },
    };
    const value = make(schema, 1, { source: 'static' });
    expect(independentErrors(schema, value)).toBe('');
    expect(value).toMatchObject({ size: 0, code: expect.stringMatching(/^[A-Z]{3}$/) });
  });

  it('are copies: what one answer changes, the next does not see', () => {
    const schema: Schema = { type: 'object', example: { list: [1] } };
    const first = make(schema, 1, { source: 'static' }) as { list: number[] };
    first.list.push(2);
    expect(make(schema, 1, { source: 'static' })).toEqual({ list: [1] });
  });

  it('give a UUID to each name, always the same', () => {
    const uuid: Schema = { type: 'string', format: 'uuid' };
    const schema: Schema = { type: 'object', properties: { id: uuid, other: uuid } };
    expect(make(schema, 1, { source: 'static' })).toEqual({
      id: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
      other: expect.not.stringContaining('497f6eca'),
    });
  });
});
