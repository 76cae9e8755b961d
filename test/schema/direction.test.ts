import { describe, expect, it } from 'vitest';
import { compileSchema, createRecursion, type Schema } from '../../src/schema/index.ts';

const user: Schema = {
  type: 'object',
  required: ['id', 'name', 'password'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string' },
    password: { type: 'string', writeOnly: true },
  },
};

describe('a request', () => {
  const validator = compileSchema(user, { direction: 'request' });

  it('need not have readOnly members', () => {
    expect(validator.validate({ name: 'a', password: 'b' })).toEqual([]);
  });

  it('gets a warning for one that it has, whose value does not matter', () => {
    const value = { id: 'not a number', name: 'a', password: 'b' };
    expect(validator.isValid(value)).toBe(true);
    expect(validator.validate(value)).toEqual([
      {
        keyword: 'readOnly',
        pointer: '/id',
        property: 'id',
        message: 'id is readOnly and should not be in a request',
        expected: 'no such property',
        seen: '"not a number"',
        severity: 'warning',
      },
    ]);
  });

  it('keeps the warning beside errors, in the order of the value', () => {
    const violations = validator.validate({ name: 3, id: 1, password: 'b' });
    expect(violations.map(({ keyword, severity }) => [keyword, severity])).toEqual([
      ['type', 'error'],
      ['readOnly', 'warning'],
    ]);
  });
});

describe('a response', () => {
  const validator = compileSchema(user, { direction: 'response' });

  it('need not have writeOnly members, and gets a warning for one that it has', () => {
    expect(validator.validate({ id: 1, name: 'a' })).toEqual([]);
    expect(validator.validate({ id: 1, name: 'a', password: 7 })).toMatchObject([
      { keyword: 'writeOnly', pointer: '/password', severity: 'warning' },
    ]);
  });

  it('must have readOnly members, and is the default', () => {
    expect(compileSchema(user).validate({ name: 'a' })).toMatchObject([
      { keyword: 'required', property: 'id' },
    ]);
  });
});

describe('the flags count', () => {
  const readOnlyId: Schema = { type: 'object', properties: { id: { type: 'integer', readOnly: true } } };
  const base: Schema = { type: 'object', required: ['id'], properties: { name: { type: 'string' } } };

  it.each<[string, Schema, unknown]>([
    ['where another part of allOf requires the member', { allOf: [base, readOnlyId] }, {}],
    ['where the schema itself requires it', { required: ['id'], allOf: [readOnlyId] }, {}],
    ['where a part of allOf requires it', { properties: { id: { readOnly: true } }, allOf: [base] }, {}],
    [
      'reached through allOf of the property',
      { required: ['id'], properties: { id: { allOf: [{ readOnly: true }, { type: 'string' }] } } },
      {},
    ],
    [
      'reached through a recursion',
      { required: ['id'], properties: { id: createRecursion('#/id', () => ({ readOnly: true })) } },
      {},
    ],
    ['below oneOf', { oneOf: [{ required: ['id'], ...readOnlyId }] }, {}],
    ['for dependentRequired', { ...readOnlyId, dependentRequired: { a: ['id'] } }, { a: 1 }],
    ['where a choice of the same value requires it', { ...readOnlyId, anyOf: [{ required: ['id'] }] }, {}],
  ])('%s', (_, schema, value) => {
    expect(compileSchema(schema, { direction: 'request' }).validate(value)).toEqual([]);
    expect(compileSchema(schema, { direction: 'response' }).isValid(value)).toBe(false);
  });

  it('once for each member, however many schemas declare it', () => {
    const violations = compileSchema({ allOf: [readOnlyId, readOnlyId] }, { direction: 'request' }).validate({
      id: 1,
    });
    expect(violations.map(({ keyword, pointer }) => [keyword, pointer])).toEqual([['readOnly', '/id']]);
  });

  it('in the branch that holds, not in others', () => {
    const choice: Schema = {
      oneOf: [
        { type: 'object', required: ['b'], properties: { a: { readOnly: true }, b: { type: 'string' } } },
        { type: 'object', required: ['b'], properties: { a: { type: 'string' }, b: { type: 'integer' } } },
      ],
    };
    const validator = compileSchema(choice, { direction: 'request' });
    expect(validator.validate({ a: 'x', b: 1 })).toEqual([]);
    expect(validator.validate({ a: 'x', b: 'y' })).toMatchObject([{ keyword: 'readOnly', pointer: '/a' }]);
  });

  it('in lists, and a member that an additionalProperties forbids elsewhere stays known', () => {
    const closed: Schema = { type: 'array', items: { ...readOnlyId, additionalProperties: false } };
    expect(compileSchema(closed, { direction: 'request' }).validate([{ id: 1 }])).toMatchObject([
      { keyword: 'readOnly', pointer: '/0/id' },
    ]);
  });
});
