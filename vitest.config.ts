import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Suites that start many processes or try much: `npm run test:long`, so that `npm test` stays under three minutes. */
const long = [
  'test/vitest/describe-contract.test.ts',
  'test/vitest/configured-suite.test.ts',
  'test/selftest/**/*.test.ts',
  'test/schema/differential.test.ts',
  'test/contract/hostile/**/*.test.ts',
  'test/contract/reference-server.test.ts',
  'test/contract/real-servers.test.ts',
  'test/contract/wrapped-things.test.ts',
  'test/contract/pace.test.ts',
  'test/hostile/socket.test.ts',
  'test/proxy/faults.test.ts',
  'test/manual/**/*.test.ts',
];

/** `npm test` runs rooms, contracts and flows; `npm run test:package` the packed tarball, which asks the registry. */
const config: ViteUserConfig = defineConfig({
  test: {
    // Vitest leaves one processor to itself; on a machine with two that is half of all.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/flows/**',
            'test/package/**',
            'test/vitest/suites/**',
            'test/vitest/configured/**',
            ...long,
          ],
          testTimeout: 30_000,
        },
      },
      {
        test: { name: 'long', include: long, testTimeout: 60_000 },
      },
      {
        test: { name: 'contracts', include: ['contracts/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        test: {
          name: 'flows',
          include: ['test/flows/**/*.test.ts'],
          globalSetup: 'test/flows/build-when-stale.ts',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: 'test/flows/build-when-stale.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

export default config;
