import fc from 'fast-check';

/** JSON as the reference engine takes it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The small world of the generated schemas and values: the fewer names there are, the more often they meet. */
const names: readonly string[] = ['a', 'b', 'ab', 'constructor', '__proto__', '1'];
const texts: readonly string[] = ['', 'a', 'b', 'ab', 'aab', '😀', '😀a', '1', 'é', '\n'];
const numbers: readonly number[] = [0, 1, -1, 2, 3, 1.5, 0.01, 19.99, 0.3, -2.5];
const patterns: readonly string[] = ['^a', 'b$', '^.$', '[a-z]+', '^$', '\\p{L}', '^(a|b)*$', '1'];
const definitions: readonly string[] = ['one', 'two', 'three'];

const name = fc.constantFrom(...names);
const primitive = fc.oneof(
  fc.constantFrom<Json>(null, true, false),
  fc.constantFrom<Json>(...texts),
  fc.constantFrom<Json>(...numbers),
);

/** A record with own members of any name. */
function record<Value>(entries: readonly (readonly [string, Value])[]): { [key: string]: Value } {
  return Object.fromEntries(entries);
}

function dictionary<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<{ [key: string]: Value }> {
  return fc.array(fc.tuple(name, value), { maxLength: 3 }).map(record);
}

/** Any value of the small world. */
export const anyValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: primitive, weight: 3 },
    { arbitrary: fc.array(tie('value'), { maxLength: 4 }), weight: 2 },
    { arbitrary: dictionary(tie('value')), weight: 3 },
  ),
})).value;

const count = fc.integer({ min: 0, max: 3 });
const number = fc.constantFrom(...numbers);
const typeName = fc.constantFrom('null', 'boolean', 'object', 'array', 'number', 'integer', 'string');

/** How deep a sub-schema stands, and which definitions it may refer to without stepping into the value. */
interface Level {
  readonly depth: number;
  readonly inPlace: readonly string[];
}

function reference(targets: readonly string[]): fc.Arbitrary<Json> {
  return fc.constantFrom(...targets).map((target) => ({ $ref: `#/$defs/${target}` }));
}

/** A schema for the same value, and one for a part of it: only the second may refer to a definition that is being made. */
function subSchemas(level: Level): { same: fc.Arbitrary<Json>; part: fc.Arbitrary<Json> } {
  const deeper = { ...level, depth: level.depth - 1 };
  if (level.depth === 0) {
    return { same: simpleSchema, part: fc.oneof(simpleSchema, reference(definitions)) };
  }
  const same = fc.oneof(
    { arbitrary: schemaAt(deeper), weight: 4 },
    ...(level.inPlace.length === 0 ? [] : [{ arbitrary: reference(level.inPlace), weight: 1 }]),
  );
  const part = fc.oneof(
    { arbitrary: schemaAt({ ...deeper, inPlace: definitions }), weight: 4 },
    { arbitrary: reference(definitions), weight: 1 },
  );
  return { same, part: fc.oneof({ arbitrary: part, weight: 3 }, { arbitrary: simpleSchema, weight: 1 }) };
}

const simpleSchema: fc.Arbitrary<Json> = fc.oneof(
  fc.boolean(),
  typeName.map((type) => ({ type })),
  primitive.map((value) => ({ const: value })),
  fc.record({ minimum: number }),
  fc.record({ minLength: count }),
  fc.record({ required: fc.uniqueArray(name, { maxLength: 2 }) }),
);

function keywords(level: Level): Record<string, fc.Arbitrary<Json>> {
  const { same, part } = subSchemas(level);
  const list = (schema: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
    fc.array(schema, { minLength: 1, maxLength: 3 });
  const patternMap = fc.array(fc.tuple(fc.constantFrom(...patterns), part), { maxLength: 2 }).map(record);
  return {
    type: fc.oneof(typeName, fc.uniqueArray(typeName, { minLength: 1, maxLength: 3 })),
    enum: fc.array(anyValue, { minLength: 1, maxLength: 4 }),
    const: anyValue,
    multipleOf: fc.constantFrom(1, 2, 0.5, 3),
    maximum: number,
    exclusiveMaximum: number,
    minimum: number,
    exclusiveMinimum: number,
    maxLength: count,
    minLength: count,
    pattern: fc.constantFrom(...patterns),
    items: part,
    prefixItems: list(part),
    unevaluatedItems: fc.oneof(fc.constant<Json>(false), part),
    contains: part,
    minContains: count,
    maxContains: count,
    maxItems: count,
    minItems: count,
    uniqueItems: fc.boolean(),
    properties: dictionary(part),
    patternProperties: patternMap,
    additionalProperties: fc.oneof(fc.constant<Json>(false), part),
    unevaluatedProperties: fc.oneof(fc.constant<Json>(false), part),
    propertyNames: part,
    required: fc.uniqueArray(name, { maxLength: 2 }),
    dependentRequired: dictionary(fc.uniqueArray(name, { maxLength: 2 })),
    dependentSchemas: dictionary(same),
    maxProperties: count,
    minProperties: count,
    allOf: list(same),
    anyOf: list(same),
    oneOf: list(same),
    not: same,
    if: same,
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword.
    then: same,
    else: same,
  };
}

/** Every keyword that the generated schemas have. */
export const coveredKeywords: readonly string[] = Object.keys(keywords({ depth: 0, inPlace: [] }));

function schemaAt(level: Level): fc.Arbitrary<Json> {
  const all = keywords(level);
  const chosen = fc.uniqueArray(fc.constantFrom(...coveredKeywords), { minLength: 1, maxLength: 4 });
  return chosen.chain((picked) => {
    const model: Record<string, fc.Arbitrary<Json>> = {};
    for (const keyword of picked) model[keyword] = all[keyword] ?? fc.constant(true);
    return fc.record(model);
  });
}

/** A schema with definitions that share and repeat one another, in every keyword. */
export const anySchema: fc.Arbitrary<{ [key: string]: Json }> = fc
  .record({
    root: schemaAt({ depth: 2, inPlace: definitions }),
    // A definition refers in place to later ones only, so that no schema comes back to itself without stepping down.
    defs: fc.record({
      one: schemaAt({ depth: 1, inPlace: ['two', 'three'] }),
      two: schemaAt({ depth: 1, inPlace: ['three'] }),
      three: schemaAt({ depth: 1, inPlace: [] }),
    }),
  })
  .map(({ root, defs }) => ({ ...(root as { [key: string]: Json }), $defs: defs }));
