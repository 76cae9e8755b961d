import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Told {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

interface Outcome {
  readonly code: number;
  readonly tests: readonly Told[];
  /** The targets that were asked for, in order. */
  readonly seen: string;
}

const folder = mkdtempSync(join(tmpdir(), 'apidouble-vitest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runs = 0;

/** Runs the suite of the shop in a vitest of its own. */
function runSuite(shop: string, ...flags: string[]): Promise<Outcome> {
  runs += 1;
  const [report, seen] = [join(folder, `${runs}.json`), join(folder, `${runs}.txt`)];
  const root = join(import.meta.dirname, 'suites');
  const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
  const command = [vitest, 'run', '--root', root, '--reporter=json', `--outputFile=${report}`, ...flags];
  const env = { ...process.env, SHOP: shop, SHOP_SEEN: seen };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (error) => {
      const told = JSON.parse(readFileSync(report, 'utf8')) as {
        testResults: { assertionResults: Told[] }[];
      };
      const tests = told.testResults.flatMap((file) => file.assertionResults);
      resolve({
        code: Number(error?.code ?? 0),
        tests,
        seen: existsSync(seen) ? readFileSync(seen, 'utf8') : '',
      });
    });
  });
}

function named(outcome: Outcome, start: string): Told {
  const test = outcome.tests.find(({ title }) => title.startsWith(start));
  if (test === undefined) throw new Error(`no test ${start}: ${outcome.tests.map(({ title }) => title)}`);
  return test;
}

describe('describeContract', () => {
  let honest: Outcome;

  beforeAll(async () => {
    honest = await runSuite('honest');
  }, 60_000);

  it('registers a test per obligation, and passes on a server that keeps its document', () => {
    expect(honest.code).toBe(0);
    expect(named(honest, 'listItems/query.limit/maximum/rejected').status).toBe('passed');
    expect(named(honest, 'enough was tried').status).toBe('passed');
    expect(honest.tests.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(
      honest.tests.filter(({ title }) => title === 'enough was tried').map(({ status }) => status),
    ).toEqual(['passed', 'skipped']);
    expect(named(honest, 'createItem/accepted/required').status).toBe('skipped');
  });

  it('fails the tests whose obligations are broken, and tells how to see it', async () => {
    const broken = await runSuite('broken');
    expect(broken.code).toBe(1);
    const body = named(broken, 'listItems/exchange/body');
    expect(body.status).toBe('failed');
    expect(body.failureMessages[0]).toMatch(/expected: .*\nseen: .*try it: +curl .*seed: +suite/s);
    expect(named(broken, 'getItem/exchange/body').status).toBe('passed');
  }, 60_000);

  it('is not green where too little could be tried', async () => {
    const deaf = await runSuite('deaf');
    const enough = named(deaf, 'enough was tried');
    expect(enough.status).toBe('failed');
    expect(enough.failureMessages[0]).toContain('No request was accepted by:');
  }, 60_000);

  it('sends the same whatever -t and --retry say, and nothing where no test is left', async () => {
    const some = await runSuite('honest', '-t', 'query.limit/maximum/rejected', '--retry=2');
    expect(some.tests.filter(({ status }) => status === 'passed')).toHaveLength(1);
    expect(some.seen).toBe(honest.seen);
    const none = await runSuite('honest', '-t', 'no such test');
    expect(none.seen.trim()).toBe('');
  }, 60_000);
});
