/** `npm run verify:cost`: what planning a big document costs, how requests grow with a document, and what a run adds to each request. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { authentik } from '../bench/documents.ts';
import { growth } from './growth.ts';
import { overhead } from './overhead.ts';
import { priorities } from './priorities.ts';

const document = authentik();
if (document === undefined)
  console.log('planning: the document of 814 operations is not beside the repository');
else {
  const planner = join(import.meta.dirname, 'plan.ts');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', planner, document.yaml],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  process.stdout.write(stdout);
  console.log(await priorities(document.yaml));
}
console.log(await growth());
console.log(await overhead());
