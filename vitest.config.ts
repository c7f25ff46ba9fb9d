import { defineConfig } from 'vitest/config';

/** It counts the blocks of code that run: others may not have run them before. */
const alone = ['test/unit/decision-growth.test.ts'];

export default defineConfig({
  test: {
    // Workers and the CLI run from dist/ (Node 20 cannot start a worker from TypeScript): build first.
    globalSetup: ['test/build.ts'],
    setupFiles: ['test/seed.ts'],
    // a core is not kept free for what waits
    maxWorkers: '100%',
    testTimeout: 30_000,
    env: { TZ: 'UTC', NO_COLOR: '1' },
    projects: [
      // modules keep nothing between tests, so that files of tests may share them: loading them anew takes a sixth of the time
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
