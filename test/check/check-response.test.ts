import { describe, expect, it } from 'vitest';
import { checkResponse } from '../../src/check/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { HeaderList } from '../../src/http/index.ts';
import { compilePlan } from '../../src/plan/index.ts';

const schema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer', readOnly: true },
    secret: { type: 'string', writeOnly: true },
    nested: { type: 'array', items: { type: 'string' } },
  },
};
const document = {
  openapi: '3.1.0',
  info: { title: '', version: '' },
  paths: {
    '/a': {
      get: {
        responses: {
          200: {
            description: '',
            headers: {
              'X-Need': { required: true, schema: { type: 'integer' } },
              'X-May': { schema: { type: 'string', format: 'date' } },
            },
            content: {
              'application/json': { schema },
              'text/*': { schema: { type: 'string', maxLength: 3 } },
              'application/xml': { schema },
            },
          },
          204: { description: '' },
          '3XX': { description: '' },
        },
      },
    },
  },
};

interface Given {
  readonly method?: string;
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

async function findingsOf({
  method = 'GET',
  status = 200,
  type = 'application/json',
  headers = { 'x-need': '5' },
  body = '',
}: Given): Promise<string[]> {
  const plan = compilePlan(await loadDocument(document));
  const [operation] = plan.operations;
  if (operation === undefined) throw new Error('no operation');
  const fields = HeaderList.from({ ...(type === '' ? {} : { 'content-type': type }), ...headers });
  const found = checkResponse(plan.compile(operation), method, {
    status,
    headers: fields,
    body: Buffer.from(body),
  });
  return found.map(({ code, severity, place }) =>
    [severity, code, place.part, place.name, place.pointer]
      .filter((one) => one !== undefined && one !== '')
      .join(' '),
  );
}

describe('a response', () => {
  it.each<[string, Given, readonly string[]]>([
    ['that keeps all', { body: '{"id":1}' }, []],
    [
      'of an undocumented success',
      { status: 201, body: '{}' },
      ['error response.undocumented-status status'],
    ],
    [
      'of an undocumented refusal',
      { status: 404, body: '{}' },
      ['warning response.undocumented-status status'],
    ],
    [
      'of an undocumented failure',
      { status: 500, body: '{}' },
      ['error response.undocumented-status status'],
    ],
    ['of a range', { status: 302, type: '' }, []],
    ['without a body where none is', { status: 204, type: '' }, []],
    ['without the body that is documented', { type: '' }, ['error response.body-missing body']],
    ['to HEAD', { method: 'HEAD' }, []],
    [
      'of another media type',
      { type: 'image/png', body: 'x' },
      ['error response.media-type header content-type'],
    ],
    ['of no media type', { type: '', body: '{"id":1}' }, ['error response.media-type header content-type']],
    [
      'of a media type that is none',
      { type: ';;', body: '{}' },
      ['error response.media-type header content-type'],
    ],
    ['with parameters of the media type', { type: 'application/json; charset=utf-8', body: '{"id":1}' }, []],
    ['under a range of media types', { type: 'text/csv', body: 'abc' }, []],
    ['under a range, too long', { type: 'text/csv', body: 'abcd' }, ['error schema.maxLength body']],
    ['of malformed JSON', { body: '{' }, ['error body.malformed body']],
    ['of broken bytes', { body: Uint8Array.of(0x22, 0xff, 0x22) }, ['error body.charset body']],
    ['of an empty JSON text', { body: '' }, ['error body.malformed body']],
    [
      'that breaks its schema twice',
      { body: '{"nested":["a",1]}' },
      ['error schema.required body', 'error schema.type body /nested/1'],
    ],
    [
      'with a property that only clients send',
      { body: '{"id":1,"secret":"x"}' },
      ['warning schema.writeOnly body /secret'],
    ],
    ['in XML', { type: 'application/xml', body: '<xml><id>1</id></xml>' }, []],
    [
      'in XML, wrong',
      { type: 'application/xml', body: '<xml><id>x</id></xml>' },
      ['error schema.type body /id'],
    ],
    [
      'without a header that is required',
      { headers: {}, body: '{"id":1}' },
      ['error response.header-missing header X-Need'],
    ],
    [
      'with a header of the wrong type',
      { headers: { 'x-need': 'five' }, body: '{"id":1}' },
      ['error schema.type header X-Need'],
    ],
    [
      'with a header of the wrong format',
      { headers: { 'X-NEED': '1', 'x-may': 'today' }, body: '{"id":1}' },
      ['error schema.format header X-May'],
    ],
    ['with 100,000 levels', { body: '['.repeat(100_000) }, ['error body.depth body']],
  ])('%s', async (_, given, want) => {
    expect((await findingsOf(given)).sort()).toEqual([...want].sort());
  });
});
