import { _, type Code, type CodeKeywordDefinition, type KeywordCxt, type Name } from 'ajv/dist/2020.js';
import { judgeChoice } from './choice.ts';
import { allowsAll } from './emitted.ts';
import {
  appendErrors,
  isSilent,
  judgePlaces,
  parentCode,
  parentFacts,
  pathCode,
  valueCode,
} from './keyword-code.ts';
import { compilePattern } from './pattern.ts';
import { countChoice, runState } from './run-state.ts';

const placeError: CodeKeywordDefinition['error'] = {
  message: 'is not allowed',
  params: ({ params }) => _`{place: ${params.place}}`,
};

/** For a sub-schema of which only the verdict counts. */
const silently = { compositeRule: true, createErrors: false, allErrors: false } as const;

/** Calls a schema that is compiled on its own. */
const link: CodeKeywordDefinition = {
  keyword: 'link',
  code(cxt) {
    const { gen, data, schema } = cxt;
    const target = gen.scopeValue('wrapper', { ref: schema });
    if (isSilent(cxt)) return cxt.pass(_`${target}.check(${data})`);
    cxt.pass(_`${target}.report(${data}, {instancePath: ${pathCode(cxt)}})`, () =>
      appendErrors(cxt, _`${target}.report.errors`),
    );
  },
};

/** Calls whichever schema the function picks for the value. */
const choose: CodeKeywordDefinition = {
  keyword: 'choose',
  code(cxt) {
    const { gen, data, schema } = cxt;
    const picked = gen.const('picked', _`${valueCode(cxt, schema)}(${data})`);
    if (isSilent(cxt)) return cxt.pass(_`${picked} !== undefined && ${picked}.check(${data})`);
    gen.if(_`${picked} === undefined`);
    cxt.error();
    gen.elseIf(_`!${picked}.report(${data}, {instancePath: ${pathCode(cxt)}})`);
    appendErrors(cxt, _`${picked}.report.errors`);
    gen.endIf();
  },
};

/** A schema that allows nothing. */
const never: CodeKeywordDefinition = { keyword: 'never', code: (cxt) => cxt.fail() };

function choice(keyword: 'oneOf' | 'anyOf'): CodeKeywordDefinition {
  return {
    keyword,
    schemaType: 'array',
    trackErrors: true,
    code(cxt) {
      if (!isSilent(cxt)) return reportChoice(cxt, keyword);
      cxt.gen.code(_`${valueCode(cxt, countChoice)}()`);
      if (keyword === 'oneOf') checkOneOf(cxt);
      else checkAnyOf(cxt);
    },
  };
}

function reportChoice(cxt: KeywordCxt, keyword: 'oneOf' | 'anyOf'): void {
  const { gen, data } = cxt;
  const at = _`{value: ${data}, instancePath: ${pathCode(cxt)}, parentSchema: ${parentCode(cxt)}}`;
  const facts = valueCode(cxt, parentFacts(cxt));
  const found = gen.const('found', _`${valueCode(cxt, judgeChoice)}(${facts}, ${keyword}, ${at})`);
  cxt.pass(_`${found} === undefined`, () => appendErrors(cxt, found));
}

function checkBranch(cxt: KeywordCxt, index: number, valid: Name): void {
  const { keyword } = cxt;
  cxt.subschema({ keyword, schemaProp: index, ...silently }, valid);
}

function checkAnyOf(cxt: KeywordCxt): void {
  const { gen, schema } = cxt;
  const valid = gen.let('valid', false);
  const one = gen.name('_valid');
  for (const index of schema.keys()) {
    gen.if(_`!${valid}`, () => {
      checkBranch(cxt, index, one);
      gen.assign(valid, one);
    });
  }
  cxt.result(valid, () => cxt.reset());
}

function checkOneOf(cxt: KeywordCxt): void {
  const { gen, schema } = cxt;
  const passing = gen.let('passing', 0);
  const one = gen.name('_valid');
  for (const index of schema.keys()) {
    gen.if(_`${passing} < 2`, () => {
      checkBranch(cxt, index, one);
      gen.if(one, () => gen.code(_`${passing}++`));
    });
  }
  cxt.result(_`${passing} === 1`, () => cxt.reset());
}

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

function ownKeys({ data }: KeywordCxt): Code {
  return _`Object.keys(${data})`;
}

function matchesAny(cxt: KeywordCxt, patterns: readonly string[], key: Name): Code {
  const tests = patterns.map((pattern) => _`${valueCode(cxt, compilePattern(pattern))}.test(${key})`);
  return tests.reduce((left, right) => _`${left} || ${right}`, _`false`);
}

const additionalProperties: CodeKeywordDefinition = {
  keyword: 'additionalProperties',
  type: 'object',
  schemaType: ['object', 'boolean'],
  error: placeError,
  code(cxt) {
    if (allowsAll(cxt.schema)) return;
    const known = new Set(Object.keys(cxt.parentSchema.properties ?? {}));
    const patterns = Object.keys(cxt.parentSchema.patternProperties ?? {});
    const applies = (key: Name): Code =>
      _`!(${valueCode(cxt, known)}.has(${key}) || ${matchesAny(cxt, patterns, key)})`;
    judgePlaces(cxt, { keys: ownKeys(cxt), applies });
  },
};

const unevaluatedProperties: CodeKeywordDefinition = {
  keyword: 'unevaluatedProperties',
  type: 'object',
  schemaType: ['object', 'boolean'],
  error: placeError,
  code(cxt) {
    if (allowsAll(cxt.schema)) return;
    const evaluate = valueCode(cxt, parentFacts(cxt).evaluatedProperties);
    const evaluated = cxt.gen.const('evaluated', _`${evaluate}(${cxt.data})`);
    judgePlaces(cxt, {
      keys: _`${evaluated} === undefined ? [] : ${ownKeys(cxt)}`,
      applies: (key) => _`!${evaluated}.has(${key})`,
    });
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

const patternProperties: CodeKeywordDefinition = {
  keyword: 'patternProperties',
  type: 'object',
  schemaType: 'object',
  code(cxt) {
    for (const [pattern, schema] of Object.entries(cxt.schema)) {
      if (!allowsAll(schema)) judgeMatching(cxt, pattern);
    }
  },
};

function judgeMatching(cxt: KeywordCxt, pattern: string): void {
  judgePlaces(cxt, {
    keys: ownKeys(cxt),
    schemaProp: pattern,
    applies: (key) => matchesAny(cxt, [pattern], key),
  });
}

const propertyNames: CodeKeywordDefinition = {
  keyword: 'propertyNames',
  type: 'object',
  schemaType: ['object', 'boolean'],
  error: placeError,
  trackErrors: true,
  code(cxt) {
    const { gen } = cxt;
    if (allowsAll(cxt.schema)) return;
    const one = gen.name('_valid');
    const refused = gen.let('refused');
    gen.forOf('key', ownKeys(cxt), (key) => {
      const name = gen.const('name', key);
      cxt.subschema(
        {
          keyword: 'propertyNames',
          data: name,
          dataTypes: ['string'],
          ...silently,
        },
        one,
      );
      gen.if(_`!${one}`, () => gen.assign(refused, key).break());
    });
    cxt.setParams({ place: refused });
    cxt.result(_`${refused} === undefined`, undefined, () => {
      cxt.reset();
      cxt.error();
    });
  },
};

/** The members that are not wanted in this direction. They are noted, and do not make the value invalid. */
const unwantedMembers: CodeKeywordDefinition = {
  keyword: 'unwantedMembers',
  type: 'object',
  code(cxt) {
    const { gen, data, it } = cxt;
    const names: readonly string[] = cxt.schema;
    const reports = it.opts.allErrors === true;
    if (reports && isSilent(cxt)) return;
    const state = valueCode(cxt, runState);
    for (const name of names) {
      gen.if(_`${valueCode(cxt, Object.hasOwn)}(${data}, ${name})`, () => {
        gen.assign(_`${state}.sawUnwanted`, true);
        if (reports) gen.code(_`${state}.unwanted.push(${unwantedError(cxt, name)})`);
      });
    }
  },
};

function unwantedError(cxt: KeywordCxt, name: string): Code {
  return _`{keyword: "unwanted", instancePath: ${pathCode(cxt)}, params: {place: ${name}}, parentSchema: ${parentCode(cxt)}, data: ${cxt.data}}`;
}

/** The keywords of ours that hold other schemas; those with a name of JSON Schema's take the place of ajv's. */
export const applicators: readonly CodeKeywordDefinition[] = [
  link,
  choose,
  never,
  choice('oneOf'),
  choice('anyOf'),
  prefixItems,
  items,
  contains,
  patternProperties,
  additionalProperties,
  propertyNames,
  unevaluatedProperties,
  unevaluatedItems,
  unwantedMembers,
];
