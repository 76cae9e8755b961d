import type { CodeKeywordDefinition, KeywordCxt, Name } from 'ajv/dist/2020.js';
import { _ } from './ajv.ts';
import { judgeChoice, wideChoice, wideChoiceHolds } from './choice.ts';
import {
  appendErrors,
  isSilent,
  parentCode,
  parentFacts,
  pathCode,
  silently,
  valueCode,
} from './keyword-code.ts';
import { countChoice } from './run-state.ts';

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
      if (cxt.schema.length > wideChoice) checkWide(cxt, keyword);
      else if (keyword === 'oneOf') checkOneOf(cxt);
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

function checkWide(cxt: KeywordCxt, keyword: 'oneOf' | 'anyOf'): void {
  const facts = valueCode(cxt, parentFacts(cxt));
  cxt.pass(_`${valueCode(cxt, wideChoiceHolds)}(${facts}, ${keyword}, ${cxt.data})`);
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

/** The keywords that apply schemas to the very value. Those with a name of JSON Schema's take the place of ajv's. */
export const inPlaceKeywords: readonly CodeKeywordDefinition[] = [
  link,
  choose,
  never,
  choice('oneOf'),
  choice('anyOf'),
];
