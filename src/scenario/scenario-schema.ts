type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const name: Schema = { type: 'string', minLength: 1, maxLength: 100 };
const milliseconds: Schema = { type: 'number', minimum: 0, maximum: 600_000 };
const positive: Schema = { type: 'integer', minimum: 1, maximum: 1_000_000_000 };

/** A closed object. */
function record(properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  return { type: 'object', properties, additionalProperties: false, ...more };
}

function described(description: string, schema: Schema = {}): Schema {
  return { description, ...schema };
}

/** One schema for values of a type and another for the rest, so that what is wrong is told of the one that was meant. */
function byType(type: string, typed: Schema, rest: Schema): Schema {
  return Object.fromEntries([
    ['if', { type }],
    ['then', typed],
    ['else', rest],
  ]);
}

/** One of a thing, or a list of them. */
function oneOrMore(one: Schema): Schema {
  return byType('array', { items: one, minItems: 1 }, one);
}

const expected = described(
  'A value that is equal to what was sent, a JSON Schema that it satisfies, or { absent: true }.',
);
const places: Schema = { type: 'object', additionalProperties: expected, minProperties: 1 };
const operations: Schema = described(
  'Operations by operationId or key (`GET /path`); `*` stands for any text.',
  oneOrMore({ type: 'string', minLength: 1 }),
);

const match = record(
  {
    path: places,
    query: places,
    headers: places,
    cookies: places,
    body: described(
      'What the body contains; under keys that begin with `$`, JSONPaths, what is expected there.',
    ),
    bodySchema: described('A JSON Schema that the whole body satisfies.', { type: ['object', 'boolean'] }),
    state: described('The scenario is in this state, or in one of these.', oneOrMore(name)),
    count: described(
      'The n-th request that fits in all else, counted from 1.',
      byType(
        'object',
        record({ from: positive, to: positive, every: positive }, { minProperties: 1 }),
        positive,
      ),
    ),
  },
  { minProperties: 1 },
);

const latency = described(
  'Milliseconds, or a distribution that they are drawn from.',
  byType(
    'object',
    record(
      {
        fixed: milliseconds,
        uniform: { type: 'array', items: milliseconds, minItems: 2, maxItems: 2 },
        normal: record({ mean: milliseconds, deviation: milliseconds }, { required: ['mean', 'deviation'] }),
        lognormal: record({ median: milliseconds, p95: milliseconds }, { required: ['median', 'p95'] }),
        percentiles: {
          type: 'object',
          propertyNames: { pattern: '^(?:\\d{1,2}(?:\\.\\d{1,3})?|100)$' },
          additionalProperties: milliseconds,
          minProperties: 1,
        },
      },
      { minProperties: 1, maxProperties: 1 },
    ),
    milliseconds,
  ),
);

const effects: Readonly<Record<string, Schema>> = {
  latency,
  status: { type: 'integer', minimum: 400, maximum: 599 },
  retryAfter: described('Seconds; default for 429: 1.', { type: 'integer', minimum: 0, maximum: 86_400 }),
  cut: { enum: ['before-headers', 'mid-body'] },
  slow: described('Bytes of the body per second.', positive),
  wrong: { enum: ['truncated', 'empty', 'html', 'garbage'] },
};

const reply = record(
  {
    status: { type: 'integer', minimum: 200, maximum: 599 },
    example: described('A named example of the document.', text),
    body: described('The body, with {{ templates }} in its texts.'),
    patch: described(
      'A JSON merge patch; under keys that begin with `$`, JSONPaths, the values to set there.',
      { type: 'object', minProperties: 1 },
    ),
    headers: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
    delay: latency,
    passthrough: { const: true },
    times: described('How many requests this answer is for.', positive),
    goto: described('The state that the scenario goes to.', name),
    fault: record(effects, { minProperties: 1 }),
    breaks: described('The answer may break the document.', { type: 'boolean' }),
  },
  { minProperties: 1 },
);

const rule = record(
  { name, on: operations, when: match, reply: oneOrMore(reply) },
  { required: ['on', 'reply'] },
);

const fault = record(
  {
    name,
    on: operations,
    when: match,
    rate: described(
      'The share of the requests that fit: 0 to 1, or a percentage such as 5%.',
      byType(
        'string',
        { pattern: '^\\d{1,3}(?:\\.\\d{1,6})?\\s?%$' },
        { type: 'number', minimum: 0, maximum: 1 },
      ),
    ),
    ...effects,
  },
  { minProperties: 1 },
);

/** The JSON Schema of one fault, as `--fault` and a scenario's `faults` have it. */
export const faultSchema: Schema = fault;

/** The JSON Schema of a scenario without a reference in it: what scenarios are checked by. */
export const wholeScenarioSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A scenario of Apidouble',
  ...record(
    {
      $schema: text,
      name: described("Default: the file's name without its ending.", name),
      description: text,
      state: described('The state that each session begins in; default: start.', name),
      rules: described('Tried in order; the first that fits answers.', { type: 'array', items: rule }),
      faults: { type: 'array', items: fault },
    },
    { anyOf: [{ required: ['rules'] }, { required: ['faults'] }] },
  ),
};

const definitions: ReadonlyMap<unknown, string> = new Map([
  [operations, 'operations'],
  [match, 'when'],
  [latency, 'latency'],
  [reply, 'reply'],
  [rule, 'rule'],
  [fault, 'fault'],
]);

/** The same with a reference in place of each part that has a name. */
function withReferences(value: unknown): unknown {
  const name = definitions.get(value);
  return name === undefined ? withReferencesInside(value) : { $ref: `#/$defs/${name}` };
}

function withReferencesInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withReferences(one)]));
}

/** The JSON Schema (2020-12) of a scenario file; `src/schemas/scenario.schema.json` is the same as a file. */
export const scenarioSchema: Schema = {
  ...(withReferencesInside(wholeScenarioSchema) as Schema),
  $defs: Object.fromEntries([...definitions].map(([part, name]) => [name, withReferencesInside(part)])),
};
