import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOfManual } from './blocks.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const blocks = blocksOfManual();
const code = blocks.filter(({ language }) => language === 'ts');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apidouble-manual-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/apidouble'));
  for (const name of ['vitest', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  cpSync(join(root, 'openapi.yaml'), join(folder, 'openapi.yaml'));
  cpSync(join(root, 'contracts/events/events-api.ts'), join(folder, 'api.ts'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where a block that goes on from another has its names from. */
const sources: Readonly<Record<string, string>> = {
  createMock: "import { createMock } from 'apidouble';",
  describeContract: "import { describeContract } from 'apidouble/vitest';",
  operations: "import type { operations } from './api.ts';",
};

function whole(text: string): string {
  const imports = text.match(/^import .*$/gm)?.join('\n') ?? '';
  const missing = Object.entries(sources).filter(
    ([name]) => new RegExp(`\\b${name}\\b`).test(text) && !imports.includes(name),
  );
  return `${missing.map(([, source]) => source).join('\n')}\n${text}`;
}

describe('the code of the manual', () => {
  it('compiles as it stands, in strict TypeScript', () => {
    for (const { line, text } of code) writeFileSync(join(folder, `line-${line}.ts`), whole(text));
    const options = {
      ...{
        strict: true,
        noEmit: true,
        module: 'nodenext',
        target: 'es2023',
        types: ['node'],
        skipLibCheck: true,
      },
      allowImportingTsExtensions: true,
    };
    const config = { compilerOptions: options, files: code.map(({ line }) => `line-${line}.ts`) };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { stdout, status } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, '']);
    expect(code.length).toBeGreaterThan(6);
  });

  it('runs: the first of them', () => {
    const [first] = code;
    writeFileSync(join(folder, 'first.mjs'), first?.text ?? '');
    const { stdout, stderr, status } = spawnSync(process.execPath, ['first.mjs'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, stderr, stdout]).toEqual([
      0,
      '',
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ 1\n$/),
    ]);
  });
});

const written = blocks.filter(({ language }) => language !== 'ts' && language !== 'text');

describe.each(written)('the $language block at line $line', ({ language, text }) => {
  it('can be read', () => {
    switch (language) {
      case 'sh':
        return expect(spawnSync('bash', ['-n', '-c', text], { encoding: 'utf8' }).stderr).toBe('');
      case 'yaml':
        return expect(load(text)).toBeTypeOf('object');
      case 'json':
        return expect(JSON.parse(text)).toBeTypeOf('object');
      default:
        return expect.unreachable(`The manual has a block in "${language}".`);
    }
  });
});
