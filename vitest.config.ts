import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** `npm test` runs rooms and flows; `npm run test:package` the packed tarball, which asks the registry. */
const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: ['test/flows/**', 'test/package/**', 'test/vitest/suites/**', 'test/vitest/configured/**'],
          testTimeout: 30_000,
        },
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
