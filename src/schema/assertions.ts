import type { CodeKeywordDefinition } from 'ajv/dist/2020.js';
import { _ } from './ajv.ts';
import { deepEqual, duplicateItems } from './deep-equal.ts';
import { valueCode } from './keyword-code.ts';
import { isMultipleOf } from './multiple-of.ts';

function isPrimitive(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

// ajv compares by `constructor` and `valueOf`, which a value may have as members of its own.
const constant: CodeKeywordDefinition = {
  keyword: 'const',
  code(cxt) {
    const { data, schema } = cxt;
    const equals = isPrimitive(schema)
      ? _`${data} === ${schema}`
      : _`${valueCode(cxt, (value: unknown) => deepEqual(value, schema))}(${data})`;
    cxt.pass(equals);
  },
};

function memberTest(values: readonly unknown[]): (value: unknown) => boolean {
  const primitives = new Set(values.filter(isPrimitive));
  const others = values.filter((value) => !isPrimitive(value));
  return (value) => primitives.has(value) || others.some((other) => deepEqual(value, other));
}

const enumeration: CodeKeywordDefinition = {
  keyword: 'enum',
  schemaType: 'array',
  code: (cxt) => cxt.pass(_`${valueCode(cxt, memberTest(cxt.schema))}(${cxt.data})`),
};

// ajv divides doubles: 19.99 / 0.01 is not whole.
const multipleOf: CodeKeywordDefinition = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  code: (cxt) => cxt.pass(_`${valueCode(cxt, isMultipleOf)}(${cxt.data}, ${cxt.schema})`),
};

// ajv compares each item with each, which a long list makes too slow.
const uniqueItems: CodeKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: { message: 'has duplicates', params: ({ params }) => _`{pair: ${params.pair}}` },
  code(cxt) {
    const { gen, data, schema } = cxt;
    if (schema !== true) return;
    const pair = gen.const('pair', _`${valueCode(cxt, duplicateItems)}(${data})`);
    cxt.setParams({ pair });
    cxt.pass(_`${pair} === undefined`);
  },
};

/** The assertions that are judged in our way in place of ajv's. */
export const assertions: readonly CodeKeywordDefinition[] = [constant, enumeration, multipleOf, uniqueItems];
