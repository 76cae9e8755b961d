type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const grade: Schema = { enum: ['must', 'should', 'may'] };
const field: Schema = {
  type: 'array',
  prefixItems: [
    { type: 'string', description: 'The name.' },
    { type: 'string', description: 'The value.' },
  ],
  items: false,
  minItems: 2,
};

/** A closed object; all members are required but those named as optional. */
function record(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

function list(items: Schema): Schema {
  return { type: 'array', items };
}

function reference(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

const body: Schema = record(
  {
    encoding: described({ enum: ['utf8', 'base64'] }, 'base64 where the bytes are no text.'),
    content: text,
    cutFrom: described(count, 'The length in bytes before the body was cut; absent where nothing was.'),
  },
  ['cutFrom'],
);

const message: Readonly<Record<string, Schema>> = {
  headers: described(list(reference('field')), 'In the order of the wire; credentials are redacted.'),
  body: reference('body'),
};

const operation: Readonly<Record<string, Schema>> = { method: text, path: text, operationId: text };

const obligation: Schema = record({
  id: described(
    text,
    'Stable and readable: the test, the row of the coverage table, the key of the baseline.',
  ),
  group: { enum: ['exchange', 'accepted', 'rejected', 'lifecycle', 'credentials', 'concurrency'] },
  check: text,
  operation: record({ key: text, ...operation, tags: list(text) }, ['operationId']),
  grade: reference('grade'),
  title: text,
});

const verdict: Schema = {
  oneOf: [
    record({ kind: { const: 'passed' } }),
    record({ kind: { const: 'failed' }, finding: described(text, 'The id of the finding.') }),
    record({ kind: { const: 'inconclusive' }, reason: text }),
    record({ kind: { const: 'skipped' }, reason: text }),
  ],
};

const place: Schema = record({
  file: text,
  line: { type: 'integer', minimum: 1 },
  column: { type: 'integer', minimum: 1 },
  pointer: described(text, 'A JSON Pointer into the file.'),
});

const request: Schema = record({
  method: text,
  url: text,
  ...message,
  curl: described(text, 'To paste into a shell.'),
});

const finding: Schema = record(
  {
    id: described(
      text,
      'The same on each run: the id of the obligation (of the first one where several have one cause), with # and what is wrong where several things can be.',
    ),
    check: text,
    operation: record(operation, ['operationId']),
    grade: reference('grade'),
    title: text,
    message: described(text, 'What the server did that the document does not allow.'),
    cause: described(text, 'What findings with the same root have in common.'),
    labels: list({ enum: ['deterministic', 'flaky', 'state-dependent'] }),
    secondOpinion: { enum: ['confirmed', 'disputed', 'silent'] },
    opinions: record({ ours: text, prism: text }),
    expected: text,
    seen: text,
    request: reference('request'),
    response: record({ status: { type: 'integer' }, ...message }),
    document: reference('place'),
    steps: described(
      list(record({ request: reference('request'), status: { type: 'integer' } })),
      'Where it took several requests: each of them in their order.',
    ),
    occurrences: described(count, 'How many exchanges showed it.'),
    instances: described(
      list(record({ obligation: text, statuses: list({ type: 'integer' }) })),
      'Each obligation that it broke, with the statuses of the answers that showed it.',
    ),
  },
  ['opinions', 'document', 'steps'],
);

const coverageCount: Schema = record({ promised: count, tried: count });

/** The JSON Schema (2020-12) of the `json` report; `src/schemas/report.schema.json` is the same as a file. */
export const reportSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Apidouble contract report',
  description:
    'The result of `apidouble verify`, `proxy` or `check`. `version` changes when this shape does.',
  ...record(
    {
      version: { const: 1 },
      tool: record({ name: { const: 'apidouble' }, version: text }),
      document: record({ uri: text, title: text, version: text }),
      target: record({ url: text, basePath: text, basePathFrom: { enum: ['target', 'document'] } }),
      seed: described(text, 'Replays the run: `--seed`.'),
      startedAt: { type: 'string', format: 'date-time' },
      seconds: { type: 'number', minimum: 0 },
      requests: count,
      obligations: record({
        total: count,
        passed: count,
        failed: described(count, 'Of the grade must.'),
        warned: described(count, 'Of a lower grade.'),
        inconclusive: count,
        skipped: count,
      }),
      coverage: record({
        operations: reference('coverageCount'),
        statusCodes: reference('coverageCount'),
        parameters: reference('coverageCount'),
        keywords: reference('coverageCount'),
      }),
      results: list(record({ obligation: reference('obligation'), verdict: reference('verdict') })),
      findings: list(reference('finding')),
      notes: described(list(text), 'What a person should know of the run.'),
      source: described(
        { enum: ['proxy', 'recording'] },
        'Of `proxy` and `check`: where the exchanges were seen; `target.url` is the upstream, or the file.',
      ),
      traffic: described(
        list(
          record({
            operation: described(text, 'Its key.'),
            requests: count,
            statuses: { type: 'object', additionalProperties: count },
          }),
        ),
        'Of `proxy` and `check`: what was seen of each operation, and how often each status.',
      ),
    },
    ['source', 'traffic'],
  ),
  $defs: { grade, field, body, request, place, obligation, verdict, finding, coverageCount },
};
