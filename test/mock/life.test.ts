import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { HeaderList, noBody } from '../../src/http/index.ts';
import { createMock, type JournalEntry } from '../../src/mock/index.ts';
import { createJournal } from '../../src/mock/journal.ts';

const root = join(import.meta.dirname, '../..');

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'apidouble-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function text(word: string): string {
  const responses = { 200: { description: '', content: { 'text/plain': { example: word } } } };
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: { '/a': { get: { operationId: 'a', responses } } },
  });
}

describe('the same seed', () => {
  const script = `
    const { createMock } = await import(${JSON.stringify(`file://${join(root, 'src/mock/index.ts')}`)});
    const mock = await createMock({ document: ${JSON.stringify(join(root, 'openapi.yaml'))}, seed: 7, source: 'dynamic' });
    const headers = { authorization: 'Bearer abc', 'content-type': 'application/json' };
    const ask = async (path, init) => (await mock.fetch(new Request('http://m' + path, { headers, ...init }))).text();
    const base = '/api/v3/events/events/';
    console.log(JSON.stringify([
      await ask(base + '?page=2'),
      await ask(base, { method: 'POST', body: '{"action":"login","app":"a"}' }),
      await ask(base + '11111111-1111-4111-8111-111111111111/'),
      await ask(base + 'top_per_user/'),
    ]));`;

  async function run(): Promise<string> {
    const options = { cwd: root, env: { ...process.env, TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8' } };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', script],
      options,
    );
    return stdout;
  }

  it('gives the same bytes in another process, another zone and another language', async () => {
    const [one, two] = await Promise.all([run(), run()]);
    expect(two).toBe(one);
    const mock = await createMock({ document: join(root, 'openapi.yaml'), seed: 7, source: 'dynamic' });
    const request = new Request('http://m/api/v3/events/events/?page=2', {
      headers: { authorization: 'Bearer abc' },
    });
    expect((JSON.parse(one) as string[])[0]).toBe(await (await mock.fetch(request)).text());
  });
});

describe('a reload', () => {
  const ask = async (mock: { fetch(request: Request): Promise<Response> }) =>
    (await mock.fetch(new Request('http://m/a'))).text();

  it('takes up the changed file, and keeps the last good document when it is broken', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.json');
      await writeFile(path, text('one'));
      const mock = await createMock({ document: path });
      const seed = mock.seed;
      await writeFile(path, text('two'));
      expect(await ask(mock)).toBe('one');
      await mock.reload();
      expect(await ask(mock)).toBe('two');
      await writeFile(path, '{"openapi": ');
      await expect(mock.reload()).rejects.toMatchObject({
        code: expect.stringMatching(/^ERR_DOCUMENT/) as string,
      });
      expect(await ask(mock)).toBe('two');
      await writeFile(path, '{"openapi": "3.1.0", "paths": {}}');
      await expect(mock.reload()).rejects.toMatchObject({ code: 'ERR_DOCUMENT_EMPTY' });
      await writeFile(path, '{"openapi": "3.1.0", "paths": {"/a": {"$ref": "gone.json"}}}');
      await expect(mock.reload()).rejects.toThrow(/has no operation\. .*a\.json:1:\d+ .*"gone\.json"/);
      await expect(mock.reload(join(folder, 'none.json'))).rejects.toMatchObject({
        code: expect.any(String) as string,
      });
      await writeFile(path, text('three'));
      await mock.reload();
      expect([await ask(mock), mock.seed]).toEqual(['three', seed]);
    });
  });

  it('keeps handlers, the journal and open connections', async () => {
    const mock = await createMock({
      document: JSON.parse(text('one')) as object,
      handlers: { a: () => ({ body: 'by hand' }) },
    });
    const { url } = await mock.listen({ port: 0 });
    expect(await (await fetch(`${url}/a`)).text()).toBe('by hand');
    await mock.reload(JSON.parse(text('two')) as object);
    expect(await (await fetch(`${url}/a`)).text()).toBe('by hand');
    expect(mock.requests('a')).toHaveLength(2);
    await mock.close();
  });
});

describe('the journal', () => {
  const headers = new HeaderList();
  const entry: Omit<JournalEntry, 'id'> = {
    time: 0,
    milliseconds: 0,
    request: { method: 'GET', target: '/', origin: 'http://mock', headers, body: noBody },
    response: { status: 200, headers, body: noBody },
    findings: [],
    session: '',
    reason: [],
  };
  it.each([0, 1, 3])('keeps %i and numbers them all', (limit) => {
    const journal = createJournal(limit);
    for (let index = 0; index < 10; index += 1) journal.add({ ...entry, id: journal.nextId() });
    expect(journal.entries().map(({ id }) => id)).toEqual([8, 9, 10].slice(3 - limit));
  });

  it('keeps the order where one session was forgotten in the middle of it', () => {
    const journal = createJournal(4);
    const add = (session: string): void => journal.add({ ...entry, session, id: journal.nextId() });
    for (const session of ['a', 'b', 'a', 'b', 'a', 'b']) add(session);
    journal.clear('a');
    for (const session of ['c', 'c', 'c']) add(session);
    expect(journal.entries().map(({ id }) => id)).toEqual([6, 7, 8, 9]);
    expect(journal.entries({ session: 'c' }).map(({ id }) => id)).toEqual([7, 8, 9]);
  });

  it('gives bodies of any length back as they were, also where a place was used before', () => {
    const journal = createJournal(2);
    const lengths = [3, 600, 0, 70_000, 5, 66_000, 65_536, 1];
    const body = (length: number): Uint8Array => new Uint8Array(length).fill(length % 251);
    for (const length of lengths) {
      const { request, response } = entry;
      journal.add({
        ...entry,
        id: length,
        request: { ...request, body: body(length) },
        response: { ...response, body: body(length + 1) },
      });
      const last = journal.entries().at(-1);
      expect(Buffer.compare(last?.request.body ?? noBody, body(length))).toBe(0);
      expect(Buffer.compare(last?.response.body ?? noBody, body(length + 1))).toBe(0);
    }
  });

  it('lets the bodies of the oldest go where there is no room for all, and says so', () => {
    const journal = createJournal(4, 3 * 70_000);
    const lengths = new Map<number, number>();
    const add = (length: number, session = ''): void => {
      const { request, response } = entry;
      const id = journal.nextId();
      lengths.set(id, length);
      const sent = { ...request, body: new Uint8Array(length) };
      journal.add({ ...entry, id, session, request: sent, response });
    };
    const cut = (): number[] => {
      const entries = journal.entries();
      for (const { id, request, bodiesCut } of entries)
        expect(request.body.length).toBe(bodiesCut === true ? 0 : lengths.get(id));
      return entries.flatMap(({ id, bodiesCut }) => (bodiesCut === true ? [id] : []));
    };
    for (const length of [70_000, 0, 70_000, 70_000]) add(length);
    expect(cut()).toEqual([]);
    add(140_000);
    expect(cut()).toEqual([3]);
    add(0, 'other');
    expect(cut()).toEqual([3]);
    add(140_000);
    expect(cut()).toEqual([4, 5]);
    add(300_000);
    expect(cut()).toEqual([5, 7, 8]);
    journal.clear('other');
    for (const length of [70_000, 70_000, 70_000]) add(length);
    expect(cut()).toEqual([8]);
    journal.clear();
    for (const length of [70_000, 70_000, 70_000, 0]) add(length);
    expect(cut()).toEqual([]);
  });

  it('does not change what was asked for earlier', () => {
    const journal = createJournal(1);
    const add = (text: string): void =>
      journal.add({ ...entry, id: 1, response: { ...entry.response, body: Buffer.from(text) } });
    add('one');
    const [first] = journal.entries();
    add('two');
    expect(String(first?.response.body)).toBe('one');
  });
});
