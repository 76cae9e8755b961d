import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/http/index.ts';
import { createClient } from './client.ts';
import { createFinder, readOperations } from './document.ts';
import { journeys } from './journeys.ts';
import { createKeeper } from './keeps-document.ts';
import { createReferenceServer } from './server/serve.ts';

const broken = createKeeper();

async function walk(name: string): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const send = createClient(createReferenceServer().target, (one) => exchanges.push(one));
  await journeys[name]?.(send);
  return exchanges;
}

describe('the clean server', () => {
  it.each(Object.keys(journeys))('keeps the document: %s', async (name) => {
    const exchanges = await walk(name);
    expect(exchanges.length).toBeGreaterThan(5);
    expect(exchanges.flatMap(broken)).toEqual([]);
  });

  it('gives every documented status on the way, but for 308, 405 and 429', async () => {
    const operationOf = createFinder();
    const seen = new Set<string>();
    for (const name of Object.keys(journeys)) {
      for (const { request, response } of await walk(name)) {
        seen.add(`${operationOf(request)?.id} ${response.status}`);
      }
    }
    const promised: string[] = [];
    for (const { id, responses } of readOperations().values()) {
      for (const status of responses.keys()) promised.push(`${id} ${status}`);
    }
    const missing = promised.filter((one) => !seen.has(one) && !/ (?:308|405|429)$/.test(one));
    expect(missing).toEqual([]);
  });

  it('answers the same requests with the same bytes after a reset', async () => {
    const server = createReferenceServer();
    const runs: string[][] = [];
    for (const _ of [1, 2]) {
      server.reset();
      const texts: string[] = [];
      const send = createClient(server.target, ({ response }) =>
        texts.push(Buffer.from(response.body).toString()),
      );
      for (const journey of Object.values(journeys)) await journey(send);
      runs.push(texts);
    }
    expect(runs[1]).toEqual(runs[0]);
  });
});
