import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAll, runToEnd, start } from '../flows/command.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'apidouble-package-'));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const document = {
  openapi: '3.1.0',
  info: { title: 'Packed', version: '1' },
  paths: {
    '/things/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: {
          200: {
            description: 'One.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['id', 'name'],
                  properties: { id: { type: 'integer' }, name: { type: 'string' } },
                },
              },
            },
          },
        },
      },
    },
  },
};

/** Why nothing could be installed, or `undefined` where it was. */
let unreachable: string | undefined;

beforeAll(async () => {
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  writeFileSync(join(folder, 'package.json'), '{"name":"empty","private":true}');
  writeFileSync(join(folder, 'api.json'), JSON.stringify(document));
  try {
    const flags = ['--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', '--fetch-retries=1'];
    await run('npm', ['install', ...flags, join(folder, tarball)], { cwd: folder });
  } catch (error) {
    unreachable = networkFailure(error);
    if (unreachable === undefined) throw error;
  }
});

afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});

function networkFailure(error: unknown): string | undefined {
  return /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|ERR_SOCKET_TIMEOUT)\b/.exec(
    String((error as { stderr?: string }).stderr),
  )?.[0];
}

describe('the packed tarball, installed in an empty folder', () => {
  it('runs its bin', async (context) => {
    if (unreachable !== undefined) return context.skip(`npm cannot reach its registry: ${unreachable}`);
    const { stdout } = await run('npx', ['--no-install', 'apidouble', '--version'], { cwd: folder });
    expect(stdout.trim()).toBe(manifest.version);
  });

  it('serves a document', async (context) => {
    if (unreachable !== undefined) return context.skip(`npm cannot reach its registry: ${unreachable}`);
    const main = join(folder, 'node_modules/apidouble/dist/cli/main.js');
    const command = start(['mock', 'api.json', '--port', '0'], { cwd: folder, main });
    const response = await fetch(`${await command.ready()}/things/7`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: 7, name: expect.any(String) });
    expect((await command.stop()).code).toBe(0);
  });

  it('lints a document', async (context) => {
    if (unreachable !== undefined) return context.skip(`npm cannot reach its registry: ${unreachable}`);
    const main = join(folder, 'node_modules/apidouble/dist/cli/main.js');
    const { code, out } = await runToEnd(['lint', 'api.json'], { cwd: folder, main });
    expect(out).toContain('No findings in 1 document with 1 operation');
    expect(code).toBe(0);
  });

  it('has types that hold where libraries are checked too', async (context) => {
    if (unreachable !== undefined) return context.skip(`npm cannot reach its registry: ${unreachable}`);
    for (const name of ['vitest', '@types/node']) {
      const place = join(folder, 'node_modules', name);
      mkdirSync(dirname(place), { recursive: true });
      if (!existsSync(place)) symlinkSync(join(root, 'node_modules', name), place);
    }
    const test = `import { createMock, defineConfig } from 'apidouble';
      import { describeContract } from 'apidouble/vitest';
      import { expect } from 'vitest';
      export default defineConfig({ document: 'api.json' });
      describeContract({ document: 'api.json', target: await createMock({ document: 'api.json' }) });
      await expect(new Response()).toSatisfyContract();`;
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      noEmit: true,
      types: ['node'],
    };
    writeFileSync(join(folder, 'user.mts'), test);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['user.mts'] }));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const told = await run(process.execPath, [tsc, '--project', folder]).catch((error: object) => error);
    expect(told).toMatchObject({ stdout: '' });
  });

  it('can be imported', async (context) => {
    if (unreachable !== undefined) return context.skip(`npm cannot reach its registry: ${unreachable}`);
    const script = `const { createMock } = await import('apidouble');
      const mock = await createMock({ document: 'api.json' });
      const response = await mock.fetch(new Request('http://mock/things/7'));
      console.log(response.status);`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
    expect(stdout.trim()).toBe('200');
  });
});

describe('the package as it would be published', () => {
  it('has nothing that publint complains about', async () => {
    const { messages, pkg } = await publint({ pkgDir: root, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });
});
