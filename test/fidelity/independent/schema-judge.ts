import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isObject, type Json, listOf, objectOf, valueAt } from './raw-document.ts';

/** What an independent engine says of a value: nothing, a reason, or that it cannot tell. */
export type Verdict =
  | {
      readonly kind: 'valid';
      /** Branches of a oneOf overlap, which JSON Schema refuses; the discriminator beside it says which one counts. */
      readonly byDiscriminator?: true;
    }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'undecided'; readonly reason: string };

/** Judges values by the schemas of a raw document, in one direction. */
export interface SchemaJudge {
  judge(schema: unknown, value: unknown): Verdict;
}

/** Where a schema keyword holds one schema, a list of them, or a record of them. */
const single = ['additionalProperties', 'items', 'not', 'contains', 'propertyNames', 'if', 'then', 'else'];
const single31 = ['unevaluatedItems', 'unevaluatedProperties', 'contentSchema'];
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const records = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];

/** By JSON Schema alone; where that refuses, once more with the word of the discriminators. */
export function createSchemaJudge(document: Json, direction: 'request' | 'response'): SchemaJudge {
  const strict = createEngine(document, direction, { overlap: false });
  let lenient: SchemaJudge | undefined;
  return {
    judge: (schema, value) => {
      const verdict = strict.judge(schema, value);
      if (verdict.kind !== 'invalid') return verdict;
      lenient ??= createEngine(document, direction, { overlap: true });
      return lenient.judge(schema, value).kind === 'valid'
        ? { kind: 'valid', byDiscriminator: true }
        : verdict;
    },
  };
}

/**
 * ajv on the document as written. References become ids of schemas that are added on demand, so recursion needs no
 * care; 3.0's own keywords are turned into JSON Schema's by the few lines below, which share nothing with src/.
 */
function createEngine(
  document: Json,
  direction: 'request' | 'response',
  { overlap }: { readonly overlap: boolean },
): SchemaJudge {
  const ajv = createAjv();
  const legacy = !String(document.openapi).startsWith('3.1');
  const compiled = new Map<unknown, ValidateFunction | string>();
  const added = new Set<string>();

  const convert = (schema: unknown): AnySchema => {
    if (!isObject(schema)) return schema === false ? false : {};
    if (typeof schema.$ref === 'string' && legacy) return { $ref: refer(schema.$ref) };
    const result: Record<string, unknown> = { ...(legacy ? fromLegacy(schema) : schema) };
    for (const key of [
      '$id',
      'id',
      'discriminator',
      'example',
      'examples',
      'xml',
      'externalDocs',
      'deprecated',
    ]) {
      delete result[key];
    }
    if (typeof schema.$ref === 'string') result.$ref = refer(schema.$ref);
    for (const key of [...single, ...single31]) if (key in result) result[key] = convert(result[key]);
    for (const key of lists) if (key in result) result[key] = listOf(result[key]).map(convert);
    if (
      overlap &&
      isObject(schema.discriminator) &&
      result.oneOf !== undefined &&
      result.anyOf === undefined
    ) {
      result.anyOf = result.oneOf;
      delete result.oneOf;
    }
    for (const key of records) if (key in result) result[key] = convertRecord(result[key]);
    result.required = requiredOf(schema);
    return result;
  };
  const convertRecord = (record: unknown): Record<string, AnySchema> =>
    Object.fromEntries(Object.entries(objectOf(record)).map(([name, schema]) => [name, convert(schema)]));
  const refer = (reference: string): string => {
    const id = `raw:${encodeURIComponent(reference)}`;
    if (!added.has(id)) {
      added.add(id);
      const target = valueAt(document, reference);
      if (target === undefined) throw new Error(`the reference ${reference} leads nowhere`);
      ajv.addSchema(convert(target), id);
    }
    return id;
  };
  const requiredOf = (schema: Json): unknown[] => {
    const skipped = direction === 'request' ? 'readOnly' : 'writeOnly';
    const isSkipped = (name: unknown): boolean =>
      objectOf(follow(document, objectOf(schema.properties)[String(name)]))[skipped] === true;
    return listOf(schema.required).filter((name) => typeof name === 'string' && !isSkipped(name));
  };
  const compile = (schema: unknown): ValidateFunction | string => {
    const known = compiled.get(schema);
    if (known !== undefined) return known;
    const made = attempt(() => ajv.compile(convert(schema)));
    compiled.set(schema, made);
    return made;
  };
  return { judge: (schema, value) => verdict(compile(schema), value) };
}

function attempt(make: () => ValidateFunction): ValidateFunction | string {
  try {
    return make();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function verdict(validate: ValidateFunction | string, value: unknown): Verdict {
  if (typeof validate === 'string') return { kind: 'undecided', reason: `ajv cannot compile: ${validate}` };
  if (validate(value)) return { kind: 'valid' };
  const first = validate.errors?.[0];
  const place = first?.instancePath === '' ? 'the value' : first?.instancePath;
  return { kind: 'invalid', reason: `${place} ${first?.message} (${first?.schemaPath})` };
}

function follow(document: Json, schema: unknown): unknown {
  let found = schema;
  for (let depth = 0; depth < 10 && isObject(found) && typeof found.$ref === 'string'; depth += 1) {
    found = valueAt(document, found.$ref);
  }
  return found;
}

/** @see https://spec.openapis.org/oas/v3.0.4.html#schema-object */
function fromLegacy(schema: Json): Record<string, unknown> {
  const result: Record<string, unknown> = { ...schema };
  delete result.nullable;
  // 3.0.4: `nullable` is only effective where a type stands beside it.
  if (schema.nullable === true && typeof schema.type === 'string') result.type = [schema.type, 'null'];
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof schema[exclusive] !== 'boolean') continue;
    delete result[exclusive];
    if (schema[exclusive] === true && schema[bound] !== undefined) result[exclusive] = schema[bound];
  }
  return result;
}

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    logger: false,
    multipleOfPrecision: 9,
    validateSchema: false,
    code: { regExp: Object.assign(lenientRegExp, { code: 'new RegExp' }) },
  });
  addFormats.default(ajv);
  return ajv;
}

/** A pattern by the `u` rules where it keeps them, else by the old ones; ajv itself would refuse the schema. */
function lenientRegExp(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}
