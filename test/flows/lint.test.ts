import { afterAll, describe, expect, it } from 'vitest';
import type { DescribedResource } from '../../src/plan/index.ts';
import { folderWith, runToEnd } from './command.ts';
import { constantApi, shop } from './documents.ts';

const faulty = `openapi: 3.1.0
info: { title: x, version: '1' }
paths:
  /a:
    get:
      operationId: same
      responses:
        '200':
          description: Wrong example.
          content:
            application/json:
              schema: { type: integer }
              example: text
  /b:
    get:
      operationId: same
      responses: { '200': { description: Fine. } }
`;

const folder = folderWith({
  'good.yaml': constantApi('1'),
  'shop.yaml': shop,
  'faulty.yaml': faulty,
  'broken.yaml': 'openapi: 3.1.0\ninfo: { title: x\npaths: {}\n',
});
const cwd = folder.path;

afterAll(() => folder.remove());

describe('apidouble lint', () => {
  it('has nothing to say about good documents', async () => {
    const { code, out } = await runToEnd(['lint', 'good.yaml', 'shop.yaml'], { cwd });
    expect(out).toBe('No findings in 2 documents with 5 operations\n');
    expect(code).toBe(0);
  });

  it('lists faults with line and column, by file, and exits with 1', async () => {
    const { code, out } = await runToEnd(['lint', 'faulty.yaml'], { cwd });
    expect(out.split('\n')[0]).toBe('faulty.yaml');
    expect(out).toMatch(/^ {2}13:\d+ +error +example\.invalid/m);
    expect(out).toMatch(/^ {2}16:\d+ .*same/m);
    expect(code).toBe(1);
  });

  it('tells what is inferred of resources when asked, and in JSON as data', async () => {
    const text = await runToEnd(['lint', 'shop.yaml', '--resources'], { cwd });
    const json = await runToEnd(['lint', 'shop.yaml', '--resources', '--format', 'json'], { cwd });
    const [document] = (JSON.parse(json.out) as { documents: { resources: DescribedResource[] }[] })
      .documents;
    const [resource] = document?.resources ?? [];
    expect(resource).toMatchObject({ key: 'name', thing: '.', corrected: false });
    expect(text.out).toContain(`${resource?.item}: "name" is the key`);
    expect(text.out).toContain('put right by "x-apidouble"');
    expect([text.code, json.code]).toEqual([0, 0]);
  });

  it('writes JSON', async () => {
    const { code, out } = await runToEnd(['lint', 'faulty.yaml', '--format', 'json'], { cwd });
    const report = JSON.parse(out) as { documents: { findings: { line: number; code: string }[] }[] };
    expect(report.documents[0]?.findings).toContainEqual(
      expect.objectContaining({ code: 'example.invalid', file: 'faulty.yaml', line: 13 }),
    );
    expect(code).toBe(1);
  });

  it('writes annotations for GitHub and GitLab', async () => {
    const github = await runToEnd(['lint', 'faulty.yaml', '--format', 'github'], { cwd });
    expect(github.out).toMatch(/^::error file=faulty\.yaml,line=13,col=\d+,title=example\.invalid::/m);
    const gitlab = await runToEnd(['lint', 'faulty.yaml', '--format', 'gitlab'], { cwd });
    expect(JSON.parse(gitlab.out)).toContainEqual(
      expect.objectContaining({
        check_name: 'example.invalid',
        location: { path: 'faulty.yaml', lines: { begin: 13 } },
      }),
    );
  });

  it('exits with 2 where a document cannot be read, and lists the others all the same', async () => {
    const { code, out } = await runToEnd(['lint', 'broken.yaml', 'faulty.yaml', 'missing.yaml'], { cwd });
    expect(out).toMatch(/^broken\.yaml\n {2}\d+:\d+ +error +ERR_DOCUMENT_SYNTAX/m);
    expect(out).toMatch(/missing\.yaml\n +error +ERR_DOCUMENT_UNREADABLE/);
    expect(out).toContain('example.invalid');
    expect(code).toBe(2);
  });

  it('reads standard input', async () => {
    const { code, out } = await runToEnd(['lint', '-'], { cwd, input: faulty });
    expect(out).toMatch(/13:\d+ +error +example\.invalid/);
    expect(code).toBe(1);
  });
});

describe('the command line itself', () => {
  it('prints its version and help without loading a command', async () => {
    expect(await runToEnd(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    const help = await runToEnd(['help', 'mock']);
    expect(help).toMatchObject({ code: 0, error: '' });
    expect(help.out).toContain('Exit codes:');
  });
});
