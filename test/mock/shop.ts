/** A small shop, as an object: enough of everything to try the mock with. */
export const shop = {
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  servers: [{ url: 'https://shop.example/v1' }],
  security: [{ token: [] }],
  paths: {
    '/things': {
      get: {
        operationId: 'listThings',
        security: [],
        parameters: [
          { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } },
          { name: 'page_size', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 50 } },
        ],
        responses: {
          200: {
            description: 'A page',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/ThingPage' } } },
          },
        },
      },
      post: {
        operationId: 'createThing',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
        },
        responses: {
          201: {
            description: 'Created',
            headers: { Location: { required: true, schema: { type: 'string' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          400: {
            description: 'Refused',
            content: {
              'application/json': {
                schema: { type: 'object', required: ['detail'], properties: { detail: { type: 'string' } } },
              },
            },
          },
          403: {
            description: 'Not allowed',
            content: { 'application/json': { schema: { type: 'object' } } },
          },
        },
      },
    },
    '/things/{thing_id}': {
      parameters: [
        { name: 'thing_id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      ],
      get: {
        operationId: 'readThing',
        security: [],
        responses: {
          200: {
            description: 'It',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          '4XX': { description: 'No', content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
      delete: { operationId: 'deleteThing', responses: { 204: { description: 'Gone' } } },
    },
    '/greeting': {
      get: {
        security: [],
        responses: {
          200: {
            description: 'Words',
            content: {
              'application/json': {
                schema: { type: 'object', properties: { hello: { type: 'string' } } },
                examples: {
                  broken: { value: { hello: 1 } },
                  morning: { value: { hello: 'good morning' } },
                  evening: { value: { hello: 'good evening' } },
                },
              },
              'text/plain': { schema: { type: 'string' }, example: 'hello' },
            },
          },
        },
      },
    },
    '/impossible': {
      get: {
        operationId: 'impossible',
        security: [],
        responses: {
          200: {
            description: 'Never',
            content: { 'application/json': { schema: { type: 'string', minLength: 3, maxLength: 2 } } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Thing: {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'string', format: 'uuid', readOnly: true },
          name: { type: 'string', minLength: 1, maxLength: 20 },
          size: { type: 'integer', minimum: 1, maximum: 9 },
          created: { type: 'string', format: 'date-time', readOnly: true },
          updated: { type: 'string', format: 'date-time', readOnly: true },
          context: { type: 'object' },
        },
      },
      ThingPage: {
        type: 'object',
        required: ['count', 'next', 'previous', 'results'],
        properties: {
          count: { type: 'integer' },
          next: { type: ['string', 'null'], format: 'uri' },
          previous: { type: ['string', 'null'], format: 'uri' },
          results: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
        },
      },
    },
  },
} as const;
