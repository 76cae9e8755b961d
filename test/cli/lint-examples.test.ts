import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from './command.ts';

const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apidouble-lint-'));
  await writeFile(join(folder, 'good.json'), '{"id":1}');
  await writeFile(join(folder, 'wrong.json'), '{"id":"one"}');
  await writeFile(join(folder, 'picture.png'), bytes);
  const named = Object.entries({
    good: './good.json',
    wrong: './wrong.json',
    picture: './picture.png',
    gone: './gone.json',
    far: 'http://far.example.com/x.json',
    number: 5,
  }).map(([name, externalValue]) => [name, { externalValue }] as const);
  const examples = Object.fromEntries([...named, ['empty', { summary: 'nothing' }]]);
  const schema = { type: 'object', properties: { id: { type: 'integer' } } };
  const answers = (media: object): object => ({
    get: { responses: { 200: { description: '', content: { 'application/json': media } } } },
  });
  const paths = { '/a': answers({ schema, examples }), '/b': answers({ schema: { $ref: './picture.png' } }) };
  const document = { openapi: '3.0.3', info: { title: 'T', version: '1' }, paths };
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
});

afterAll(() => rm(folder, { recursive: true }));

it('tells of examples that stand in files of their own, and of a reference to what is no document', async () => {
  const { code, out } = await command('lint', join(folder, 'openapi.json'), '--format', 'json');
  expect(code).toBe(1);
  const report = JSON.parse(out) as { documents: [{ findings: { code: string; pointer: string }[] }] };
  const told = report.documents[0].findings.map((one) => `${one.code} ${one.pointer.split('/').at(-1)}`);
  expect(told.sort()).toEqual([
    'document.reference-file schema',
    'document.wrong-type externalValue',
    'example.invalid empty',
    'example.invalid number',
    'example.invalid picture',
    'example.invalid wrong',
    'example.unreadable far',
    'example.unreadable gone',
  ]);
});
