import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContractOptions, runContract } from '../../src/contract/index.ts';
import { isMarked, markOf } from '../../src/contract/running/markers.ts';
import type { Target } from '../../src/http/index.ts';
import { listen } from '../../src/server/index.ts';
import { answer, type NotesServer, notesDocument, notesServer } from './notes.ts';

const base = { document: notesDocument(), auth: { token: 'right' }, writes: true, seed: 1 } as const;

interface Parts {
  readonly paths: Record<string, Record<string, unknown>>;
  readonly components: { readonly schemas: { Note: { properties: Record<string, unknown> } } };
}

const without = {
  DELETE: notesDocument((given: unknown) => {
    delete (given as Parts).paths['/notes/{id}']?.delete;
  }),
  'a text': notesDocument((given: unknown) => {
    (given as Parts).components.schemas.Note.properties.text = { type: 'string', format: 'uuid' };
  }),
};

/** Runs on a server that listens, as on a deployment. */
async function runOnUrl(server: NotesServer, options: Partial<ContractOptions> = {}) {
  const listening = await listen(server.target, { cors: false });
  try {
    return await runContract({ ...base, target: listening.url, ...options });
  } finally {
    await listening.close();
  }
}

const created = ({ seen }: NotesServer): string[] =>
  seen
    .filter(({ method, headers }) => method === 'POST' && headers.get('authorization') === 'Bearer right')
    .map(({ body }) => Buffer.from(body).toString('utf8'));

describe('what a run makes', () => {
  it('carries its mark, the same for a seed, and is removed at the end', async () => {
    const server = notesServer();
    const report = await runOnUrl(server);
    const bodies = created(server);
    const marks = new Set(
      bodies.map((text) => /"text":"(apidouble-[0-9a-f]{6}) /.exec(text)?.[1]).filter(Boolean),
    );
    expect(marks.size).toBe(1);
    const marked = bodies.filter((text) => text.includes('"text":"apidouble-'));
    expect(marked.length).toBeGreaterThan(bodies.length / 3);
    expect([...server.notes.values()]).toEqual([]);
    expect(report.findings).toEqual([]);
    expect(report.notes.filter((note) => note.startsWith('Left behind'))).toEqual([]);
  });

  it('is removed too when the run is ended in the middle', async () => {
    const server = notesServer();
    const stop = new AbortController();
    const onEvent = () => {
      if (server.notes.size > 2) stop.abort();
    };
    const report = await runOnUrl(server, { signal: stop.signal, onEvent });
    expect(report.notes.join()).not.toContain('Raise the budget');
    expect(report.notes.join()).toContain('The run was ended.');
    expect([...server.notes.values()]).toEqual([]);
  });

  it('is removed too where the answer comes only after the end', async () => {
    const server = notesServer();
    const stop = new AbortController();
    let posts = 0;
    const target: typeof server.target = async (request) => {
      posts += request.method === 'POST' ? 1 : 0;
      if (posts !== 4 || stop.signal.aborted) return server.target(request);
      stop.abort();
      await new Promise((done) => setTimeout(done, 30));
      return server.target(request);
    };
    const report = await runOnUrl({ ...server, target }, { signal: stop.signal });
    expect(posts).toBeGreaterThanOrEqual(4);
    expect(report.notes.join()).toContain('The run was ended.');
    expect([...server.notes.values()]).toEqual([]);
  });

  it.each(Object.entries(without))(
    'is not made on a deployment where there is no %s',
    async (_, document) => {
      const server = notesServer();
      const report = await runOnUrl(server, { document });
      expect(created(server)).toEqual([]);
      const skipped = report.results.find(
        ({ obligation }) => obligation.id === 'createNote/accepted/required',
      );
      expect(skipped?.verdict).toMatchObject({
        kind: 'skipped',
        reason: expect.stringContaining('--leave-behind'),
      });
    },
  );

  it('is made there all the same when that is asked for, and the report lists what is left', async () => {
    const server = notesServer();
    const report = await runOnUrl(server, { document: without.DELETE, leaveBehind: true });
    const left = report.notes.find((note) => note.startsWith('Left behind: ')) ?? '';
    expect(server.notes.size).toBeGreaterThan(3);
    expect(left.match(/\/notes\/ \["\d+"\]/g)).toHaveLength(server.notes.size);
  });

  it('may carry the mark where x-apidouble says', async () => {
    const server = notesServer();
    await runOnUrl(server, { operations: { createNote: { marker: false } } });
    expect(created(server)).toEqual([]);
  });
});

describe('what a killed run has left', () => {
  it('is removed by the next one, and nothing else is', async () => {
    const server = notesServer();
    const stop = new AbortController();
    const killed = runContract({
      ...base,
      target: async (request) => {
        // From here on the run is dead: nothing of it reaches the server any more.
        if (stop.signal.aborted) throw new Error('killed');
        const response = await server.target(request);
        if (server.notes.size > 4) stop.abort();
        return response;
      },
    });
    await killed;
    const left = [...server.notes.values()].filter(({ text }) => text.startsWith('apidouble-'));
    expect(left.every(({ text }) => isMarked(text))).toBe(true);
    server.notes.set(900, { id: 900, text: 'apidouble is a word' });
    server.notes.set(901, { id: 901, text: 'not apidouble-12345a at the start' });
    server.notes.set(902, { id: 902, text: 'apidouble-facade is a word too' });
    server.notes.set(903, { id: 903, text: 'apidouble-202611 is a date' });
    expect(left.length).toBeGreaterThan(0);
    const report = await runOnUrl(server, { cleanUp: true, seed: 2, include: ['listNotes'] });
    const note = report.notes.find((one) => one.startsWith('Removed what a run before had left')) ?? '';
    expect(note.match(/\/notes\/\d+/g)).toHaveLength(left.length);
    const texts = [...server.notes.values()].map(({ text }) => text);
    expect(texts.filter((text) => text.startsWith('apidouble-'))).toEqual([
      'apidouble-facade is a word too',
      'apidouble-202611 is a date',
    ]);
    expect(texts).toEqual(
      expect.arrayContaining(['apidouble is a word', 'not apidouble-12345a at the start']),
    );
  });

  it('is removed from lists that stand under other things too, the deepest first', async () => {
    const mark = 'apidouble-12ab34 left';
    const things = new Map<string, string>([
      ['/shops/1', 'A shop'],
      ['/shops/2', mark],
      ['/shops/1/shelves/7', mark],
      ['/shops/1/shelves/8', 'A shelf'],
      ['/shops/2/shelves/9', mark],
    ]);
    const isUnder = (path: string, list: string): boolean => path.startsWith(`${list}/`);
    const target: Target = async ({ method, target: path }) => {
      if (method === 'DELETE' && [...things.keys()].some((one) => isUnder(one, path))) return answer(409);
      if (method === 'DELETE') return things.delete(path) ? answer(204) : answer(404);
      const items = [...things].filter(
        ([one]) => isUnder(one, path) && !one.slice(path.length + 1).includes('/'),
      );
      return answer(
        200,
        items.map(([one, name]) => ({ id: Number(one.split('/').at(-1)), name })),
      );
    };
    const report = await runContract({
      document: nested,
      target,
      seed: 1,
      writes: true,
      cleanUp: true,
      include: ['listShops'],
    });
    expect([...things.keys()]).toEqual(['/shops/1', '/shops/1/shelves/8']);
    expect(report.notes.join()).toContain('/shops/1/shelves/7, /shops/2/shelves/9, /shops/2.');
    expect(report.notes.join()).not.toContain('things at most');
  });

  it('is looked for under two hundred things, and a note says where there are more', async () => {
    const shops = Array.from({ length: 201 }, (_, id) => ({ id, name: 'A shop' }));
    const asked = new Set<string>();
    const target: Target = async ({ target: path }) => {
      asked.add(path);
      return answer(200, path === '/shops' ? shops : []);
    };
    const options = { document: nested, target, seed: 1, writes: true, include: ['listShops'] };
    const { notes } = await runContract({ ...options, cleanUp: true });
    expect(asked.has('/shops/199/shelves')).toBe(true);
    expect(asked.has('/shops/200/shelves')).toBe(false);
    expect(notes.filter((note) => note.includes('things at most'))).toEqual([
      'What a run before had left was looked for under 200 things at most, not under all: /shops/{id}/shelves.',
    ]);
  });

  it('is known by its mark, whatever the seed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => isMarked(`${markOf(seed)} text`)),
      { numRuns: 2000 },
    );
  });
});

const named = (schema: object) => ({ description: '.', content: { 'application/json': { schema } } });
const number = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'integer' } });
const listed = named({
  type: 'array',
  items: {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'integer' }, name: { type: 'string' } },
  },
});
const removed = { 204: { description: '.' }, 404: { description: '.' }, 409: { description: '.' } };

const nested = {
  openapi: '3.1.0',
  info: { title: 'Shops', version: '1' },
  paths: {
    '/shops': { get: { operationId: 'listShops', responses: { 200: listed } } },
    '/shops/{id}': { parameters: [number('id')], delete: { responses: removed } },
    '/shops/{id}/shelves': { parameters: [number('id')], get: { responses: { 200: listed } } },
    '/shops/{id}/shelves/{shelf}': {
      parameters: [number('id'), number('shelf')],
      delete: { responses: removed },
    },
  },
};
