import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';

const info = { title: 'T', version: '1' };

function openapi(openapi: string, schema: object, more: object = {}): object {
  const content = { 'application/json': { schema } };
  return {
    openapi,
    info,
    paths: { '/a': { get: { responses: { 200: { description: '', content } } }, ...more } },
  };
}

function swagger(parameters: readonly object[]): object {
  const post = { parameters, responses: { 200: { description: '' } } };
  return { swagger: '2.0', info, paths: { '/a': { post } } };
}

function dynamic(anchors: readonly string[]): object {
  const definitions = Object.fromEntries(
    anchors.map((name) => [name, { $id: `https://e.test/${name}`, $dynamicAnchor: 'T' }]),
  );
  return openapi('3.1.0', {
    type: 'array',
    items: { $dynamicRef: '#T' },
    $dynamicAnchor: 'T',
    $defs: definitions,
  });
}

const oneOf = [{ type: 'object', properties: { kind: { type: 'string' } } }];
const list = { in: 'query', type: 'array', items: { type: 'integer' } };
const at = '/paths/~1a/post/parameters';
const schema = '/paths/~1a/get/responses/200/content/application~1json/schema';

describe('a fault that changes nothing else is told', () => {
  it.each<[string, object, string, string, RegExp]>([
    [
      'a discriminator that is a text',
      openapi('3.0.3', { oneOf, discriminator: 'kind' }),
      'document.foreign-keyword',
      `${schema}/discriminator`,
      /belongs to Swagger 2\.0; it is honoured/,
    ],
    [
      'a discriminator without a property',
      openapi('3.0.3', { oneOf, discriminator: { mapping: {} } }),
      'document.wrong-type',
      `${schema}/discriminator`,
      /must be an object with "propertyName"/,
    ],
    [
      'a collectionFormat that is none',
      swagger([{ ...list, name: 'q', collectionFormat: 'weird' }]),
      'document.unsupported',
      `${at}/0`,
      /collectionFormat that is none; it is read as csv/,
    ],
    [
      'lists in a list',
      swagger([{ ...list, name: 'q', items: { type: 'array', items: { type: 'integer' } } }]),
      'document.unsupported',
      `${at}/0`,
      /lists in a list/,
    ],
    [
      'two bodies',
      swagger([
        { in: 'body', name: 'one', schema: {} },
        { in: 'body', name: 'two', schema: {} },
      ]),
      'document.duplicate-parameter',
      `${at}/1`,
      /"two" is a second body/,
    ],
    [
      'form fields beside a body',
      swagger([
        { in: 'formData', name: 'field', type: 'string' },
        { in: 'body', name: 'whole', schema: {} },
      ]),
      'document.duplicate-parameter',
      `${at}/1`,
      /"whole" is a second body/,
    ],
    [
      'a method of its own among the others',
      openapi('3.2.0', {}, { additionalOperations: { POST: { responses: { 200: { description: '' } } } } }),
      'document.wrong-type',
      '/paths/~1a/additionalOperations/POST',
      /must stand as "post" beside "additionalOperations"/,
    ],
    [
      'a $dynamicRef to what several schemas are',
      dynamic(['one', 'two']),
      'document.unsupported',
      `${schema}/items`,
      /"\$dynamicRef" to "T" is read as a "\$ref"/,
    ],
  ])('%s', async (_, document, code, pointer, message) => {
    const { faults, operations } = await loadDocument(document);
    const told = faults.map((one) => ({
      code: one.code,
      pointer: one.origin?.pointer,
      message: one.message,
    }));
    expect(told).toEqual([{ code, pointer, message: expect.stringMatching(message) }]);
    expect(faults.map(({ severity }) => severity)).toEqual(['warning']);
    expect(operations.every(({ disabledBy }) => disabledBy === undefined)).toBe(true);
  });

  it.each<[string, object]>([
    ['a discriminator of Swagger 2.0', { ...swagger([]), definitions: { A: { discriminator: 'kind' } } }],
    ['a $dynamicRef to one schema alone', dynamic([])],
    ['a body by itself', swagger([{ in: 'body', name: 'one', schema: {} }])],
    [
      'collection formats',
      swagger(['csv', 'ssv', 'pipes', 'multi'].map((one) => ({ ...list, name: one, collectionFormat: one }))),
    ],
  ])('but not what is right: %s', async (_, document) => {
    expect((await loadDocument(document)).faults).toEqual([]);
  });
});
