import { defineConfig } from 'vitest/config';

/** Tests of plain functions share the modules of their worker: there is nothing in them that one test leaves to another. */
const UNIT = 'test/unit/{math,shared,contracts,recommendations,reconciliation,allocations,orders,pricing}/**/*.test.ts';

export default defineConfig({
  // One copy of graphql: without the alias the CommonJS and the ES build meet in one process and refuse each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: [UNIT], isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [UNIT],
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
