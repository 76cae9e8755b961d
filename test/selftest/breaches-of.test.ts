import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/document/index.ts';
import type { Exchange, Target } from '../../src/http/index.ts';
import { breachesOf, type PlannedBreach } from './breach/breaches-of.ts';
import { breakPromise } from './breach/break-promise.ts';
import { createClient } from './client.ts';
import { documentFile } from './document.ts';
import { journeys } from './journeys.ts';
import { createKeeper } from './keeps-document.ts';
import { createReferenceServer } from './server/serve.ts';

const root = join(import.meta.dirname, '../..');
const broken = createKeeper();

async function exchangesOf(name: string, target: Target): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  await journeys[name]?.(createClient(target, (one) => exchanges.push(one)));
  return exchanges;
}

/** Whether some journey meets a breach; each begins with a server as it was. */
async function isMet(
  planned: PlannedBreach,
  sees: (exchanges: readonly Exchange[], name: string) => boolean,
) {
  for (const name of Object.keys(journeys)) {
    const target = breakPromise(createReferenceServer().target, planned.scope, planned.breach);
    if (sees(await exchangesOf(name, target), name)) return true;
  }
  return false;
}

describe('breaches of the reference document', () => {
  let planned: readonly PlannedBreach[] = [];
  const plain = new Map<string, string>();

  beforeAll(async () => {
    planned = breachesOf(await loadDocument(documentFile), '/api');
    for (const name of Object.keys(journeys)) {
      plain.set(name, told(await exchangesOf(name, createReferenceServer().target)));
    }
  });

  it('are planned for every operation, one of each kind', () => {
    expect(new Set(planned.map(({ operation }) => operation)).size).toBe(14);
    expect(new Set(planned.map(({ id }) => id)).size).toBe(planned.length);
    const kinds = planned.filter(({ operation }) => operation === 'getBook').map(({ id }) => id);
    expect(kinds).toEqual([
      'GET /books/{bookId}: crash',
      'GET /books/{bookId}: status-206',
      'GET /books/{bookId}: accepted',
      'GET /books/{bookId}: rejected',
      'GET /books/{bookId}: credentials',
      'GET /books/{bookId}: headers.ETag/missing',
      'GET /books/{bookId}: content-type',
      'GET /books/{bookId}: body/half',
      'GET /books/{bookId}: body/html',
      'GET /books/{bookId}: body/empty',
      'GET /books/{bookId}: id/required',
      'GET /books/{bookId}: notInTheDocument/additionalProperties',
      'GET /books/{bookId}: id/type',
      'GET /books/{bookId}: id/nullable',
      'GET /books/{bookId}: id/format',
      'GET /books/{bookId}: title/minLength',
      'GET /books/{bookId}: title/maxLength',
      'GET /books/{bookId}: isbn/pattern',
      'GET /books/{bookId}: genre/enum',
      'GET /books/{bookId}: price/minimum',
      'GET /books/{bookId}: year/maximum',
      'GET /books/{bookId}: year/integer',
      'GET /books/{bookId}: acquisitionCode/writeOnly',
    ]);
  });

  it('break the document, where they are seen in one exchange', async () => {
    const unseen: string[] = [];
    for (const one of planned) {
      if (one.group !== 'exchange' && one.group !== 'crash') continue;
      const isSeen = await isMet(one, (exchanges) => exchanges.some((each) => broken(each).length > 0));
      if (!isSeen) unseen.push(one.id);
    }
    expect(unseen).toEqual([]);
  });

  it('change what is answered, where they are about who and what is let in', async () => {
    const unseen: string[] = [];
    for (const one of planned) {
      if (one.group === 'exchange' || one.group === 'crash') continue;
      const isSeen = await isMet(one, (exchanges, name) => told(exchanges) !== plain.get(name));
      if (!isSeen) unseen.push(one.id);
    }
    expect(unseen).toEqual([]);
  });
});

function told(exchanges: readonly Exchange[]): string {
  return exchanges.map(({ request, response }) => `${request.method} ${response.status}`).join();
}

const documents = ['openapi.yaml', '../shared/documents/authentik-2024.6.1.yml'];

describe('breaches of another document', () => {
  for (const file of documents) {
    const path = join(root, file);
    it.skipIf(!existsSync(path))(
      `are planned for every operation of ${file} (where that file is)`,
      async () => {
        const document = await loadDocument(path);
        const planned = breachesOf(document);
        const groups = new Set(planned.map(({ group }) => group));
        expect(new Set(planned.map(({ operation }) => operation)).size).toBe(document.operations.length);
        expect(groups).toEqual(new Set(['exchange', 'crash', 'accepted', 'rejected', 'credentials']));
        expect(planned.length).toBeGreaterThan(6 * document.operations.length);
        for (const { scope } of planned) expect(scope.path).toMatch(/^\//);
      },
    );
  }
});
