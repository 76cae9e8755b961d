type Json = Readonly<Record<string, unknown>>;

const text: Json = { type: 'string' };
const count: Json = { type: 'integer', minimum: 0 };
const counts: Json = { type: 'object', additionalProperties: count };

/** A closed object whose members are all there. */
function record(properties: Readonly<Record<string, Json>>): Json {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

const schemas: Readonly<Record<string, Json>> = {
  Health: record({
    status: { const: 'ok' },
    upstream: { ...text, description: 'The URL of the real server.' },
    document: record({ title: text, version: text, openapi: text, operations: count }),
  }),
  Coverage: record({
    requests: { ...count, description: 'Requests that the upstream answered.' },
    refused: { ...count, description: 'Requests that were refused in its place.' },
    replaced: { ...count, description: 'Answers that were replaced by a refusal.' },
    unknown: { ...count, description: 'Requests that the document has no operation for.' },
    findings: { ...count, description: 'Different findings.' },
    findingsLost: { ...count, description: 'Different findings beyond those that are kept.' },
    operations: { type: 'array', items: { $ref: '#/components/schemas/Operation' } },
    undecided: { ...counts, description: 'Why something could not be judged, with how often.' },
  }),
  Operation: record({
    operation: { ...text, description: 'The operationId, or `GET /path`.' },
    method: text,
    path: text,
    requests: count,
    refused: count,
    undecided: count,
    statuses: { ...counts, description: 'How often each status came.' },
    parameters: {
      type: 'array',
      items: text,
      description: 'The documented parameters that were sent, as `query.page`.',
    },
    findings: count,
  }),
  Problem: {
    type: 'object',
    properties: { type: text, title: text, status: { type: 'integer' }, detail: text },
    required: ['type', 'title', 'status'],
  },
};

function answer(description: string, mediaType: string, schema: Json): Json {
  return { description, content: { [mediaType]: { schema } } };
}

const forbidden = answer('Asked from elsewhere than this machine.', 'application/problem+json', {
  $ref: '#/components/schemas/Problem',
});

interface Page {
  readonly operationId: string;
  readonly summary: string;
  readonly schema: Json;
  /** Whether other machines are told too. */
  readonly isOpen?: true;
}

function page({ operationId, summary, schema, isOpen }: Page): Json {
  const good = answer('As JSON.', 'application/json', schema);
  return {
    get: { operationId, summary, responses: isOpen ? { 200: good } : { 200: good, 403: forbidden } },
  };
}

const paths: Json = {
  '/health': page({
    operationId: 'getHealth',
    summary: 'Whether the proxy is up, and what it stands in front of',
    schema: { $ref: '#/components/schemas/Health' },
    isOpen: true,
  }),
  '/coverage': page({
    operationId: 'getCoverage',
    summary: 'What was seen so far of the document, and how much was found',
    schema: { $ref: '#/components/schemas/Coverage' },
  }),
  '/openapi.json': page({
    operationId: 'getDocument',
    summary: 'This document',
    schema: { type: 'object', required: ['openapi', 'info', 'paths'] },
  }),
};

/** The OpenAPI document of the proxy's own pages, as they are served under a path. */
export function adminDocument(base: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Apidouble proxy',
      version: '1',
      description: "What can be asked of a proxy while it runs. All other paths are the upstream's.",
    },
    servers: [{ url: base }],
    paths,
    components: { schemas },
  };
}
