import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { compilePlan, type OperationPlan } from '../../src/plan/index.ts';
import { buildRequest, readRequest } from '../../src/request/index.ts';
import { sampleValues } from '../../src/request/sample-request.ts';
import { createPathIndex } from '../../src/route/index.ts';
import { everything } from '../hostile/everything.ts';
import { shop } from '../mock/shop.ts';

const root = join(import.meta.dirname, '../..');
/** A document that writes a part of the query into its paths, as that of Flickr does. */
const queriesInPaths = {
  openapi: '3.0.3',
  info: { title: 'Queries in paths', version: '1' },
  paths: Object.fromEntries(
    ['photos.get', 'photos.put'].map((method) => [
      `/rest?method=${method}`,
      {
        get: {
          parameters: [{ name: 'api_key', in: 'query', required: true, schema: { type: 'string' } }],
          responses: { 200: { description: 'Done' } },
        },
      },
    ]),
  ),
};

const documents: readonly (readonly [string, string | object])[] = [
  ['openapi.yaml', join(root, 'openapi.yaml')],
  ['the shop', shop],
  ['every style and body', everything],
  ['Swagger 2.0', join(root, 'fixtures/documents/swagger.yaml')],
  ['queries in paths', queriesInPaths],
];
const now = Date.parse('2024-01-01T00:00:00Z');

describe.each(documents)('a request that is built for %s', (_, document) => {
  it('is found, is valid, and is read back as the values that it was built from', async () => {
    const plan = compilePlan(await loadDocument(document));
    const index = createPathIndex(plan.operations);
    const operations = plan.operations.map((operation) => plan.compile(operation));
    fc.assert(
      fc.property(fc.constantFrom(...operations), fc.nat(), fc.boolean(), (operation, seed, optional) => {
        expectRoundTrip(index, operation, { seed, optional });
      }),
      { numRuns: 200 },
    );
  });
});

function expectRoundTrip(
  index: ReturnType<typeof createPathIndex>,
  operation: OperationPlan,
  { seed, optional }: { readonly seed: number; readonly optional: boolean },
): void {
  const values = sampleValues(operation, { random: createRandom(seed), now, optional });
  const request = buildRequest(operation, values, { origin: 'http://m', basePath: '' });
  const match = index.match(request.method, request.target);
  if (match.kind !== 'found') throw new Error(`${request.target} is not found: ${match.kind}`);
  expect(match.operation.key).toBe(operation.key);
  const reading = readRequest(operation, request, {
    path: match.rawPathParameters,
    query: match.query,
    header: (name) => request.headers.get(name),
    cookie: request.headers.get('cookie') ?? '',
  });
  expect(reading.findings).toEqual([]);
  for (const place of ['path', 'query', 'header', 'cookie'] as const) {
    const sent = Object.entries(values[place] ?? {}).filter(([, value]) => !isEmpty(value));
    for (const [name, value] of sent) expect(reading.values[place][name], name).toEqual(value);
  }
  if (values.body !== undefined && /json/.test(values.body.contentType))
    expect(reading.body.value).toEqual(values.body.value);
}

/** Lists and objects of nothing leave no trace in most styles. */
function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
