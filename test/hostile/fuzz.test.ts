import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkResponse } from '../../src/check/index.ts';
import { loadDocument } from '../../src/document/index.ts';
import { createMock, type Mock } from '../../src/mock/index.ts';
import { compilePlan } from '../../src/plan/index.ts';
import { shop } from '../mock/shop.ts';
import { everything } from './everything.ts';
import { type Attempt, attempt, expectSound } from './sound.ts';

const root = join(import.meta.dirname, '../..');
const documents: readonly (readonly [string, string | object])[] = [
  ['the shop', shop],
  ['every style and body', everything],
  ['openapi.yaml', join(root, 'openapi.yaml')],
];

const nasty = fc.constantFrom(
  '%',
  '%00',
  '%ff',
  '..',
  '.',
  ';',
  ';a=',
  '[',
  ']',
  '{',
  '}',
  '__proto__',
  'constructor',
  '\0',
  '\ud800',
  '~',
  '#',
  '-1',
  '1e400',
  'null',
  '"',
  '\\',
  ',',
);
const word = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 6 }), fc.nat().map(String), fc.uuid());
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value));
const body = fc.option(fc.oneof(json, fc.string({ unit: 'binary' }), fc.uint8Array()), { nil: undefined });
const headers = fc.dictionary(
  fc.constantFrom(
    'accept',
    'prefer',
    'content-type',
    'authorization',
    'cookie',
    'x-numbers',
    '__proto__',
    'origin',
  ),
  fc.oneof(
    word,
    fc.constantFrom(
      'application/json',
      'text/plain',
      '*/*',
      'code=404',
      'dynamic=true',
      'Bearer x',
      'multipart/form-data; boundary=b',
      'application/x-www-form-urlencoded',
    ),
  ),
  { maxKeys: 4 },
);

/** A request to one of the paths, its variables filled with anything, or to somewhere else. */
function attemptsAt(mock: Mock): fc.Arbitrary<Attempt> {
  const path = fc.constantFrom(...mock.document.operations.map((operation) => operation.path), '/', '*', '');
  const method = fc.constantFrom(
    'GET',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'HEAD',
    'OPTIONS',
    'TRACE',
    'get',
    '',
  );
  const names = [
    ...new Set(mock.document.operations.flatMap((one) => one.parameters.map(({ name }) => name))),
  ];
  const name = fc.oneof(fc.constantFrom('page', ...names), word);
  const query = fc.array(fc.tuple(name, word), { maxLength: 4 });
  return fc.record({ path, words: fc.infiniteStream(word), method, query, headers, body }).map((one) => {
    const [filled, pairs] = [
      one.path.replace(/\{[^}]*\}/g, () => String(one.words.next().value)),
      one.query.map(([key, value]) => `${key}=${value}`),
    ];
    const target = pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
    return {
      method: one.method,
      target,
      headers: one.headers,
      ...(one.body === undefined ? {} : { body: one.body }),
    };
  });
}

describe.each(documents)('any request to %s', (_, document) => {
  it('resolves with a sound answer, and a documented one keeps the document', async () => {
    const loaded = await loadDocument(document);
    const mock = await createMock({ document: loaded, seed: 1, journal: 1 });
    const plan = compilePlan(loaded);
    await fc.assert(
      fc.asyncProperty(attemptsAt(mock), async (one) => {
        const response = await mock.send(attempt(one));
        expectSound(response);
        const key = mock.requests().at(-1)?.operation;
        const operation = key === undefined ? undefined : plan.find(key);
        if (operation === undefined || isProblemOfOurs(response.headers.get('content-type'))) return;
        // A broken example that is asked for by name is served as it stands.
        if (/example/.test(one.headers?.prefer?.toString() ?? '')) return;
        const findings = checkResponse(plan.compile(operation), one.method ?? 'GET', response);
        expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

function isProblemOfOurs(contentType: string | undefined): boolean {
  return contentType?.startsWith('application/problem+json') === true;
}

const authentik = join(root, '../shared/documents/authentik-2024.6.1.yml');
describe('any request to authentik', () => {
  it.skipIf(!existsSync(authentik))(
    '(skipped where the document is not there) resolves soundly',
    async () => {
      const mock = await createMock({ document: authentik, seed: 1, journal: 1 });
      await fc.assert(
        fc.asyncProperty(attemptsAt(mock), async (one) => {
          const response = await mock.send(attempt(one));
          expectSound(response);
          expect(response.status).not.toBe(500);
        }),
        { numRuns: 150 },
      );
    },
  );
});
