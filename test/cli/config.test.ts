import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configArguments } from '../../src/cli/config-arguments.ts';
import { configFileFor } from '../../src/cli/config-flags.ts';
import { createProgram } from '../../src/cli/program.ts';
import { plainOutput } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config/index.ts';
import { listen, type Server } from '../../src/server/index.ts';
import { type NotesServer, notesDocument, notesServer, withToken } from '../contract/notes.ts';
import { folderWith } from '../flows/command.ts';
import { command } from './command.ts';

let folder: ReturnType<typeof folderWith>;
let server: Server;
let notes: NotesServer;

beforeEach(async () => {
  folder = folderWith({ 'notes.json': JSON.stringify(notesDocument()) });
  notes = notesServer(withToken('right'));
  server = await listen(notes.target, { cors: false });
});

afterEach(async () => {
  await server.close();
  folder.remove();
});

function write(name: string, text: string): string {
  const file = join(folder.path, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text.replaceAll('SERVER', server.url));
  return file;
}

const yaml = `document: notes.json
auth: { token: { env: APIDOUBLE_TEST_TOKEN } }
engineOpinion: false
seed: 1
targets:
  dev: { url: SERVER, writes: true }
  stage: { url: SERVER, auth: { token: right }, include: [listNotes] }
  far: { url: 'http://api.example.invalid' }
`;

describe('verify with a configuration', () => {
  it('runs on the target that is named, as that target is', async () => {
    const file = write('apidouble.config.yaml', yaml);
    const stage = await command('verify', '--config', file, '--target', 'stage', '--reporter', 'json');
    const report = JSON.parse(stage.out) as {
      target: { url: string };
      results: { obligation: { id: string } }[];
    };
    expect(report.target.url).toBe(server.url);
    expect(new Set(report.results.map(({ obligation }) => obligation.id.split('/')[0]))).toEqual(
      new Set(['listNotes']),
    );
    expect(stage.code).toBe(0);
  });

  it('takes credentials from the variables that it names, and flags win over it', async () => {
    const file = write('apidouble.config.yaml', yaml);
    process.env.APIDOUBLE_TEST_TOKEN = 'wrong';
    const flags = [
      'verify',
      '--config',
      file,
      '--target',
      'dev',
      '--include',
      'getNote',
      '--include',
      'createNote',
    ];
    const wrong = await command(...flags);
    const right = await command(...flags, '--auth', 'token=right');
    delete process.env.APIDOUBLE_TEST_TOKEN;
    expect(wrong.code).toBe(3);
    expect(right).toMatchObject({ code: 0, error: '' });
    expect(notes.seen.some(({ method }) => method === 'POST')).toBe(true);
    expect(wrong.out + right.out).not.toMatch(/wrong|Bearer right/);
  });

  it.each([
    [
      'a variable that is not set',
      ['--target', 'dev'],
      /yaml:2:9": \/auth\/token: the environment variable APIDOUBLE_TEST_TOKEN is not set\. Set/,
    ],
    [
      'a target that there is not',
      ['--target', 'prod'],
      /no target "prod"\. Name one of dev, stage, far, or a URL/,
    ],
    ['no target', [], /Cannot use --target "": it is missing/],
    [
      'writes to a host that nobody named',
      ['--target', 'far', '--writes', '--auth', 'token=right'],
      /Cannot write to "http:\/\/api\.example\.invalid".*--allow-writes-to api\.example\.invalid/,
    ],
  ])('refuses %s', async (_, flags, words) => {
    const file = write(
      'apidouble.config.yaml',
      flags.includes('far') || flags.length === 0 ? yaml.replace(/^auth.*\n/m, '') : yaml,
    );
    const { code, error } = await command('verify', '--config', file, ...flags);
    expect(error).toMatch(words);
    expect(code).toBe(2);
  });

  it('loads TypeScript, with hooks and checks of its own, and what it imports', async () => {
    write('token.ts', 'export const token: string = "right";');
    const file = write(
      'apidouble.config.ts',
      `import { token } from './token.ts';
      type Answer = { response: { headers: { has(name: string): boolean } } };
      export default {
        document: 'notes.json',
        target: 'here',
        targets: { here: { url: 'SERVER' } },
        engineOpinion: false,
        hooks: { setup: async () => ({ auth: { token } }) },
        checks: {
          traced: { title: 'every answer has a trace', check: ({ response }: Answer) => response.headers.has('x-trace') },
        },
        grades: { 'own.traced': 'should', 'get* own.traced': 'may' },
        exclude: ['getNote'],
      };`,
    );
    const { code, out, error } = await command('verify', '--config', file);
    expect(error).toBe('');
    expect(out).toContain('listNotes/own/traced');
    expect(code).toBe(0);
    expect((await command('verify', '--config', file, '--fail-on', 'should')).code).toBe(0);
  });

  it('ends with 2 where a hook throws, and says where', async () => {
    const file = write(
      'apidouble.config.mjs',
      `export default () => ({
        document: 'notes.json', target: 'SERVER', engineOpinion: false,
        hooks: { beforeRequest() { throw new Error('no clock'); } },
      });`,
    );
    const { code, error } = await command('verify', '--config', file);
    expect(error).toMatch(
      /Cannot run hook "beforeRequest": it threw "no clock" \(.*apidouble\.config\.mjs:\d+:\d+\)/,
    );
    expect(code).toBe(2);
  });

  it('takes example data, a baseline, reporters and corrections, by paths from its folder', async () => {
    write('data/ids.yaml', 'operations: { getNote: { path: { id: 77 } } }');
    write('known.yaml', '- { id: getNote/accepted/required, reason: known }');
    notes.notes.set(77, { id: 77, text: 'given' });
    const file = write(
      'apidouble.config.yaml',
      `${yaml}exampleData: data/ids.yaml\nbaseline: known.yaml\nreporters: [json, "junit=data/report.xml"]\noperations: { listNotes: { items: false } }\n`,
    );
    const { code, out } = await command(
      'verify',
      '--config',
      file,
      '--target',
      'stage',
      '--include',
      '*Note*',
    );
    const report = JSON.parse(out) as {
      results: { obligation: { id: string }; verdict: { kind: string } }[];
    };
    const got = report.results.find(({ obligation }) => obligation.id === 'getNote/accepted/required');
    expect(got?.verdict.kind).toBe('passed');
    expect(report.results.filter(({ obligation }) => obligation.id.includes('list.'))).toEqual([]);
    expect(notes.seen.some(({ target }) => target === '/notes/77')).toBe(true);
    expect(readFileSync(join(folder.path, 'data/report.xml'), 'utf8')).toContain('<testsuites');
    expect(code).toBe(0);
  });
});

describe('recheck with a configuration', () => {
  it('comes as the target of the report does', async () => {
    const broken = await listen(
      async (request) => {
        const response = await notes.target(request);
        const isList = request.method === 'GET' && request.target === '/notes' && response.status === 200;
        return isList ? { ...response, body: Buffer.from('[{}]') } : response;
      },
      { cors: false },
    );
    const file = write(
      'apidouble.config.yaml',
      `document: notes.json\nengineOpinion: false\ntargets: { bad: { url: '${broken.url}', auth: { token: right } } }\n`,
    );
    const report = join(folder.path, 'report.json');
    await command('verify', '--config', file, '--include', 'listNotes', '--reporter', `json=${report}`);
    const held = await command('recheck', report, 'listNotes/exchange/body', '--config', file);
    const alone = await command('recheck', report, 'listNotes/exchange/body', '--no-config');
    await broken.close();
    expect(held).toMatchObject({ code: 1, out: expect.stringContaining('holds   listNotes/exchange/body') });
    expect(alone.code).not.toBe(1);
  });
});

describe('verify --plan', () => {
  it('prints what was inferred, as the configuration corrects it, and sends nothing', async () => {
    const flags = ['verify', '--plan', '--config'];
    const inferred = await command(...flags, write('a/apidouble.config.yaml', 'document: ../notes.json'));
    const text =
      'document: ../notes.json\noperations: { getNote: { id: text }, createNote: { marker: false } }';
    const corrected = await command(...flags, write('b/apidouble.config.yaml', text));
    expect(inferred.out).toMatch(/createNote\/body\.text\/maxLength\/rejected/);
    expect(inferred.out).toMatch(
      /\n {2}\/notes\n {4}`id` is the id that \{id\} names\n[\s\S]*`\/text` carries the mark of a run/,
    );
    expect(corrected.out).toMatch(
      /\n {2}\/notes \(corrected\)\n {4}`text` is the id[\s\S]*no text could carry the mark/,
    );
    expect(notes.seen).toEqual([]);
  });
});

describe('a configuration that cannot be used', () => {
  it.each<[string, string, string | undefined, RegExp]>([
    ['no YAML', 'a.yaml', 'targets: [', /Cannot read configuration ".*a\.yaml:\d+/],
    [
      'a word that there is not',
      'a.yaml',
      'document: a\ntarget: b\nwrite: true',
      /a\.yaml:3:1": \/write: .*schemas\/config\.schema\.json/,
    ],
    [
      'a wrong value',
      'a.json',
      '{\n "targets": {"dev": {"url": "http://a", "rate": "fast"}}}',
      /a\.json:2:\d+": \/targets\/dev\/rate: .*must be/,
    ],
    [
      'a hook that is no function',
      'a.yaml',
      'hooks: { reset: ./reset.sh }',
      /a\.yaml:1:10": \/hooks\/reset: a hook has to be a function\. Write/,
    ],
    ['code that throws', 'a.mjs', 'throw new Error("half")', /Cannot read configuration ".*a\.mjs": half/],
    ['code that cannot be parsed', 'a.ts', 'export default {', /Cannot read configuration ".*a\.ts"/],
    ['code that imports what is not there', 'a.ts', "import 'nowhere';", /Cannot find module 'nowhere'/],
    ['no file', '', '', /there is no such file/],
    ['no file of code', 'gone.ts', undefined, /there is no such file/],
  ])('is told with its place: %s', async (_, name, text, words) => {
    const gone = name === '' ? 'nowhere.yaml' : name;
    const file = name === '' || text === undefined ? join(folder.path, gone) : write(name, text);
    const { code, error } = await command('verify', 'notes.json', '--config', file);
    expect(error).toMatch(words);
    expect(code).toBe(2);
  });
});

describe('mock with a configuration', () => {
  const commandOf = async () => {
    const program = await createProgram(
      {
        mock: async () => {},
        proxy: async () => {},
        check: async () => {},
        replay: async () => {},
        learn: async () => {},
        lint: async () => {},
        verify: async () => {},
        recheck: async () => {},
      },
      plainOutput(() => {}),
    );
    const mock = program.commands.find((one) => one.name() === 'mock');
    if (mock === undefined) throw new Error('there is no mock');
    return mock;
  };

  it('has its flags before those of the command line', async () => {
    const text =
      'mock: { port: 0, cors: false, dynamic: true, explain: false, credential: { a: b }, logFormat: json }';
    const loaded = await readConfig(write('apidouble.config.yaml', text), folder.path);
    expect(configArguments(await commandOf(), loaded)).toEqual([
      '--port=0',
      '--no-cors',
      '--dynamic',
      '--no-explain',
      '--credential=a=b',
      '--log-format=json',
    ]);
  });

  it('refuses a flag that there is not', async () => {
    const file = write('apidouble.config.yaml', 'document: notes.json\nmock:\n  prot: 1\n');
    const { code, error } = await command('mock', '--config', file);
    expect(error).toMatch(/yaml:3:3": \/mock\/prot: apidouble mock has no such flag/);
    expect(code).toBe(2);
  });

  it('is the nearest one, unless another or none is named', () => {
    const file = write('apidouble.config.json', '{}');
    const below = join(folder.path, 'a/b');
    mkdirSync(below, { recursive: true });
    expect(configFileFor([], below)).toBe(file);
    expect(configFileFor(['--no-config'], below)).toBeUndefined();
    expect(configFileFor(['api.yaml', '--config', 'x.json'], below)).toBe('x.json');
    expect(configFileFor(['--config=y.json', '--port', '1'], below)).toBe('y.json');
  });
});
