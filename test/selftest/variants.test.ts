import { describe, expect, it } from 'vitest';
import type { Exchange, Target } from '../../src/http/index.ts';
import { type Client, createClient } from './client.ts';
import { journeys } from './journeys.ts';
import { createKeeper } from './keeps-document.ts';
import { fullBook, leastBook } from './messages.ts';
import { createReferenceServer } from './server/serve.ts';
import { variants } from './variants.ts';

const broken = createKeeper();

/** Every exchange of every journey, each with a server of its own; redirects are followed, as clients do. */
async function exchangesWith(create: () => Target): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const walks = Object.values(journeys).map((journey) => {
    const target = create();
    const followed: Target = async (request) => {
      const response = await target(request);
      exchanges.push({ request, response });
      const location = response.headers.get('location');
      if (response.status !== 308 || location === undefined) return response;
      return followed({ ...request, target: location });
    };
    return journey(createClient(followed));
  });
  await Promise.all(walks);
  return exchanges;
}

function targetOf(name: string): Target {
  const target = variants.find((one) => one.name === name)?.create();
  if (target === undefined) throw new Error(`Cannot find the variant "${name}". Add it to the list.`);
  return target;
}

/** What is unusual about each, in one observation: of the plain server, and of the variant. */
const differences: Readonly<
  Record<string, readonly [look: (send: Client) => Promise<unknown>, plain: unknown, unusual: unknown]>
> = {
  'extra fields': [async (send) => (await send('GET /status')).at('extra.of'), undefined, 'the server'],
  'unknown keys': [async (send) => (await send('GET /books?colour=red')).status, 400, 200],
  'numbers as text': [
    async (send) => {
      const made = await send('POST /books', { body: { ...leastBook, price: '2.5' } });
      const none = await send('POST /books', { body: { ...leastBook, price: null } });
      return [made.at('price'), made.status, none.status];
    },
    [undefined, 422, 422],
    [2.5, 201, 422],
  ],
  'others hidden': [async (send) => (await send('GET /notes/1', { as: 'reader' })).status, 403, 404],
  empty: [async (send) => (await send('GET /books')).at('count'), 12, 0],
  'rate limits': [
    async (send) => {
      const answers = [];
      for (let count = 0; count < 25; count += 1) answers.push(await send('GET /books'));
      return answers.at(-1)?.header('retry-after');
    },
    undefined,
    '0',
  ],
  slow: [
    async (send) => {
      let isThere = false;
      const answer = send('GET /books').then(() => {
        isThere = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 0));
      const before = isThere;
      await answer;
      return before;
    },
    true,
    false,
  ],
  'random ids': [
    async (send) => String((await send('GET /books')).at('results.0.id')).startsWith('00000001'),
    true,
    false,
  ],
  'eventual consistency': [
    async (send) => {
      const path = `GET /books/${(await send('POST /books', { body: fullBook })).at('id')}`;
      const soon = (await send(path)).status;
      await new Promise((resolve) => setTimeout(resolve, 220));
      return [soon, (await send(path)).status];
    },
    [200, 200],
    [404, 200],
  ],
  'slash redirects': [
    async (send) => [(await send('GET /status')).header('location'), (await send('GET /status/')).status],
    [undefined, 404],
    ['/api/status/', 200],
  ],
  '400 for bodies': [async (send) => (await send('POST /books', { body: {} })).status, 422, 400],
  busy: [
    async (send) => {
      for (let count = 0; count < 20; count += 1) await send('GET /books');
      return (await send('GET /books')).at('count');
    },
    12,
    13,
  ],
  'newest first': [
    async (send) => (await send('GET /books')).at('results.0.title'),
    'The Quiet Harbour',
    'Bread and Paper',
  ],
  'dressed up': [
    async (send) => (await send('GET /books')).header('content-type'),
    'application/json',
    'application/json; charset=UTF-8',
  ],
  'absolute locations': [
    async (send) => (await send('POST /books', { body: leastBook })).header('location')?.slice(0, 9),
    '/api/book',
    'http://ro',
  ],
  terse: [async (send) => (await send('GET /notes/99')).at('detail'), 'There is no such note.', undefined],
};

describe('a variant', () => {
  it.each(variants)('keeps the document: $name', async ({ create }) => {
    expect((await exchangesWith(create)).flatMap(broken)).toEqual([]);
  });

  it.each(variants)('is unlike the plain server: $name', async ({ name }) => {
    const [look, plain, unusual] = differences[name] ?? [];
    expect(await look?.(createClient(createReferenceServer().target))).toEqual(plain);
    expect(await look?.(createClient(targetOf(name)))).toEqual(unusual);
    expect(unusual).not.toEqual(plain);
  });
});
