import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { compilePlan } from '../../src/plan/index.ts';
import { sampleRequest } from '../../src/request/index.ts';

interface Sampled {
  readonly target: string;
  readonly contentType: string | undefined;
}

/** The request that is made for the one operation of a document, with everything optional in it. */
async function sample(parameters: readonly object[], requestBody?: object): Promise<Sampled> {
  const path = parameters.some((one) => 'in' in one && one.in === 'path') ? '/things/{id}' : '/things';
  const operation = { parameters, requestBody, responses: { 200: { description: 'ok' } } };
  const document = await loadDocument({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: { [path]: { post: JSON.parse(JSON.stringify(operation)) } },
  });
  const [first] = document.operations;
  if (first === undefined) throw new Error('Cannot sample: the document has no operation.');
  const context = { random: createRandom('sample'), now: 0, optional: true };
  const { target, headers } = sampleRequest(compilePlan(document).compile(first), context);
  return { target, contentType: headers.get('content-type') };
}

const impossible = { type: 'integer', enum: ['a'] };

describe('a sampled request', () => {
  it('leaves out an optional parameter that no value satisfies', async () => {
    const { target } = await sample([{ name: 'mixin', in: 'query', schema: impossible }]);
    expect(target).toBe('/things');
  });

  it('refuses where a required one is unsatisfiable', async () => {
    const parameter = { name: 'mixin', in: 'query', required: true, schema: impossible };
    await expect(sample([parameter])).rejects.toMatchObject({ code: 'ERR_SCHEMA_UNSATISFIABLE' });
  });

  it('draws again until a value can be written in its style', async () => {
    const schema = { type: ['null', 'boolean', 'string'], enum: [null, true, 'a'] };
    const { target } = await sample([{ name: 'id', in: 'path', required: true, schema }]);
    expect(target).toMatch(/^\/things\/(true|a)$/);
  });

  it('leaves out an optional parameter whose values no style carries', async () => {
    const schema = { type: 'string', enum: ['.', '..', ''] };
    await expect(sample([{ name: 'id', in: 'path', required: true, schema }])).rejects.toMatchObject({
      code: 'ERR_CODEC',
    });
    const deep = { type: 'array', minItems: 1, items: { type: 'object' } };
    const { target } = await sample([{ name: 'filter', in: 'query', style: 'deepObject', schema: deep }]);
    expect(target).toBe('/things');
  });

  it('writes what is nested in a list or an object as JSON', async () => {
    const item = { type: 'object', required: ['k'], properties: { k: { const: 'v' } } };
    const schema = { type: 'array', minItems: 1, maxItems: 1, items: item };
    const { target } = await sample([{ name: 'sort', in: 'query', schema }]);
    expect(target).toBe('/things?sort=%7B%22k%22%3A%22v%22%7D');
  });

  it('sends no null, and nothing nested where the schema leaves it open', async () => {
    const nullable = { type: ['array', 'null'], items: { type: 'string' } };
    const parameters = [1, 2, 3, 4, 5, 6].map((n) => ({ name: `n${n}`, in: 'query', schema: nullable }));
    const open = { type: 'array', minItems: 3, items: {} };
    const free = { name: 'free', in: 'query', required: true, explode: false, schema: open };
    const { target } = await sample([...parameters, free]);
    expect(target).not.toContain('=null');
    expect(target).toMatch(/free=[\w%.-]+,[\w%.-]+,[\w%.-]+/);
  });

  it('keeps exploded objects apart that take any name', async () => {
    const schema = { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } };
    const parameters = Array.from({ length: 12 }, (_, at) => ({ name: `filter${at}`, in: 'query', schema }));
    const { target } = await sample(parameters);
    const names = [...new URLSearchParams(target.split('?')[1]).keys()];
    expect(names.length).toBeGreaterThan(3);
    expect(new Set(names).size).toBe(names.length);
  });

  it('sends in a path what only the server may set, rather than nothing', async () => {
    const schema = { type: 'object', properties: { major: { type: 'integer', readOnly: true } } };
    const { target } = await sample([{ name: 'id', in: 'path', required: true, schema }]);
    expect(target).toMatch(/^\/things\/major,\d+$/);
  });

  const cases: readonly [declared: readonly string[], sent: string][] = [
    [['application/*+json'], 'application/vnd.api+json'],
    [['application/*+json', 'application/json'], 'application/json'],
    [['text/*'], 'text/plain'],
    [['*/*'], 'application/json'],
  ];
  it.each(cases)('sends for %j the type %s', async (declared, sent) => {
    const content = Object.fromEntries(declared.map((type) => [type, { schema: { type: 'string' } }]));
    expect((await sample([], { required: true, content })).contentType).toContain(sent);
  });

  it('sends bytes under */* as bytes, and a multipart body that is called a string as one', async () => {
    const bytes = { '*/*': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } };
    expect((await sample([], { required: true, content: bytes })).contentType).toBe(
      'application/octet-stream',
    );
    const text = { 'multipart/form-data': { schema: { type: 'string' } } };
    expect((await sample([], { required: true, content: text })).contentType).toBe('multipart/form-data');
  });
});
