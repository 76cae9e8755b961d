import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

/** Runs the suites of a configuration in a vitest of their own, and gives what `--reporter=junit` tells. */
function runSuites(...flags: string[]): Promise<string> {
  const root = join(import.meta.dirname, 'configured');
  const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
  const command = [vitest, 'run', '--root', root, '--reporter=junit', ...flags];
  const env = { ...process.env, NOTES_TOKEN: 'right', NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env, maxBuffer: 8_000_000 }, (_, out) => resolve(out));
  });
}

const suitesIn = (report: string) =>
  [...report.matchAll(/<testsuite name="([^"]*)"/g)].map((match) => match[1]);

describe('suites by one configuration', () => {
  let shards: readonly string[] = [];
  let whole = '';

  beforeAll(async () => {
    shards = await Promise.all([runSuites('--shard=1/2'), runSuites('--shard=2/2')]);
    whole = shards.join('\n');
  }, 120_000);

  it('are told by the junit reporter, each obligation by its name', () => {
    expect(suitesIn(whole).toSorted()).toEqual(['reading.suite.test.ts', 'writing.suite.test.ts']);
    expect(whole).toMatch(/name="reading notes &gt; listNotes\/accepted\/required: [^"]*"/);
    expect(whole).toMatch(/name="writing notes &gt; createNote\/body\.text\/maxLength\/rejected: [^"]*"/);
    expect(whole).not.toMatch(/name="reading notes &gt; createNote/);
    expect(whole.match(/<testsuites [^>]*failures="0" errors="0"/g)).toHaveLength(2);
  });

  it('have the checks, grades, example data and baseline that it names', () => {
    const traced = /name="reading notes &gt; getNote\/own\/traced[^"]*"[^>]*>\s*<skipped\/>/;
    expect(whole).toMatch(traced);
    expect(whole).toMatch(/name="reading notes &gt; listNotes\/own\/named: every answer names its server"/);
  });

  it('are split by files', () => {
    expect(shards.map((report) => suitesIn(report).length)).toEqual([1, 1]);
  });
});
