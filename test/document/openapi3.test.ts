import { describe, expect, it } from 'vitest';
import { originOf } from '../../src/core/index.ts';
import type { ApiDocument, ApiOperation } from '../../src/document/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { follow, type Schema, type SchemaObject } from '../../src/schema/index.ts';

const info = { title: 'T', version: '1' };

function operationOf(document: ApiDocument, key: string): ApiOperation {
  const found = document.operations.find((operation) => operation.key === key);
  if (found === undefined) throw new Error(`no operation ${key}`);
  return found;
}

/** Loads a document with one operation that answers with the schema, and gives the schema of the model. */
async function schemaOf(
  schema: unknown,
  { schemas = {}, version = '3.0.3' }: { schemas?: object; version?: string } = {},
): Promise<SchemaObject> {
  const content = { 'application/json': { schema } };
  const document = await loadDocument({
    openapi: version,
    info,
    paths: { '/a': { get: { responses: { 200: { description: '', content } } } } },
    components: { schemas },
  });
  const response = operationOf(document, 'GET /a').responses.get('200');
  return object(response?.content.get('application/json')?.schema);
}

function object(schema: Schema | undefined): SchemaObject {
  if (typeof schema !== 'object') throw new Error(`not an object: ${schema}`);
  return schema;
}

describe('an operation', () => {
  const parameter = (name: string, where: string, more: object = {}) => ({ name, in: where, ...more });

  it('merges parameters, makes defaults explicit and leaves out what the specification ignores', async () => {
    const document = await loadDocument({
      openapi: '3.0.3',
      info,
      paths: {
        '/a/{id}': {
          parameters: [parameter('id', 'path', { schema: { type: 'integer' } }), parameter('q', 'query')],
          get: {
            operationId: 'a',
            parameters: [
              parameter('q', 'query', { schema: { type: 'string' }, required: true }),
              parameter('Authorization', 'header'),
              parameter('X-One', 'header', { schema: { type: 'array' }, explode: true }),
              parameter('s', 'cookie', { content: { 'application/json': { schema: { type: 'object' } } } }),
            ],
            responses: { default: { description: 'd' }, '2xx': { description: 'r' } },
          },
        },
      },
    });
    const operation = operationOf(document, 'a');
    expect(
      operation.parameters.map(({ name, in: where, style, explode, required }) => ({
        name,
        where,
        style,
        explode,
        required,
      })),
    ).toEqual([
      { name: 'q', where: 'query', style: 'form', explode: true, required: true },
      { name: 'X-One', where: 'header', style: 'simple', explode: true, required: false },
      { name: 's', where: 'cookie', style: 'form', explode: true, required: false },
      { name: 'id', where: 'path', style: 'simple', explode: false, required: true },
    ]);
    expect(operation.parameters[2]?.content?.mediaType).toBe('application/json');
    expect(operation.parameters[2]?.schema).toEqual({ type: 'object' });
    expect([...operation.responses.keys()]).toEqual(['default', '2XX']);
    expect(operation.servers).toEqual([{ url: '/', variables: new Map() }]);
    expect(operation.security).toEqual([]);
    expect(operation.requestBody).toBeUndefined();
    expect(operation.origin.pointer).toBe('/paths/~1a~1{id}/get');
    expect(document.faults).toEqual([]);
  });

  it('takes servers and security from itself, else from its path, else from the document', async () => {
    const responses = { 200: { description: '' } };
    const document = await loadDocument({
      openapi: '3.1.0',
      info,
      servers: [
        { url: 'https://{region}.example.com', variables: { region: { default: 'eu', enum: ['eu'] } } },
      ],
      security: [{ token: ['read'] }, {}],
      components: { securitySchemes: { token: { type: 'http', scheme: 'Bearer' } } },
      paths: {
        '/a': { get: { responses }, post: { responses, security: [], servers: [{ url: '/own' }] } },
        '/b': { servers: [{ url: '/path' }], get: { responses } },
      },
    });
    const urls = document.operations.map((operation) => operation.servers.map((server) => server.url));
    expect(urls).toEqual([['https://{region}.example.com'], ['/own'], ['/path']]);
    expect(document.servers[0]?.variables.get('region')).toEqual({ default: 'eu', enum: ['eu'] });
    expect(document.operations[0]?.security).toEqual([new Map([['token', ['read']]]), new Map()]);
    expect(document.operations[1]?.security).toEqual([]);
    expect(document.securitySchemes.get('token')).toEqual({ type: 'http', name: 'token', scheme: 'bearer' });
  });
});

describe('a schema', () => {
  it.each([
    ['nullable adds a type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [
      'nullable adds null to an enum',
      { type: 'string', enum: ['a'], nullable: true },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    ['nullable alone says nothing', { nullable: true, description: 'd' }, { description: 'd' }],
    [
      'nullable beside allOf is a choice',
      { allOf: [{ type: 'string' }], nullable: true, readOnly: true },
      { anyOf: [{ type: 'string' }, { type: 'null' }], readOnly: true },
    ],
    [
      'exclusive bounds are numbers',
      { type: 'number', minimum: 1, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: false },
      { type: 'number', exclusiveMinimum: 1, maximum: 2 },
    ],
    [
      'byte is base64',
      { type: 'string', format: 'byte' },
      { type: 'string', format: 'byte', contentEncoding: 'base64' },
    ],
    [
      'a keyword of the wrong type is left out',
      { type: 'any', minLength: 'x', maxLength: 3 },
      { maxLength: 3 },
    ],
  ])('%s', async (_name, given, want) => {
    expect(await schemaOf(given)).toEqual(want);
  });

  it('is one object wherever a component is used', async () => {
    const schema = await schemaOf(
      {
        type: 'object',
        properties: { a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/A' } },
      },
      { schemas: { A: { type: 'string' } } },
    );
    expect(schema.properties?.a).toBe(schema.properties?.b);
    expect(originOf(schema.properties?.a)?.pointer).toBe('/components/schemas/A');
  });

  it('that contains itself holds a recursion at the inner place', async () => {
    const node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } };
    const schema = await schemaOf({ $ref: '#/components/schemas/Node' }, { schemas: { Node: node } });
    const inner = object(schema.properties?.next);
    expect(inner).toEqual({ $ref: '#/components/schemas/Node' });
    expect(follow(inner)).toBe(schema);
  });

  it('that contains itself through another is the same whichever is used first', async () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const schemas = {
      A: { properties: { b: ref('B') } },
      B: { properties: { a: ref('A'), one: { allOf: [ref('A')], nullable: true } } },
    };
    const first = await schemaOf(ref('A'), { schemas });
    const second = object(follow(object(first.properties?.b)));
    expect(object(second.properties?.a).$ref).toBe('#/components/schemas/A');
    const other = await schemaOf(ref('B'), { schemas });
    expect(second).toEqual(other);
    expect(first).toEqual(follow(object(other.properties?.a)));
  });

  it('keeps branches of a recursive choice in place', async () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const schemas = {
      Expression: {
        oneOf: [ref('Sum'), ref('Leaf')],
        discriminator: { propertyName: 'kind', mapping: { s: ref('Sum').$ref } },
      },
      Sum: { type: 'object', properties: { left: ref('Expression') } },
      Leaf: { type: 'object' },
    };
    const schema = await schemaOf(ref('Expression'), { schemas });
    const [sum, leaf] = (schema.oneOf ?? []).map(object);
    expect(sum?.type).toBe('object');
    expect(follow(object(sum?.properties?.left))).toBe(schema);
    expect(schema.discriminator?.propertyName).toBe('kind');
    expect([...(schema.discriminator?.branches ?? [])]).toEqual([
      ['Sum', sum],
      ['Leaf', leaf],
      ['s', sum],
    ]);
    expect(schema.discriminator?.branches.get('s')).toBe(sum);
  });

  it('of a parent and its children that hold one another by allOf and oneOf ends', async () => {
    const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    const schemas = {
      Pet: { type: 'object', oneOf: [ref('Dog')] },
      Dog: { allOf: [ref('Pet'), { type: 'object' }] },
    };
    const schema = await schemaOf(ref('Pet'), { schemas });
    expect(object(schema.oneOf?.[0]).$ref).toBe('#/components/schemas/Dog');
  });

  it.each([
    ['3.1.0', { $ref: '#/components/schemas/A', description: 'd' }, { type: 'string', description: 'd' }],
    [
      '3.1.0',
      { $ref: '#/components/schemas/A', minLength: 2, title: 't' },
      { allOf: [{ type: 'string' }], minLength: 2, title: 't' },
    ],
    [
      '3.0.3',
      { $ref: '#/components/schemas/A', minLength: 2, description: 'd' },
      { type: 'string', description: 'd' },
    ],
    [
      '3.0.3',
      { $ref: '#/components/schemas/A', nullable: true },
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ],
  ])('of %s with words beside a reference', async (version, given, want) => {
    expect(await schemaOf(given, { version, schemas: { A: { type: 'string' } } })).toEqual(want);
  });

  it('takes names that every object inherits for names like others', async () => {
    const properties = JSON.parse('{"__proto__": {"type": "string"}, "constructor": {"type": "integer"}}');
    const schema = await schemaOf({ type: 'object', properties });
    expect(Object.keys(schema.properties ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as { type?: unknown }).type).toBeUndefined();
  });
});

describe('a fault', () => {
  const responses = { 200: { description: '' } };
  const cases: [name: string, code: string, pointer: string, document: object][] = [
    [
      'a reference that leads nowhere',
      'document.reference',
      '/paths/~1a/get/responses/200',
      { paths: { '/a': { get: { responses: { 200: { $ref: '#/components/responses/X' } } } } } },
    ],
    [
      'references that lead to one another',
      'document.reference-cycle',
      '/components/schemas/A',
      {
        paths: {},
        components: {
          schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } },
        },
      },
    ],
    [
      'a path that is another one in disguise',
      'document.duplicate-path',
      '/paths/~1a~1{y}',
      {
        paths: {
          '/a/{x}': { parameters: [{ name: 'x', in: 'path' }], get: { responses } },
          '/a/{y}': { parameters: [{ name: 'y', in: 'path' }], get: { responses } },
        },
      },
    ],
    [
      'an operationId that is taken',
      'document.duplicate-operation-id',
      '/paths/~1b/get/operationId',
      {
        paths: {
          '/a': { get: { operationId: 'x', responses } },
          '/b': { get: { operationId: 'x', responses } },
        },
      },
    ],
    [
      'a variable that nobody declares',
      'document.path-parameter-missing',
      '/paths/~1a~1{x}/get',
      { paths: { '/a/{x}': { get: { responses } } } },
    ],
    [
      'no responses',
      'document.no-responses',
      '/paths/~1a/get',
      { paths: { '/a': { get: { responses: {} } } } },
    ],
    [
      'a security scheme that nobody declares',
      'document.unknown-security-scheme',
      '/paths/~1a/get/security/0/nope',
      { paths: { '/a': { get: { responses, security: [{ nope: [] }] } } } },
    ],
    [
      'a discriminator that maps to nothing',
      'document.discriminator',
      '/components/schemas/A/discriminator/mapping/b',
      {
        paths: {},
        components: {
          schemas: {
            A: {
              oneOf: [{ $ref: '#/components/schemas/B' }],
              discriminator: { propertyName: 'k', mapping: { a: 'B', b: 'Nope' } },
            },
            B: { type: 'object' },
          },
        },
      },
    ],
    ['paths that are a list', 'document.wrong-type', '/paths', { paths: [] }],
    [
      'parameters that are an object',
      'document.wrong-type',
      '/paths/~1a/get/parameters',
      { paths: { '/a': { get: { responses, parameters: {} } } } },
    ],
    [
      'braces that do not match',
      'document.path-template',
      '/paths/~1a{',
      { paths: { '/a{': { get: { responses } } } },
    ],
  ];

  it.each(cases)('is told of %s', async (_name, code, pointer, rest) => {
    const document = await loadDocument({ openapi: '3.0.3', info, ...rest });
    expect(document.faults.map((fault) => [fault.code, fault.origin?.pointer])).toEqual([[code, pointer]]);
  });

  it('disables no operation but those that reach the broken reference', async () => {
    const content = (name: string) => ({
      'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
    });
    const document = await loadDocument({
      openapi: '3.0.3',
      info,
      paths: {
        '/a': {
          get: { operationId: 'a', responses: { 200: { description: '', content: content('Good') } } },
        },
        '/b': { get: { operationId: 'b', responses: { 200: { description: '', content: content('Bad') } } } },
      },
      components: {
        schemas: {
          Good: { type: 'object' },
          Bad: { properties: { x: { $ref: '#/components/schemas/Nope' } } },
        },
      },
    });
    expect(operationOf(document, 'a').disabledBy).toBeUndefined();
    expect(operationOf(document, 'b').disabledBy).toBe(document.faults[0]);
    expect(() => operationOf(document, 'b').responses).toThrow(/#\/components\/schemas\/Nope/);
    expect(operationOf(document, 'a').responses.size).toBe(1);
  });
});
