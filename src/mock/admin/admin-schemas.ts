import { wholeScenarioSchema } from '../../scenario/index.ts';

/** A part of the document. */
export type Json = Readonly<Record<string, unknown>>;

/** A reference to one of the schemas. */
export const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** A list of such items. */
export const list = (items: Json): Json => ({ type: 'array', items });

/** Any text. */
export const text: Json = { type: 'string' };

/** A whole number from 0. */
export const count: Json = { type: 'integer', minimum: 0 };

/** A closed object; all members are required but those named as optional. */
export function record(properties: Readonly<Record<string, Json>>, optional: readonly string[] = []): Json {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return {
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

const message = (more: Readonly<Record<string, Json>>): Json =>
  record({
    ...more,
    headers: list({ type: 'array', items: text, minItems: 2, maxItems: 2 }),
    body: record({ encoding: { enum: ['utf8', 'base64'] }, text }),
  });

const { $schema: _, ...definition } = wholeScenarioSchema;

/** What the admin pages take and give. */
export const schemas: Json = {
  Health: record({
    status: { const: 'ok' },
    document: record({ title: text, version: text, openapi: text, operations: count }),
  }),
  Problem: {
    type: 'object',
    properties: { type: text, title: text, status: { type: 'integer' }, detail: text },
    required: ['type', 'title', 'status'],
  },
  Seed: record({ seed: { type: 'string', minLength: 1, maxLength: 200 } }),
  Resource: record({ name: text, id: text, operations: { type: 'object', additionalProperties: text } }, [
    'id',
  ]),
  Snapshot: record({
    turns: { ...count, maximum: 9_007_199_254_740_991 },
    changedAt: { ...count, maximum: 9_007_199_254_740_991 },
    seeded: list(text),
    collections: list(
      record({
        resource: text,
        parents: list(text),
        things: list(record({ id: text, thing: { type: 'object' }, owners: list(text) }, ['owners'])),
      }),
    ),
  }),
  Scenario: definition,
  ScenarioStatus: record({ name: text, state: text, definition: { type: 'object' } }),
  Exchange: record(
    {
      id: { type: 'integer', minimum: 1 },
      time: { type: 'string', format: 'date-time' },
      milliseconds: { type: 'number', minimum: 0 },
      session: text,
      operation: text,
      scenario: text,
      request: message({ method: text, target: text }),
      response: message({ status: { type: 'integer' } }),
      bodiesCut: { const: true },
      findings: list({
        type: 'object',
        properties: { code: text, severity: text, message: text, side: text },
        required: ['code', 'severity', 'message', 'side'],
      }),
      reason: list(text),
    },
    ['operation', 'scenario', 'bodiesCut'],
  ),
  Unmatched: record({
    exchange: reference('Exchange'),
    near: list(record({ rule: text, misses: list(record({ place: text, expected: text, seen: text })) })),
    explanation: list(text),
  }),
};
