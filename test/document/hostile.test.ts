import { describe, expect, it } from 'vitest';
import { isApidoubleError } from '../../src/core/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { loadText } from './load-text.ts';

const info = { title: 'T', version: '1' };
const responses = { 200: { description: '' } };

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return isApidoubleError(error) ? error.code : `${error}`;
  }
}

function nested(depth: number, open: string, close: string, middle: string): string {
  return open.repeat(depth) + middle + close.repeat(depth);
}

describe('a hostile document', () => {
  it.each([
    ['JSON nested 10,000 deep', `{"openapi":"3.0.3","x-a":${nested(10_000, '[', ']', '')}}`],
    ['YAML nested 10,000 deep', `openapi: 3.0.3\nx-a: ${nested(10_000, '[', ']', '')}\n`],
    ['schemas nested 10,000 deep', `{"openapi":"3.0.3","x":${nested(10_000, '{"items":', '}', '{}')}}`],
    ['an alias inside its anchor', 'openapi: 3.0.3\nx-a: &a\n  b: *a\n'],
    [
      'aliases that double thirty times',
      `openapi: 3.0.3\nx0: &x0 [a, a]\n${Array.from({ length: 30 }, (_, n) => `x${n + 1}: &x${n + 1} [*x${n}, *x${n}]\n`).join('')}`,
    ],
    ['a repeated key', 'openapi: 3.0.3\npaths: {}\npaths: {}\n'],
    ['a tag that makes code', 'openapi: 3.0.3\nx: !!js/function "function () {}"\n'],
    ['half of a JSON text', '{"openapi": "3.0.3", "paths": '],
    ['tabs for indentation', 'openapi: 3.0.3\npaths:\n\t/a: {}\n'],
  ])('is refused: %s', async (_name, text) => {
    expect(await codeOf(loadText(text))).toBe('ERR_DOCUMENT_SYNTAX');
  });

  it.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['a text', 'hello'],
    ['no version', 'paths: {}'],
    ['a version of the future', 'openapi: 4.0.0'],
    ['the version of the past', 'swagger: "1.2"'],
  ])('is refused for its version: %s', async (_name, text) => {
    expect(await codeOf(loadText(text))).toBe('ERR_DOCUMENT_VERSION');
  });

  it('is refused where a syntax error is, with line and column', async () => {
    await expect(loadText('openapi: 3.0.3\npaths:\n  /a: {\n  b: ]\n')).rejects.toMatchObject({
      location: { file: 'document.yaml', line: 4 },
    });
    await expect(loadText('{\n "openapi": "3.0.3",\n "paths": {,}\n}')).rejects.toMatchObject({
      location: { file: 'document.yaml', line: 3, column: 12 },
    });
  });

  it('is refused as an object that contains itself', async () => {
    const cyclic: Record<string, unknown> = { openapi: '3.0.3', info };
    cyclic.paths = { self: cyclic };
    expect(await codeOf(loadDocument(cyclic))).toBe('ERR_DOCUMENT_SYNTAX');
  });

  it('with a chain of 100,000 references is read to the end of the chain', async () => {
    const count = 100_000;
    const schemas: Record<string, unknown> = {};
    for (let index = 0; index < count; index += 1) {
      schemas[`S${index}`] = { $ref: `#/components/schemas/S${index + 1}` };
    }
    schemas[`S${count}`] = { type: 'string' };
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } };
    const document = await loadDocument({
      openapi: '3.0.3',
      info,
      paths: { '/a': { get: { responses: { 200: { description: '', content } } } } },
      components: { schemas },
    });
    const media = document.operations[0]?.responses.get('200')?.content.get('application/json');
    expect(media?.schema).toEqual({ type: 'string' });
  });

  it('with schemas in one another through 100,000 references fails in the operation that uses them', async () => {
    const schemas: Record<string, unknown> = {};
    for (let index = 0; index < 100_000; index += 1) {
      schemas[`S${index}`] = { properties: { next: { $ref: `#/components/schemas/S${index + 1}` } } };
    }
    schemas.S100000 = {};
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } };
    const document = await loadDocument({
      openapi: '3.0.3',
      info,
      paths: { '/a': { get: { responses: { 200: { description: '', content } } }, put: { responses } } },
      components: { schemas },
    });
    expect(() => document.operations[0]?.responses).toThrow(/nested in one another/);
    expect(document.operations[1]?.responses.size).toBe(1);
  });

  it('cannot reach what every object inherits, by name or by reference', async () => {
    const text = `{
      "openapi": "3.0.3", "__proto__": {"polluted": true},
      "paths": {
        "/__proto__": {"get": {"responses": {"200": {"description": ""}}}},
        "/constructor": {"get": {"operationId": "constructor", "responses": {"200": {"$ref": "#/components/responses/toString"}}}},
        "/a": {"get": {"operationId": "__proto__", "responses": {"200": {"$ref": "#/components/responses/__proto__"}}}}
      },
      "components": {"responses": {"__proto__": {"description": "own"}}, "securitySchemes": {"__proto__": {"type": "http", "scheme": "basic"}}}
    }`;
    const document = await loadText(text);
    expect(document.operations.map(({ key }) => key)).toEqual(['GET /__proto__', 'constructor', '__proto__']);
    expect(document.faults.map(({ code, seen }) => [code, seen])).toEqual([
      ['document.reference', '#/components/responses/toString'],
    ]);
    expect(document.operations[2]?.responses.get('200')?.description).toBe('own');
    expect(document.securitySchemes.has('__proto__')).toBe(true);
    expect(JSON.stringify(document.toJSON())).toContain('"__proto__":{"type":"http"');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('whose every part has the wrong type is read, and told of', async () => {
    const wrong = [null, 7, 'x', [], {}, [null], { a: null }, true];
    for (const value of wrong) {
      for (const key of ['info', 'servers', 'paths', 'components', 'security', 'tags', 'webhooks']) {
        const document = await loadDocument({ openapi: '3.1.0', info, paths: {}, [key]: value });
        expect(document.operations).toEqual([]);
      }
      for (const key of [
        'parameters',
        'requestBody',
        'responses',
        'callbacks',
        'security',
        'servers',
        'tags',
      ]) {
        const operation = { responses, [key]: value };
        const document = await loadDocument({ openapi: '3.1.0', info, paths: { '/a': { get: operation } } });
        const [first] = document.operations;
        expect([first?.parameters, first?.requestBody, first?.responses, first?.callbacks].length).toBe(4);
      }
      for (const key of [
        'properties',
        'allOf',
        'items',
        'discriminator',
        'required',
        'type',
        'enum',
        'xml',
        '$ref',
      ]) {
        const schema = { type: 'object', oneOf: [{}], [key]: value };
        const content = { 'application/json': { schema, examples: value, encoding: value } };
        const operation = { responses: { 200: { description: '', content, headers: value, links: value } } };
        const document = await loadDocument({ openapi: '3.1.0', info, paths: { '/a': { get: operation } } });
        const [first] = document.operations;
        if (first?.disabledBy === undefined) expect(first?.responses.size).toBe(1);
        else expect(() => first.responses).toThrow();
      }
    }
  });

  it('is never changed, and what comes of it cannot be', async () => {
    const example = { a: [1] };
    const content = { 'application/json': { schema: { type: 'object', default: example }, example } };
    const given = {
      openapi: '3.0.3',
      info,
      paths: { '/a': { get: { responses: { 200: { description: '', content } } } } },
    };
    const before = structuredClone(given);
    const document = await loadDocument(given);
    const media = document.operations[0]?.responses.get('200')?.content.get('application/json');
    expect(Object.isFrozen(media?.examples.get('')?.value)).toBe(true);
    expect(Object.isFrozen(example)).toBe(false);
    expect(given).toEqual(before);
  });
});

describe('a text', () => {
  const text = 'openapi: 3.0.3\r\ninfo:\r\n  title: Größe\r\n  version: 1\r\npaths: {}\r\n';

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['Windows-1252', Buffer.from(text, 'latin1')],
  ])('in %s is read', async (_name, bytes) => {
    const document = await loadText(bytes);
    expect(document.info).toEqual({ title: 'Größe', version: '1' });
  });

  it('keeps dates as texts, makes keys texts, merges, and takes big integers for numbers', async () => {
    const document = await loadText(`
openapi: 3.0.3
info: { title: T, version: 2024-01-01 }
x-base: &base { description: merged }
x-day: 2024-06-01
x-big: 9007199254740993
paths:
  /a:
    get:
      responses:
        200:
          <<: *base
`);
    expect(document.info.version).toBe('2024-01-01');
    expect(document.extensions['x-day']).toBe('2024-06-01');
    expect(document.extensions['x-big']).toBe(9007199254740992);
    expect(document.operations[0]?.responses.get('200')?.description).toBe('merged');
  });
});
