/** A small API that tests of traffic hold exchanges to. */
export const smallDocument: Readonly<Record<string, unknown>> = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  servers: [{ url: '/api' }],
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    schemas: {
      Thing: {
        type: 'object',
        required: ['id', 'name'],
        properties: { id: { type: 'integer' }, name: { type: 'string' }, password: { type: 'string' } },
      },
    },
  },
  paths: {
    '/things': {
      get: {
        operationId: 'listThings',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } }],
        responses: {
          200: {
            description: 'All',
            content: {
              'application/json': {
                schema: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
              },
            },
          },
        },
      },
      post: {
        operationId: 'createThing',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
            },
          },
        },
        responses: {
          201: {
            description: 'Made',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          422: { description: 'Refused' },
        },
      },
    },
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: {
        operationId: 'getThing',
        responses: {
          200: {
            description: 'One',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          404: { description: 'None' },
        },
      },
      delete: {
        operationId: 'deleteThing',
        security: [{ key: [] }],
        responses: { 204: { description: 'Gone' } },
      },
    },
    '/blob': {
      get: {
        operationId: 'getBlob',
        responses: {
          200: { description: 'Bytes', content: { '*/*': {} } },
          default: { description: 'Else' },
        },
      },
      post: {
        operationId: 'postBlob',
        requestBody: { content: { '*/*': {} } },
        responses: {
          200: { description: 'Bytes', content: { '*/*': {} } },
          default: { description: 'Else' },
        },
      },
    },
  },
};
