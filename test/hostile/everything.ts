/** A document with every style of parameter and every kind of body, so that a hostile request has something to break. */

const text = { type: 'string' };
const point = {
  type: 'object',
  properties: { x: { type: 'integer' }, y: { type: 'integer' }, inner: { type: 'object' } },
};
const flat = { type: 'object', properties: { x: { type: 'integer' }, y: { type: 'integer' } } };
const list = { type: 'array', items: { type: 'integer' } };
const tree = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', pattern: '^(a+)+$' },
    children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
  },
};

function pathParameter(name: string, style: string, schema: object): object {
  return { name, in: 'path', required: true, style, schema };
}

function get(parameters: readonly object[]): object {
  return { parameters, responses: { 200: ok, default: { description: 'Refused' } } };
}

function post(mediaType: string, schema: object): object {
  return { requestBody: { content: { [mediaType]: { schema } } }, responses: { 200: ok } };
}

const ok = {
  description: 'Fine',
  content: { 'application/json': { schema: { type: 'object', required: ['ok'], properties: { ok: text } } } },
};

export const everything: object = {
  openapi: '3.1.0',
  info: { title: 'Everything', version: '1' },
  paths: {
    '/alive': { get: get([]) },
    '/matrix/{m}': { get: get([pathParameter('m', 'matrix', list)]) },
    '/matrix-object/{m}': { get: get([{ ...pathParameter('m', 'matrix', flat), explode: true }]) },
    '/label/{l}': { get: get([pathParameter('l', 'label', list)]) },
    '/label-object/{l}': { get: get([{ ...pathParameter('l', 'label', flat), explode: true }]) },
    '/simple/{s}': { get: get([pathParameter('s', 'simple', flat)]) },
    '/query': {
      get: get([
        { name: 'deep', in: 'query', style: 'deepObject', explode: true, schema: point },
        { name: 'pipes', in: 'query', style: 'pipeDelimited', explode: false, schema: list },
        { name: 'spaces', in: 'query', style: 'spaceDelimited', explode: false, schema: list },
        { name: 'json', in: 'query', content: { 'application/json': { schema: point } } },
        { name: 'slow', in: 'query', schema: { type: 'string', pattern: '^(a+)+$' } },
        { name: 'X-Numbers', in: 'header', schema: list },
        { name: 'crumb', in: 'cookie', schema: { type: 'integer' } },
      ]),
    },
    '/json': { post: post('application/json', { $ref: '#/components/schemas/Tree' }) },
    '/any-json': { post: post('application/json', {}) },
    '/xml': { post: post('application/xml', { $ref: '#/components/schemas/Tree' }) },
    '/form': {
      post: post('application/x-www-form-urlencoded', { type: 'object', properties: { a: list, b: point } }),
    },
    '/multipart': {
      post: post('multipart/form-data', { type: 'object', properties: { a: point, file: {}, list } }),
    },
    '/text': { post: post('text/plain', text) },
    '/bytes': { post: post('application/octet-stream', {}) },
    '/lines': { post: post('application/jsonl', { type: 'array', items: point }) },
    '/locked': {
      get: {
        security: [{ basic: [] }, { bearer: [] }, { key: [] }, { biscuit: [] }, { hat: [] }],
        responses: { 200: ok },
      },
    },
  },
  components: {
    schemas: { Tree: tree },
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic' },
      bearer: { type: 'http', scheme: 'bearer' },
      key: { type: 'apiKey', in: 'query', name: 'key' },
      biscuit: { type: 'apiKey', in: 'cookie', name: 'biscuit' },
      hat: { type: 'apiKey', in: 'header', name: 'X-Hat' },
    },
  },
};
