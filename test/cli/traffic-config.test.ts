import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeaderList } from '../../src/http/index.ts';
import { createRecorder } from '../../src/recording/index.ts';
import { folderWith } from '../flows/command.ts';
import { smallDocument } from '../proxy/small-document.ts';
import { command } from './command.ts';

let folder: ReturnType<typeof folderWith>;
let config: string;

beforeEach(() => {
  folder = folderWith({ 'api.json': JSON.stringify(smallDocument) });
  config = join(folder.path, 'apidouble.config.yaml');
  record('traffic.jsonl', [
    ['/api/things', '[{"id":1,"name":"a"}]'],
    ['/api/things/1?token=abcdef', '{"id":"one"}'],
  ]);
});

afterEach(() => folder.remove());

function record(name: string, answers: readonly (readonly [target: string, body: string])[]): void {
  const recorder = createRecorder(join(folder.path, name), { redact: false });
  for (const [target, body] of answers) {
    const headers = HeaderList.from([['Content-Type', 'application/json']]);
    const response = { status: 200, headers, body: Buffer.from(body) };
    const request = {
      method: 'GET',
      target,
      origin: 'http://a.example',
      headers: HeaderList.from([['X-Key', 'k']]),
      body: Buffer.alloc(0),
    };
    recorder.record({ exchange: { request, response }, startedAt: 0, milliseconds: 1 });
  }
  recorder.close();
}

function configure(text: string): void {
  writeFileSync(config, text);
}

const file = (name: string): string => join(folder.path, name);

describe('check with a configuration', () => {
  it('takes document, reporters, grades and credentials from it', async () => {
    configure(`document: api.json
engineOpinion: false
reporters: [json]
grades: { 'exchange.body': should }
targets: { one: { url: 'http://a.example', auth: { key: abcdef } } }
`);
    const { code, out } = await command('check', file('traffic.jsonl'), '--config', config);
    const report = JSON.parse(out) as { findings: { grade: string }[]; source: string };
    expect(report.source).toBe('recording');
    expect(report.findings.length).toBeGreaterThan(0);
    expect(new Set(report.findings.map(({ grade }) => grade))).toEqual(new Set(['should']));
    expect(out).not.toContain('abcdef');
    expect(code).toBe(0);
  });

  it.each<[string, string, readonly string[], number, RegExp]>([
    ['a grade that fails it', 'failOn: should\ngrades: { "*": should }', [], 1, /judged 2 exchanges/],
    ['flags before it', 'failOn: should\ngrades: { "*": should }', ['--fail-on', 'must'], 0, /judged/],
    ['its own section', 'check: { validateRequest: false, reporter: [github] }', [], 1, /^::error/],
    [
      'flags before its own section',
      'check: { reporter: [github] }',
      ['--reporter', 'pretty'],
      1,
      /^Apidouble/,
    ],
    ['a baseline, by a path from its folder', 'baseline: sub/known.yaml', [], 0, /judged/],
  ])('lets %s decide', async (_, text, flags, code, words) => {
    mkdirSync(file('sub'));
    writeFileSync(file('sub/known.yaml'), `- { id: getThing/exchange/body, reason: known }\n`);
    configure(`document: api.json\nengineOpinion: false\n${text}\n`);
    const ended = await command('check', file('traffic.jsonl'), '--config', config, ...flags);
    expect(ended.out).toMatch(words);
    expect(ended.code).toBe(code);
  });

  it.each(['reporters: [json=sub/r.json]', 'check: { reporter: [json=sub/r.json] }'])(
    'writes its reports by paths from its folder: %s',
    async (text) => {
      mkdirSync(file('sub'));
      configure(`document: api.json\nengineOpinion: false\n${text}\n`);
      await command('check', file('traffic.jsonl'), '--config', config);
      expect(JSON.parse(readFileSync(file('sub/r.json'), 'utf8'))).toMatchObject({ source: 'recording' });
    },
  );

  it('says what was judged, and counts parameters and no keywords', async () => {
    const flags = ['--document', file('api.json'), '--no-config', '--no-engine-opinion'];
    const { out } = await command('check', file('traffic.jsonl'), ...flags);
    const [first] = out.split('\n');
    expect(first).toBe(`Apidouble judged 2 exchanges of the recording ${file('traffic.jsonl')}`);
    expect(out).toMatch(/Seen +operations 2\/6 · status codes 2\/\d+ · parameters [1-9]\d*\/\d+\n/);
    expect(out).not.toMatch(/keywords|base path|verified/);
  });

  it.each([
    ['no document', 'seed: 1', /Cannot use document "": none is named/],
    [
      'a flag that there is not',
      'document: api.json\ncheck: { fix: true }',
      /apidouble check has no such flag/,
    ],
  ])('refuses %s', async (_, text, words) => {
    configure(text);
    const { code, error } = await command('check', file('traffic.jsonl'), '--config', config);
    expect(error).toMatch(words);
    expect(code).toBe(2);
  });
});

describe('learn with a configuration', () => {
  it('takes the document and where to write from it', async () => {
    configure('document: api.json\nlearn: { out: learned }');
    const { code, out } = await command('learn', file('traffic.jsonl'), '--config', config);
    expect(out).toContain('Use them: apidouble mock --');
    expect(readFileSync(file('learned/examples.overlay.json'), 'utf8')).toContain('recorded-1');
    expect(code).toBe(0);
  });
});

describe('proxy and replay with a configuration', () => {
  it.each([
    ['proxy', 'document: api.json', [], /Cannot use upstream "": none is named/],
    ['proxy', 'document: api.json\ntarget: dev', [], /there is no target "dev"/],
    [
      'proxy',
      'document: api.json\ntargets: { dev: { url: "ftp://a" } }',
      [],
      /Cannot use upstream "ftp:\/\/a"/,
    ],
    [
      'proxy',
      'document: api.json\ntargets: { dev: { url: "http://a", tls: { ca: no.pem } } }',
      [],
      /\/targets\/dev\/tls\/ca: "no\.pem" cannot be read/,
    ],
    ['replay', 'replay: { fill: true }', ['traffic.jsonl'], /Cannot use --fill/],
    ['replay', 'document: none.json', ['traffic.jsonl'], /none\.json/],
  ])('%s is told what is wrong with %j', async (name, text, files, words) => {
    configure(text);
    const { code, error } = await command(name, ...files.map(file), '--config', config);
    expect(error).toMatch(words);
    expect(code).toBe(2);
  });
});

describe('check of a HAR', () => {
  it.each([
    ['WebInspector', 'whether they were sent is not judged', []],
    ['other', '', ['listThings/exchange/request#security.key.missing']],
  ])('that %s wrote without credentials', async (name, note, want) => {
    const secured = { ...smallDocument, security: [{ key: [] }] };
    writeFileSync(file('secured.json'), JSON.stringify(secured));
    const headers = [{ name: 'content-type', value: 'application/json' }];
    const entry = {
      request: { method: 'GET', url: 'https://a.example/api/things', headers: [] },
      response: { status: 200, headers, content: { text: '[]', size: 2 } },
    };
    writeFileSync(
      file('a.har'),
      JSON.stringify({ log: { creator: { name, version: '1' }, entries: [entry] } }),
    );
    const flags = ['--document', file('secured.json'), '--no-config', '--no-engine-opinion'];
    const { out } = await command('check', file('a.har'), ...flags, '--reporter', 'json');
    const report = JSON.parse(out) as { findings: { id: string }[]; notes: string[] };
    expect(report.findings.map(({ id }) => id)).toEqual(want);
    expect(report.notes.join()).toContain(note);
  });
});
