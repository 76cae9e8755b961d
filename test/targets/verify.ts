import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/contract/index.ts';
import { root } from '../bench/cache.ts';
import type { RunningTarget, TargetServer } from './target.ts';

/** Verifies a running target through the real command line and gives the report. Throws where it could not run. */
export async function verifyTarget(
  { flags, leftOut }: TargetServer,
  { url, document }: RunningTarget,
  { seed, folder }: { seed: string; folder: string },
): Promise<Report> {
  const file = join(folder, `report-${seed}.json`);
  const args = [
    'verify',
    document,
    ...['--target', url, '--writes', '--leave-behind', '--seed', seed, '--no-engine-opinion'],
    ...['--reporter', `json=${file}`, '--reporter', `har=${join(folder, `run-${seed}.har`)}`],
    ...Object.keys(leftOut).flatMap((glob) => ['--exclude', glob]),
    ...flags,
  ];
  const { code, said } = await run(args);
  if (code !== 0 && code !== 1 && code !== 3) throw new Error(`apidouble verify ended with ${code}: ${said}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

function run(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const main = join(root, 'dist/cli/main.js');
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      said = (said + piece).slice(-2000);
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said: said.trim() }));
  });
}
