import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';
import { lintDocument } from '../../src/plan/index.ts';

async function lint(
  schema: unknown,
  media: object = {},
): Promise<[code: string, severity: string, pointer: string][]> {
  const document = await loadDocument({
    openapi: '3.1.0',
    info: { title: 'Linted', version: '1' },
    paths: {
      '/a': {
        get: {
          responses: { 200: { description: 'A', content: { 'application/json': { schema, ...media } } } },
        },
      },
    },
  });
  const base = '/paths/~1a/get/responses/200/content/application~1json';
  return lintDocument(document).map(({ code, severity, origin }) => [
    code,
    severity,
    origin?.pointer.replace(base, '') ?? '',
  ]);
}

describe('lint', () => {
  it('has nothing to say of a document without faults', async () => {
    expect(await lint({ type: 'string', example: 'a', default: 'b' }, { example: 'c' })).toEqual([]);
  });

  it.each<[string, unknown, object, [string, string, string]]>([
    [
      'an example that breaks its schema',
      { type: 'string' },
      { example: 1 },
      ['example.invalid', 'error', '/example'],
    ],
    [
      'a named example that breaks its schema',
      { type: 'string' },
      { examples: { one: { value: 1 } } },
      ['example.invalid', 'error', '/examples/one'],
    ],
    [
      "a schema's own example",
      { type: 'string', example: 1 },
      {},
      ['example.invalid', 'error', '/schema/example'],
    ],
    [
      "one of a schema's examples",
      { type: 'string', examples: ['a', 1] },
      {},
      ['example.invalid', 'error', '/schema/examples/1'],
    ],
    [
      'a default that breaks its schema',
      { type: 'string', default: 1 },
      {},
      ['default.invalid', 'warning', '/schema/default'],
    ],
    [
      'a schema that nothing satisfies',
      { type: 'string', minLength: 3, maxLength: 2 },
      {},
      ['schema.unsatisfiable', 'error', '/schema'],
    ],
    [
      'a keyword of the wrong shape',
      { type: 'string', minLength: -1 },
      {},
      ['document.wrong-type', 'warning', '/schema/minLength'],
    ],
    [
      'a pattern that cannot be compiled',
      { type: 'string', pattern: '(' },
      {},
      ['schema.pattern', 'error', '/schema/pattern'],
    ],
    [
      'a pattern that can take exponential time',
      { type: 'string', pattern: '^(a+)+$' },
      {},
      ['schema.pattern-exponential', 'warning', '/schema/pattern'],
    ],
    [
      'a fault deep inside',
      { type: 'object', properties: { a: { type: 'array', items: { type: 'string', pattern: '^(a+)+$' } } } },
      {},
      ['schema.pattern-exponential', 'warning', '/schema/properties/a/items/pattern'],
    ],
  ])('finds %s', async (_, schema, media, finding) => {
    expect(await lint(schema, media)).toContainEqual(finding);
  });

  it('tells a fault of a shared schema once', async () => {
    const schema = { type: 'string', default: 1 };
    const document = await loadDocument({
      openapi: '3.1.0',
      info: { title: 'Shared', version: '1' },
      components: { schemas: { Shared: schema } },
      paths: {
        '/a': {
          get: {
            responses: {
              200: {
                description: 'A',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Shared' } } },
              },
            },
          },
        },
        '/b': {
          get: {
            responses: {
              200: {
                description: 'B',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Shared' } } },
              },
            },
          },
        },
      },
    });
    expect(lintDocument(document).map(({ code }) => code)).toEqual(['default.invalid']);
  });
});
