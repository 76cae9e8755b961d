import type { Code, CodeKeywordDefinition, KeywordCxt, Name } from 'ajv/dist/2020.js';
import { _, ajv } from './ajv.ts';
import { type Facts, factsOf, type RawError } from './emitted.ts';

/** One of ajv's own variables in the functions that it generates. */
function own(variable: 'vErrors' | 'errors' | 'instancePath'): Name {
  return new (ajv().Name)(variable);
}

/** Past so many errors in one list or object the rest is not looked at, so that a hostile value cannot fill the memory. */
const enoughErrors = 1_000;

/** The code of the JSON pointer to the value under judgement. */
export function pathCode({ it }: KeywordCxt): Code {
  return _`${own('instancePath')} + ${it.errorPath}`;
}

/** The code of the emitted schema that holds the keyword. */
export function parentCode({ it }: KeywordCxt): Code {
  return _`${it.topSchemaRef}${it.schemaPath}`;
}

/** Whether nobody will read the errors, because only the verdict counts here. */
export function isSilent({ it }: KeywordCxt): boolean {
  return it.compositeRule === true || it.opts.allErrors !== true;
}

/** Makes a value available to the generated code. */
export function valueCode({ gen }: KeywordCxt, value: unknown): Name {
  return gen.scopeValue('obj', { ref: value });
}

/** The facts of the schema that holds the keyword. */
export function parentFacts(cxt: KeywordCxt): Facts {
  const found = factsOf(cxt.parentSchema);
  if (found === undefined) throw new Error(`the schema around "${cxt.keyword}" was not emitted here`);
  return found;
}

function joinErrors(left: RawError[] | null, right: readonly RawError[]): RawError[] {
  if (left === null) return [...right];
  for (const error of right) left.push(error);
  return left;
}

/** Writes the code that adds errors found elsewhere to the function's own. */
export function appendErrors(cxt: KeywordCxt, found: Code): void {
  const errors = own('vErrors');
  cxt.gen.assign(errors, _`${valueCode(cxt, joinErrors)}(${errors}, ${found})`);
  cxt.gen.assign(own('errors'), _`${errors}.length`);
}

/** The places of a value that a keyword's schema is for. */
export interface Places {
  /** A list of keys, or `from` and `to` of the indices. */
  readonly keys?: Code;
  readonly from?: number;
  readonly to?: Code;
  /** The code of the test that says whether the schema is for the place; without one it is for all. */
  readonly applies?: (place: Name) => Code;
  /** Where the keyword holds several schemas: which. */
  readonly schemaProp?: string;
}

/** Writes the loop that runs the keyword's schema on places of the value, until there are errors enough. */
export function judgePlaces(cxt: KeywordCxt, places: Places): void {
  const { gen, it } = cxt;
  const valid = gen.let('valid', true);
  const stop = it.allErrors ? _`${own('errors')} >= ${enoughErrors}` : _`!${valid}`;
  const visit = (place: Name): void => {
    const judge = (): void => judgePlace(cxt, place, { valid, schemaProp: places.schemaProp });
    if (places.applies === undefined) judge();
    else gen.if(places.applies(place), judge);
    gen.if(stop, () => gen.break());
  };
  if (places.keys !== undefined) gen.forOf('key', places.keys, visit);
  else gen.forRange('i', places.from ?? 0, places.to ?? 0, visit);
  cxt.ok(valid);
}

function judgePlace(
  cxt: KeywordCxt,
  place: Name,
  { valid, schemaProp }: { readonly valid: Name; readonly schemaProp: string | undefined },
): void {
  const { gen, keyword, schema } = cxt;
  if (schema === false) {
    gen.assign(valid, false);
    cxt.error(false, { place });
    return;
  }
  const one = gen.name('_valid');
  const isKey = keyword.endsWith('Properties');
  cxt.subschema(
    {
      keyword,
      dataProp: place,
      dataPropType: isKey ? 1 : 0,
      ...(schemaProp === undefined ? {} : { schemaProp }),
    },
    one,
  );
  gen.if(_`!${one}`, () => gen.assign(valid, false));
}

/** For a sub-schema of which only the verdict counts. */
export const silently: {
  readonly compositeRule: true;
  readonly createErrors: false;
  readonly allErrors: false;
} = { compositeRule: true, createErrors: false, allErrors: false };

/** The error of a keyword that refuses one member or item: which. */
export const placeError: NonNullable<CodeKeywordDefinition['error']> = {
  message: 'is not allowed',
  params: ({ params }) => _`{place: ${params.place}}`,
};
