import { count, type Json, list, record, reference, schemas, text } from './admin-schemas.ts';

const sessionName: Json = { type: 'string', maxLength: 200, pattern: '^\\S*$' };

function answer(description: string, schema?: Json): Json {
  return schema === undefined
    ? { description }
    : { description, content: { 'application/json': { schema } } };
}

function problemAnswer(description: string): Json {
  return { description, content: { 'application/problem+json': { schema: reference('Problem') } } };
}

function body(schema: Json, more: { readonly required?: boolean; readonly example?: unknown } = {}): Json {
  const { required = true, example } = more;
  const media = { schema, ...(example === undefined ? {} : { example }) };
  return { requestBody: { required, content: { 'application/json': media } } };
}

function query(name: string, schema: Json, description: string): Json {
  return { name, in: 'query', description, schema };
}

const session = query(
  'session',
  sessionName,
  'The session that is meant; default: the one of all requests that name none.',
);
const oneSession = query('session', sessionName, 'Only this session; default: all of them.');
const limit = query(
  'limit',
  { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  'How many at most.',
);
const offset = query(
  'offset',
  { ...count, maximum: 10_000_000, default: 0 },
  'How many to leave out at the beginning.',
);
const scenarioName: Json = {
  name: 'name',
  in: 'path',
  required: true,
  schema: { type: 'string', minLength: 1, maxLength: 100, pattern: '^[^/]+$' },
};
const notStateful: Json = { 409: problemAnswer('The mock keeps no state.') };
const invalid: Json = { 422: problemAnswer('The request breaks this document.') };
const noScenario: Json = { 404: problemAnswer('There is no scenario of that name.') };
const exampleScenario: Json = {
  rules: [{ on: '*', when: { headers: { 'x-slow': '1' } }, reply: { delay: 5 } }],
};

const paths: Json = {
  '/health': {
    get: {
      operationId: 'getHealth',
      summary: 'Whether the mock is up, and what it serves',
      responses: { 200: answer('It is.', reference('Health')) },
    },
  },
  '/openapi.json': {
    get: {
      operationId: 'getDocument',
      summary: 'This document',
      responses: { 200: answer('As JSON.', { type: 'object', required: ['openapi', 'info', 'paths'] }) },
    },
  },
  '/reset': {
    post: {
      operationId: 'reset',
      summary: 'Begin anew: journal, state, and the states and counts of scenarios',
      parameters: [oneSession],
      responses: { 204: answer('Done.'), ...invalid },
    },
  },
  '/seed': {
    get: { operationId: 'getSeed', responses: { 200: answer('The seed.', reference('Seed')) } },
    put: {
      operationId: 'setSeed',
      summary: 'Draw all that is made up from another seed from now on',
      ...body(reference('Seed')),
      responses: { 200: answer('The seed.', reference('Seed')), ...invalid },
    },
  },
  '/state': {
    get: {
      operationId: 'listResources',
      summary: 'What the mock keeps',
      responses: {
        200: answer(
          'The resources.',
          record({ resources: list(reference('Resource')), sessions: list(text) }),
        ),
        ...notStateful,
      },
    },
    delete: {
      operationId: 'resetState',
      summary: 'Put a session, or all, back to what it began with',
      parameters: [oneSession],
      responses: { 204: answer('Done.'), ...notStateful, ...invalid },
    },
  },
  '/state/snapshot': {
    get: {
      operationId: 'getSnapshot',
      summary: 'All that a session has',
      parameters: [session],
      responses: { 200: answer('The snapshot.', reference('Snapshot')), ...notStateful, ...invalid },
    },
    put: {
      operationId: 'restoreSnapshot',
      summary: 'Put a session back to what a snapshot has',
      parameters: [session],
      ...body(reference('Snapshot')),
      responses: {
        204: answer('Done.'),
        409: problemAnswer('The mock keeps no state, or the snapshot contradicts itself.'),
        ...invalid,
      },
    },
  },
  '/scenarios': {
    get: {
      operationId: 'listScenarios',
      summary: 'The scenarios with the states that they are in',
      parameters: [session],
      responses: {
        200: answer('All of them.', record({ scenarios: list(reference('ScenarioStatus')) })),
        ...invalid,
      },
    },
  },
  '/scenarios/{name}': {
    parameters: [scenarioName],
    get: {
      operationId: 'getScenario',
      parameters: [session],
      responses: { 200: answer('The scenario.', reference('ScenarioStatus')), ...noScenario, ...invalid },
    },
    put: {
      operationId: 'putScenario',
      summary: 'Put a scenario in the place of the one of that name, and begin it anew in all sessions',
      ...body(reference('Scenario'), { example: exampleScenario }),
      responses: {
        200: answer('Replaced.', reference('ScenarioStatus')),
        201: answer('Added.', reference('ScenarioStatus')),
        409: problemAnswer(
          'The scenario makes no sense against the document that is served, or would break it.',
        ),
        ...invalid,
      },
    },
    delete: { operationId: 'deleteScenario', responses: { 204: answer('Gone.'), ...noScenario, ...invalid } },
  },
  '/scenarios/{name}/state': {
    parameters: [scenarioName],
    put: {
      operationId: 'setScenarioState',
      parameters: [session],
      ...body(record({ state: { type: 'string', minLength: 1, maxLength: 100 } })),
      responses: { 200: answer('The scenario.', reference('ScenarioStatus')), ...noScenario, ...invalid },
    },
  },
  '/journal': {
    get: {
      operationId: 'listExchanges',
      summary: 'The exchanges that the mock remembers, oldest first',
      parameters: [
        query('operation', text, 'Only of this operation, by operationId or key.'),
        query('status', { type: 'integer', minimum: 100, maximum: 599 }, 'Only with this status.'),
        oneSession,
        limit,
        offset,
      ],
      responses: {
        200: answer('A page of them.', record({ count, results: list(reference('Exchange')) })),
        ...invalid,
      },
    },
    delete: {
      operationId: 'clearJournal',
      parameters: [oneSession],
      responses: { 204: answer('Forgotten.'), ...invalid },
    },
  },
  '/journal/{id}': {
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'integer', minimum: 1, maximum: 9_007_199_254_740_991 },
      },
    ],
    get: {
      operationId: 'getExchange',
      responses: {
        200: answer('The exchange.', reference('Exchange')),
        404: problemAnswer('It is not remembered.'),
        ...invalid,
      },
    },
  },
  '/unmatched': {
    get: {
      operationId: 'listUnmatched',
      summary:
        'Requests that met no operation, or no rule of those that stand for theirs, with what was different',
      parameters: [oneSession, limit, offset],
      responses: {
        200: answer('A page of them.', record({ count, results: list(reference('Unmatched')) })),
        ...invalid,
      },
    },
  },
};

/** The OpenAPI document of the admin pages, as they are served under a path. */
export function adminDocument(base: string, version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Apidouble admin',
      version,
      description: 'What can be asked of a mock while it runs, and what it can be told.',
    },
    servers: [{ url: base }],
    paths,
    components: { schemas },
  };
}
