import type { ApiDocument, ApiOperation, ParameterObject } from '../../src/document/index.ts';

/** An operation with what the command line reads of it. */
export function operationOf(given: Partial<ApiOperation>): ApiOperation {
  return {
    key: `${given.method ?? 'GET'} ${given.path ?? '/'}`,
    method: 'GET',
    path: '/',
    tags: [],
    deprecated: false,
    servers: [{ url: '/', variables: new Map() }],
    security: [],
    origin: { uri: 'memory:', pointer: '' },
    extensions: {},
    parameters: [],
    responses: new Map(),
    callbacks: new Map(),
    ...given,
  };
}

/** A parameter with the defaults of its place. */
export function parameterOf(
  given: Partial<ParameterObject> & Pick<ParameterObject, 'name' | 'in'>,
): ParameterObject {
  return {
    required: given.in === 'path',
    deprecated: false,
    allowEmptyValue: false,
    style: given.in === 'path' || given.in === 'header' ? 'simple' : 'form',
    explode: false,
    allowReserved: false,
    schema: true,
    examples: new Map(),
    origin: { uri: 'memory:', pointer: '' },
    ...given,
  };
}

/** A document whose every place is on line 3, column 7 of `api.yaml`. */
export function documentOf(given: Partial<ApiDocument> = {}): ApiDocument {
  return {
    uri: 'memory:',
    version: '3.1.0',
    info: { title: 'Things', version: '1' },
    servers: [],
    operations: [],
    webhooks: [],
    securitySchemes: new Map(),
    tags: [],
    faults: [],
    files: [],
    extensions: {},
    toJSON: () => ({}),
    locate: (origin) => ({ ...origin, file: 'api.yaml', line: 3, column: 7 }),
    ...given,
  };
}
