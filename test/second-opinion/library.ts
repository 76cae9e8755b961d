/** A document that promises one of each kind of thing that a second engine may be asked about. */
export const library: object = {
  openapi: '3.1.0',
  info: { title: 'Library', version: '1' },
  servers: [{ url: '/api' }],
  paths: {
    '/books': {
      get: {
        operationId: 'list',
        parameters: [
          { name: 'page', in: 'query', required: true, schema: { type: 'integer', maximum: 10 } },
          { name: 'sort', in: 'query', schema: { type: 'string', enum: ['title', 'year'] } },
          { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' }, maxItems: 2 } },
          {
            name: 'blank',
            in: 'query',
            style: 'spaceDelimited',
            explode: false,
            schema: { type: 'array', maxItems: 1 },
          },
          { name: 'near', in: 'query', style: 'deepObject', schema: { type: 'object', required: ['x'] } },
          { name: 'filter', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
          { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string', minLength: 4 } },
          { name: 'sid', in: 'cookie', required: true, schema: { type: 'string' } },
        ],
        responses: {
          200: {
            description: 'Books',
            headers: {
              'X-Total': { required: true, schema: { type: 'integer', minimum: 0 } },
              'X-Note': { content: { 'application/json': { schema: { type: 'object' } } } },
            },
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Book' } } },
            },
          },
        },
      },
      post: {
        operationId: 'create',
        security: [{ token: [] }],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/Book' } },
            'application/xml': { schema: { $ref: '#/components/schemas/Book' } },
            'application/x-www-form-urlencoded': { schema: { $ref: '#/components/schemas/Book' } },
          },
        },
        responses: { 201: { description: 'Created' } },
      },
    },
    '/books/{id}': {
      get: {
        operationId: 'read',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }],
        responses: {
          200: {
            description: 'Book',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Book' } } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Book: {
        type: 'object',
        required: ['title'],
        additionalProperties: false,
        properties: {
          title: { type: 'string', minLength: 1, maxLength: 20 },
          id: { type: 'integer', minimum: 1, readOnly: true },
          year: { type: ['integer', 'null'], multipleOf: 1 },
          isbn: { type: 'string', pattern: '^[0-9]{10}$' },
          slow: { type: 'string', pattern: '^(a|a)*$' },
          added: { type: 'string', format: 'date-time' },
          editor: { type: 'string', format: 'idn-email' },
          kind: { enum: ['novel', 'poem'] },
          pages: { type: 'array', uniqueItems: true, minItems: 1, items: { type: 'integer' } },
          cover: { oneOf: [{ type: 'string' }, { type: 'object', required: ['url'] }] },
        },
        examples: [{ $ref: 'file:///etc/hostname' }, { $ref: '#/nowhere' }],
      },
    },
  },
};
