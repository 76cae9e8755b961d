import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The house: each room with its level. A room imports only from rooms on a lower level, through their door. */
const levels: Readonly<Record<string, number>> = {
  core: 0,
  http: 1,
  schema: 1,
  document: 2,
  wire: 2,
  generate: 2,
  server: 2,
  client: 2,
  plan: 3,
  route: 4,
  request: 4,
  response: 4,
  state: 4,
  scenario: 4,
  check: 4,
  recording: 4,
  'second-opinion': 4,
  mock: 5,
  proxy: 5,
  contract: 5,
  config: 6,
  vitest: 7,
  cli: 7,
};

/** Third-party packages (and node's network modules) and who may import them: one room, but for one module. */
const owners: Readonly<Record<string, string | readonly string[]>> = {
  ajv: 'schema',
  'ajv-formats': 'schema',
  re2js: 'schema',
  'js-yaml': 'document',
  'json-p3': 'document',
  saxes: 'wire',
  '@faker-js/faker': 'generate',
  'openapi-backend': 'mock',
  '@stoplight/prism-http': 'second-opinion',
  // Both proxy/ and contract/ send requests; they cannot import one another.
  undici: 'client',
  'fast-check': 'contract',
  vitest: 'vitest',
  commander: 'cli',
  jiti: 'config',
  picocolors: 'cli',
  // Its client is the one that can send trailers.
  'node:http': ['server', 'client'],
  'node:https': 'server',
};

interface Import {
  readonly file: string;
  readonly room: string;
  readonly specifier: string;
}

const source = resolve(import.meta.dirname, '../src');

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), 'utf8');
  const room = file.includes('/') ? (file.split('/')[0] as string) : '';
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:^|\s)(?:from|import)\s*\(?\s*'([^'\s]+)'/g)) {
    found.push({ file, room, specifier: match[1] as string });
  }
  return found;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const imports = files.flatMap(importsOf);

function targetRoom(one: Import): { room: string; path: string } {
  const path = relative(source, resolve(source, dirname(one.file), one.specifier));
  return { room: path.split('/')[0] as string, path };
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** What a module imports as it is loaded: types are gone by then, and `import()` waits until it is asked for. */
function loadedWith(file: string): string[] {
  const text = readFileSync(join(source, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export)\b(?! type\b)[^;]*?from '([^']+)';/gm);
  return [...statements].map((match) => match[1] as string);
}

/** Every file and package that is loaded before the named files can run. */
function loadedBy(entries: readonly string[]): Set<string> {
  const loaded = new Set<string>();
  const add = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const specifier of loadedWith(file)) {
      if (specifier.startsWith('.')) add(relative(source, resolve(source, dirname(file), specifier)));
      else loaded.add(packageName(specifier));
    }
  };
  for (const entry of entries) add(entry);
  return loaded;
}

describe('a mock that starts', () => {
  // What the command line loads, with its `import()`s, until the port is open.
  const loaded = loadedBy(['cli/main.ts', 'cli/mock-flags.ts', 'cli/mock.ts', 'cli/document-source.ts']);

  it('reads the document with the rooms that it takes, and no other', () => {
    const rooms = new Set([...loaded].filter((one) => one.endsWith('.ts')).map((file) => file.split('/')[0]));
    expect([...rooms].sort()).toEqual(['cli', 'core', 'document', 'http', 'mock', 'schema', 'server']);
  });

  it('loads no package that only answers need', () => {
    const packages = [...loaded].filter((one) => !one.endsWith('.ts') && !one.startsWith('node:'));
    expect(packages.sort()).toEqual(['commander', 'picocolors']);
  });

  it('leaves what answers for later', () => {
    expect(loaded).toContain('mock/create-mock.ts');
    expect(loaded).not.toContain('mock/build-mock.ts');
  });
});

describe('the house', () => {
  it('finds the imports it judges', () => {
    expect(imports.length).toBeGreaterThan(20);
  });

  it('is told in its README as it is', () => {
    const text = readFileSync(join(source, 'README.md'), 'utf8');
    const told: [string, number][] = [];
    for (const [row] of text.matchAll(/^\| \d \| .*$/gm)) {
      const [level, rooms = ''] = row.slice(2).split(' | ');
      for (const [, room = ''] of rooms.matchAll(/`([\w-]+)\/`/g)) told.push([room, Number(level)]);
    }
    expect(Object.fromEntries(told)).toEqual(levels);
  });

  it('has only rooms that the plan knows', () => {
    const unknown = imports.filter((one) => one.room !== '' && levels[one.room] === undefined);
    expect(unknown).toEqual([]);
  });

  it('imports from lower rooms only, through their door', () => {
    const wrong: string[] = [];
    for (const one of imports) {
      if (one.room === '' || !one.specifier.startsWith('.')) continue;
      const { room, path } = targetRoom(one);
      if (room === one.room) continue;
      const lower = (levels[room] ?? 99) < (levels[one.room] ?? -1);
      if (!lower || path !== `${room}/index.ts`) wrong.push(`${one.file} imports ${path}`);
    }
    expect(wrong).toEqual([]);
  });

  it('keeps each third-party package in its own room', () => {
    const wrong: string[] = [];
    for (const one of imports) {
      if (one.specifier.startsWith('.')) continue;
      const owner = owners[packageName(one.specifier)];
      if (owner === undefined && !one.specifier.startsWith('node:'))
        wrong.push(`${one.file}: ${one.specifier} has no owner`);
      if (owner !== undefined && ![owner].flat().includes(one.room))
        wrong.push(`${one.file}: ${one.specifier} belongs to ${owner}`);
    }
    expect(wrong).toEqual([]);
  });

  it('installs what its rooms import, and nothing else', () => {
    const manifest = JSON.parse(readFileSync(join(source, '../package.json'), 'utf8'));
    const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const used = new Set(imports.map(({ specifier }) => packageName(specifier)));
    const owned = Object.keys(owners).filter((name) => !name.startsWith('node:'));
    const imported = [...used].filter((name) => owned.includes(name));
    expect(imported.sort()).toEqual(installed.sort());
    expect(owned.sort()).toEqual(installed);
  });

  it('asks for time, chance and the environment in core and cli only', () => {
    const wrong: string[] = [];
    for (const file of files) {
      if (file.startsWith('core/') || file.startsWith('cli/')) continue;
      const text = readFileSync(join(source, file), 'utf8');
      for (const match of text.matchAll(
        /\b(Date\.now\(|new Date\(\)|Math\.random\(|process\.env|process\.argv|performance\.now\()/g,
      )) {
        wrong.push(`${file}: ${match[0]}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('says of everything that a file exports what it is', () => {
    const silent: string[] = [];
    for (const file of files.filter((name) => !name.endsWith('index.ts'))) {
      const lines = readFileSync(join(source, file), 'utf8').split('\n');
      for (const [index, line] of lines.entries()) {
        const name = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/.exec(line)?.[1];
        const before = lines.slice(0, index).findLast((one) => !one.trim().startsWith('// biome'));
        const isOverload = before?.includes(`function ${name}`) === true;
        if (name !== undefined && !isOverload && before?.trim().endsWith('*/') !== true)
          silent.push(`${file}: ${name}`);
      }
    }
    expect(silent).toEqual([]);
  });

  it('has nothing in its doors that no other room takes', () => {
    const taken = new Set<string>();
    for (const file of files) {
      const text = readFileSync(join(source, file), 'utf8');
      for (const [, names = '', specifier = ''] of text.matchAll(
        /\{([^{}]*)\} (?:from|=) '?(?:await import\(')?([^']+)'/g,
      )) {
        const room = targetRoom({ file, room: '', specifier }).room;
        if (file.startsWith(`${room}/`)) continue;
        for (const name of names.split(','))
          taken.add(
            `${room} ${
              name
                .replace(/\btype /, '')
                .trim()
                .split(/ as |:/)[0]
            }`,
          );
      }
    }
    const idle: string[] = [];
    // What stands in the door of vitest/ is for users.
    for (const file of files.filter((name) => /^(?!vitest)[\w-]+\/index\.ts$/.test(name))) {
      const room = file.split('/')[0];
      const text = readFileSync(join(source, file), 'utf8');
      for (const [, names = ''] of text.matchAll(/export (?:type )?\{([^{}]*)\}/g)) {
        for (const name of names
          .split(',')
          .map((one) => one.replace(/\btype /, '').trim())
          .filter(Boolean))
          if (!taken.has(`${room} ${name}`)) idle.push(`${room}: ${name}`);
      }
    }
    expect(idle).toEqual([]);
  });
});
