import type { CodeKeywordDefinition } from 'ajv/dist/2020.js';
import { _ } from './ajv.ts';
import { allowsAll } from './emitted.ts';
import { judgePlaces, parentFacts, placeError, silently, valueCode } from './keyword-code.ts';

// ajv, when it stops at the first fault, skips the keywords that come after where a list is shorter than the prefix.
const prefixItems: CodeKeywordDefinition = {
  keyword: 'prefixItems',
  type: 'array',
  schemaType: 'array',
  code(cxt) {
    const { gen, data, schema } = cxt;
    const valid = gen.let('valid', true);
    const one = gen.name('_valid');
    for (const [index, schemaOfItem] of schema.entries()) {
      if (allowsAll(schemaOfItem)) continue;
      gen.if(_`${valid} && ${data}.length > ${index}`, () => {
        cxt.subschema({ keyword: 'prefixItems', schemaProp: index, dataProp: index }, one);
        if (!cxt.allErrors) gen.assign(valid, one);
      });
    }
    cxt.ok(valid);
  },
};

const items: CodeKeywordDefinition = {
  keyword: 'items',
  type: 'array',
  schemaType: ['object', 'boolean'],
  error: { message: 'too many', params: ({ params }) => _`{limit: ${params.limit}}` },
  code(cxt) {
    const { data, schema, parentSchema } = cxt;
    if (allowsAll(schema)) return;
    const from: number = parentSchema.prefixItems?.length ?? 0;
    if (schema !== false) return judgePlaces(cxt, { from, to: _`${data}.length` });
    cxt.setParams({ limit: from });
    cxt.pass(_`${data}.length <= ${from}`);
  },
};

// ajv keeps the errors of the items that do not match.
const contains: CodeKeywordDefinition = {
  keyword: 'contains',
  type: 'array',
  schemaType: ['object', 'boolean'],
  trackErrors: true,
  error: {
    message: 'too few or too many',
    params: ({ params }) => _`{count: ${params.count}}`,
  },
  code(cxt) {
    const { gen, data, parentSchema } = cxt;
    const least: number = parentSchema.minContains ?? 1;
    const most: number = parentSchema.maxContains ?? Number.POSITIVE_INFINITY;
    const count = gen.let('count', 0);
    const one = gen.name('_valid');
    gen.forRange('i', 0, _`${data}.length`, (index) => {
      cxt.subschema({ keyword: 'contains', dataProp: index, dataPropType: 0, ...silently }, one);
      gen.if(one, () => gen.code(_`${count}++`));
      gen.if(most === Number.POSITIVE_INFINITY ? _`${count} >= ${least}` : _`${count} > ${most}`, () =>
        gen.break(),
      );
    });
    cxt.reset();
    cxt.setParams({ count });
    cxt.pass(_`${count} >= ${least} && ${count} <= ${most}`);
  },
};

const unevaluatedItems: CodeKeywordDefinition = {
  keyword: 'unevaluatedItems',
  type: 'array',
  schemaType: ['object', 'boolean'],
  error: placeError,
  code(cxt) {
    if (allowsAll(cxt.schema)) return;
    const evaluate = valueCode(cxt, parentFacts(cxt).evaluatedItems);
    const evaluated = cxt.gen.const('evaluated', _`${evaluate}(${cxt.data})`);
    judgePlaces(cxt, {
      from: 0,
      to: _`(${evaluated} === undefined ? 0 : ${cxt.data}.length)`,
      applies: (index) => _`!${evaluated}.has(${index})`,
    });
  },
};

/** The keywords for the items of a list, in place of ajv's. */
export const itemKeywords: readonly CodeKeywordDefinition[] = [
  prefixItems,
  items,
  contains,
  unevaluatedItems,
];
