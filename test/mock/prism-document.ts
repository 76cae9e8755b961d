/** A document with one operation for each rule that Prism's users rely on. */

const dog = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
};
const pets = {
  'application/json': {
    schema: dog,
    examples: { cat: { value: { name: 'cat' } }, dog: { value: { name: 'dog', age: 3 } } },
  },
};

function described(description: string, rest: object = {}): object {
  return { description, ...rest };
}

/** A body whose example says where it stands. */
function saying(word: string, mediaType = 'application/json'): object {
  return described(word, { content: { [mediaType]: { schema: {}, example: { word } } } });
}

function needs(responses: object, more: object = {}): object {
  return {
    parameters: [{ name: 'limit', in: 'query', required: true, schema: { type: 'integer', maximum: 5 } }],
    responses,
    ...more,
  };
}

function takes(responses: object): object {
  return {
    requestBody: { required: true, content: { 'application/json': { schema: dog } } },
    responses,
  };
}

const locked = { security: [{ token: [] }] };

export const prismDocument: object = {
  openapi: '3.1.0',
  info: { title: 'Prism', version: '1' },
  servers: [{ url: 'https://api.example.test/api/v3' }, { url: 'https://two.example.test/' }],
  paths: {
    '/pets': { get: { responses: { 200: described('Pets', { content: pets }), 404: saying('gone') } } },
    '/lowest': {
      get: { responses: { 204: described(''), 500: saying('500'), 201: saying('201'), 202: saying('202') } },
    },
    '/range': { get: { responses: { '4XX': saying('4XX'), '2XX': saying('2XX') } } },
    '/default': { get: { responses: { 404: saying('404'), default: saying('default') } } },
    '/first': { get: { responses: { 404: saying('404'), 500: saying('500') } } },
    '/types': {
      get: {
        responses: {
          200: described('Types', {
            content: {
              'text/plain': { example: 'plain' },
              'application/json': { example: { kind: 'json' } },
              'application/x+json': { example: { kind: 'x+json' } },
              'application/xml': { schema: dog, example: { name: 'rex' } },
            },
          }),
        },
      },
    },
    '/any-type': {
      get: {
        responses: {
          200: described('', {
            content: { '*/*': { example: { any: true } }, 'text/csv': { example: 'a,b' } },
          }),
        },
      },
    },
    '/no-content': { get: { responses: { 200: described('Nothing') } } },
    '/headers': {
      get: {
        deprecated: true,
        responses: {
          200: described('', {
            headers: {
              'X-Example': { schema: { type: 'string' }, example: 'as documented' },
              'X-Made': { required: true, schema: { type: 'integer', minimum: 5, maximum: 5 } },
            },
          }),
        },
      },
    },
    '/422': { get: needs({ 200: saying('ok'), 400: saying('400'), 422: saying('422') }) },
    '/400': { get: needs({ 200: saying('ok'), 400: saying('400') }) },
    '/4xx': { get: needs({ 200: saying('ok'), '4XX': saying('4XX') }) },
    '/refused-default': { get: needs({ 200: saying('ok'), default: saying('default') }) },
    '/undocumented': { get: needs({ 200: saying('ok') }), post: takes({ 201: saying('made') }) },
    '/415': {
      post: takes({ 201: saying('made'), 415: saying('415'), 422: saying('422'), 400: saying('400') }),
    },
    '/415-422': { post: takes({ 201: saying('made'), 422: saying('422'), 400: saying('400') }) },
    '/415-400': { post: takes({ 201: saying('made'), 400: saying('400') }) },
    '/401': { get: { ...locked, responses: { 200: saying('in'), 401: saying('401'), 403: saying('403') } } },
    '/403': { get: { ...locked, responses: { 200: saying('in'), 403: saying('403') } } },
    '/locked': { get: { ...locked, responses: { 200: saying('in') } } },
    '/static': {
      get: { responses: { 200: described('', { content: { 'application/json': { schema: statics() } } }) } },
    },
    '/xml-plain': {
      get: { responses: { 200: described('', { content: { 'application/xml': { schema: dog } } }) } },
    },
    '/xml-named': {
      get: {
        responses: {
          200: described('', {
            content: { 'application/xml': { schema: { ...dog, xml: { name: 'pet' } } } },
          }),
        },
      },
    },
    '/server': { get: { servers: [{ url: 'https://one.example.test' }], responses: { 200: saying('one') } } },
  },
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
};

/** What Prism's static values are made from, each member with its want as its name says. */
function statics(): object {
  const text = { type: 'string' };
  const properties: Record<string, object> = {
    text,
    longer: { ...text, minLength: 8 },
    shorter: { ...text, maxLength: 3 },
    whole: { type: 'integer' },
    number: { type: 'number' },
    least: { type: 'integer', minimum: 3 },
    most: { type: 'integer', maximum: -2 },
    yes: { type: 'boolean' },
    moment: { ...text, format: 'date-time' },
    day: { ...text, format: 'date' },
    time: { ...text, format: 'time' },
    email: { ...text, format: 'email' },
    uri: { ...text, format: 'uri' },
    hostname: { ...text, format: 'hostname' },
    ipv4: { ...text, format: 'ipv4' },
    preset: { ...text, default: 'by default' },
    exemplary: { ...text, examples: ['by example'] },
    choice: { enum: ['first', 'second'] },
    one: { type: 'array', items: text },
    three: { type: 'array', minItems: 3, items: { type: 'integer' } },
  };
  return { type: 'object', required: Object.keys(properties), properties };
}
