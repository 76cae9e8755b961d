import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { type ContractOptions, type Report, runContract } from '../../src/contract/index.ts';
import { root } from '../bench/cache.ts';
import type { RunningTarget, TargetServer } from './target.ts';

/** Verifies a running target, writes and all, and gives the report. Throws where it could not run. */
export function verifyTarget(
  { name, identity, leftOut }: TargetServer,
  { url, document }: RunningTarget,
  seed: string,
): Promise<Report> {
  return runContract({
    document,
    target: url,
    seed,
    writes: true,
    leaveBehind: true,
    exclude: Object.keys(leftOut),
    exampleData: exampleDataOf(name),
    ...identity,
  });
}

/** What somebody who knows the server would tell: `fixtures/targets/NAME/example-data.yaml`. */
function exampleDataOf(name: string): NonNullable<ContractOptions['exampleData']> {
  const file = join(root, 'fixtures/targets', name, 'example-data.yaml');
  return load(readFileSync(file, 'utf8')) as NonNullable<ContractOptions['exampleData']>;
}
