import type { Code, CodeKeywordDefinition, KeywordCxt, Name } from 'ajv/dist/2020.js';
import { _ } from './ajv.ts';
import { allowsAll } from './emitted.ts';
import {
  isSilent,
  judgePlaces,
  parentCode,
  parentFacts,
  pathCode,
  placeError,
  silently,
  valueCode,
} from './keyword-code.ts';
import { compilePattern } from './pattern.ts';
import { runState } from './run-state.ts';

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

/** The keywords for the members of an object. Those with a name of JSON Schema's take the place of ajv's. */
export const memberKeywords: readonly CodeKeywordDefinition[] = [
  patternProperties,
  additionalProperties,
  propertyNames,
  unevaluatedProperties,
  unwantedMembers,
];
