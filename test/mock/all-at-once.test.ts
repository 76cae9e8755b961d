import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/mock/index.ts';

const integer = { type: 'integer' };
const thing = {
  type: 'object',
  required: ['id', 'meta'],
  properties: {
    id: { ...integer, xml: { attribute: true } },
    meta: { type: 'object', properties: { n: integer } },
    tags: {
      type: 'array',
      xml: { wrapped: true },
      items: { type: 'string', maxLength: 1, xml: { name: 'tag' } },
    },
  },
};
const part = { contentType: 'application/json', headers: { 'X-Part': { required: true, schema: integer } } };
const content = {
  'application/xml': { schema: thing },
  'multipart/form-data': { schema: thing, encoding: { meta: part } },
  'application/jsonl': { schema: { type: 'array', items: thing } },
};

/** The status, and each finding as its code and place. */
async function refuse(contentType: string, body: string): Promise<unknown[]> {
  const paths = { '/a': { post: { requestBody: { content }, responses: { 200: { description: '' } } } } };
  const document = { openapi: '3.1.0', info: { title: '', version: '' }, paths };
  const mock = await createMock({ document, seed: 1 });
  const headers = { 'content-type': contentType };
  const response = await mock.fetch(new Request('http://m/a', { method: 'POST', headers, body }));
  const { validation } = (await response.json()) as {
    validation: { finding: string; place: { pointer: string } }[];
  };
  const told = validation.map(({ finding, place }) => `${finding} ${place.pointer}`);
  return [response.status, ...told];
}

describe('what is wrong with a body is told at once', () => {
  it('in XML, where an element stands wrong and a value is wrong', async () => {
    const body = '<thing id="x"><meta><n>y</n></meta><tags><b>long</b></tags></thing>';
    expect(await refuse('application/xml', body)).toEqual([
      422,
      'body.xml-element /tags',
      'schema.type /id',
      'schema.type /meta/n',
      'schema.maxLength /tags/0',
    ]);
  });

  it('in multipart, where a part lacks a header and a value is wrong', async () => {
    const body = [
      '--b\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"n":"x"}',
      '--b--\r\n',
    ].join('\r\n');
    expect(await refuse('multipart/form-data; boundary=b', body)).toEqual([
      422,
      'body.part-header /meta',
      'schema.required ',
      'schema.type /meta/n',
    ]);
  });

  it('and what could not be read is not judged', async () => {
    const lines = ['{"id":"x","meta":{}}', '{"id":', '{"meta":{}}'].join('\n');
    expect(await refuse('application/jsonl', lines)).toEqual([
      400,
      'body.malformed /1',
      'schema.type /0/id',
      'schema.required /2',
    ]);
    expect(await refuse('application/xml', '<thing id=')).toEqual([400, 'body.malformed ']);
  });
});
