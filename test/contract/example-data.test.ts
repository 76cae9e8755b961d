import { describe, expect, it } from 'vitest';
import { type ExampleData, runContract } from '../../src/contract/index.ts';
import type { HttpRequest } from '../../src/http/index.ts';
import { notesDocument, notesServer } from './notes.ts';

async function sentWith(exampleData: ExampleData, writes = true): Promise<readonly HttpRequest[]> {
  const server = notesServer();
  server.notes.set(77, { id: 77, text: 'given' });
  await runContract({
    document: notesDocument(),
    target: server.target,
    auth: { token: 'right' },
    seed: 1,
    writes,
    exampleData,
    include: ['*/accepted/*'],
  });
  return server.seen;
}

const bodies = (requests: readonly HttpRequest[]) =>
  requests
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => JSON.parse(Buffer.from(body).toString('utf8')) as { text?: unknown; stars?: unknown });
const read = (requests: readonly HttpRequest[]) =>
  requests
    .filter(({ method, target }) => method === 'GET' && target !== '/notes')
    .map(({ target }) => target);

describe('example data', () => {
  it.each<[string, ExampleData]>([
    ['of the operation', { operations: { getNote: { path: { id: 77 } } } }],
    ['of the operation by its path', { operations: { 'GET /notes/{id}': { path: { id: 77 } } } }],
    ['of the name', { parameters: { id: 77 } }],
    ['of the place and name', { parameters: { 'path.id': 77 } }],
  ])('names things that exist: %s', async (_, data) => {
    expect(new Set(read(await sentWith(data)))).toEqual(new Set(['/notes/77']));
  });

  it('is not used where it is not valid', async () => {
    expect(read(await sentWith({ parameters: { id: 'seventy' } }))).not.toContain('/notes/seventy');
  });

  it('is used for what is read, and what is removed the run makes itself', async () => {
    const removed = (await sentWith({ parameters: { id: 77 } })).filter(({ method }) => method === 'DELETE');
    expect(removed.length).toBeGreaterThan(0);
    expect(removed.map(({ target }) => target)).not.toContain('/notes/77');
  });

  it('gives properties by name, wherever they stand', async () => {
    const texts = bodies(await sentWith({ properties: { text: 'of the house' } })).map(({ text }) => text);
    expect(texts.filter((text) => text === 'of the house').length).toBeGreaterThan(texts.length / 2);
  });

  it('gives properties by operation, and adds none to what has only what is required', async () => {
    const all = bodies(await sentWith({ operations: { createNote: { body: { stars: 3 } } } }));
    expect(all.some((body) => !('stars' in body))).toBe(true);
    expect(all.filter(({ stars }) => stars === 3).length).toBeGreaterThan(0);
  });
});
