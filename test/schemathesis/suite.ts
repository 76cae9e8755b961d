import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../../src/server/index.ts';
import type { Suite, SuiteFinding } from '../selftest/runner.ts';
import { credentials } from '../selftest/server/credentials.ts';

/** What its JSON report says of a run; only what is used here. */
interface JsonReport {
  readonly test_cases: { readonly generated: number };
  readonly failures: readonly { readonly type: string; readonly operations: readonly string[] }[];
}

/**
 * Schemathesis in the form of a suite, as it comes: every phase and every check, with the administrator's credentials. A finding is a
 * kind of failure in an operation; the group is of no account.
 */
export function schemathesisSuite(command: string): Suite {
  return async (document, target, { seed }) => {
    if (typeof target !== 'string') throw new Error('Schemathesis needs a URL: try it over HTTP.');
    const folder = mkdtempSync(join(tmpdir(), 'apidouble-schemathesis-run-'));
    try {
      const file = join(folder, 'report.json');
      const said = await run(command, flagsFor({ document, target, seed, file }), folder);
      const { test_cases, failures } = readReport(file, said);
      const findings = failures.flatMap(({ type, operations }) =>
        operations.map(
          (operation): SuiteFinding => ({ id: `${type} ${operation}`, group: 'exchange', operation }),
        ),
      );
      return { findings, requests: test_cases.generated };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** The suite on a server that listens, also where it could have the target itself. */
export function overHttp(suite: Suite): Suite {
  return async (document, target, options) => {
    if (typeof target === 'string') return suite(document, target, options);
    const server = await listen(target, { cors: false });
    try {
      return await suite(document, server.url, options);
    } finally {
      await server.close();
    }
  };
}

interface Order {
  readonly document: string;
  readonly target: string;
  readonly seed: number;
  readonly file: string;
}

function flagsFor({ document, target, seed, file }: Order): string[] {
  return [
    'run',
    document,
    ...['--url', `${target}/api`, '--seed', String(seed), '--no-color', '--generation-database', 'none'],
    ...['-H', `Authorization: Bearer ${credentials.admin}`, '-H', `X-Api-Key: ${credentials.key}`],
    ...['--report', 'json', '--report-json-path', file],
  ];
}

function readReport(file: string, said: string): JsonReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`Schemathesis left no report: ${said.slice(-500)}`);
  }
}

const patience = 900_000;

function run(command: string, flags: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, flags, { cwd, timeout: patience, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (piece: Buffer): void => {
      said = (said + piece.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', () => resolve(said));
  });
}
