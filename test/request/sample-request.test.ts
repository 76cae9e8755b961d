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
    const inner = { type: 'object', required: ['b'], properties: { b: { type: 'object' } } };
    const schema = { type: 'object', required: ['a'], properties: { a: inner } };
    const { target } = await sample([{ name: 'filter', in: 'query', style: 'form', schema }]);
    expect(target).toBe('/things');
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
});
