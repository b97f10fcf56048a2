import { defineConfig } from 'vitest/config';

/** Tests of plain functions need no database. */
const UNIT = 'test/unit/{math,shared,contracts,recommendations,reconciliation,allocations,orders,pricing}/**/*.test.ts';

export default defineConfig({
  // One copy of graphql: without the alias the CommonJS and the ES build meet in one process and refuse each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Files share the modules of their worker: no module of ours keeps anything from one test to another, each test has a
    // product and a database of its own, and loading the modules anew for each file took a third of the time.
    isolate: false,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'unit', include: [UNIT] } },
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
