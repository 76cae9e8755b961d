import { describe, expect, it } from 'vitest';
import { type ExampleData, runContract } from '../../src/contract/index.ts';
import type { HttpRequest, Target } from '../../src/http/index.ts';
import { answer, notesDocument, notesServer } from './notes.ts';

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

describe('a thing that is made in the second attempt', () => {
  it('has another unique name than the one that the first has used up', async () => {
    const text = { type: 'string' };
    const flag = { type: 'object', required: ['name'], properties: { name: text, tag: text } };
    const content = { 'application/json': { schema: flag } };
    const shown = { description: '.', content };
    const document = {
      openapi: '3.1.0',
      info: { title: 'Flags', version: '1' },
      paths: {
        '/flags/{name}': {
          get: {
            operationId: 'readFlag',
            parameters: [{ name: 'name', in: 'path', required: true, schema: text }],
            responses: { 200: shown, 404: { description: 'None.' } },
          },
        },
        '/flags': {
          post: {
            operationId: 'createFlag',
            requestBody: { required: true, content },
            responses: { 201: shown, 409: { description: 'Taken.' } },
          },
        },
      },
    };
    const taken = new Set<string>();
    const target: Target = async ({ method, target: path, body }) => {
      if (method !== 'POST')
        return taken.has(path.slice(7)) ? answer(200, { name: path.slice(7) }) : answer(404);
      const sent = JSON.parse(Buffer.from(body).toString() || '{}') as { name?: string; tag?: string };
      const { name = '', tag } = sent;
      if (taken.has(name)) return answer(409);
      taken.add(name);
      return tag === undefined ? answer(201, { name }) : answer(500);
    };
    const report = await runContract({
      document,
      target,
      seed: 1,
      writes: true,
      include: ['accepted.*'],
      exampleData: { operations: { createFlag: { body: { name: 'flag-{{unique}}' } } } },
    });
    const read = report.results.find(({ obligation }) => obligation.id === 'readFlag/accepted/required');
    expect(read?.verdict).toEqual({ kind: 'passed' });
  });
});
